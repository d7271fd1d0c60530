"""WordprocessingML as text: paragraphs, runs and tables of a paper, by style names. Whole tables become text first: a thousand times
faster than a cell object each. Millimetres in, twentieths of a point out."""

import copy
import re
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT_MM, WIDE_MM, INDENT_MM = 165.0, 252.0, 12.7
# Telephones and hours stay on one line. Numbers of papers keep their plain "-" and "/": Word must find "13/CT-UBND".
_GLUED = re.compile(r"\d{4} \d{3,4} \d{3}|\d{2} giờ(?: \d{2})?(?: phút)?")
_BOX_FONT = '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" w:cs="Segoe UI Symbol"/>'
_ALIGN = {"left": "left", "centre": "center", "right": "right", "justify": "both"}


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def elements(xml: str) -> list[Any]:
    """The elements of a run of markup, ready to be put into a document.

    Each is a copy with its own namespace declaration: moved without one, lxml looks names up node by node, in quadratic time.
    """
    return [copy.deepcopy(made) for made in parse_xml(f'<w:body xmlns:w="{W}">{xml}</w:body>')]


def run(text: str, *, bold: bool = False, italic: bool = False, size: float | None = None) -> str:
    """Runs of one text: **bold** parts in bold, line breaks as breaks, everything else as letters."""
    parts = _GLUED.sub(lambda match: match[0].replace(" ", "\u00a0"), text).split("**")
    if len(parts) % 2 == 0:  # a lone ** opens nothing
        parts[-2:] = ["**".join(parts[-2:])]
    made = []
    for index, part in enumerate(parts):
        look = ("<w:b/>" if bold or index % 2 else "") + ("<w:i/>" if italic else "")
        look += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
        for row, piece in enumerate(part.split("\n") if part else []):
            broken = "<w:br/>" if row else ""
            made.append(f'<w:r><w:rPr>{look}</w:rPr>{broken}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return "".join(made)


def paragraph(runs: str, style: str, *, align: str = "", keep_next: bool = False, indent_mm: float = 0, before: float | None = None) -> str:
    """One paragraph of a named style (its id: the name without spaces and marks); only what differs from the style is written."""
    look = "<w:keepNext/>" if keep_next else ""
    look += f'<w:spacing w:before="{round(before * 20)}"/>' if before is not None else ""
    look += f'<w:ind w:left="{twips(indent_mm)}" w:firstLine="0"/>' if indent_mm else ""
    look += f'<w:jc w:val="{_ALIGN[align]}"/>' if align else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{runs}</w:p>'


def box(on: bool) -> str:
    return f"<w:r><w:rPr>{_BOX_FONT}</w:rPr><w:t>{'☒' if on else '☐'}</w:t></w:r>"


def cell(inside: str, width_mm: float, *, middle: bool = False) -> str:
    place = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width_mm)}" w:type="dxa"/>{place}</w:tcPr>{inside}</w:tc>'


def row(cells: str, *, head: bool = False, cut: bool = False) -> str:
    look = ("" if cut else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{look}</w:trPr>{cells}</w:tr>"


def table(rows: str, widths_mm: list[float], *, lined: bool, pad_mm: float = 0, indent_mm: float = 0) -> str:
    """A table of exact columns: grid and cells both say the width (LibreOffice reads the one, Word the other)."""
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{e} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for e in edges)
    borders = f"<w:tblBorders>{lines}</w:tblBorders>" if lined else ""
    up = twips(0.4) if lined else 0
    pads = (("top", up), ("left", twips(pad_mm)), ("bottom", up), ("right", twips(pad_mm)))
    margins = "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in pads)
    place = f'<w:tblInd w:w="{twips(indent_mm)}" w:type="dxa"/>' if indent_mm else '<w:jc w:val="center"/>'
    if indent_mm:
        place = '<w:jc w:val="left"/>' + place
    total = f'<w:tblW w:w="{twips(sum(widths_mm))}" w:type="dxa"/>'
    look = f'{total}{place}{borders}<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    grid = "".join(f'<w:gridCol w:w="{twips(wide)}"/>' for wide in widths_mm)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
