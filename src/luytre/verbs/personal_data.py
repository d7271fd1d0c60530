"""Violations of personal data rules."""

from luytre.verbs.shape import EITHER, PAPER, Verb, case, words

VERBS = (
    Verb(
        "personal_data.notified",
        words("{by} thông báo vi phạm dữ liệu cá nhân tại {about}", "{by} notified the personal data violation at {about}"),
        words("thông báo vi phạm quy định bảo vệ dữ liệu cá nhân", "the notice of the personal data violation"),
        about=EITHER,
        detail={
            **PAPER,
            "incident": case("Số sự cố", "Incident number"),
        },
    ),
)
