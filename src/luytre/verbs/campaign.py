"""Awareness campaigns."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, whole, words

VERBS = (
    Verb(
        "campaign.held",
        words("{by} tổ chức chiến dịch nâng cao cảnh giác tại {about}", "{by} held an awareness campaign at {about}"),
        words("kết quả chiến dịch nâng cao cảnh giác", "the record of the campaign"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "reached": whole("Số người tiếp cận", "People reached"),
        },
    ),
)
