"""The original Word template: a paper's front and end as fields an office can move and dress; made from code, so always restorable.

Fields are Vietnamese words without marks ({{ so_ky_hieu }}); FIELDS says what each holds. The body goes where {{ noi_dung }} stands.
"""

import io
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from luytre.core.paper.sheet import MOTTO, WORDS, Sheet
from luytre.core.paper.word.markup import TEXT_MM, cell, elements, paragraph, row, run, table
from luytre.core.paper.word.package import packed
from luytre.core.paper.word.styles import add_styles, style_id

BODY = "noi_dung"
FIELDS: dict[str, str] = {
    "co_quan_cap_tren": "tên cơ quan cấp trên (có thể trống)",
    "co_quan": "tên cơ quan ban hành, danh sách các dòng",
    "so_ky_hieu": "dòng “Số: 05/BC-…”",
    "dia_danh_ngay": "địa danh và ngày, tháng, năm",
    "ten_loai": "tên loại văn bản (trống khi là công văn)",
    "trich_yeu": "trích yếu, danh sách các dòng",
    "ve_viec": "trích yếu của công văn, không kể chữ V/v",
    "do_khan": "mức độ khẩn (trống khi không khẩn)",
    "tham_quyen": "thẩm quyền ban hành của quyết định",
    "kinh_gui": "nơi kính gửi, danh sách các dòng",
    "can_cu": "căn cứ, danh sách các dòng",
    "quyet_dinh": "chữ “QUYẾT ĐỊNH:”",
    BODY: "toàn bộ nội dung; phải đứng riêng một đoạn",
    "noi_nhan": "nơi nhận, danh sách các dòng",
    "quyen_han": "quyền hạn, chức vụ người ký, danh sách các dòng",
    "nguoi_ky": "họ tên người ký",
    "dau_mau": "dòng nhỏ ở chân trang (trống trên văn bản thật)",
}
REQUIRED = ("co_quan", "so_ky_hieu", "dia_danh_ngay", BODY, "noi_nhan", "quyen_han", "nguoi_ky")
LEFT_MM = {14: TEXT_MM - 97.0, 13: TEXT_MM - 90.0}  # the motto at 13 pt bold is 94.6 mm wide, at 12 pt 87.3 mm


def values(sheet: Sheet) -> dict[str, Any]:
    """What the fields hold for one sheet; BODY is filled in later, block by block."""
    alone = len(sheet["signers"]) == 1
    return {
        "co_quan_cap_tren": sheet["parent"],
        "co_quan": sheet["issuer"],
        "so_ky_hieu": sheet["number"],
        "dia_danh_ngay": sheet["place_date"],
        "ten_loai": sheet["type"],
        "trich_yeu": sheet["subject"],
        "ve_viec": sheet["letter_subject"],
        "do_khan": sheet["urgency"] or "",
        "tham_quyen": sheet["authority"],
        "kinh_gui": sheet["addressees"],
        "can_cu": sheet["bases"],
        "quyet_dinh": sheet["enacting"],
        "noi_nhan": sheet["recipients"],
        "quyen_han": sheet["signers"][0]["authority"] if alone else [],
        "nguoi_ky": sheet["signers"][0]["name"] if alone else "",
        "dau_mau": sheet["mark"],
    }


@cache
def original() -> bytes:
    """The template as .docx bytes, the same at every call."""
    document = Document()
    add_styles(document)
    _page(document.sections[0])
    body = document.element.body
    for made in elements(_letterhead() + _front() + _line("{{ " + BODY + " }}", "LT Nội dung") + _ending()):
        body.insert_element_before(made, "w:sectPr")
    buffer = io.BytesIO()
    document.save(buffer)
    return packed(buffer.getvalue())


def _line(text: str, style: str, **how: Any) -> str:
    return paragraph(run(text) if text else "", style_id(style), **how)


