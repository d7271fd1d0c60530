"""What stands on the sheet: the paper's data turned into final words, once, for PDF, Word and HTML alike.

Punctuation of lists, "Số: 05/…", the date with its zeros, names and references of annexes and total rows are made here.
"""

from datetime import date
from typing import Any

import msgspec

from luytre.core.paper.chart import drawn
from luytre.core.paper.model import Annex, Article, Block, Chart, Checks, Fields, Figure, Paper, Paragraph, Table

Sheet = dict[str, Any]
_ROMAN = (
    "",
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
    "XIX",
    "XX",
)
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
LINES_2 = 190  # letters that surely make two lines: a shorter closing is not company enough for a signature
WORDS = "Độc lập - Tự do - Hạnh phúc"


def sheet(paper: Paper) -> Sheet:
    """The paper as plain dicts and strings ready to be set: nothing is left to decide but where it goes on the page."""
    plain: Sheet = msgspec.to_builtins(paper, builtin_types=(bytes, date))
    heads = {name: plain.get(name, "") for name in ("title", "parent", "type", "letter_subject", "authority", "enacting", "mark")}
    return {
        **heads,
        "issuer": list(paper.issuer),
        "number": number_line(paper),
        "place_date": f"{paper.place}, {viet_date(paper.issued_on)}",
        "date": [paper.issued_on.year, paper.issued_on.month, paper.issued_on.day] if paper.issued_on else None,
        "subject": list(paper.subject),
        "urgency": paper.urgency,
        "addressees": ended(paper.addressees) if len(paper.addressees) > 1 else list(paper.addressees),
        "bases": ended(paper.bases),
        "recipients": ended(paper.recipients),
        "closing": paper.closing,
        "held": len(paper.closing) < LINES_2
        and len(paper.blocks) > 1
        and isinstance(paper.blocks[-1], Paragraph | Article | Fields | Checks),
        "signers": [{"authority": list(s.authority), "name": s.name, "gap": s.gap_mm} for s in paper.signers],
        "size": paper.size,
        "blocks": [_block(block) for block in paper.blocks],
        "annexes": [_annex(annex, index, paper) for index, annex in enumerate(paper.annexes)],
        "form": f"{paper.form.id}; {paper.form.instrument}" if paper.form else "",
    }


def viet_date(day: date | None) -> str:
    """ "ngày 05 tháng 02 năm 2026": a zero before days below ten and before months 1 and 2 only; a draft leaves room to write."""
    if day is None:
        return "ngày … tháng … năm …"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def number_symbol(paper: Paper) -> str:
    """ "05/BC-SKHCN"; a draft without a number has room before the stroke."""
    return f"{paper.number:02d}/{paper.symbol}" if paper.number else f"……/{paper.symbol}"


def number_line(paper: Paper) -> str:
    return f"Số: {number_symbol(paper)}"


def ended(lines: tuple[str, ...]) -> list[str]:
    """Each line with ";" and the last with ".", whatever the data wrote at the end."""
    bare = [line.rstrip(" ;.,") for line in lines]
    return [line + ("." if index + 1 == len(bare) else ";") for index, line in enumerate(bare)]


def _annex(annex: Annex, index: int, paper: Paper) -> Sheet:
    name = f"Phụ lục {_ROMAN[index + 1]}" if len(paper.annexes) > 1 else "Phụ lục"
    kind = paper.type.capitalize() if paper.type else "Công văn"
    made = f"(Kèm theo {kind} số {number_symbol(paper)} {viet_date(paper.issued_on)})"
    return {
        "name": name,
        "title": annex.title,
        "reference": annex.reference or made,
        "landscape": annex.landscape,
        "blocks": [_block(block) for block in annex.blocks],
    }


def _block(block: Block) -> Sheet:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Chart):
        image, alt = drawn(block)
        return {"kind": "figure", "format": "svg", "image": image, "alt": alt, "caption": block.caption, "width": block.width_mm}
    if isinstance(block, Figure):
        form = "png" if block.picture[:4] == b"\x89PNG" else "jpg"
        return {
            "kind": "figure",
            "format": form,
            "image": block.picture,
            "alt": block.alt,
            "caption": block.caption,
            "width": block.width_mm,
        }
    plain: Sheet = msgspec.to_builtins(block)
    plain.setdefault("level", 1)
    defaults: dict[str, Sheet] = {"fields": {"label_mm": 52}, "checks": {"columns": 2}, "article": {"text": ""}, "chapter": {"title": ""}}
    return {**defaults.get(plain["kind"], {}), **plain}


def _table(table: Table) -> Sheet:
    return {
        "kind": "table",
        "caption": table.caption,
        "unit": table.unit,
        "columns": [{"head": c.head, "width": c.width_mm, "align": c.align} for c in table.columns],
        "rows": [list(row) for row in table.rows],
        "total": table.total,
        "size": table.size,
    }
