"""Threat hunting."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, case, text, words

VERBS = (
    Verb(
        "hunt.completed",
        words("{by} hoàn thành săn lùng mối nguy hại trên {about}", "{by} completed threat hunting on {about}"),
        words("báo cáo săn lùng mối nguy hại", "the threat hunting report"),
        about=SYSTEM,
        detail={
            **PAPER,
            "weakness": case("Trả lời điểm yếu số", "Answers weakness number"),
            "scope": text("Phạm vi", "Scope"),
        },
    ),
)
