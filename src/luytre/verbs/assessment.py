"""Security assessments before use and later."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, text, words

VERBS = (
    Verb(
        "assessment.passed",
        words("{by} ghi nhận {about} đạt kiểm tra, đánh giá an toàn", "{by} recorded that {about} passed its security assessment"),
        words("biên bản kiểm tra, đánh giá an toàn kết luận đạt", "the security assessment with the result fit"),
        about=SYSTEM,
        detail={
            **PAPER,
            "assessor": text("Đơn vị đánh giá", "Assessing body"),
        },
    ),
)
