"""Reports of incidents by anyone: received before anybody knows whose they are, taken, attached, answered, merged, put aside."""

from luytre.verbs.shape import EITHER, ORGANISATION, Verb, case, choice, words

CODE = case("Mã biên nhận", "Receipt code", required=True)
CHANNELS = {
    "web": words("trang báo sự cố", "public page"),
    "mail": words("thư điện tử", "e-mail"),
    "phone": words("điện thoại", "telephone"),
    "staff": words("cán bộ", "staff"),
    "api": words("máy gửi", "machine"),
}
# What anyone can say of what is happening; the officer finds the type of the law.
KINDS = {
    "fraud": words("bị lừa hoặc bị giả mạo", "cheated or impersonated"),
    "takeover": words("mất quyền vào tài khoản hoặc máy", "lost control of an account or device"),
    "locked": words("tệp bị khóa, bị đòi tiền chuộc", "files locked, ransom asked"),
    "malware": words("máy có mã độc, chạy bất thường", "malware, odd behaviour"),
    "site": words("trang web, dịch vụ bị sửa hoặc không vào được", "website or service changed or down"),
    "leak": words("lộ, mất thông tin hoặc dữ liệu", "information leaked or lost"),
    "other": words("việc khác, hoặc không chắc", "something else, or unsure"),
}
REASONS = {
    "fraud_routed": words("lừa đảo, đã chuyển cơ quan công an", "fraud, passed to the police"),
    "false_alarm": words("báo nhầm", "false alarm"),
    "near_miss": words("suýt xảy ra, không có thiệt hại", "near miss, no harm"),
    "threat": words("mối đe dọa, chưa thành sự cố", "a threat, not an incident"),
    "elsewhere": words("đã chuyển nơi có thẩm quyền", "passed to whom it concerns"),
    "spam": words("thư rác, nội dung vô nghĩa", "spam, no meaning"),
}

VERBS = (
    Verb(
        "incident_report.received",
        words("{by} gửi báo cáo sự cố tới {about}", "{by} sent an incident report to {about}"),
        words("báo cáo sự cố nhận được", "the incident report received"),
        about=ORGANISATION,
        detail={
            "report": CODE,
            "channel": choice("Nơi nhận", "Channel", CHANNELS, required=True),
            "kind": choice("Chuyện gì", "What", KINDS),
        },
        fileable=False,
    ),
    Verb(
        "incident_report.added",
        words("{by} bổ sung báo cáo sự cố gửi {about}", "{by} added to the incident report at {about}"),
        words("phần bổ sung báo cáo sự cố", "the addition to the incident report"),
        about=EITHER,
        detail={"report": CODE},
        fileable=False,
    ),
    Verb(
        "incident_report.taken",
        words("{by} nhận xử lý báo cáo sự cố gửi {about}", "{by} took on the incident report at {about}"),
        words("việc nhận xử lý báo cáo sự cố", "the taking on of the incident report"),
        about=EITHER,
        detail={"report": CODE},
        fileable=False,
    ),
    Verb(
        "incident_report.answered",
        words("{by} trả lời người báo sự cố, thay mặt {about}", "{by} answered the reporter for {about}"),
        words("trả lời người báo sự cố", "the answer to the reporter"),
        about=EITHER,
        detail={"report": CODE},
        fileable=False,
    ),
    Verb(
        "incident_report.attached",
        words("{by} gắn báo cáo sự cố với {about}", "{by} attached the incident report to {about}"),
        words("việc gắn báo cáo sự cố với đơn vị", "the attaching of the incident report"),
        about=EITHER,
        detail={"report": CODE, "incident": case("Số sự cố", "Incident number")},
        fileable=False,
    ),
    Verb(
        "incident_report.merged",
        words("{by} gộp báo cáo trùng gửi {about}", "{by} merged duplicate reports at {about}"),
        words("việc gộp báo cáo sự cố trùng", "the merging of duplicate reports"),
        about=EITHER,
        detail={"report": CODE, "into": case("Gộp vào", "Merged into", required=True)},
        fileable=False,
    ),
    Verb(
        "incident_report.split",
        words("{by} tách lại báo cáo đã gộp gửi {about}", "{by} split a merged report at {about}"),
        words("việc tách báo cáo đã gộp", "the splitting of merged reports"),
        about=EITHER,
        detail={"report": CODE},
        fileable=False,
    ),
    Verb(
        "incident_report.dismissed",
        words("{by} kết thúc báo cáo không thành sự cố gửi {about}", "{by} ended a report at {about} that is no incident"),
        words("việc kết thúc báo cáo không thành sự cố", "the ending of a report that is no incident"),
        about=EITHER,
        detail={"report": CODE, "reason": choice("Lý do", "Reason", REASONS, required=True)},
        fileable=False,
    ),
)
