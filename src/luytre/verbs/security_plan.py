"""Security plans of a level."""

from luytre.verbs.shape import PAPER, SYSTEM, Verb, whole, words

VERBS = (
    Verb(
        "security_plan.deployed",
        words(
            "{by} ghi nhận {about} đã triển khai đầy đủ phương án bảo đảm an toàn theo cấp độ",
            "{by} recorded the full deployment of the security plan of {about}",
        ),
        words("biên bản triển khai đầy đủ phương án theo cấp độ", "the record that the security plan is fully deployed"),
        about=SYSTEM,
        detail={
            **PAPER,
            "level": whole("Theo cấp độ", "For level"),
        },
    ),
)
