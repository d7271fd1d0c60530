"""How many lines a row of a table surely takes, so that Typst need not lay it out twice: half the time of a long annex.

Typst sets every row of unknown height once to measure it and once more to place it. Where the shaped widths of the words leave no
doubt about the number of lines, the layout (decree30.typ) is told; every other row is measured by Typst as before.
"""

import re
from functools import lru_cache
from typing import Any

from luytre.core.paper import fonts

ROOM_MM, ROOM_FLIPPED_MM = 165.0, 252.0  # A4 less the margins of decree30.typ
_INSET_MM = 6 * 25.4 / 72  # 3 pt at either side of a cell
_DOUBT_EM = 0.1  # a letter stands nearer to a blank by 0.075 em at most in Tinos; what ends nearer to the edge is not sure
_KEPT = re.compile(r"\d/[^\W_]|\d{4} \d{3}|\d{2} giờ")  # what decree30.typ may keep in one piece: the start of its regular expression
_LONG = re.compile(r"\S{14}")  # what decree30.typ may break between any two letters
_WORD = re.compile(r"\S+")
_PLAIN = r"\(?\w+(?:[.,:]\w+)*[.,;:)]*"  # a word with its points: a point that stands alone, say, would never begin a line
_EASY = re.compile(rf"{_PLAIN}(?: {_PLAIN})*")  # breaks at its blanks and nowhere else (UAX 14)
_LONGEST = 600  # letters; a taller cell may have to be cut by a page

Plain = dict[str, Any]


def measured(page: Plain) -> Plain:
    """The sheet with, in each table, `lines` (of each row, 0 = not sure) and what some of its cells need: `bold`, `kept`, `long`."""
    annexes = [{**a, "blocks": _blocks(a["blocks"], ROOM_FLIPPED_MM if a["landscape"] else ROOM_MM)} for a in page["annexes"]]
    return {**page, "blocks": _blocks(page["blocks"], ROOM_MM), "annexes": annexes}


def _blocks(blocks: list[Plain], room: float) -> list[Plain]:
    return [{**block, **_table(block, room)} if block["kind"] == "table" else block for block in blocks]


def _table(table: Plain, room: float) -> Plain:
    rows: list[list[str]] = table["rows"]
    words = "\n".join([*(cell for row in rows for cell in row), *(column["head"] for column in table["columns"])])
    widths = _widths(table["columns"], room)
    lines = [_row(row, widths, table["size"]) for row in rows]
    if table["total"]:
        lines[-1] = 0  # bold throughout
    return {"lines": lines, "bold": "**" in words, "kept": bool(_KEPT.search(words)), "long": bool(_LONG.search(words))}


def _widths(columns: list[Plain], room: float) -> list[float]:
    """Millimetres of text in each column; columns without a width share what is left."""
    free = sum(column["width"] is None for column in columns)
    share = (room - sum(column["width"] or 0 for column in columns)) / free if free else 0
    return [(share if column["width"] is None else column["width"]) - _INSET_MM for column in columns]


def _row(row: list[str], widths: list[float], points: float) -> int:
    tallest = 0
    for cell, width in zip(row, widths, strict=True):
        lines = _lines(cell, width, points)
        if lines is None:
            return 0
        tallest = max(tallest, lines)
    return tallest


@lru_cache(maxsize=1000)
def _lines(cell: str, width: float, points: float) -> int | None:
    """Lines of one cell, None when not sure."""
    if "\n" in cell or "**" in cell or len(cell) > _LONGEST:
        return None
    room = width / (points * 25.4 / 72)  # in em
    reach = fonts.reach_em(cell)
    if reach[-1] < room - _DOUBT_EM:
        return 1
    if not _EASY.fullmatch(cell) or _LONG.search(cell) or _KEPT.search(cell):
        return None
    words = [(reach[word.start()], reach[word.end()]) for word in _WORD.finditer(cell)]
    few, many = _filled(words, room + _DOUBT_EM), _filled(words, room - _DOUBT_EM)
    return few if few == many else None


def _filled(words: list[tuple[float, float]], room: float) -> int:
    """How many lines the words (from, to on one endless line) fill, each line taking what it can."""
    lines, start = 1, words[0][0]
    for begin, end in words:
        if end - start > room:
            lines, start = lines + 1, begin
    return lines
