"""What the board shows for a day: figures with denominators, the worst, the heat map, map, trend, groups. Reads, never writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from luytre.core.duty.columns import NOTHING
from luytre.core.duty.model import STATUSES
from luytre.core.duty.standings import BODY_TYPES, Day, Standings
from luytre.core.fold import fold, sort_key
from luytre.core.law.model import Duty
from luytre.overview import law_words
from luytre.overview.asked import Asked
from luytre.overview.bodies import Bodies
from luytre.ui.statuses import DONE, LATE, OUTSIDE

CODE = {status: number for number, status in enumerate(STATUSES)}
TYPE_ORDER = ("department", "commune", "district", "unit", "enterprise", "coordinator", "team")
COUNTED = [CODE[status] for status in STATUSES if status not in OUTSIDE]
_NAMES = np.array([*STATUSES, ""], dtype=object)  # [-1]: no line


@dataclass(frozen=True)
class Sieve:
    """Which bodies, in which order: what the reader chose above the heat map."""

    type: str = ""
    words: str = ""
    sort: str = "late"

    def admits(self, kind: str, name: str) -> bool:
        return (not self.type or kind == self.type) and (not self.words or fold(self.words) in fold(name))


@dataclass(frozen=True)
class Tally:
    """Lines of some duties or bodies by status."""

    by_status: dict[str, int]

    @property
    def whole(self) -> int:
        """The denominator: everything owed, without what is only encouraged or does not apply."""
        return sum(count for status, count in self.by_status.items() if status not in OUTSIDE)

    @property
    def late(self) -> int:
        return sum(self.by_status.get(status, 0) for status in LATE)

    @property
    def done(self) -> int:
        return sum(self.by_status.get(status, 0) for status in DONE)

    def of(self, status: str) -> int:
        """Lines of one status. Not `[…]`: templates would ask that before any property."""
        return self.by_status.get(status, 0)


@dataclass
class Province:
    """The province on a day: the judge's grid with the names of bodies and duties."""

    standings: Standings
    asked: Asked
    bodies: Bodies
    sees: frozenset[str] | None = None  # None: every body
    duties: list[Duty] = field(init=False)

    def __post_init__(self) -> None:
        self.duties = law_words.in_order(self.standings.duties)

    @cached_property
    def day(self) -> Day:
        return self.standings.day(self.asked.on, self.asked.known)

    @cached_property
    def columns(self) -> list[int]:
        return [self.standings.column[duty.id] for duty in self.duties]

    @cached_property
    def rows(self) -> Any:
        """Numbers of the bodies that exist that day and owe something."""
        there = self.day.type != NOTHING
        if self.sees is not None:
            there &= np.isin(
                np.arange(len(there)), [self.standings.bodies.row[ref] for ref in self.sees if ref in self.standings.bodies.row]
            )
        return np.flatnonzero(there)

    @cached_property
    def grid(self) -> Any:
        """(bodies that exist, duties of the directive in order) statuses as numbers."""
        return self.day.grid[np.ix_(self.rows, self.columns)]

    @cached_property
    def refs(self) -> list[str]:
        return [self.standings.bodies.refs[row] for row in self.rows.tolist()]

    @cached_property
    def types(self) -> list[str]:
        return [BODY_TYPES[code] for code in self.day.type[self.rows].tolist()]

    @cached_property
    def late(self) -> Any:
        return ((self.grid == CODE["overdue"]) | (self.grid == CODE["missed"])).sum(axis=1)

    def name(self, place: int) -> str:
        return self.bodies.name(self.refs[place])

    def tally(self, places: Any = None, columns: Sequence[int] | None = None) -> Tally:
        """Counts by status over all cells, or those of some bodies (places in `refs`) and some columns."""
        part = self.grid if places is None else self.grid[places]
        part = part if columns is None else part[:, columns]
        counts = np.bincount(part[part >= 0].ravel(), minlength=len(STATUSES))
        return Tally(dict(zip(STATUSES, counts.tolist(), strict=True)))

    def statuses(self, place: int) -> list[str]:
        """One body's statuses by column; "" where there is no line."""
        return list(_NAMES[self.grid[place]])

    def chosen(self, sieve: Sieve) -> list[int]:
        """Places of the bodies a sieve lets through: by type, then the most late first or by name in Vietnamese order."""
        late = self.late.tolist()
        found = [place for place, kind in enumerate(self.types) if sieve.admits(kind, self.name(place))]
        names = {place: sort_key(self.name(place)) for place in found}

        def key(place: int) -> tuple[int, int, str]:
            return TYPE_ORDER.index(self.types[place]), 0 if sieve.sort == "name" else -late[place], names[place]

        return sorted(found, key=key)

    def worst(self, count: int) -> list[int]:
        """Places of the bodies with most late lines; enterprises are not ranked among public bodies."""
        late = self.late.tolist()
        ranked = [place for place, kind in enumerate(self.types) if late[place] and kind not in ("enterprise", "coordinator", "team")]
        return sorted(ranked, key=lambda place: (-late[place], sort_key(self.name(place))))[:count]

    def longest(self, refs: Sequence[str]) -> dict[str, int]:
        """Days since the oldest late line of some bodies began."""
        cells = self.standings.cells(self.day, refs, [duty.id for duty in self.duties])
        return {ref: max([_age(cell.since, self.asked.on) for cell in row if cell.status in LATE], default=0) for ref, row in cells.items()}

    def oldest(self, refs: Sequence[str]) -> dict[str, tuple[Duty, int]]:
        """For bodies with late lines: the duty late for longest, and for how many days."""
        cells = self.standings.cells(self.day, refs, [duty.id for duty in self.duties])
        found = {}
        for ref, row in cells.items():
            late = [(_age(cell.since, self.asked.on), -n) for n, cell in enumerate(row) if cell.status in LATE]
            if late:
                days, place = max(late)
                found[ref] = (self.duties[-place], days)
        return found

    def systems(self, duty: str) -> tuple[int, int]:
        """How many of how many systems have done a duty owed per system."""
        column = self.standings.systems.column.get(duty)
        if column is None:
            return 0, 0
        return int(self.day.done[self.rows, column].sum()), int(self.day.owed[self.rows, column].sum())


def _age(since: date | None, on: date) -> int:
    return (on - since).days if since else 0
