"""How to get the logs, step by step: one guide a kind of machine. Shown in the wizard; commands are shown as they are typed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Guide:
    """Steps in words, each with what is typed or clicked, if anything."""

    key: str
    title: Promise
    icon: str
    steps: tuple[tuple[Promise, str], ...]


GUIDES = (
    Guide(
        "windows",
        _("Máy Windows"),
        "device-desktop",
        (
            (_("Mở Start, gõ “Event Viewer”, bấm chuột phải, chọn Run as administrator."), ""),
            (_("Ở cột trái mở Windows Logs, bấm chuột phải vào Security, chọn Save All Events As…"), ""),
            (_("Lưu với đuôi .evtx, đặt tên theo tên máy."), "TEN-MAY-Security.evtx"),
            (_("Làm lại với System, Application; nếu máy có Sysmon thì thêm nhật ký Sysmon."), ""),
            (_("Hoặc sao chép cả thư mục bằng một dòng lệnh (quyền quản trị):"), r"wevtutil epl Security C:\nhatky\TEN-MAY-Security.evtx"),
        ),
    ),
    Guide(
        "iis",
        _("Máy chủ web IIS"),
        "server",
        (
            (_("Mở thư mục nhật ký của IIS; mỗi trang web là một thư mục con."), r"C:\inetpub\logs\LogFiles"),
            (_("Sao chép cả thư mục W3SVC… của các ngày trong kỳ."), r"robocopy C:\inetpub\logs\LogFiles C:\nhatky /MAXAGE:30 /E"),
            (_("Nén lại rồi thả tệp nén vào trang này; không cần giải nén."), ""),
        ),
    ),
    Guide(
        "web",
        _("Apache, nginx"),
        "world",
        (
            (_("Nhật ký truy cập và lỗi nằm ở một trong hai thư mục sau."), "/var/log/nginx/   /var/log/apache2/"),
            (_("Gói cả tệp đã xoay vòng (.gz) của kỳ này."), 'sudo tar czf "$(hostname)-web.tar.gz" /var/log/nginx /var/log/apache2'),
            (_("Nhật ký web không ghi tên máy: khi tải lên, ghi tên máy vào ô “Nhật ký của máy”."), ""),
        ),
    ),
    Guide(
        "linux",
        _("Máy chủ Linux"),
        "server",
        (
            (
                _("Gói nhật ký hệ thống và auditd:"),
                'sudo tar czf "$(hostname)-log.tar.gz" /var/log/auth.log* /var/log/secure* /var/log/syslog* /var/log/audit',
            ),
            (_("Máy chỉ có journald thì xuất ra JSON:"), "sudo journalctl -o json --since -30d | gzip > $(hostname)-journal.json.gz"),
        ),
    ),
    Guide(
        "firewall",
        _("Tường lửa, thiết bị mạng"),
        "shield",
        (
            (_("FortiGate: Log & Report, chọn loại nhật ký, bấm Download; hoặc lấy từ máy chủ syslog đang nhận."), ""),
            (_("Thiết bị khác: lấy tệp syslog trên máy chủ thu nhật ký."), "/var/log/remote/"),
            (_("Bảng CSV xuất từ giao diện quản trị cũng đọc được nếu có dòng tiêu đề."), ""),
        ),
    ),
)
