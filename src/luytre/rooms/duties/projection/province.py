"""Questions about the whole province on a day: cells of a heat map, totals with denominators, the worst, the trend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from luytre.core.duty.model import STATUSES
from luytre.core.duty.rollup import CODE
from luytre.core.duty.standings import BODY_TYPES, Cell, Standings
from luytre.rooms.duties import queries
from luytre.rooms.duties.projection.memory import standings_of_all

NOT_OWED = ("not_open", "not_applicable", "recommended")  # nothing is owed: never in a denominator
DONE = ("met", "met_late", "waived")
LATE = ("overdue", "missed")


@dataclass(frozen=True)
class Tally:
    """How many lines stand how; `owed` is the denominator: everything but what is not open yet, does not apply or is only recommended."""

    by_status: Mapping[str, int]

    def _sum(self, statuses: Iterable[str]) -> int:
        return sum(self.by_status.get(status, 0) for status in statuses)

    @property
    def owed(self) -> int:
        return self._sum(self.by_status) - self._sum(NOT_OWED)

    @property
    def done(self) -> int:
        return self._sum(DONE)

    @property
    def late(self) -> int:
        return self._sum(LATE)

    def __getitem__(self, status: str) -> int:
        return self.by_status.get(status, 0)


@dataclass(frozen=True)
class Totals:
    """Lines (body × duty; duties owed per system count once, at the owner) on a day: in all, by type of body, by group and by duty."""

    bodies: int
    all: Tally
    by_type: Mapping[str, Tally]
    by_group: Mapping[str, Tally]
    by_duty: Mapping[str, Tally]


@dataclass(frozen=True)
class Matrix:
    """Cells by ref, in the order of `duties`. Bodies and systems nobody knows are left out."""

    on: date
    known: datetime | None
    duties: Sequence[str]
    rows: Mapping[str, Sequence[Cell]]


@dataclass(frozen=True)
class Rank:
    """A body among the worst: how many lines are overdue or missed, of how many owed."""

    ref: str
    overdue: int
    missed: int
    owed: int


def matrix(
    refs: Iterable[str], duty_ids: Sequence[str] | None, on: date, known: datetime | None = None, today: date | None = None
) -> Matrix:
    """The cells of some bodies or systems; `duty_ids` None: every duty."""
    held = standings_of_all(today or on)
    duties = tuple(held.duties if duty_ids is None else duty_ids)
    return Matrix(on, known, duties, held.cells(held.day(on, known), refs, duties))


def totals(on: date, known: datetime | None = None, refs: Iterable[str] | None = None, today: date | None = None) -> Totals:
    """Counts on a day, of all bodies or of some."""
    held = standings_of_all(today or on)
    day = held.day(on, known)
    rows = None if refs is None else _rows(held, refs)
    table = held.counts(day, rows)  # types × duties × statuses
    duties = queries.law().duties
    groups = list(dict.fromkeys(duties[duty].group for duty in held.duties))
    of_group = np.array([groups.index(duties[duty].group) for duty in held.duties], dtype=np.int64)
    alive = day.type >= 0 if rows is None else day.type[rows] >= 0
    return Totals(
        int(alive.sum()),
        _tally(table.sum(axis=(0, 1))),
        {name: _tally(table[code].sum(axis=0)) for code, name in enumerate(BODY_TYPES)},
        {group: _tally(table[:, of_group == place].sum(axis=(0, 1))) for place, group in enumerate(groups)},
        {duty: _tally(table[:, place].sum(axis=0)) for place, duty in enumerate(held.duties)},
    )


def _tally(counts: np.ndarray) -> Tally:
    return Tally({status: int(count) for status, count in zip(STATUSES, counts.tolist(), strict=True) if count})


def _rows(held: Standings, refs: Iterable[str]) -> np.ndarray:
    return np.array(sorted({held.bodies.row[ref] for ref in refs if ref in held.bodies.row}), dtype=np.int64)


def worst(on: date, known: datetime | None = None, n: int = 10, refs: Iterable[str] | None = None, today: date | None = None) -> list[Rank]:
    """The bodies with the most overdue lines, then missed, then the largest share; none that has no red line."""
    held = standings_of_all(today or on)
    day = held.day(on, known)
    table = held.per_body(day)
    overdue, missed = table[:, CODE["overdue"]], table[:, CODE["missed"]]
    owed = table.sum(axis=1) - sum(table[:, CODE[status]] for status in NOT_OWED)
    asked = np.arange(len(table)) if refs is None else _rows(held, refs)
    red = asked[(overdue + missed)[asked] > 0]
    share = (overdue + missed)[red] / np.maximum(owed[red], 1)
    order = red[np.lexsort((red, -share, -missed[red], -overdue[red]))][:n]
    return [Rank(held.bodies.refs[row], int(overdue[row]), int(missed[row]), int(owed[row])) for row in order.tolist()]


def trend(days: Sequence[date], known: datetime | None = None, refs: Iterable[str] | None = None, today: date | None = None) -> list[Tally]:
    """The tally on each of some days, as known at one moment."""
    held = standings_of_all(today or max(days))
    rows = None if refs is None else _rows(held, refs)
    return [_tally(held.counts(held.day(on, known), rows).sum(axis=(0, 1))) for on in days]
