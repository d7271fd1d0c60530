"""The way of a report from its writer to the coordinator: which step may follow which. Pure."""

from luytre.verbs.shape import Words, words

DRAFT, PRESENTED, HANDED_BACK, SENT, ACCEPTED, RETURNED = "draft", "presented", "handed_back", "sent", "accepted", "returned"
OUTSIDE, NOTHING = "outside", "nothing"  # filed on paper; nothing there yet
STATES: dict[str, Words] = {
    NOTHING: words("Chưa lập", "Not begun"),
    DRAFT: words("Đang soạn", "Draft"),
    PRESENTED: words("Chờ người đứng đầu ký", "Before the head"),
    HANDED_BACK: words("Người đứng đầu trả lại", "Handed back by the head"),
    SENT: words("Đã gửi, chờ xem xét", "Sent, to be looked at"),
    ACCEPTED: words("Đã chấp nhận", "Accepted"),
    RETURNED: words("Bị trả lại", "Returned"),
    OUTSIDE: words("Đã nộp bản giấy", "Filed on paper"),
}
LOOKS = {  # how a state looks on a list: one of the twelve of ui
    NOTHING: "open",
    DRAFT: "open",
    PRESENTED: "due_soon",
    HANDED_BACK: "due_soon",
    SENT: "unknown",
    ACCEPTED: "met",
    RETURNED: "overdue",
    OUTSIDE: "met",
}
EDITED = frozenset({NOTHING, DRAFT, HANDED_BACK, RETURNED})  # may be written on
SIGNED_FROM = frozenset({DRAFT, PRESENTED})
KINDS: dict[str, tuple[str, str]] = {  # kind → (verb that the sending is, the duty it proves)
    "annual": ("annual_report.submitted", "D36"),
    "level": ("level_report.submitted", "ND331.35"),
    "plan": ("plan.submitted", "D35"),
}
