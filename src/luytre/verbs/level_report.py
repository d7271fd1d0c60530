"""The yearly report of Decree 331."""

from luytre.verbs.shape import ORGANISATION, PAPER, Field, Verb, words

VERBS = (
    Verb(
        "level_report.submitted",
        words("{by} gửi báo cáo năm về bảo đảm an ninh mạng theo cấp độ của {about}", "{by} submitted the yearly level report of {about}"),
        words("báo cáo năm theo Mẫu số 08 của Nghị định 331", "the yearly report on form 08 of Decree 331"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "year": Field("year", words("Năm báo cáo", "Year reported")),
        },
    ),
)
