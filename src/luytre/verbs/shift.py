"""The duty desk's shifts: taken over, handed over."""

from luytre.verbs.shape import ORGANISATION, Verb, case, text, whole, words

NUMBER = case("Ca trực", "Shift", required=True)
VERBS = (
    Verb(
        "shift.taken",
        words("{by} nhận ca trực tại {about}", "{by} took over the duty desk at {about}"),
        words("việc nhận ca trực", "the taking over of the shift"),
        about=ORGANISATION,
        detail={"shift": NUMBER, "after": case("Nối tiếp ca", "After shift")},
        fileable=False,
    ),
    Verb(
        "shift.handed",
        words("{by} bàn giao ca trực tại {about}", "{by} handed over the duty desk at {about}"),
        words("biên bản bàn giao ca trực", "the handover of the shift"),
        about=ORGANISATION,
        detail={
            "shift": NUMBER,
            "to": text("Giao cho", "To"),
            "new": whole("Báo cáo chưa nhận", "Reports not taken"),
            "waiting": whole("Báo cáo đang xử lý", "Reports in hand"),
            "open": whole("Sự cố đang mở", "Incidents open"),
            "late": whole("Đồng hồ quá hạn", "Clocks run out"),
        },
        fileable=False,
    ),
)
