"""Data permissions."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, words

VERBS = (
    Verb(
        "permissions.reviewed",
        words("{by} rà soát quyền truy cập dữ liệu của {about}", "{by} reviewed data permissions of {about}"),
        words("biên bản rà soát quyền truy cập dữ liệu", "the review of data permissions"),
        about=SYSTEM,
        detail={
            **PAPER,
        },
    ),
)
