"""Warnings received from competent bodies."""

from luytre.verbs.shape import EITHER, PAPER, Verb, case, day, words

VERBS = (
    Verb(
        "advisory.received",
        words("{by} ghi nhận {about} nhận cảnh báo điểm yếu", "{by} recorded that {about} received a warning of a weakness"),
        words("cảnh báo của cơ quan chức năng", "the warning of the competent body"),
        about=EITHER,
        detail={
            **PAPER,
            "advisory": case("Số cảnh báo", "Warning number"),
            "due_on": day("Hạn ghi trong cảnh báo", "Due day in the warning"),
        },
    ),
    Verb(
        "advisory.resolved",
        words("{by} khắc phục xong theo cảnh báo tại {about}", "{by} resolved the warning at {about}"),
        words("báo cáo khắc phục theo cảnh báo", "the record of the fix per the warning"),
        about=EITHER,
        detail={
            **PAPER,
            "advisory": case("Số cảnh báo", "Warning number"),
        },
    ),
)
