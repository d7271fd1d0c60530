"""Incidents, from detection to the final report; the work of the case between."""

from luytre.verbs.shape import EITHER, PAPER, Field, Verb, case, choice, flag, text, whole, words

# The ten kinds of the summary report of Circular 20/2017 (Form 05).
TYPES = {
    "dos": words("từ chối dịch vụ", "denial of service"),
    "phishing": words("tấn công giả mạo", "phishing"),
    "malware": words("tấn công sử dụng mã độc", "malware"),
    "intrusion": words("truy cập trái phép, chiếm quyền điều khiển", "intrusion, control taken"),
    "defacement": words("thay đổi giao diện", "defacement"),
    "encryption": words("mã hóa phần mềm, dữ liệu, thiết bị", "encryption of software, data, devices"),
    "destruction": words("phá hoại thông tin, dữ liệu, phần mềm", "destruction of information"),
    "eavesdropping": words("nghe trộm, gián điệp, lấy cắp thông tin", "eavesdropping, espionage, theft"),
    "combined": words("tấn công tổng hợp nhiều hình thức", "combined attack"),
    "other": words("hình thức khác", "other"),
}

NUMBER = case("Số sự cố", "Incident number", required=True)
SEVERITIES = {
    "critical": words("rất cao", "critical"),
    "high": words("cao", "high"),
    "medium": words("trung bình", "medium"),
    "low": words("thấp", "low"),
    "info": words("tham khảo", "information"),
}
WHAT = {
    "incident": words("sự cố", "incident"),
    "near_miss": words("suýt xảy ra", "near miss"),
    "threat": words("mối đe dọa", "threat"),
    "false_alarm": words("báo nhầm", "false alarm"),
}
STAGES = {
    "prepare": words("Chuẩn bị", "Prepare"),
    "identify": words("Nhận diện", "Identify"),
    "analyse": words("Phân tích", "Analyse"),
    "handle": words("Xử lý", "Handle"),
    "recover": words("Khôi phục", "Recover"),
    "after": words("Sau sự cố", "After"),
}

# The processes of the law: who leads which step (Circular 20/2017 Art. 11; Decision 05/2017 Art. 14). Steps are named for ever.
STEPS = {
    "ordinary.1": words("Tiếp nhận, phân tích, xử lý ban đầu, thông báo", "Receive, analyse, first response, notify"),
    "ordinary.2": words("Ứng cứu, ngăn chặn, xử lý", "Respond, contain, handle"),
    "ordinary.3": words("Xử lý, gỡ bỏ, khôi phục", "Remove and restore"),
    "ordinary.4": words("Tổng kết, đánh giá", "Sum up"),
    "serious.1": words("Phát hiện hoặc tiếp nhận sự cố", "Detect or receive"),
    "serious.2": words("Xác minh, phân tích, phân loại", "Verify and classify"),
    "serious.3": words("Quyết định phương án, lập bộ phận tác nghiệp", "Choose the plan, convene the operations group"),
    "serious.4": words("Triển khai ứng cứu ban đầu", "Initial response"),
    "serious.5": words("Triển khai phương án ứng cứu khẩn cấp", "Carry out the emergency plan"),
    "serious.6": words("Đánh giá, rút kinh nghiệm", "Evaluate, learn"),
    "serious.7": words("Kết thúc, lưu hồ sơ", "Close and archive"),
}
ASSETS = {
    "server": words("máy chủ", "server"),
    "workstation": words("máy trạm", "workstation"),
    "account": words("tài khoản", "account"),
    "application": words("phần mềm, trang web", "application, website"),
    "data": words("dữ liệu", "data"),
    "network": words("thiết bị mạng", "network device"),
    "other": words("khác", "other"),
}
STATES = {
    "suspected": words("nghi ngờ", "suspected"),
    "affected": words("bị ảnh hưởng", "affected"),
    "isolated": words("đã cách ly", "isolated"),
    "cleaned": words("đã làm sạch", "cleaned"),
    "restored": words("đã khôi phục", "restored"),
    "clear": words("không bị ảnh hưởng", "not affected"),
}
COSTS = {
    "labour": words("nhân công", "labour"),
    "service": words("thuê ngoài", "hired service"),
    "equipment": words("thiết bị, bản quyền", "equipment, licences"),
    "loss": words("thiệt hại", "loss"),
    "other": words("khác", "other"),
}

