"""The twelve statuses in words: their names, the sentence each says, and the step that follows."""

from luytre.core.law.model import Words

LABELS: dict[str, Words] = {
    "overdue": {"vi": "Quá hạn", "en": "Overdue"},
    "missed": {"vi": "Đã lỡ kỳ", "en": "Missed"},
    "due_soon": {"vi": "Sắp đến hạn", "en": "Due soon"},
    "open": {"vi": "Đang trong kỳ", "en": "Open"},
    "met": {"vi": "Đã hoàn thành", "en": "Met"},
    "met_late": {"vi": "Hoàn thành muộn", "en": "Met late"},
    "unknown": {"vi": "Chưa xác định", "en": "Cannot tell"},
    "undated": {"vi": "Chưa có thời hạn", "en": "No date set"},
    "not_open": {"vi": "Chưa đến kỳ", "en": "Not open yet"},
    "waived": {"vi": "Được miễn", "en": "Waived"},
    "recommended": {"vi": "Khuyến khích", "en": "Recommended"},
    "not_applicable": {"vi": "Không thuộc diện", "en": "Not applicable"},
}

# The sentence of a status; {due} already carries the remark on how the day was found, {since} may be empty.
SENTENCES: dict[str, Words] = {
    "overdue": {"vi": "quá hạn{since}{due}.", "en": "overdue{since}{due}."},
    "missed": {"vi": "kỳ {window} đã qua{due}, chưa có minh chứng.", "en": "the window {window} has passed{due}, without evidence."},
    "due_soon": {"vi": "sắp đến hạn{due}.", "en": "due soon{due}."},
    "open": {"vi": "đang trong kỳ{due}.", "en": "open{due}."},
    "met": {"vi": "đã hoàn thành{since}{due}.", "en": "met{since}{due}."},
    "met_late": {"vi": "hoàn thành muộn{since}{due}.", "en": "met late{since}{due}."},
    "unknown": {
        "vi": "chưa xác định{since}, không tính là hoàn thành, vì {why}.",
        "en": "cannot tell{since}, not counted as met, because {why}.",
    },
    "undated": {
        "vi": "chưa có thời hạn{since}: văn bản không nêu số ngày, chưa ai quyết định.",
        "en": "no date set{since}: the text gives no number and nobody has decided one.",
    },
    "not_open": {"vi": "chưa đến kỳ{opens}.", "en": "not open yet{opens}."},
    "no_event": {"vi": "chưa phát sinh; việc này chỉ mở khi có {events}.", "en": "nothing has happened; it opens with {events}."},
    "waived": {"vi": "được miễn{until}.", "en": "waived{until}."},
    "recommended": {
        "vi": "được khuyến khích{since}, không bắt buộc, không tính quá hạn.",
        "en": "encouraged{since}, not required, never overdue.",
    },
    "not_applicable": {"vi": "không thuộc diện{since}, vì {why}.", "en": "not applicable{since}, because {why}."},
}
NOTHING: Words = {"vi": "Chưa cần làm gì thêm.", "en": "Nothing more to do."}
# Steps of their own; the other statuses ask for the next step of the duty.
STEPS: dict[str, Words] = {
    "missed": {
        "vi": "Kỳ này không bù được nữa; hãy làm đúng hạn trong kỳ hiện tại.",
        "en": "This window can't be made good; do the current one in time.",
    },
    "met": NOTHING,
    "met_late": NOTHING,
    "unknown": {
        "vi": "Bổ sung thông tin còn thiếu trong sổ đăng ký hoặc nộp minh chứng.",
        "en": "Complete the register or file the evidence.",
    },
    "not_open": {"vi": "Có thể chuẩn bị trước.", "en": "It may be prepared."},
    "waived": {"vi": "Chuẩn bị làm lại khi hết thời gian miễn.", "en": "Be ready when the waiver ends."},
    "not_applicable": NOTHING,
}
# What to do where nobody can tell, by the reason.
LEARN: dict[str, Words] = {
    "register_unconfirmed": {
        "vi": "Người đứng đầu xác nhận danh mục hệ thống, kể cả khi không có hệ thống nào.",
        "en": "The head confirms the register of systems, also where there is none.",
    },
    "scope_unknown": {"vi": "Ghi bổ sung vào sổ đăng ký.", "en": "Add it to the register."},
    "event_unclear": {"vi": "Ghi bổ sung vào ghi nhận ban đầu.", "en": "Add it to the first record."},
    "no_owner": {"vi": "Ghi chủ quản của hệ thống vào sổ đăng ký.", "en": "Record the owner of the system in the register."},
}
LAPSES: Words = {"vi": "Làm lại trước ngày {flips}.", "en": "Do it again before {flips}."}
END_BREACH: Words = {
    "vi": "Chấm dứt vi phạm và nộp biên bản chấm dứt, sau đó kiểm tra lại.",
    "en": "End the breach, file the record that it has ended, then check again.",
}
CHECK: Words = {"vi": "Kiểm tra việc chấp hành và nộp biên bản kiểm tra.", "en": "Check compliance and file the record."}

BASIS: Words = {"vi": "Căn cứ {cited}.", "en": "Basis: {cited}."}
OPENS: Words = {"vi": ", mở từ {day}", "en": ", opens on {day}"}
SINCE: Words = {"vi": " từ {day}", "en": " since {day}"}
DUE: Words = {"vi": ", hạn cuối {day}", "en": ", last good day {day}"}
HOLDS: Words = {"vi": ", có giá trị đến hết {day}", "en": ", holds through {day}"}
CLOSED: Words = {
    "vi": "Đơn vị đã kết thúc ngày {day}; việc này chuyển cho đơn vị tiếp nhận.",
    "en": "The body ended on {day}; its successor takes this over.",
}
TAKEN_OVER: Words = {"vi": "Việc tiếp nhận từ đơn vị đã kết thúc.", "en": "Taken over from a body that ended."}
UNTIL: Words = {"vi": " đến hết {day}", "en": " through {day}"}

# What turns a line, by status. {papers}: what is still missing; {due}: the last good day.
TURNS: dict[str, Words] = {
    "overdue": {
        "vi": "Nộp {papers}: dòng này chuyển sang “{to}” ngay trong ngày.",
        "en": "File {papers}: the line turns to “{to}” the same day.",
    },
    "due_soon": {
        "vi": "Nộp {papers} chậm nhất {due}: dòng này chuyển sang “{to}”.",
        "en": "File {papers} by {due}: the line turns to “{to}”.",
    },
    "missed": {
        "vi": "Kỳ này không bù được nữa. Nếu việc đã làm trong kỳ mà chưa nộp, nộp minh chứng có ngày trong kỳ: chuyển sang “{to}”.",
        "en": "This window can't be made good. If the work was done in time but not filed, file the evidence dated in it: “{to}”.",
    },
    "unknown": {
        "vi": "Bổ sung điều còn thiếu nêu trên: dòng này được xét lại ngay.",
        "en": "Complete what is missing above: the line is judged again at once.",
    },
}
TURNS["open"] = TURNS["due_soon"]
TURNS["undated"] = TURNS["overdue"]
TURNS["recommended"] = TURNS["overdue"]
NO_LONGER: Words = {
    "vi": "Không còn cách nào để thành “Đã hoàn thành” đúng hạn.",
    "en": "It can no longer be met in time.",
}
