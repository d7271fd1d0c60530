"""Every statutory form filled with invented answers, made from the kinds of its fields."""

from datetime import date
from typing import Any

from luytre.core.paper.forms import FieldSpec, Office, answer, load
from luytre.core.paper.model import Paper, Signer

OFFICE = Office(
    parent="UBND TỈNH THANH HÓA",
    issuer=("SỞ MINH HỌA",),
    place="Thanh Hóa",
    code="SMH",
    number=9,
    issued_on=date(2026, 11, 16),
    addressees=("Công an tỉnh Thanh Hóa",),
    recipients=("Như trên", "Lưu: VT, CN"),
    signers=(Signer(authority=("GIÁM ĐỐC",), name="Người Ký Minh Họa"),),
    mark="DỮ LIỆU MINH HỌA – không phản ánh tình trạng thật của cơ quan nào",
)
_BY_KIND: dict[str, Any] = {
    "line": "Dòng {}", "text": "Đoạn văn trả lời của {}.", "phone": "0237 3000 137", "email": "tiepnhan@thanhhoa.example",
    "number": 1204, "date": "2026-11-16", "time": "06:40", "level": 3, "yes_no": True, "lines": ["Mục một của {}", "mục hai"],
}  # fmt: skip


def answer_to(field: FieldSpec) -> Any:
    if field.help.startswith("viết trọn câu"):
        return f"Căn cứ văn bản của {field.id}"
    if field.type == "choice":
        return field.options[0].id
    if field.type == "choices":
        return {option.id: f"thêm {option.id}" if option.free else True for option in field.options}
    if field.type == "table":
        rows = len(field.rows) or 2
        return [{c.id: n + 1 if c.number else f"{c.id} {n}" for c in field.columns} for n in range(rows)]
    known = _BY_KIND[field.type]
    if isinstance(known, list):
        return [line.format(field.id) for line in known]
    return known.format(field.id) if isinstance(known, str) else known


def filled(name: str) -> Paper:
    return answer(load(name), {field.id: answer_to(field) for field in load(name).fields}, OFFICE)
