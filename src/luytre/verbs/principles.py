"""The two principles taught."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, whole, words

VERBS = (
    Verb(
        "principles.taught",
        words("{by} quán triệt hai nguyên tắc tại {about}", "{by} taught the two principles at {about}"),
        words("văn bản, biên bản quán triệt hai nguyên tắc", "the record of teaching the two principles"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "attendees": whole("Số người dự", "People present"),
        },
    ),
)
