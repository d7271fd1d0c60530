"""Customers who ask for help."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, case, day, words

VERBS = (
    Verb(
        "help.requested",
        words("{by} chuyển yêu cầu hỗ trợ của khách hàng tới {about}", "{by} passed a customer's request for help to {about}"),
        words("yêu cầu hỗ trợ của khách hàng", "the customer's request for help"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "request": case("Số yêu cầu", "Request number"),
            "due_on": day("Hạn mong muốn", "Wanted by"),
        },
    ),
)
