"""Entries taken back."""

from luytre.verbs.shape import EITHER, Verb, words

VERBS = (
    Verb(
        "entry.retracted",
        words("{by} rút lại một ghi nhận về {about}", "{by} retracted an entry about {about}"),
        words("việc rút lại ghi nhận", "the retraction"),
        about=EITHER,
        fileable=False,
    ),
)
