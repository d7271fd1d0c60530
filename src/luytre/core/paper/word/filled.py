"""A template with its fields filled: Jinja in a sandbox, then the measures that depend on the words."""

import io
from datetime import datetime
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from luytre.core.paper import fonts
from luytre.core.paper.sheet import WORDS, Sheet
from luytre.core.paper.word import original
from luytre.core.paper.word.markup import TEXT_MM, W, twips
from luytre.core.paper.word.styles import shrink, style_id

_TOKEN = "⟦luytre-body⟧"  # noqa: S105 - marks the place of the body between two passes; no document holds it
_URGENT_MM = {"HỎA TỐC": 30, "THƯỢNG KHẨN": 40, "KHẨN": 20}


def environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def fill(page: Sheet, template: bytes | None) -> tuple[Any, Any]:
    """The document with its fields filled and the paragraph before which the body goes."""
    filled = DocxTemplate(io.BytesIO(template or original.original()))
    filled.render({**original.values(page), original.BODY: _TOKEN}, environment(), autoescape=True)
    document = filled.docx
    place = next(p for p in document.element.body.iter(qn("w:p")) if "".join(t.text or "" for t in p.iter(qn("w:t"))).strip() == _TOKEN)
    return document, place


def measure(document: Any, page: Sheet, known: dict[str, str]) -> None:
    """Sets what the words decide: the paper's size, the letterhead's columns, the lines under motto, issuer and subject.

    `known`: our style ids → those of the template.
    """
    if page["size"] == 13:
        shrink(document)
    left = original.LEFT_MM[page["size"]]
    _columns(document, [left, TEXT_MM - left])
    small, issuer, subject = page["size"] - 1, page["issuer"][-1], (page["subject"] or [""])[-1]
    lines = {
        "LT Kẻ cơ quan": (min(fonts.width_mm(issuer, small, "bold"), 60) * 0.42, left),
        "LT Kẻ tiêu ngữ": (fonts.width_mm(WORDS, page["size"], "bold"), TEXT_MM - left),
        "LT Kẻ trích yếu": (min(fonts.width_mm(subject, page["size"], "bold"), 120) * 0.4 or 50, TEXT_MM),
        "LT Độ khẩn": (_URGENT_MM.get(page["urgency"], 30), left),
    }
    ids = {known[style_id(name)]: size for name, size in lines.items()}
    signer, urgent = known[style_id("LT Người ký")], known[style_id("LT Độ khẩn")]
    for par in document.element.body.iter(qn("w:p")):
        style = par.pPr.style if par.pPr is not None else None
        if style in ids:
            _indent(par, *ids[style])
        if style == urgent:
            _frame(par)
        elif style == signer and par.pPr.find(qn("w:spacing")) is None:
            gap = page["signers"][0]["gap"] * 2.83 if len(page["signers"]) == 1 else 0  # several stand in rows of their own
            par.get_or_add_pPr().get_or_add_spacing().set(qn("w:before"), str(round(gap * 20)))


def describe(document: Any, page: Sheet) -> None:
    """Title, author, language and day of the file; never the clock."""
    kept = document.core_properties
    kept.title, kept.author, kept.language = page["title"], " ".join(page["issuer"]), "vi-VN"
    kept.keywords = "; ".join(filter(None, ["Nghị định 30/2020/NĐ-CP", page["form"]]))
    kept.created = kept.modified = datetime(*(page["date"] or (2000, 1, 1)))  # noqa: DTZ001 - a day, as the file format keeps it
    kept.last_modified_by, kept.revision, kept.comments = "", 1, ""


def _columns(document: Any, widths: list[float]) -> None:
    table = next(iter(document.element.body.iter(qn("w:tbl"))), None)
    if table is None or len(table.findall(qn("w:tblGrid") + "/" + qn("w:gridCol"))) != 2:
        return  # an office has drawn its own letterhead
    for grid, wide in zip(table.iter(qn("w:gridCol")), widths, strict=True):
        grid.set(qn("w:w"), str(twips(wide)))
    for row in table.findall(qn("w:tr")):
        for cell, wide in zip(row.findall(qn("w:tc")), widths, strict=False):
            cell.find(qn("w:tcPr")).find(qn("w:tcW")).set(qn("w:w"), str(twips(wide)))


def _indent(par: Any, width_mm: float, room_mm: float) -> None:
    """A line of an exact length, centred: equal indents left and right of a bordered paragraph."""
    side = twips((room_mm - width_mm) / 2)
    form = par.get_or_add_pPr().get_or_add_ind()
    form.set(qn("w:left"), str(side))
    form.set(qn("w:right"), str(side))


def _frame(par: Any) -> None:
    red = parse_xml(f'<w:color xmlns:w="{W}" w:val="C8102E"/>')
    for run in par.findall(qn("w:r")):
        run.get_or_add_rPr().append(red)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="10" w:space="{3 if side in ("top", "bottom") else 0}" w:color="C8102E"/>'
        for side in ("top", "left", "bottom", "right")
    )
    par.pPr.insert_element_before(parse_xml(f'<w:pBdr xmlns:w="{W}">{edges}</w:pBdr>'), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
