"""Unauthorised devices looked for."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, words

VERBS = (
    Verb(
        "devices.reviewed",
        words("{by} rà soát thiết bị trái phép trên {about}", "{by} reviewed unauthorised devices on {about}"),
        words("biên bản rà soát thiết bị trái phép", "the review of unauthorised devices"),
        about=SYSTEM,
        detail={
            **PAPER,
        },
    ),
)
