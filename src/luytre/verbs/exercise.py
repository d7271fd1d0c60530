"""Real-combat drills."""

from luytre.verbs.shape import EITHER, PAPER, Verb, words

VERBS = (
    Verb(
        "exercise.held",
        words("{by} tổ chức diễn tập thực chiến trên {about}", "{by} held a real-combat drill on {about}"),
        words("biên bản, kết quả diễn tập thực chiến", "the record of the real-combat drill"),
        about=EITHER,
        detail={
            **PAPER,
        },
    ),
)
