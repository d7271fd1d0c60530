"""Coordination orders and their answers."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, case, day, words

VERBS = (
    Verb(
        "order.issued",
        words("{by} ban hành yêu cầu điều phối tới {about}", "{by} issued a coordination order to {about}"),
        words("lệnh, yêu cầu điều phối", "the coordination order"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "order": case("Số yêu cầu điều phối", "Order number"),
            "incident": case("Số sự cố", "Incident number"),
            "due_on": day("Hạn trả lời", "Answer due"),
        },
    ),
    Verb(
        "order.received",
        words("{by} ghi nhận {about} đã nhận yêu cầu điều phối", "{by} recorded that {about} received a coordination order"),
        words("xác nhận đã nhận yêu cầu điều phối", "the receipt of the order"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "order": case("Số yêu cầu điều phối", "Order number"),
            "due_on": day("Hạn trả lời", "Answer due"),
        },
    ),
    Verb(
        "order.answered",
        words("{by} trả lời yêu cầu điều phối, thay mặt {about}", "{by} answered the coordination order for {about}"),
        words("văn bản trả lời yêu cầu điều phối", "the answer to the order"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "order": case("Số yêu cầu điều phối", "Order number"),
        },
    ),
)
