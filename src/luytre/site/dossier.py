"""The dossier of this very system: a level-3 dossier as Decree 331/2026 wants one, prefilled from what the installation is.

What the software knows of itself (doors, keys, dependencies, roles, measures, what the doctor finds) is filled in; what only the body knows
stands as [điền …] and is asked for. It is a draft for people to finish, not a paper that says all is well.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

import msgspec
from django.conf import settings

from luytre.core.paper.reading import from_plain
from luytre.site.asvs import CHAPTERS, counts, rows
from luytre.site.doctor import REFUSED, examine

Block = dict[str, Any]
FLOORS = (
    ("site", "cài đặt, địa chỉ, lệnh điều hành"),
    ("overview", "bảng điều hành, tra cứu, danh sách"),
    ("rooms", "nghiệp vụ: nhiệm vụ, chỉ đạo, đôn đốc, báo cáo, sự cố, quyền"),
    ("papers", "văn thư: số văn bản, văn bản đã ban hành, ký số"),
    ("doors", "đăng nhập, bước hai, phiên, ba cửa"),
    ("register", "sổ đăng ký đơn vị, cán bộ, hệ thống; phân quyền"),
    ("journal, post", "nhật ký có chuỗi băm; thư đi"),
    ("core", "luật, xét nhiệm vụ, săn lùng, văn bản; không dùng mạng"),
)
KEYS = (
    ("secret.key", "ký phiên, thẻ; sinh khóa bước hai", "HMAC-SHA256; Fernet"),
    ("files.key", "mã hóa tệp và ghi chú khi lưu", "xem docs/OPERATIONS.md"),
    ("journal.key", "ký mốc nhật ký hằng ngày", "Ed25519"),
    ("mật khẩu", "xác thực người dùng", "băm PBKDF2-SHA256, không lưu bản rõ"),
)
MEASURES = (
    (
        "Tài khoản, xác thực",
        "tài khoản cá nhân, mật khẩu từ 12 ký tự không nằm trong danh sách lộ, bước hai, khóa khi thử sai, tạm ngừng khi lâu không dùng",
    ),
    ("Phân quyền", "theo vai trò, đơn vị và ngày; mọi việc ghi đều hỏi quyền tại máy chủ (docs/ROLES.md)"),
    ("Nhật ký", "chuỗi băm SHA-256, mốc ký hằng ngày, kiểm tra được bằng tệp rời; ghi cả việc đọc dữ liệu cá nhân"),
    ("Dữ liệu", "tệp và ghi chú mã hóa khi lưu; dữ liệu cá nhân xóa được mà chuỗi không đứt (docs/PERSONAL-DATA.md)"),
    ("Bí mật nhà nước", "từ chối tại cửa: tệp, văn bản mang dấu mật không được lưu; hệ thống không xử lý bí mật nhà nước"),
    ("Kết nối ra ngoài", "một lối ra duy nhất, chỉ https, chỉ tới địa chỉ công cộng hoặc đã khai"),
    ("Trình duyệt", "CSP không unsafe-inline, HSTS, cookie __Host-, chống giả mạo yêu cầu"),
    ("Phần mềm độc hại", "quét tệp qua ClamAV khi đặt LUYTRE_CLAMAV"),
    ("Sao lưu, khôi phục", "chép thư mục dữ liệu, kết xuất cơ sở dữ liệu; khóa cất riêng (docs/OPERATIONS.md); lịch sao lưu: [điền]"),
    ("Giám sát", "luytre doctor, luytre journal verify hằng ngày; kết nối giám sát tập trung: [điền]"),
)


def paper(now: datetime) -> Any:
    """The dossier as an official paper (core.paper.model.Paper)."""
    plain = {
        "title": "Hồ sơ đề xuất cấp độ 3 – Lũy Tre",
        "parent": "[CƠ QUAN CHỦ QUẢN]",
        "issuer": ["[ĐƠN VỊ VẬN HÀNH]"],
        "symbol": "HSCĐ",
        "place": "[địa danh]",
        "type": "HỒ SƠ ĐỀ XUẤT CẤP ĐỘ",
        "subject": ["Hệ thống theo dõi thực hiện Chỉ thị về an toàn thông tin mạng (Lũy Tre)"],
        "bases": ["Căn cứ Luật An ninh mạng số 116/2025/QH15", "Căn cứ Nghị định số 331/2026/NĐ-CP ngày 19 tháng 8 năm 2026 của Chính phủ"],
        "blocks": list(blocks(now)),
        "recipients": ["Như trên", "Lưu: VT"],
        "signers": [{"authority": ["THỦ TRƯỞNG ĐƠN VỊ"], "name": ""}],
        "size": 13,
        "mark": settings.LUYTRE_MARK or "BẢN NHÁP TỰ SINH – phải được rà soát trước khi trình",
    }
    return from_plain(plain)


def blocks(now: datetime) -> Iterator[Block]:
    yield from (*_general(), *_design(), *_level(), *_plan(), *_state(now))


def _general() -> list[Block]:
    return [
        _heading("Phần 1. Thuyết minh tổng quan"),
        _fields(
            ("Tên hệ thống", "Lũy Tre – theo dõi, thực hiện và chứng minh nhiệm vụ theo Chỉ thị 13/CT-UBND"),
            ("Chủ quản; đơn vị vận hành", "[điền: tên, văn bản quy định chức năng, người đại diện, địa chỉ, điện thoại, thư điện tử]"),
            ("Phiên bản", f"luytre {version('luytre')}; giấy phép Apache-2.0"),
            ("Địa chỉ truy cập", ", ".join(settings.ALLOWED_HOSTS)),
            ("Phạm vi, người dùng", "cơ quan, đơn vị, UBND cấp xã, doanh nghiệp của tỉnh; người dân báo sự cố qua cửa công khai"),
            ("Loại thông tin", "thông tin riêng, thông tin cá nhân của cán bộ; không bí mật nhà nước"),
        ),
    ]


def _design() -> list[Block]:
    return [
        _heading("Phần 2. Thiết kế"),
        _table("Các tầng của phần mềm (mũi tên chỉ đi xuống)", ("Tầng", "Nội dung"), FLOORS, 35),
        _table("Cửa vào và dịch vụ", ("Dịch vụ", "Thiết lập hiện tại"), _services(), 55),
        _table("Khóa", ("Khóa", "Dùng để", "Thuật toán"), KEYS, 35),
        _table("Thành phần bên thứ ba (cài trực tiếp)", ("Thành phần", "Phiên bản"), _dependencies(), 90),
        {"kind": "paragraph", "text": "Sơ đồ vật lý, danh mục thiết bị, vùng mạng và địa chỉ IP: [điền theo nơi cài đặt]."},
    ]


def _services() -> Iterable[tuple[str, str]]:
    base = settings.DATABASES["default"]
    listed = ", ".join(map(str, settings.LUYTRE_STAFF_NETWORKS)) or "chưa khai"
    yield "Các cửa mở", ", ".join(sorted(settings.LUYTRE_DOORS))
    yield "Mạng của cửa công vụ", listed
    yield "HTTPS", "có" if settings.SECURE_SSL_REDIRECT else "chưa bật"
    yield "Bước hai khi đăng nhập", {"roles": "bắt buộc theo vai trò", "all": "bắt buộc với mọi người", "off": "tắt"}[settings.LUYTRE_MFA]
    yield "Cơ sở dữ liệu", "PostgreSQL" if base["ENGINE"].endswith("postgresql") else "SQLite"
    yield "Thư điện tử", "có" if settings.LUYTRE_SMTP else "chưa đặt"
    yield "Cổng tin nhắn", "có" if settings.LUYTRE_SMS_URL else "chưa đặt"
    yield "Đăng nhập chung (OIDC)", "có" if settings.LUYTRE_OIDC_URL else "không dùng"
    yield "Dấu thời gian", "có" if settings.LUYTRE_TSA else "không dùng"


def _dependencies() -> Iterable[tuple[str, str]]:
    for line in sorted(requires("luytre") or [], key=str.lower):
        name = re.split(r"[\s\[<>=!~;(]", line, maxsplit=1)[0]
        if "extra ==" in line:
            continue
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "không cài"


def _level() -> list[Block]:
    says = (
        "Đề xuất cấp độ 3: hệ thống dùng chung cho các cơ quan của một tỉnh, xử lý thông tin riêng và thông tin cá nhân, không xử lý "
        "bí mật nhà nước. Số người có thông tin cá nhân và mức độ ảnh hưởng khi ngừng hoạt động: [điền]. "
        "Việc xác định cấp độ thuộc thẩm quyền của cơ quan thẩm định, phê duyệt."
    )
    return [_heading("Phần 3. Thuyết minh cấp độ"), {"kind": "paragraph", "text": says}]


def _plan() -> list[Block]:
    by_chapter = [(f"V{number} {vi}", *map(str, _sums(number))) for number, (_en, vi) in CHAPTERS.items()]
    lacking = [(row.id, row.asked, row.note) for row in rows() if row.status == "open"]
    return [
        _heading("Phần 4. Phương án bảo đảm an ninh mạng"),
        _table("Biện pháp trong phần mềm", ("Nhóm", "Biện pháp"), MEASURES, 40),
        _table("Vai trò", ("Vai trò",), _roles(), None),
        _table(
            "Tự đánh giá theo OWASP ASVS 5.0 mức 2 (docs/ASVS.md)", ("Chương", "Đạt", "Một phần", "Chưa", "Không áp dụng"), by_chapter, 78
        ),
        _table("Yêu cầu chưa đạt", ("Số", "Yêu cầu (tiếng Anh)", "Lý do (tiếng Anh)"), lacking, 20),
        {"kind": "paragraph", "text": "Quy chế, tổ chức và con người, quản lý rủi ro, kết thúc vận hành: [điền theo quy chế của đơn vị]."},
    ]


def _sums(number: int) -> tuple[int, ...]:
    found = counts(number)
    return found["met"], found["partly"], found["open"], found["na"]


def _roles() -> list[tuple[str]]:
    from luytre.register.models import Role

    return [(str(Role(role).label),) for role in Role.values]


def _state(now: datetime) -> list[Block]:
    found = [(("không được" if one.level == REFUSED else "lưu ý"), one.vi, one.do_vi) for one in examine(now)]
    title = _heading("Phần 5. Hiện trạng bản cài đặt (luytre doctor)")
    if not found:
        return [title, {"kind": "paragraph", "text": "Không phát hiện điều gì khi lập hồ sơ này."}]
    return [title, _table("Những điều phải xử lý trước khi vận hành", ("Mức", "Phát hiện", "Cách xử lý"), found, 25)]


def _heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def _fields(*pairs: tuple[str, str]) -> Block:
    return {"kind": "fields", "rows": [{"label": label, "value": value} for label, value in pairs]}


def _table(caption: str, heads: tuple[str, ...], lines: Iterable[tuple[str, ...]], first_mm: int | None) -> Block:
    columns = [{"head": head, **({"width_mm": first_mm} if first_mm and not number else {})} for number, head in enumerate(heads)]
    return {"kind": "table", "caption": caption, "columns": columns, "rows": [list(line) for line in lines], "size": 11}


def written(now: datetime, ending: str) -> bytes:
    """The dossier as .docx, .pdf or .json bytes."""
    made = paper(now)
    if ending == ".docx":
        from luytre.core.paper.word import docx

        return docx(made)
    if ending == ".pdf":
        from luytre.core.paper.pdf import pdf

        return pdf(made)
    return msgspec.json.encode(made)
