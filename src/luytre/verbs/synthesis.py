"""What the coordinator sums up for the province."""

from luytre.verbs.shape import ORGANISATION, PAPER, Field, Verb, choice, words

VERBS = (
    Verb(
        "synthesis.issued",
        words("{by} phát hành báo cáo tổng hợp trình UBND tỉnh", "{by} issued the synthesis to the provincial People's Committee"),
        words("báo cáo tổng hợp trình UBND tỉnh", "the synthesis for the provincial People's Committee"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "of": choice(
                "Tổng hợp từ",
                "Synthesis of",
                {
                    "plans": words("kế hoạch của các đơn vị", "the units' plans"),
                    "annual_reports": words("báo cáo năm của các đơn vị", "the units' annual reports"),
                },
            ),
            "year": Field("year", words("Năm", "Year")),
        },
    ),
)
