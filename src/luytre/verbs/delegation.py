"""One body files for another, in writing."""

from luytre.verbs.shape import ORGANISATION, PAPER, Field, Verb, day, words

VERBS = (
    Verb(
        "delegation.granted",
        words("{by} giao {about} nộp minh chứng thay", "{by} let another body file for {about}"),
        words("văn bản giao nộp thay", "the letter of delegation"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "to": Field("thing", words("Đơn vị được giao", "Body entrusted"), True),
            "until_on": day("Giao đến ngày", "Entrusted until"),
        },
    ),
    Verb(
        "delegation.ended",
        words("{by} chấm dứt việc giao nộp thay cho {about}", "{by} ended the delegation for {about}"),
        words("văn bản chấm dứt việc giao nộp thay", "the letter ending the delegation"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "to": Field("thing", words("Đơn vị được giao", "Body entrusted"), True),
        },
    ),
)
