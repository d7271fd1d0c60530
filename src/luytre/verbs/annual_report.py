"""The annual report on the directive."""

from luytre.verbs.shape import ORGANISATION, PAPER, Field, Verb, words

VERBS = (
    Verb(
        "annual_report.submitted",
        words("{by} gửi báo cáo năm của {about}", "{by} submitted the annual report of {about}"),
        words("báo cáo năm kết quả thực hiện Chỉ thị", "the annual report on the directive"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "year": Field("year", words("Năm báo cáo", "Year reported")),
        },
    ),
)
