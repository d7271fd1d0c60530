"""The doctor: looks an installation over before real data goes in. One check, one question; what it finds it says with what to do.

    doctor.examine(now)     # every check that found something, refusals first

A refusal is a state in which no real data may be kept; a warning one that somebody should know of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from luytre.site.doctor import running, safety

REFUSED, WARNING = "refused", "warning"


@dataclass(frozen=True)
class Check:
    """`look(now)` gives what it saw (a few words, may be empty) where something is wrong, else None."""

    code: str
    level: str
    look: Callable[[datetime], str | None]
    vi: str
    en: str
    do_vi: str
    do_en: str


@dataclass(frozen=True)
class Finding:
    code: str
    level: str
    vi: str
    en: str
    do_vi: str
    do_en: str
    seen: str


CHECKS: tuple[Check, ...] = (
    # -- settings --
    Check(
        "debug",
        REFUSED,
        safety.debug,
        "Trang dành cho lập trình viên đang mở",
        "Pages for developers are on",
        "bỏ LUYTRE_DEBUG",
        "unset LUYTRE_DEBUG",
    ),
    Check(
        "mark",
        REFUSED,
        safety.mark,
        "Bản minh họa (LUYTRE_MARK) đang chứa tài khoản ngoài vai mẫu",
        "A demonstration (LUYTRE_MARK) holds real accounts",
        "bỏ LUYTRE_MARK, hoặc dùng thư mục dữ liệu khác cho bản minh họa",
        "unset LUYTRE_MARK, or keep the demonstration in a folder of its own",
    ),
    Check(
        "today", REFUSED, safety.today, "Đồng hồ đứng ở một ngày cố định", "The clock stands still", "bỏ LUYTRE_TODAY", "unset LUYTRE_TODAY"
    ),
    Check(
        "sample-accounts",
        REFUSED,
        safety.sample_accounts,
        "Còn tài khoản mẫu với mật khẩu ai cũng biết",
        "Sample accounts with the published password",
        "tạm ngừng hoặc đổi mật khẩu: luytre account TÊN",
        "suspend them or set another password: luytre account NAME",
    ),
    Check(
        "hosts",
        REFUSED,
        safety.hosts,
        "Máy trả lời dưới mọi tên miền",
        "The site answers to every name",
        "LUYTRE_HOSTS = tên miền thật",
        "set LUYTRE_HOSTS to the real name",
    ),
    Check(
        "https",
        REFUSED,
        safety.https,
        "HTTPS tắt: phiên đăng nhập đi không mã hóa",
        "HTTPS is off: sessions travel in clear",
        "đặt máy chủ ủy quyền có TLS phía trước và LUYTRE_HTTPS=1",
        "put a proxy with TLS in front and set LUYTRE_HTTPS=1",
    ),
    Check(
        "proxies",
        REFUSED,
        safety.proxies,
        "Có proxy phía trước nhưng chưa khai: mọi người mang địa chỉ của proxy",
        "A proxy stands in front and is not declared",
        "LUYTRE_PROXIES = mạng của proxy",
        "set LUYTRE_PROXIES to the proxy's network",
    ),
    Check(
        "mfa",
        REFUSED,
        safety.mfa,
        "Không ai phải có bước hai khi đăng nhập",
        "Nobody must have a second step of signing in",
        "LUYTRE_MFA=roles hoặc all",
        "LUYTRE_MFA=roles or all",
    ),
    Check(
        "staff-networks",
        REFUSED,
        safety.staff_networks,
        "Cửa công vụ mở cho mọi mạng",
        "The staff door is open to every network",
        "LUYTRE_STAFF_NETWORKS = mạng truyền số liệu chuyên dùng, VPN",
        "set LUYTRE_STAFF_NETWORKS to the dedicated network and the VPN",
    ),
    Check(
        "fresh",
        WARNING,
        safety.fresh,
        "Việc nhạy cảm không hỏi lại người dùng là ai",
        "Sensitive acts are not asked about again",
        "LUYTRE_FRESH_MINUTES=10",
        "LUYTRE_FRESH_MINUTES=10",
    ),
    Check(
        "out-http",
        WARNING,
        safety.out_http,
        "Yêu cầu ra ngoài được phép đi không mã hóa",
        "Requests out may go in clear",
        "bỏ LUYTRE_OUT_HTTP khi đối tác đã có https",
        "unset LUYTRE_OUT_HTTP once the other side has https",
    ),
    # -- keys and files --
    Check(
        "secret-key",
        REFUSED,
        safety.secret_key,
        "Khóa bí mật quá ngắn hoặc người khác đọc được",
        "The secret key is short, or others can read it",
        "xóa LUYTRE_SECRET_KEY để máy tự tạo, hoặc đặt khóa ngẫu nhiên từ 43 ký tự; chmod 600 secret.key",
        "unset LUYTRE_SECRET_KEY to have one made, or set 43 random letters or more; chmod 600 secret.key",
    ),
    Check(
        "journal-key",
        REFUSED,
        safety.journal_key,
        "Khóa ký nhật ký thiếu hoặc người khác đọc được",
        "The journal's key is missing, or others can read it",
        "luytre migrate tạo khóa; chmod 600 journal.key",
        "luytre migrate makes it; chmod 600 journal.key",
    ),
    Check(
        "files-key",
        REFUSED,
        safety.files_key,
        "Khóa niêm phong tệp thiếu hoặc người khác đọc được",
        "The key that seals files is missing, or others can read it",
        "luytre migrate tạo khóa; chmod 600 files.key; giữ một bản ở nơi khác",
        "luytre migrate makes it; chmod 600 files.key; keep a copy elsewhere",
    ),
    Check(
        "scanner",
        WARNING,
        running.scanner,
        "Tệp nhận vào không được quét mã độc",
        "Files taken in are not scanned for malware",
        "cài clamav-daemon và đặt LUYTRE_CLAMAV=unix:/run/clamav/clamd.ctl",
        "install clamav-daemon and set LUYTRE_CLAMAV=unix:/run/clamav/clamd.ctl",
    ),
    Check(
        "data-folder",
        REFUSED,
        safety.data_folder,
        "Người khác trên máy đọc được thư mục dữ liệu",
        "Others on this machine can read the data folder",
        "chmod -R go-rwx THƯ_MỤC",
        "chmod -R go-rwx FOLDER",
    ),
    Check(
        "database-tls",
        REFUSED,
        safety.database_tls,
        "Cơ sở dữ liệu ở máy khác mà đường đi không mã hóa",
        "The database is elsewhere and the way there is in clear",
        "thêm ?sslmode=verify-full vào LUYTRE_DATABASE_URL",
        "add ?sslmode=verify-full to LUYTRE_DATABASE_URL",
    ),
    # -- as it runs --
    Check(
        "migrations",
        REFUSED,
        running.migrations,
        "Cơ sở dữ liệu chưa cập nhật theo bản đang chạy",
        "Migrations are pending",
        "luytre migrate",
        "luytre migrate",
    ),
    Check(
        "clock",
        REFUSED,
        running.clock,
        "Đồng hồ máy lệch cơ sở dữ liệu, hoặc nhật ký có việc ở tương lai",
        "The clock is off against database or journal",
        "bật đồng bộ giờ (NTP) trên mọi máy",
        "keep time by NTP on every machine",
    ),
    Check(
        "chain",
        REFUSED,
        running.chain,
        "Nhật ký có việc chưa niêm phong quá một phút",
        "Entries are unsealed for more than a minute",
        "luytre journal seal, rồi luytre journal verify",
        "luytre journal seal, then luytre journal verify",
    ),
    Check(
        "jobs",
        REFUSED,
        running.jobs,
        "Những việc tự chạy đã dừng",
        "Jobs have not run lately",
        "chạy luytre jobs như một dịch vụ; luytre jobs --list",
        "run luytre jobs as a service; luytre jobs --list",
    ),
    Check("disk", REFUSED, running.disk, "Đĩa sắp đầy", "The disk is nearly full", "dọn đĩa hoặc thêm đĩa", "free or add disk space"),
    Check(
        "mail",
        REFUSED,
        running.mail,
        "Chưa có đường gửi thư: không ai được nhắc",
        "No way out for mail: nobody is reminded",
        "đặt LUYTRE_SMTP và LUYTRE_MAIL_FROM",
        "set LUYTRE_SMTP and LUYTRE_MAIL_FROM",
    ),
    Check(
        "mail-tls",
        WARNING,
        running.mail_tls,
        "Thư tới máy chủ thư đi không mã hóa",
        "Mail travels to its server in clear",
        "smtps://… hoặc smtp://…?tls=start",
        "smtps://… or smtp://…?tls=start",
    ),
    Check(
        "sms",
        WARNING,
        running.sms,
        "Chưa có cổng tin nhắn: việc khẩn chỉ đi bằng thư",
        "No SMS gateway: urgent matters go by mail only",
        "LUYTRE_SMS_URL, LUYTRE_SMS_TOKEN",
        "LUYTRE_SMS_URL, LUYTRE_SMS_TOKEN",
    ),
    Check(
        "sqlite",
        WARNING,
        running.sqlite,
        "SQLite cho nhiều người cùng ghi",
        "SQLite with many writers",
        "chuyển sang PostgreSQL: LUYTRE_DATABASE_URL",
        "move to PostgreSQL: LUYTRE_DATABASE_URL",
    ),
    Check(
        "board",
        WARNING,
        running.board,
        "Bảng điều hành chưa tính theo luật và sổ hiện tại",
        "What the boards read is not of today's law",
        "luytre board rebuild",
        "luytre board rebuild",
    ),
    Check(
        "law",
        WARNING,
        running.law,
        "Bộ luật kèm theo đã quá một năm không có văn bản mới",
        "The law shipped is over a year old",
        "cập nhật bản Lũy Tre; rà văn bản mới",
        "update Lũy Tre; look for new texts",
    ),
)


def examine(now: datetime) -> list[Finding]:
    """What is wrong, refusals first. A check that itself fails is a refusal: nobody knows then."""
    found = [finding for check in CHECKS if (finding := looked(check, now))]
    return sorted(found, key=lambda one: one.level != REFUSED)


def looked(check: Check, now: datetime) -> Finding | None:
    level, seen = check.level, None
    try:
        seen = check.look(now)
    except Exception as fault:  # what cannot be looked at is not well
        level, seen = REFUSED, f"không xem được / cannot tell: {type(fault).__name__}: {fault}"[:300]
    if seen is None:
        return None
    return Finding(check.code, level, check.vi, check.en, check.do_vi, check.do_en, seen)
