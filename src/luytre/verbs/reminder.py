"""Reminders: who was told by the ladder, who acknowledged, what the coordinator asked for."""

from luytre.verbs.shape import EITHER, Verb, choice, day, whole, words

RUNGS = {
    "contact": words("cán bộ đầu mối", "the contact officer"),
    "head": words("người đứng đầu", "the head"),
    "coordinator": words("cơ quan đầu mối", "the coordinator"),
    "chair": words("Chủ tịch UBND tỉnh", "the chair"),
}
VERBS = (
    Verb(
        "reminder.sent",
        words("{by} nhắc việc của {about}", "{by} sent reminders about {about}"),
        words("thông báo nhắc việc", "the reminder"),
        about=EITHER,
        detail={
            "rung": choice("Báo tới", "Told to", RUNGS, required=True),
            "matters": whole("Số việc", "Matters", required=True),
            "people": whole("Số người nhận", "People told", required=True),
            "gaps": whole("Số việc chưa có người nhận", "Matters nobody could be told of"),
        },
        fileable=False,
    ),
    Verb(
        "reminder.asked",
        words("{by} đôn đốc {about}", "{by} asked for {about} to be reminded"),
        words("yêu cầu đôn đốc", "the request to remind"),
        about=EITHER,
        detail={
            "matters": whole("Số việc", "Matters", required=True),
            "people": whole("Số người nhận", "People told", required=True),
        },
        fileable=False,
    ),
    Verb(
        "reminder.acknowledged",
        words("{by} xác nhận đã nhận nhắc việc của {about}", "{by} acknowledged the reminder about {about}"),
        words("xác nhận đã nhận nhắc việc", "the acknowledgement of the reminder"),
        about=EITHER,
        detail={
            "notice": whole("Số thông báo", "Number of the notice", required=True),
            "sent_on": day("Ngày nhắc", "Day of the reminder"),
        },
        fileable=False,
    ),
)
