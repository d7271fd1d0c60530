"""Risk reviews."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, words

VERBS = (
    Verb(
        "risk.reviewed",
        words("{by} nhận diện lại rủi ro của {about}", "{by} re-identified the risks of {about}"),
        words("biên bản nhận diện lại rủi ro", "the risk review"),
        about=SYSTEM,
        detail={
            **PAPER,
        },
    ),
)
