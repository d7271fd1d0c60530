"""The due days as a calendar on somebody's phone, under a secret address: opened, closed."""

from luytre.verbs.shape import ORGANISATION, Verb, choice, words

_WHOSE = {
    "whose": choice(
        "Lịch của",
        "Calendar of",
        {"person": words("một người", "one person"), "body": words("cả đơn vị", "the whole body")},
        required=True,
    )
}
VERBS = (
    Verb(
        "calendar.opened",
        words("{by} mở địa chỉ lịch hạn việc của {about}", "{by} opened an address for the calendar of due days of {about}"),
        words("địa chỉ lịch hạn việc", "the address of the calendar of due days"),
        about=ORGANISATION,
        detail={**_WHOSE},
        fileable=False,
    ),
    Verb(
        "calendar.closed",
        words("{by} đóng địa chỉ lịch hạn việc của {about}", "{by} closed the address of the calendar of due days of {about}"),
        words("việc đóng địa chỉ lịch", "the closing of a calendar's address"),
        about=ORGANISATION,
        detail={**_WHOSE},
        fileable=False,
    ),
)
