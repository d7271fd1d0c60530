"""The body of a paper in Word: each kind of block as markup, and the annexes as sections of their own."""

import copy
import io
from collections.abc import Callable
from functools import partial
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from luytre.core.paper.sheet import Sheet
from luytre.core.paper.word import markup as m
from luytre.core.paper.word.styles import style_id

UNCUT_ROWS = 12  # a table this short is never cut
_BODY = style_id("LT Nội dung")


def blocks(document: Any, items: list[Sheet], room_mm: float = m.TEXT_MM) -> list[Any]:
    """All blocks as elements of the document, in order; `room_mm` is the width of the text."""
    made: list[Any] = []
    for item in items:
        if item["kind"] == "figure":
            made.extend(_figure(document, item))
        else:
            made.extend(m.elements(_KINDS[item["kind"]](item, room_mm)))
    return made


def closing(sheet: Sheet) -> list[Any]:
    """The last paragraph, held to the signature; and the signers two by two where there are several."""
    text = m.paragraph(m.run(sheet["closing"]), _BODY, keep_next=True) if sheet["closing"] else ""
    return m.elements(text + (_signers(sheet["signers"]) if len(sheet["signers"]) > 1 else "")) if text or len(sheet["signers"]) > 1 else []


def hold(made: list[Any]) -> None:
    """Holds the last block to what follows: a one-line closing is not company enough for a signature."""
    for element in reversed(made):
        if element.tag == qn("w:p"):
            element.get_or_add_pPr().get_or_add_keepNext()
            if "".join(element.itertext()).strip():
                return
        else:
            for paragraph in element.findall(qn("w:tr"))[-1].iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()
            return


def annex(document: Any, sheet: Sheet) -> None:
    """Ends the section before and adds the annex as a new one with its own page numbers, landscape where it asks so."""
    body = document.element.body
    last = body.sectPr
    end = parse_xml(f'<w:p xmlns:w="{m.W}"><w:pPr><w:pStyle w:val="{style_id("LT Ngắt phần")}"/></w:pPr></w:p>')
    end.pPr.append(copy.deepcopy(last))
    last.addprevious(end)
    for tag in ("w:headerReference", "w:footerReference", "w:pgNumType"):  # headers go on from the section before
        for old in last.findall(qn(tag)):
            last.remove(old)
    last.find(qn("w:pgMar")).addnext(parse_xml(f'<w:pgNumType xmlns:w="{m.W}" w:start="1"/>'))
    _turn(last, sheet["landscape"])
    room = m.WIDE_MM if sheet["landscape"] else m.TEXT_MM
    head = m.paragraph(m.run(sheet["name"], bold=True, size=14), "Heading2", align="centre")
    head = head.replace("<w:jc ", '<w:ind w:left="0"/><w:jc ')
    head += m.paragraph(m.run(sheet["title"]), style_id("LT Tên phụ lục")) + m.paragraph(m.run(sheet["reference"]), style_id("LT Kèm theo"))
    head += m.paragraph("", style_id("LT Kẻ trích yếu"))
    for made in [*m.elements(head), *blocks(document, sheet["blocks"], room)]:
        last.addprevious(made)


def _turn(section: Any, landscape: bool) -> None:
    size = section.find(qn("w:pgSz"))
    long, short = max(int(size.get(qn("w:w"))), int(size.get(qn("w:h")))), min(int(size.get(qn("w:w"))), int(size.get(qn("w:h"))))
    size.set(qn("w:w"), str(long if landscape else short))
    size.set(qn("w:h"), str(short if landscape else long))
    size.set(qn("w:orient"), "landscape" if landscape else "portrait")


def _heading(item: Sheet, room_mm: float) -> str:
    return m.paragraph(m.run(item["text"], bold=True), f"Heading{item['level'] + 1}")


def _chapter(item: Sheet, room_mm: float) -> str:
    name = m.paragraph(m.run(item["name"], bold=True), "Heading2", align="centre").replace("<w:jc ", '<w:ind w:left="0"/><w:jc ')
    return name + (m.paragraph(m.run(item["title"]), style_id("LT Chương")) if item["title"] else "")


def _paragraph(item: Sheet, room_mm: float) -> str:
    return m.paragraph(m.run(item["text"]), _BODY, keep_next=item["text"].endswith(":"))  # what announces a list stays with it


def _article(item: Sheet, room_mm: float) -> str:
    text = f" {item['text']}" if item["text"] else ""
    return m.paragraph(m.run(item["name"], bold=True) + m.run(text), _BODY, keep_next=True)