def _each(name: str, style: str, inside: str = "{{ dong }}") -> str:
    """One line of the style for each line of the list."""
    return _line(f"{{%p for dong in {name} %}}", style) + _line(inside, style) + _line("{%p endfor %}", style)


def _when(name: str, lines: str, style: str) -> str:
    return _line(f"{{%p if {name} %}}", style) + lines + _line("{%p endif %}", style)


def _letterhead() -> str:
    left, right = LEFT_MM[14], TEXT_MM - LEFT_MM[14]
    issuer = _when("co_quan_cap_tren", _line("{{ co_quan_cap_tren }}", "LT Cơ quan cấp trên"), "LT Cơ quan cấp trên")
    issuer += _each("co_quan", "LT Cơ quan") + _line("", "LT Kẻ cơ quan")
    motto = _line(MOTTO, "LT Quốc hiệu") + _line(WORDS, "LT Tiêu ngữ") + _line("", "LT Kẻ tiêu ngữ")
    number = _line("{{ so_ky_hieu }}", "LT Số ký hiệu") + _when("ve_viec", _line("V/v {{ ve_viec }}", "LT Về việc"), "LT Về việc")
    number += _when("do_khan", _line("{{ do_khan }}", "LT Độ khẩn"), "LT Độ khẩn")
    top = row(cell(issuer, left) + cell(motto, right))
    return table(top + row(cell(number, left) + cell(_line("{{ dia_danh_ngay }}", "LT Địa danh ngày"), right)), [left, right], lined=False)


def _front() -> str:
    named = paragraph(run("{{ ten_loai }}"), "Heading1") + _each("trich_yeu", "LT Trích yếu") + _line("", "LT Kẻ trích yếu")
    many = _line("Kính gửi:", "LT Kính gửi nhiều") + _each("kinh_gui", "LT Nơi kính gửi", "- {{ dong }}")
    to_one = _line("{%p if kinh_gui|length == 1 %}", "LT Kính gửi") + _line("Kính gửi: {{ kinh_gui[0] }}", "LT Kính gửi")
    to_many = _line("{%p elif kinh_gui %}", "LT Kính gửi") + many + _line("{%p endif %}", "LT Kính gửi")
    return (
        _when("ten_loai", named, "LT Trích yếu")
        + _when("tham_quyen", _line("{{ tham_quyen }}", "LT Thẩm quyền"), "LT Thẩm quyền")
        + to_one
        + to_many
        + _each("can_cu", "LT Căn cứ")
        + _when("quyet_dinh", _line("{{ quyet_dinh }}", "LT Quyết định"), "LT Quyết định")
    )


def _ending() -> str:
    half = TEXT_MM / 2
    sent = _line("Nơi nhận:", "LT Nơi nhận") + _each("noi_nhan", "LT Danh sách nơi nhận", "- {{ dong }}")
    signed = _each("quyen_han", "LT Quyền hạn") + _line("{{ nguoi_ky }}", "LT Người ký")
    return _line("", "LT Sau bảng") + table(row(cell(sent, half) + cell(signed, half)), [half, half], lined=False)


def _page(section: Any) -> None:
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(20), Mm(20), Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(8), Mm(9)
    section.different_first_page_header_footer = True  # the number is hidden on page 1
    for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
        part.is_linked_to_previous = False
    field = '<w:r><w:rPr><w:sz w:val="26"/></w:rPr>{}</w:r>'
    parts = ('<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE</w:instrText>", '<w:fldChar w:fldCharType="end"/>')
    number = paragraph("".join(field.format(part) for part in parts), style_id("LT Chân trang"))
    _refill(section.header, number)
    for foot in (section.footer, section.first_page_footer):
        _refill(foot, _line("{{ dau_mau }}", "LT Chân trang"))


def _refill(part: Any, xml: str) -> None:
    for old in list(part._element):
        part._element.remove(old)
    for made in elements(xml):
        part._element.append(made)