VERBS = (
    Verb(
        "incident.detected",
        words("{by} ghi nhận sự cố tại {about}", "{by} recorded an incident at {about}"),
        words("ghi nhận sự cố", "the record of the incident"),
        about=EITHER,
        detail={
            **PAPER,
            "incident": case("Số sự cố", "Incident number"),
            "serious": flag("Sự cố nghiêm trọng", "Serious incident"),
            "grave": flag(
                "Có dấu hiệu xâm hại an ninh, trật tự hoặc gián đoạn nghiêm trọng",
                "Signs of harm to security or order, or serious interruption",
            ),
            "beyond_ability": flag("Có thể vượt khả năng tự xử lý", "May exceed own ability"),
            "personal_data": flag("Liên quan dữ liệu cá nhân", "Concerns personal data"),
            "customers_concerned": flag("Liên quan khách hàng của doanh nghiệp", "Concerns the enterprise's customers"),
            "threat": case("Số cảnh báo kèm theo", "Threat number"),
            "type": choice("Loại sự cố", "Type", TYPES),
        },
    ),
    Verb(
        "incident.notified",
        words("{by} thông báo ban đầu về sự cố tại {about}", "{by} gave the first notice of the incident at {about}"),
        words("thông báo sự cố", "the incident notice"),
        about=EITHER,
        detail={
            **PAPER,
            "incident": case("Số sự cố", "Incident number"),
        },
    ),
    Verb(
        "incident.reported",
        words(
            "{by} báo cáo nguyên nhân, phạm vi, biện pháp về sự cố tại {about}",
            "{by} reported cause, scope and remedy of the incident at {about}",
        ),
        words("báo cáo sự cố (nguyên nhân, phạm vi, biện pháp)", "the incident report (cause, scope, remedy)"),
        about=EITHER,
        detail={
            **PAPER,
            "incident": case("Số sự cố", "Incident number"),
        },
    ),
    Verb(
        "incident.restored",
        words("{by} khôi phục hoạt động, kết thúc ứng cứu tại {about}", "{by} restored operation at {about} and ended the response"),
        words("ghi nhận khôi phục sau sự cố", "the record of restoration"),
        about=EITHER,
        detail={
            **PAPER,
            "incident": case("Số sự cố", "Incident number"),
        },
    ),
    Verb(
        "incident.closed",
        words("{by} gửi báo cáo kết thúc và khép lại sự cố tại {about}", "{by} sent the final report and closed the incident at {about}"),
        words("báo cáo kết thúc ứng phó sự cố", "the final incident report"),
        about=EITHER,
        detail={
            **PAPER,
            "incident": case("Số sự cố", "Incident number"),
        },
    ),
    Verb(
        "incident.assessed",
        words("{by} phân loại, xác định mức độ sự cố tại {about}", "{by} classified the incident at {about}"),
        words("việc phân loại sự cố", "the classification of the incident"),
        about=EITHER,
        detail={
            "incident": NUMBER,
            "type": choice("Loại sự cố", "Type", TYPES),
            "what": choice("Là", "It is", WHAT),
            "severity": choice("Mức độ", "Severity", SEVERITIES, required=True),
            "computed": choice("Mức tính được", "Severity computed", SEVERITIES, required=True),
            "serious": flag("Nghiêm trọng", "Serious"),
            "grave": flag("Phải báo ngay", "Told at once"),
            "personal_data": flag("Liên quan dữ liệu cá nhân", "Concerns personal data"),
            "answers": text("Câu trả lời", "Answers"),
        },
        fileable=False,
    ),
    Verb(
        "incident.noted",
        words("{by} ghi diễn biến sự cố tại {about}", "{by} noted on the incident at {about}"),
        words("ghi chú diễn biến sự cố", "the note on the incident"),
        about=EITHER,
        detail={"incident": NUMBER, "replaces": Field("entry", words("Thay ghi chú", "Replaces"))},
        fileable=False,
    ),
    Verb(
        "incident.tasked",
        words("{by} giao việc xử lý sự cố tại {about}", "{by} set a task of the incident at {about}"),
        words("việc được giao khi xử lý sự cố", "the task of the incident"),
        about=EITHER,
        detail={"incident": NUMBER, "task": whole("Việc", "Task"), "stage": choice("Giai đoạn", "Stage", STAGES)},
        fileable=False,
    ),
    Verb(
        "incident.task_done",
        words("{by} làm xong việc xử lý sự cố tại {about}", "{by} finished a task of the incident at {about}"),
        words("việc xử lý sự cố đã xong", "the task done"),
        about=EITHER,
        detail={"incident": NUMBER, "task": whole("Việc", "Task"), "stage": choice("Giai đoạn", "Stage", STAGES)},
        fileable=False,
    ),
    Verb(
        "incident.merged",
        words("{by} gộp sự cố trùng tại {about}", "{by} merged duplicate incidents at {about}"),
        words("việc gộp sự cố trùng", "the merging of incidents"),
        about=EITHER,
        detail={"incident": NUMBER, "into": case("Gộp vào", "Merged into", required=True)},
        fileable=False,
    ),
    Verb(
        "incident.explained",
        words("{by} ghi nguyên nhân gốc, bài học từ sự cố tại {about}", "{by} wrote the root cause of the incident at {about}"),
        words("nguyên nhân gốc, bài học", "root cause and lessons"),
        about=EITHER,
        detail={"incident": NUMBER, "cost": whole("Thiệt hại ước tính (nghìn đồng)", "Estimated loss (thousand VND)")},
        fileable=False,
    ),
    Verb(
        "incident.evidence_taken",
        words("{by} thu giữ chứng cứ sự cố tại {about}", "{by} took evidence of the incident at {about}"),
        words("việc thu giữ chứng cứ", "the taking of evidence"),
        about=EITHER,
        detail={
            "incident": NUMBER,
            "item": whole("Chứng cứ số", "Item"),
            "sha256": text("Mã băm SHA-256", "SHA-256"),
            "size": whole("Số byte", "Bytes"),
        },
        fileable=False,
    ),
    Verb(
        "incident.evidence_handed",
        words("{by} bàn giao chứng cứ sự cố tại {about}", "{by} handed over evidence of the incident at {about}"),
        words("việc bàn giao chứng cứ", "the handing over of evidence"),
        about=EITHER,
        detail={"incident": NUMBER, "item": whole("Chứng cứ số", "Item"), "to": text("Giao cho", "To")},
        fileable=False,
    ),
    Verb(
        "incident.evidence_accepted",
        words("{by} xác nhận đã nhận chứng cứ sự cố tại {about}", "{by} confirmed receipt of evidence of the incident at {about}"),
        words("xác nhận nhận chứng cứ", "the receipt of evidence"),
        about=EITHER,
        detail={"incident": NUMBER, "item": whole("Chứng cứ số", "Item")},
        fileable=False,
    ),
    Verb(
        "incident.evidence_refused",
        words("{by} không nhận bàn giao chứng cứ sự cố tại {about}", "{by} declined evidence of the incident at {about}"),
        words("việc không nhận bàn giao chứng cứ", "the declining of evidence"),
        about=EITHER,
        detail={"incident": NUMBER, "item": whole("Chứng cứ số", "Item")},
        fileable=False,
    ),
    Verb(
        "incident.step_done",
        words("{by} hoàn thành một bước ứng cứu sự cố tại {about}", "{by} completed a step of the response at {about}"),
        words("bước ứng cứu đã hoàn thành", "the step of the response completed"),
        about=EITHER,
        detail={"incident": NUMBER, "step": choice("Bước", "Step", STEPS, required=True)},
        fileable=False,
    ),
    Verb(
        "incident.asset_changed",
        words("{by} ghi trạng thái tài sản trong sự cố tại {about}", "{by} recorded the state of an asset in the incident at {about}"),
        words("trạng thái tài sản bị ảnh hưởng", "the state of the asset"),
        about=EITHER,
        detail={
            "incident": NUMBER,
            "asset": whole("Tài sản số", "Asset", required=True),
            "kind": choice("Loại", "Kind", ASSETS),
            "state": choice("Trạng thái", "State", STATES, required=True),
            "system": Field("thing", words("Hệ thống", "System")),
        },
        fileable=False,
    ),
    Verb(
        "incident.cost_added",
        words("{by} ghi chi phí của sự cố tại {about}", "{by} recorded a cost of the incident at {about}"),
        words("chi phí của sự cố", "the cost of the incident"),
        about=EITHER,
        detail={
            "incident": NUMBER,
            "kind": choice("Khoản", "Kind", COSTS, required=True),
            "amount": whole("Số tiền (nghìn đồng)", "Amount (thousand VND)", required=True),
        },
        fileable=False,
    ),
    Verb(
        "incident.acknowledged",
        words("{by} xác nhận đã nhận thông báo sự cố của {about}", "{by} acknowledged the incident notice of {about}"),
        words("xác nhận đã nhận thông báo sự cố", "the acknowledgement of the notice"),
        about=EITHER,
        detail={"incident": NUMBER, "entry": Field("entry", words("Thông báo", "Notice"))},
        fileable=False,
    ),
    Verb(
        "incident.minuted",
        words("{by} lập biên bản vi phạm dữ liệu cá nhân tại {about}", "{by} drew up the minutes of a personal data breach at {about}"),
        words("biên bản vi phạm dữ liệu cá nhân", "the minutes of the personal data breach"),
        about=EITHER,
        detail={
            **PAPER,
            "incident": NUMBER,
            "subjects": whole("Số chủ thể dữ liệu", "Data subjects"),
            "sensitive": flag("Có dữ liệu nhạy cảm", "Sensitive data"),
            "told": flag("Đã báo chủ thể dữ liệu", "Subjects told"),
        },
        fileable=False,
    ),
    Verb(
        "incident.read",
        words("{by} đọc hồ sơ sự cố tại {about}", "{by} read an incident at {about}"),
        words("việc đọc hồ sơ sự cố", "the reading of an incident"),
        about=EITHER,
        detail={"incident": case("Số sự cố", "Incident number"), "entry": Field("entry", words("Ghi nhận", "Entry"))},
        fileable=False,
        reads=True,
    ),
)
