"""Breaches of a prohibition."""

from luytre.verbs.shape import EITHER, PAPER, Field, Verb, case, words

VERBS = (
    Verb(
        "breach.found",
        words("{by} ghi nhận vi phạm tại {about}", "{by} recorded a breach at {about}"),
        words("biên bản ghi nhận vi phạm", "the record of the breach"),
        about=EITHER,
        detail={
            **PAPER,
            "duty": Field("duty", words("Quy định bị vi phạm", "Rule broken")),
            "breach": case("Số vụ việc", "Case number"),
        },
    ),
    Verb(
        "breach.ended",
        words("{by} ghi nhận vi phạm tại {about} đã chấm dứt", "{by} recorded the end of a breach at {about}"),
        words("biên bản chấm dứt vi phạm", "the record that the breach has ended"),
        about=EITHER,
        detail={
            **PAPER,
            "duty": Field("duty", words("Quy định bị vi phạm", "Rule broken")),
            "breach": case("Số vụ việc", "Case number"),
        },
    ),
)
