"""The share of spending on security."""

from luytre.verbs.shape import ORGANISATION, PAPER, Field, Verb, flag, text, words

VERBS = (
    Verb(
        "spending.reported",
        words("{by} báo cáo tỷ lệ chi an toàn thông tin của {about}", "{by} reported the share of security spending of {about}"),
        words("số liệu tỷ lệ chi cho an toàn thông tin", "the figure of the share of security spending"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "year": Field("year", words("Năm", "Year")),
            "percent": text("Tỷ lệ phần trăm", "Per cent"),
            "enough": flag("Đạt tỷ lệ tối thiểu", "At or above the minimum"),
        },
    ),
)
