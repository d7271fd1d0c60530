"""What a figure is: words, the rows it counts, and how a number is made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from luytre.overview.reports.ground import Ground
from luytre.overview.reports.spans import Span
from luytre.ui import figures as numbers
from luytre.verbs.shape import Words


@dataclass(frozen=True)
class Row:
    """One thing counted. `key` names it for ever: "incident:SC-2026-0037", "entry:17", "entry:17@system:his", "system:his", "org:x"."""

    key: str
    about: str = ""  # the body or system it concerns
    on: date | None = None
    says: str = ""  # number, status, level: what tells it from the others
    amount: float | None = None  # what a median is made of
    met: bool = True  # counts for the upper number of a share
    of: tuple[int, int] | None = None  # (part, whole), where a row is itself a share: a body with its duties


Query = Callable[[Ground, Span], list[Row]]
Fold = Literal["count", "median", "share", "last"]


@dataclass(frozen=True)
class Figure:
    """`stock`: how many there are at the end of a period; else what happened within it. `guarded`: rows only for readers of incidents."""

    id: str
    words: Words
    query: Query
    fold: Fold = "count"
    unit: Words | None = None
    stock: bool = False
    guarded: bool = False
    as_rate: bool = False  # a share shown as per cent: where its numbers are too long to read side by side


@dataclass(frozen=True)
class Value:
    """A figure for a period: its rows, and the number they come to."""

    figure: Figure
    span: Span
    rows: Sequence[Row]
    asked: bool = True  # a stock has no sum over a year: then nothing is asked and nothing shown

    @property
    def number(self) -> float | None:
        """None where there is nothing to make a number of."""
        if not self.asked:
            return None
        if self.figure.fold == "count":
            return len(self.rows)
        if self.figure.fold == "share":
            return self.part if self.rows else None
        amounts = [row.amount for row in self.rows if row.amount is not None]
        if not amounts:
            return None
        return amounts[-1] if self.figure.fold == "last" else round(median(amounts), 1)

    @property
    def part(self) -> int:
        return sum(row.of[0] if row.of else row.met for row in self.rows)

    @property
    def whole(self) -> int:
        return sum(row.of[1] if row.of else 1 for row in self.rows)

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def text(self) -> str:
        """As the reader writes numbers: 1.204 · 3,2 · 38/41 · –"""
        number = self.number
        if number is None:
            return "–"
        if self.figure.as_rate:
            return numbers.percent(self.part, self.whole)
        if self.figure.fold == "share":
            return f"{numbers.grouped(self.part)}/{numbers.grouped(self.whole)}"
        return numbers.grouped(int(number)) if number == int(number) else _decimal(number)

    @property
    def opens(self) -> bool:
        """Whether there are rows to show."""
        return self.asked and bool(self.rows)


def _decimal(number: float) -> str:
    """5140.3 → 5.140,3"""
    return numbers.grouped(int(number)) + numbers.decimal(number % 1)[1:]
