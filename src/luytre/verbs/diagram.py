"""Network diagrams."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, words

VERBS = (
    Verb(
        "diagram.reviewed",
        words("{by} rà soát sơ đồ mạng của {about}", "{by} reviewed the network diagram of {about}"),
        words("sơ đồ mạng đã rà soát", "the reviewed network diagram"),
        about=SYSTEM,
        detail={
            **PAPER,
        },
    ),
)
