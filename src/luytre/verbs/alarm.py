"""What rings at the duty desk: heard by somebody, put off for a while."""

from luytre.verbs.shape import ORGANISATION, Verb, text, whole, words

ALARM = text("Báo động", "Alarm", required=True)
VERBS = (
    Verb(
        "alarm.acknowledged",
        words("{by} đã biết báo động tại bàn trực {about}", "{by} acknowledged an alarm at the desk of {about}"),
        words("xác nhận đã biết báo động", "the acknowledgement of the alarm"),
        about=ORGANISATION,
        detail={"alarm": ALARM},
        fileable=False,
    ),
    Verb(
        "alarm.snoozed",
        words("{by} hẹn nhắc lại báo động tại bàn trực {about}", "{by} put off an alarm at the desk of {about}"),
        words("việc hẹn nhắc lại báo động", "the putting off of the alarm"),
        about=ORGANISATION,
        detail={"alarm": ALARM, "minutes": whole("Số phút", "Minutes", required=True)},
        fileable=False,
    ),
)
