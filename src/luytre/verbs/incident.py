"""Incidents, from detection to the final report."""

from luytre.verbs.shape import EITHER, PAPER, Field, Verb, case, choice, flag, words

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
        "incident.read",
        words("{by} đọc hồ sơ sự cố tại {about}", "{by} read an incident at {about}"),
        words("việc đọc hồ sơ sự cố", "the reading of an incident"),
        about=EITHER,
        detail={"incident": case("Số sự cố", "Incident number"), "entry": Field("entry", words("Ghi nhận", "Entry"))},
        fileable=False,
        reads=True,
    ),
)
