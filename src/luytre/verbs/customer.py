"""Customers who were helped."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, case, words

VERBS = (
    Verb(
        "customer.helped",
        words("{by} hỗ trợ khách hàng ứng cứu, thay mặt {about}", "{by} helped the customer respond, for {about}"),
        words("biên bản hỗ trợ khách hàng", "the record of the help given"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "request": case("Yêu cầu được trả lời", "Request answered"),
        },
    ),
)
