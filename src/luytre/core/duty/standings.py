"""Standings: the whole province on any day, as known at any moment. What boards, totals and rankings read.

Two *planes* hold the histories: one of organisations, one of systems, each things × lines. A line is a duty id or a mark
(`@type`, `@confirmed`, `@number`, `@owner`). A `Day` is the province at one (on, known): bodies × all duties, those owed per
system rolled up at their owner on that day.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from luytre.core.duty import rollup
from luytre.core.duty.columns import FOREVER, NOTHING, Column, Columns, Span, day_of
from luytre.core.duty.model import STATUSES

BODY_TYPES = ("department", "commune", "district", "unit", "enterprise", "coordinator", "team")
TYPE_CODE = {name: code for code, name in enumerate(BODY_TYPES)}
HAS_SYSTEMS = tuple(TYPE_CODE[name] for name in ("department", "commune", "district", "unit"))
TYPE, CONFIRMED, NUMBER, OWNER = "@type", "@confirmed", "@number", "@owner"
BODY_MARKS, SYSTEM_MARKS = (TYPE, CONFIRMED, NUMBER), (OWNER,)  # @number: what @owner names a body by; never changes
KEPT_DAYS = 60  # days kept ready in memory; the oldest goes first


@dataclass
class Plane:
    """Things × lines, one slot each: slot = row × number of lines + column."""

    refs: list[str]
    lines: tuple[str, ...]
    columns: Columns
    row: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.row = {ref: number for number, ref in enumerate(self.refs)}
        self.column = {line: number for number, line in enumerate(self.lines)}

    @classmethod
    def build(cls, refs: Sequence[str], lines: Sequence[str], blobs: Sequence[bytes], value_type: str = "i1") -> "Plane":
        """A plane from packed histories, row by row."""
        return cls(list(refs), tuple(lines), Columns.build(blobs, value_type))

    def slot(self, ref: str, line: str) -> int:
        return self.row[ref] * len(self.lines) + self.column[line]

    def slots(self, rows: Column) -> Column:
        """The slots of whole rows, shape (rows, lines)."""
        return np.asarray(rows)[:, None] * len(self.lines) + np.arange(len(self.lines))

    def grid(self, on: date, known: datetime | None) -> Column:
        return self.columns.at(on, known).reshape(len(self.refs), len(self.lines))

    def replace(self, histories: Mapping[tuple[str, str], bytes]) -> list[int]:
        """Lay new histories over slots; things not seen before get rows at the end. Returns the rows touched."""
        for ref, _ in histories:
            if ref not in self.row:
                self.row[ref] = len(self.refs)
                self.refs.append(ref)
        known = {(ref, line): blob for (ref, line), blob in histories.items() if line in self.column}
        self.columns.replace({self.slot(ref, line): blob for (ref, line), blob in known.items()})
        self.columns.count = len(self.refs) * len(self.lines)
        return sorted({self.row[ref] for ref, _ in histories})

    def save(self, folder: Path) -> None:
        self.columns.save(folder)
        (folder / "names.json").write_text(json.dumps({"refs": self.refs, "lines": self.lines}))

    @classmethod
    def load(cls, folder: Path) -> "Plane":
        names = json.loads((folder / "names.json").read_text())
        return cls(names["refs"], tuple(names["lines"]), Columns.load(folder))


@dataclass
class Day:
    """The province on a day. `grid` (bodies, duties) statuses; `done`, `owed` (bodies, duties owed per system) how many systems;
    `type` (bodies,) code of the type, NOTHING where the body does not exist that day; `systems` (systems, duties owed per system)."""

    on: date
    known: datetime | None
    grid: Column
    done: Column
    owed: Column
    type: Column
    confirmed: Column
    number: Column
    systems: Column
    owner: Column


@dataclass(frozen=True)
class Cell:
    """One cell: the status, since when it has it, when it next flips with nothing new, and how many of how many systems are done."""

    status: str | None
    since: date | None = None
    flips_on: date | None = None
    done: int = 0
    owed: int = 0


class Standings:
    """The planes and the days read from them."""

    def __init__(self, bodies: Plane, body_marks: Plane, systems: Plane, system_marks: Plane, covered: Iterable[str] = ()) -> None:
        """`covered`: duties over systems that are not green before the body has confirmed its register."""
        self.bodies, self.body_marks, self.systems, self.system_marks = bodies, body_marks, systems, system_marks
        named = set(covered)
        self.covered = np.array([line in named for line in systems.lines], dtype=bool)
        self.duties = (*bodies.lines, *systems.lines)
        self.column = {duty: number for number, duty in enumerate(self.duties)}
        self._days: dict[tuple[date, datetime | None], Day] = {}

    def day(self, on: date, known: datetime | None = None) -> Day:
        """The province on `on` as known at `known` (None: now), kept ready for the next question."""
        key = (on, known)
        if key not in self._days:
            while len(self._days) >= KEPT_DAYS:
                del self._days[next(iter(self._days))]
            self._days[key] = self._read(on, known)
        return self._days[key]

    def _read(self, on: date, known: datetime | None) -> Day:
        marks = self.body_marks.grid(on, known)
        kind, confirmed = marks[:, 0], marks[:, 1] > 0
        owner = self._rows_of(self.system_marks.grid(on, known)[:, 0], marks[:, 2])
        systems = self.systems.grid(on, known)
        rolled = rollup.roll_up(systems, owner, confirmed, np.isin(kind, HAS_SYSTEMS), self.covered)
        grid = np.concatenate([self.bodies.grid(on, known), rolled.status], axis=1)
        return Day(on, known, grid, rolled.done, rolled.owed, kind, confirmed, marks[:, 2], systems, owner)

    @staticmethod
    def _rows_of(named: Column, numbers: Column) -> Column:
        """The rows of bodies from their numbers; NOTHING for a number no body has."""
        rows = np.full(max(int(numbers.max(initial=0)), int(named.max(initial=0))) + 2, NOTHING, dtype=np.int32)
        rows[numbers] = np.arange(len(numbers))
        rows[-1] = NOTHING
        return np.asarray(rows[named])

    # -- what changes --

    def replace(self, histories: Mapping[tuple[str, str], bytes]) -> None:
        """Lay new histories over slots, by (ref, line), and bring the days kept ready up to date."""
        bodies = {key: blob for key, blob in histories.items() if key[0].startswith("org:")}
        systems = {key: blob for key, blob in histories.items() if not key[0].startswith("org:")}
        before = len(self.bodies.refs), len(self.systems.refs)
        body_rows = self._replace((self.bodies, self.body_marks), bodies)
        system_rows = self._replace((self.systems, self.system_marks), systems)
        if before != (len(self.bodies.refs), len(self.systems.refs)):
            self._days.clear()
        for day in self._days.values():
            self._refresh(day, np.array(body_rows, dtype=np.int64), np.array(system_rows, dtype=np.int64))

    @staticmethod
    def _replace(planes: tuple[Plane, Plane], histories: Mapping[tuple[str, str], bytes]) -> list[int]:
        new = {(ref, "") for ref, _ in histories if ref not in planes[0].row}
        rows: set[int] = set()
        for plane, marks in zip(planes, (False, True), strict=True):
            mine = {key: blob for key, blob in histories.items() if key[1].startswith("@") == marks}
            rows.update(plane.replace({**dict.fromkeys(sorted(new), b""), **mine}))
        return sorted(rows)

    def _refresh(self, day: Day, body_rows: Column, system_rows: Column) -> None:
        on, known = day.on, day.known
        touched = set(body_rows.tolist())
        if len(body_rows):
            marks = self.body_marks.columns.some(self.body_marks.slots(body_rows), on, known)
            day.type[body_rows], day.confirmed[body_rows] = marks[:, 0], marks[:, 1] > 0
            day.grid[body_rows, : len(self.bodies.lines)] = self.bodies.columns.some(self.bodies.slots(body_rows), on, known)
        if len(system_rows):
            touched.update(day.owner[system_rows].tolist())
            named = self.system_marks.columns.some(self.system_marks.slots(system_rows), on, known)[:, 0]
            day.owner[system_rows] = self._rows_of(named, day.number)
            touched.update(day.owner[system_rows].tolist())
            day.systems[system_rows] = self.systems.columns.some(self.systems.slots(system_rows), on, known)
        self._roll_again(day, np.array(sorted(touched - {NOTHING}), dtype=np.int64))

    def _roll_again(self, day: Day, owners: Column) -> None:
        theirs = np.flatnonzero(np.isin(day.owner, owners))
        place = np.searchsorted(owners, day.owner[theirs])
        asked = np.isin(day.type[owners], HAS_SYSTEMS)
        rolled = rollup.roll_up(day.systems[theirs], place, day.confirmed[owners], asked, self.covered)
        day.grid[owners, len(self.bodies.lines) :] = rolled.status
        day.done[owners], day.owed[owners] = rolled.done, rolled.owed

    # -- what is asked --

    def cells(self, day: Day, refs: Iterable[str], duties: Sequence[str]) -> dict[str, list[Cell]]:
        """The cells of some bodies or systems, by ref, in the order of `duties`; a ref nobody knows is left out."""
        asked = list(dict.fromkeys(refs))
        orgs = [ref for ref in asked if ref in self.bodies.row]
        systems = [ref for ref in asked if ref in self.systems.row]
        read = {**self._body_cells(day, orgs, duties), **self._own_cells(day, self.systems, systems, duties)}
        return {ref: read[ref] for ref in asked if ref in read}

    def _own_cells(self, day: Day, plane: Plane, refs: Sequence[str], duties: Sequence[str]) -> dict[str, list[Cell]]:
        """Cells of slots of their own; a duty that is not of this plane is an empty cell."""
        rows = np.array([plane.row[ref] for ref in refs], dtype=np.int64)
        places = np.array([plane.column.get(duty, -1) for duty in duties], dtype=np.int64)
        slots = rows[:, None] * len(plane.lines) + np.maximum(places, 0)
        value, since, until = plane.columns.held(slots, day.on, day.known).tolist()
        return {
            ref: [
                _cell(value[i][j], since[i][j], until[i][j]) if places[j] >= 0 and value[i][j] >= 0 else Cell(None)
                for j in range(len(duties))
            ]
            for i, ref in enumerate(refs)
        }

    def _body_cells(self, day: Day, refs: Sequence[str], duties: Sequence[str]) -> dict[str, list[Cell]]:
        cells = self._own_cells(day, self.bodies, refs, duties)
        rolled = [(j, self.systems.column[duty]) for j, duty in enumerate(duties) if duty in self.systems.column]
        if not rolled or not refs:
            return cells
        rows, columns = np.array([self.bodies.row[ref] for ref in refs]), np.array([column for _, column in rolled])
        since, until = self._spans_of_worst(day, rows, columns)
        status, done, owed = (
            table[np.ix_(rows, places)].tolist()
            for table, places in ((day.grid, columns + len(self.bodies.lines)), (day.done, columns), (day.owed, columns))
        )
        for i, ref in enumerate(refs):
            for place, (j, _) in enumerate(rolled):
                first, last = day_of(since[i][place]), day_of(until[i][place])
                cells[ref][j] = Cell(_status(status[i][place]), first, last, done[i][place], owed[i][place])
        return cells

    def _spans_of_worst(self, day: Day, rows: Column, columns: Column) -> tuple[Any, Any]:
        """For rolled cells: the day number since which the first of the worst systems stands so, and on which the first flips;
        FOREVER where no system has the status (a body in doubt). Each (bodies, duties)."""
        place = np.full(len(day.type) + 1, NOTHING)  # the extra place is that of a system without an owner
        place[rows] = np.arange(len(rows))
        theirs = np.flatnonzero(place[day.owner] >= 0)
        theirs = theirs[np.argsort(place[day.owner[theirs]], kind="stable")]
        found = np.full((2, len(rows), len(columns)), FOREVER)
        if len(theirs):
            mine = place[day.owner[theirs]]
            starts = np.flatnonzero(np.r_[True, mine[1:] != mine[:-1]])
            slots = theirs[:, None] * len(self.systems.lines) + columns
            alike = day.systems[np.ix_(theirs, columns)] == day.grid[np.ix_(rows, columns + len(self.bodies.lines))][mine]
            days = np.where(alike, self.systems.columns.held(slots, day.on, day.known)[1:], FOREVER)
            found[:, mine[starts]] = np.minimum.reduceat(days, starts, axis=1)
        return found[0].tolist(), found[1].tolist()

    def counts(self, day: Day, rows: Column | None = None) -> Column:
        """Lines by type of body, duty and status on a day: shape (types, duties, statuses). Only bodies that exist that day count."""
        groups = day.type if rows is None else np.where(np.isin(np.arange(len(day.type)), rows), day.type, NOTHING)
        return rollup.counts(day.grid, groups, len(BODY_TYPES))

    def per_body(self, day: Day) -> Column:
        """Lines by body and status: shape (bodies, statuses); bodies that do not exist that day have zeros."""
        groups = np.where(day.type >= 0, np.arange(len(day.type)), NOTHING)
        table: Column = rollup.counts(day.grid, groups, len(day.type)).sum(axis=1)
        return table

    def history(self, ref: str, duty: str) -> list[Span]:
        """All that was ever held about one slot."""
        plane = self.bodies if ref in self.bodies.row else self.systems
        return plane.columns.spans(plane.slot(ref, duty)) if ref in plane.row and duty in plane.column else []

    def save(self, folder: Path, extra: Mapping[str, Any]) -> None:
        """Write everything as files; `extra` says of what (the turn, the digest of the law)."""
        for name in ("bodies", "body_marks", "systems", "system_marks"):
            getattr(self, name).save(folder / name)
        covered = [line for line, yes in zip(self.systems.lines, self.covered.tolist(), strict=True) if yes]
        (folder / "about.json").write_text(json.dumps({"covered": covered, **extra}))

    @classmethod
    def load(cls, folder: Path) -> tuple["Standings", dict[str, Any]]:
        about = json.loads((folder / "about.json").read_text())
        return cls(*_planes(folder), covered=about["covered"]), about


def _planes(folder: Path) -> tuple[Plane, Plane, Plane, Plane]:
    bodies, body_marks, systems, system_marks = (Plane.load(folder / name) for name in ("bodies", "body_marks", "systems", "system_marks"))
    return bodies, body_marks, systems, system_marks


def _status(code: int) -> str | None:
    return STATUSES[code] if code >= 0 else None


def _cell(value: int, since: int, until: int) -> Cell:
    return Cell(_status(value), day_of(since), day_of(until))
