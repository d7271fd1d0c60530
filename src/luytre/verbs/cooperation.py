"""Enterprises working with the province."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, words

VERBS = (
    Verb(
        "cooperation.recorded",
        words("{by} ghi nhận việc phối hợp của {about}", "{by} recorded the cooperation of {about}"),
        words("văn bản, biên bản phối hợp", "the record of cooperation"),
        about=ORGANISATION,
        detail={
            **PAPER,
        },
    ),
)
