"""Changes of a system."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, case, choice, words

VERBS = (
    Verb(
        "system.changed",
        words("{by} ghi nhận {about} có thay đổi", "{by} recorded a change of {about}"),
        words("ghi nhận thay đổi của hệ thống", "the record of the change"),
        about=SYSTEM,
        detail={
            **PAPER,
            "what": choice(
                "Nội dung thay đổi",
                "What changed",
                {
                    "function": words("chức năng, phạm vi", "function, scope"),
                    "architecture": words("kiến trúc, công nghệ", "architecture, technology"),
                    "organisation": words("tổ chức, nhân sự vận hành", "organisation, operating staff"),
                    "scale": words("quy mô", "scale"),
                },
            ),
            "change": case("Số thay đổi", "Change number"),
        },
    ),
)
