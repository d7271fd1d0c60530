"""Checks of a prohibition or a standing duty."""

from luytre.verbs.shape import EITHER, PAPER, Field, Verb, words

VERBS = (
    Verb(
        "check.done",
        words("{by} kiểm tra việc chấp hành tại {about}", "{by} checked compliance at {about}"),
        words("biên bản kiểm tra việc chấp hành", "the compliance check record"),
        about=EITHER,
        detail={
            **PAPER,
            "duty": Field("duty", words("Nhiệm vụ được kiểm tra", "Duty checked"), True),
        },
    ),
)
