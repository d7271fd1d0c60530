"""Tables of reports: cells that are figures for a period, so that page, paper and workbook show the same number and open the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from luytre.overview.reports.figures import Value
from luytre.ui import figures as numbers
from luytre.verbs.shape import Words, words

SPANS: dict[str, Words] = {
    "this": words("Tháng này", "This month"),
    "last": words("Tháng trước", "Last month"),
    "year_ago": words("Cùng kỳ năm trước", "Same month last year"),
    "year": words("Lũy kế năm", "Year to date"),
}
CHANGE = words("Tăng, giảm", "Change")
RATE = words("Tỷ lệ", "Share")


@dataclass(frozen=True)
class Text:
    """A cell that is no figure: a name, a difference of two figures beside it."""

    text: str
    is_name: bool = False


Cell = Value | Text


@dataclass(frozen=True)
class Line:
    label: Words
    cells: Sequence[Cell]
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    id: str
    title: Words
    first: Words
    heads: Sequence[Words]
    lines: Sequence[Line]
    unit: Words | None = None

    @property
    def values(self) -> list[Value]:
        return [cell for line in self.lines for cell in line.cells if isinstance(cell, Value)]


def difference(now: Value, before: Value) -> Text:
    """+3, −3, 0; nothing where one of the two is nothing."""
    if now.number is None or before.number is None:
        return Text("–")
    gap = now.number - before.number
    size = numbers.grouped(int(abs(gap))) if gap == int(gap) else numbers.decimal(abs(gap))
    return Text(f"{'+' if gap > 0 else '−'}{size}" if gap else "0")


def rate(value: Value) -> Text:
    return Text(numbers.percent(value.part, value.whole) if value.asked else "–")


def rate_of(part: Value, whole: Value) -> Text:
    return Text(numbers.percent(part.count, whole.count))
