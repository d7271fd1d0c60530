"""The head's answerability."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, words

VERBS = (
    Verb(
        "head.assigned",
        words("{by} ghi nhận phân công trách nhiệm người đứng đầu của {about}", "{by} recorded that the head of {about} is answerable"),
        words("văn bản phân công trách nhiệm người đứng đầu", "the assignment of the head's responsibility"),
        about=ORGANISATION,
        detail={
            **PAPER,
        },
    ),
)