def _fields(item: Sheet, room_mm: float) -> str:
    label, style = float(item["label_mm"]), style_id("LT Trường")
    value = room_mm - m.INDENT_MM - label
    rows = [
        m.cell(m.paragraph(m.run(r["label"]), style), label) + m.cell(m.paragraph(m.run(r["value"]), style), value) for r in item["rows"]
    ]
    return m.table("".join(m.row(cells, cut=True) for cells in rows), [label, value], lined=False, indent_mm=m.INDENT_MM) + _after()


def _checks(item: Sheet, room_mm: float) -> str:
    columns, style = item["columns"], style_id("LT Trường")
    wide = (room_mm - m.INDENT_MM) / columns
    cells = [m.cell(m.paragraph(m.box(i["on"]) + m.run(" " + i["text"]), style), wide) for i in item["items"]]
    cells += [m.cell(m.paragraph("", style), wide)] * (-len(cells) % columns)
    rows = [m.row("".join(cells[at : at + columns])) for at in range(0, len(cells), columns)]
    return m.table("".join(rows), [wide] * columns, lined=False, pad_mm=1.0, indent_mm=m.INDENT_MM) + _after()


def _table(item: Sheet, room_mm: float) -> str:
    columns, style = item["columns"], style_id("LT Ô bảng")
    size = None if item["size"] == 12 else item["size"]
    free = room_mm - sum(c["width"] or 0 for c in columns)
    share = free / (sum(c["width"] is None for c in columns) or 1)
    widths = [c["width"] or share for c in columns]
    short, last = len(item["rows"]) <= UNCUT_ROWS, len(item["rows"]) - 1
    shapes = [(partial(m.paragraph, style=style, align=c["align"]), wide) for c, wide in zip(columns, widths, strict=True)]
    head = "".join(m.cell(p(m.run(c["head"], bold=True, size=size), align="centre", keep_next=True), w, middle=True)
                   for c, (p, w) in zip(columns, shapes, strict=True))  # fmt: skip
    rows = [m.row(head, head=True)]
    for index, values in enumerate(item["rows"]):
        bold, hold = item["total"] and index == last, short and index != last
        cells = "".join(m.cell(p(m.run(v, bold=bold, size=size), keep_next=hold), w, middle=True)
                        for v, (p, w) in zip(values, shapes, strict=True))  # fmt: skip
        rows.append(m.row(cells, cut=max(map(len, values)) > 1500))
    title = m.paragraph(m.run(item["caption"]), style_id("LT Tên bảng")) if item["caption"] else ""
    unit = m.paragraph(m.run(item["unit"]), style_id("LT Đơn vị tính")) if item["unit"] else ""
    return title + unit + m.table("".join(rows), widths, lined=True, pad_mm=1.0) + _after()


def _after() -> str:
    return m.paragraph("", style_id("LT Sau bảng"))


def _figure(document: Any, item: Sheet) -> list[Any]:
    from luytre.core.paper.pdf import png_of

    picture = png_of(item["image"], item["width"]) if item["format"] == "svg" else item["image"]
    inline = document.part.new_pic_inline(io.BytesIO(picture), width=Mm(item["width"]))
    inline.docPr.set("descr", item["alt"])
    made = m.elements(m.paragraph("<w:r><w:drawing/></w:r>", style_id("LT Tên hình"), keep_next=bool(item["caption"]), before=6))
    next(made[0].iter(qn("w:drawing"))).append(inline)
    return made + (m.elements(m.paragraph(m.run(item["caption"]), style_id("LT Tên hình"))) if item["caption"] else [])


def _signers(signers: list[Sheet]) -> str:
    """Signers two by two: a row of authorities, a row of names, so that the names of a pair stand on one line."""
    half, rows = m.TEXT_MM / 2, ""
    for pair in (signers[at : at + 2] for at in range(0, len(signers), 2)):
        gap = max(signer["gap"] for signer in pair) * 2.83
        empty = [m.cell(m.paragraph("", style_id("LT Quyền hạn"), keep_next=True), half)] * (2 - len(pair))
        lines = [[_bold_line(a, "LT Quyền hạn", 12 if n == 0 else None) for n, a in enumerate(signer["authority"])] for signer in pair]
        above = [m.cell("".join(of_one), half) for of_one in lines]
        below = [m.cell(_bold_line(signer["name"], "LT Người ký", gap), half) for signer in pair]
        rows += m.row("".join(above + empty)) + m.row("".join(below + empty))
    return m.table(rows, [half, half], lined=False) + _after()


def _bold_line(words: str, style: str, before: float | None = None) -> str:
    return m.paragraph(m.run(words), style_id(style), before=before, keep_next=True)


_KINDS: dict[str, Callable[[Sheet, float], str]] = {
    "heading": _heading,
    "chapter": _chapter,
    "paragraph": _paragraph,
    "article": _article,
    "fields": _fields,
    "checks": _checks,
    "table": _table,
}
