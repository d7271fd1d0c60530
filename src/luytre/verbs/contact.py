"""Contact officers and published contacts."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, day, text, words

VERBS = (
    Verb(
        "contact.appointed",
        words("{by} cử cán bộ đầu mối của {about}", "{by} appointed the contact officer of {about}"),
        words("văn bản cử cán bộ đầu mối", "the appointment of the contact officer"),
        about=ORGANISATION,
        detail={
            **PAPER,
        },
    ),
    Verb(
        "contact.published",
        words("{by} công bố đầu mối nhận báo sự cố của {about}", "{by} published the incident contact of {about}"),
        words("địa chỉ trang đã đăng thông tin đầu mối", "the address of the page showing the contact"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "address": text("Địa chỉ trang", "Address of the page"),
            "checked_on": day("Ngày kiểm tra còn hiển thị", "Day checked"),
        },
    ),
)
