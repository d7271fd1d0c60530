"""Experts who meet the skill standard."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, day, flag, text, words

VERBS = (
    Verb(
        "expert.certified",
        words(
            "{by} ghi nhận {about} có chuyên gia đạt chuẩn kỹ năng", "{by} recorded that {about} has an expert meeting the skill standard"
        ),
        words("chứng chỉ của chuyên gia hoặc hợp đồng thuê chuyên gia", "the expert's certificate or hire contract"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "standard": text("Tên chuẩn kỹ năng", "Skill standard"),
            "valid_until_on": day("Chứng chỉ có giá trị đến", "Certificate valid until"),
            "hired": flag("Thuê ngoài", "Hired"),
        },
    ),
)
