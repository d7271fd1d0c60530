"""Waivers with their decision and end."""

from luytre.verbs.shape import EITHER, PAPER, Field, Verb, day, words

VERBS = (
    Verb(
        "waiver.granted",
        words("{by} cho {about} được miễn", "{by} granted {about} a waiver"),
        words("quyết định cho miễn", "the waiver decision"),
        about=EITHER,
        detail={
            **PAPER,
            "duty": Field("duty", words("Nhiệm vụ được miễn", "Duty waived"), True),
            "until_on": day("Được miễn đến hết ngày", "Waived through", required=True),
            "window": day("Kỳ được miễn (ngày đầu kỳ)", "Window waived (its first day)"),
        },
        fileable=False,
    ),
)
