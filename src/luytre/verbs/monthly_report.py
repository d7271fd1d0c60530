"""The coordinator's monthly report."""

from luytre.verbs.shape import ORGANISATION, PAPER, Field, Verb, words

VERBS = (
    Verb(
        "monthly_report.issued",
        words("{by} phát hành báo cáo tháng về an toàn thông tin trên địa bàn tỉnh", "{by} issued the monthly report on the province"),
        words("báo cáo tháng trình Chủ tịch UBND tỉnh", "the monthly report to the chairman"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "month": Field("month", words("Tháng báo cáo", "Month reported")),
        },
    ),
)
