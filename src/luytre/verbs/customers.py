"""What enterprises tell their customers."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, case, words

VERBS = (
    Verb(
        "customers.guided",
        words(
            "{by} hướng dẫn khách hàng cách phản ánh sự cố, thay mặt {about}", "{by} told the customers of {about} how to report incidents"
        ),
        words("thông báo hướng dẫn khách hàng phản ánh sự cố", "the guidance to customers"),
        about=ORGANISATION,
        detail={
            **PAPER,
        },
    ),
    Verb(
        "customers.warned",
        words("{by} cảnh báo khách hàng, thay mặt {about}", "{by} warned the customers of {about}"),
        words("cảnh báo đã gửi khách hàng", "the warning sent to customers"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "threat": case("Số nguy cơ, sự cố", "Threat number"),
        },
    ),
)
