"""Words of the room: levels of rules, steps of an attack, how to get the logs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEVELS = ("critical", "high", "medium", "low", "informational")
GRAVE = 2  # ranks below this must be judged before a hunt can be closed
LEVEL_WORDS: dict[str, Promise] = {
    "critical": _("Rất cao"),
    "high": _("Cao"),
    "medium": _("Trung bình"),
    "low": _("Thấp"),
    "informational": _("Tham khảo"),
}
CSS = {"critical": "critical", "high": "high", "medium": "medium", "low": "low", "informational": "info"}
SHAPES = {
    "critical": "M7 1l6 6-6 6-6-6z",
    "high": "M7 1l6.5 12H.5z",
    "medium": "M1.5 1.5h11v11h-11z",
    "low": "M7 1a6 6 0 100 12A6 6 0 007 1z",
    "informational": "M7 3.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7z",
}
VERDICTS: dict[str, tuple[Promise, str]] = {  # word, status whose chip it wears
    "": (_("Chưa xem"), "open"),
    "true": (_("Xác nhận"), "overdue"),
    "benign": (_("Lành"), "met"),
    "suppressed": (_("Tạm bỏ qua"), "waived"),
}
TACTICS: dict[str, Promise] = {
    "reconnaissance": _("Trinh sát"),
    "resource-development": _("Chuẩn bị nguồn lực"),
    "initial-access": _("Xâm nhập ban đầu"),
    "execution": _("Thực thi"),
    "persistence": _("Duy trì"),
    "privilege-escalation": _("Nâng quyền"),
    "defense-evasion": _("Né tránh"),
    "stealth": _("Ẩn mình"),
    "defense-impairment": _("Làm suy yếu phòng vệ"),
    "credential-access": _("Lấy thông tin xác thực"),
    "discovery": _("Thăm dò"),
    "lateral-movement": _("Di chuyển trong mạng"),
    "collection": _("Thu thập"),
    "command-and-control": _("Điều khiển từ xa"),
    "exfiltration": _("Đưa dữ liệu ra"),
    "impact": _("Gây hại"),
}
OPS: dict[str, Promise] = {
    "eq": _("là"),
    "contains": _("có chứa"),
    "has": _("có chứa"),
    "starts": _("bắt đầu bằng"),
    "ends": _("kết thúc bằng"),
    "startswith": _("bắt đầu bằng"),
    "endswith": _("kết thúc bằng"),
    "re": _("khớp mẫu"),
    "ioc": _("trùng chỉ báo"),
}


def rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS) - 1
