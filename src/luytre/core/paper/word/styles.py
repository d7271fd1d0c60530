"""The styles of a paper in Word: what an office sees in the list of styles and may change. Sizes are those of a 14-point paper."""

from typing import Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"  # the reader has it; Tinos has its measures
_CENTRE, _LEFT, _BOTH = ALIGN.CENTER, ALIGN.LEFT, ALIGN.JUSTIFY


class Look(NamedTuple):
    size: float
    align: Any
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    line: float = 0  # exact points from line to line; 0 = single
    keep_next: bool = False
    first_mm: float = 0
    left_mm: float = 0
    shrinks: bool = True  # one point less on a 13-point paper
    rule: bool = False  # an empty line with a top border: the lines under motto and issuer, no drawing needed


STYLES: dict[str, Look] = {
    "LT Cơ quan cấp trên": Look(13, _CENTRE),
    "LT Cơ quan": Look(13, _CENTRE, bold=True),
    "LT Quốc hiệu": Look(13, _CENTRE, bold=True),
    "LT Tiêu ngữ": Look(14, _CENTRE, bold=True),
    "LT Số ký hiệu": Look(13, _CENTRE, before=3, shrinks=False),
    "LT Về việc": Look(12, _CENTRE, before=6, shrinks=False),
    "LT Độ khẩn": Look(13, _CENTRE, bold=True, before=8, shrinks=False),
    "LT Địa danh ngày": Look(14, _CENTRE, italic=True, before=3),
    "LT Trích yếu": Look(14, _CENTRE, bold=True, keep_next=True),
    "LT Thẩm quyền": Look(14, _CENTRE, bold=True, before=6, after=6),
    "LT Kính gửi": Look(14, _CENTRE, before=8, after=8),
    "LT Kính gửi nhiều": Look(14, _LEFT, before=10, left_mm=28),
    "LT Nơi kính gửi": Look(14, _LEFT, left_mm=48),
    "LT Căn cứ": Look(14, _BOTH, italic=True, before=3, after=3, line=18, first_mm=12.7),
    "LT Quyết định": Look(14, _CENTRE, bold=True, before=8, after=6, keep_next=True),
    "LT Nội dung": Look(14, _BOTH, before=3, after=3, line=18, first_mm=12.7),
    "LT Chương": Look(14, _CENTRE, bold=True, keep_next=True),
    "LT Trường": Look(14, _LEFT, before=2, after=2),
    "LT Tên bảng": Look(13, _CENTRE, bold=True, before=6, after=2, keep_next=True, shrinks=False),
    "LT Đơn vị tính": Look(12, ALIGN.RIGHT, italic=True, after=2, keep_next=True, shrinks=False),
    "LT Ô bảng": Look(12, _LEFT, shrinks=False),
    "LT Sau bảng": Look(6, _LEFT, line=6, shrinks=False),
    "LT Tên hình": Look(13, _CENTRE, bold=True, before=2, after=8, shrinks=False),
    "LT Nơi nhận": Look(12, _LEFT, bold=True, italic=True, shrinks=False),
    "LT Danh sách nơi nhận": Look(11, _LEFT, first_mm=-2, left_mm=2, shrinks=False),
    "LT Quyền hạn": Look(14, _CENTRE, bold=True),
    "LT Người ký": Look(14, _CENTRE, bold=True, before=79),
    "LT Tên phụ lục": Look(14, _CENTRE, bold=True, keep_next=True),
    "LT Kèm theo": Look(14, _CENTRE, italic=True, keep_next=True),
    "LT Kẻ cơ quan": Look(3, _CENTRE, before=4, line=3, shrinks=False, rule=True),
    "LT Kẻ tiêu ngữ": Look(3, _CENTRE, before=4, line=3, shrinks=False, rule=True),
    "LT Kẻ trích yếu": Look(3, _CENTRE, before=4, line=3, shrinks=False, rule=True),
    "LT Ngắt phần": Look(1, _LEFT, line=1, shrinks=False),
    "LT Chân trang": Look(9, _CENTRE, shrinks=False),
}
_IDS = str.maketrans({"Đ": "D", "đ": "d", " ": ""})


def style_id(name: str) -> str:
    """ "LT Nội dung" → "LTNoidung": ids in the file are plain letters."""
    import unicodedata

    marks = unicodedata.normalize("NFD", name.translate(_IDS))
    return "".join(char for char in marks if not unicodedata.combining(char))


def add_styles(document: Any) -> None:
    """Puts the styles of STYLES and plain black headings into a new document."""
    normal = document.styles["Normal"]
    _face(normal, 14)
    normal.element.get_or_add_rPr().append(_element("w:lang", val="vi-VN", eastAsia="vi-VN"))
    for level in (1, 2, 3):
        heading = document.styles[f"Heading {level}"]
        _face(heading, 14)
        heading.font.bold, heading.font.italic, heading.font.color.rgb = True, False, RGBColor(0, 0, 0)
        _shape(heading, Look(14, _CENTRE if level == 1 else _LEFT, before=14 if level == 1 else 6, after=0 if level == 1 else 3))
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.left_indent = Mm(0 if level == 1 else 12.7)
    for name in STYLES:
        _add(document, name)


def _add(document: Any, name: str) -> None:
    look, style = STYLES[name], document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), style_id(name))
    style.base_style = document.styles["Normal"]
    _face(style, look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    _shape(style, look)


def ids(document: Any) -> dict[str, str]:
    """Our ids → the template's ids of the same styles; office programs rename ids when they save. Styles that are gone are put back."""
    there = {style.name: style.style_id for style in document.styles}
    for name in STYLES:
        if name not in there:
            _add(document, name)
            there[name] = style_id(name)
    headings = {f"Heading{level}": there.get(f"Heading {level}", f"Heading{level}") for level in (1, 2, 3)}
    return {style_id(name): there[name] for name in STYLES} | headings


def rename(document: Any, known: dict[str, str]) -> None:
    """Gives every paragraph that names one of our ids the template's id."""
    if all(ours == theirs for ours, theirs in known.items()):
        return
    kept = {style.style_id for style in document.styles}
    for style in document.element.body.iter(qn("w:pStyle")):
        name = style.get(qn("w:val"))
        if name not in kept and name in known:
            style.set(qn("w:val"), known[name])


def shrink(document: Any) -> None:
    """Makes a 14-point template a 13-point one: every size that goes with the body's, and the lines, one point less."""
    known = {style.name: style for style in document.styles}
    for name in ["Normal", "Heading 1", "Heading 2", "Heading 3", *(n for n, look in STYLES.items() if look.shrinks)]:
        style = known.get(name)
        if style is None or style.font.size is None:
            continue
        style.font.size = Pt(style.font.size.pt - 1)
        if style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY:
            style.paragraph_format.line_spacing = Pt(16.8)


def _face(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]  # theme fonts would win over the name
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn("w:" + key), FONT)


def _shape(style: Any, look: Look) -> None:
    form = style.paragraph_format
    form.alignment, form.space_before, form.space_after = look.align, Pt(look.before), Pt(look.after)
    form.keep_with_next, form.widow_control = look.keep_next, True
    form.left_indent, form.first_line_indent = Mm(look.left_mm), Mm(look.first_mm)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if look.line:
        form.line_spacing = Pt(look.line)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    if look.rule:
        border = OxmlElement("w:pBdr")
        border.append(_element("w:top", val="single", sz=6, space=0, color="000000"))
        style.element.get_or_add_pPr().insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _element(tag: str, **attributes: Any) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn("w:" + key), str(value))
    return made
