"""Incident response plans and scenarios."""

from luytre.verbs.shape import EITHER, PAPER, Verb, case, words

VERBS = (
    Verb(
        "response_plan.issued",
        words("{by} ban hành phương án, kịch bản ứng cứu sự cố cho {about}", "{by} issued the incident response plan of {about}"),
        words("phương án, kịch bản ứng cứu đã ban hành", "the issued response plan and scenarios"),
        about=EITHER,
        detail={
            **PAPER,
        },
    ),
    Verb(
        "response_plan.updated",
        words("{by} cập nhật phương án, kịch bản ứng cứu sự cố của {about}", "{by} updated the incident response plan of {about}"),
        words("bản cập nhật phương án, kịch bản ứng cứu", "the updated response plan"),
        about=EITHER,
        detail={
            **PAPER,
            "change": case("Thay đổi được cập nhật", "Change answered"),
        },
    ),
)
