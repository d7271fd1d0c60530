"""Log reviews."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, words

VERBS = (
    Verb(
        "logs.reviewed",
        words("{by} rà soát nhật ký của {about}", "{by} reviewed the logs of {about}"),
        words("biên bản rà soát nhật ký", "the log review"),
        about=SYSTEM,
        detail={
            **PAPER,
        },
    ),
)
