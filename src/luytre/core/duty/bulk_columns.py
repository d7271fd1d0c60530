"""Columns of the bulk judge: things, conditions and facts of one known moment, as numpy arrays in rows of things."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from luytre.core.duty.bench import Bench
from luytre.core.duty.model import Fact
from luytre.core.duty.proofs import counts, is_independent, named_period
from luytre.core.duty.steps import Steps
from luytre.core.law.model import Evidence
from luytre.core.when import Period

Ints = npt.NDArray[np.int32]
Codes = npt.NDArray[np.int8]
FAR = date.max.toordinal()
_SCOPE = {False: 0, True: 1, None: 2}
_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    return day.toordinal()


def months_after(days: Ints, months: int) -> Ints:
    """The day so many months after each day, clamped to the month's end."""
    far = days >= FAR
    plain = np.where(far, _EPOCH, days).astype(np.int64) - _EPOCH
    stamps = plain.astype("datetime64[D]")
    first = stamps.astype("datetime64[M]")
    offset = (stamps - first.astype("datetime64[D]")).astype(np.int64)
    target = first + np.timedelta64(months, "M")
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    moved = target.astype("datetime64[D]").astype(np.int64) + np.minimum(offset, length - 1) + _EPOCH
    return np.where(far, FAR, moved).astype(np.int32)


def after(days: Ints, length: Period) -> Ints:
    moved = months_after(days, length.months) if length.months else days
    return (moved + length.days).astype(np.int32) if length.days else moved


class Scopes:
    """A condition over time for every thing: codes 0 False, 1 True, 2 unknown; before the first step False."""

    def __init__(self, steps: Sequence[Steps]) -> None:
        sizes = np.array([len(each.starts) for each in steps], dtype=np.int64)
        self.begin = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        self.rows = np.repeat(np.arange(len(steps), dtype=np.int32), sizes)
        self.starts = np.array([day.toordinal() for each in steps for day in each.starts], dtype=np.int32)
        self.codes = np.array([_SCOPE[value] for each in steps for value in each.values], dtype=np.int8)
        self.ever = np.zeros(len(steps), dtype=np.bool_)
        self.ever[self.rows[self.codes != 0]] = True
        self._single = bool((sizes <= 1).all())

    def on(self, days: Ints) -> Codes:
        """The code of each thing on its day."""
        reached = self.starts <= days[self.rows]
        counted = np.concatenate(([0], np.cumsum(reached)))
        steps = counted[self.begin[1:]] - counted[self.begin[:-1]]
        place = self.begin[:-1] + steps - 1
        found = np.zeros(len(days), dtype=np.int8)
        inside = steps > 0
        found[inside] = self.codes[place[inside]]
        return found


class Rows:
    """The things of a kind in order of their refs."""

    def __init__(self, bench: Bench, kind: str) -> None:
        self.kind = kind
        refs = sorted(ref for ref, thing in bench.view.things.items() if thing.kind == kind)
        self.subjects = [subject for subject in map(bench.view.subject, refs) if subject is not None]
        self.refs = [subject.thing.id for subject in self.subjects]
        self.number = {ref: number for number, ref in enumerate(self.refs)}
        self.born = np.array([1 if s.born is None else s.born.toordinal() for s in self.subjects], dtype=np.int32)
        self.ended = np.array([0 if s.ended is None else s.ended.toordinal() for s in self.subjects], dtype=np.int32)
        self._scopes: dict[int, Scopes] = {}
        self._phases: dict[str, Ints] = {}

    def scopes(self, bench: Bench, key: int) -> Scopes:
        if key not in self._scopes:
            self._scopes[key] = Scopes([subject.scope(key) for subject in self.subjects])
        return self._scopes[key]

    def first_phase(self, phase: str) -> Ints:
        """The first day of a phase; FAR where it has not come."""
        if phase not in self._phases:
            found = [_first(subject.field("phase"), phase) for subject in self.subjects]
            self._phases[phase] = np.array([FAR if day is None else day.toordinal() for day in found], dtype=np.int32)
        return self._phases[phase]

    def owners(self, bench: Bench, row: int) -> list[str]:
        return [owner for owner in self.subjects[row].field("owner").values if isinstance(owner, str)]


def _first(steps: Steps, wanted: str) -> date | None:
    return next((day for day, value in zip(steps.starts, steps.values, strict=True) if value == wanted), None)


class Cover(NamedTuple):
    """Evidence that holds for a while, read on a day: whether it holds, until when without a break, and the last day of the last one."""

    holds: npt.NDArray[np.bool_]
    until: Ints
    last: Ints


class Days:
    """The days of some facts, row by row in order, with the period each paper names (a day in it; 0 = none)."""

    def __init__(self, size: int, rows: Ints, days: Ints, named: Ints) -> None:
        self.size, self.rows, self.days, self.named = size, rows, days, named
        self.begin = np.searchsorted(rows, np.arange(size + 1)).astype(np.int64)
        self.first = np.full(size, FAR, dtype=np.int32)
        has = self.begin[1:] > self.begin[:-1]
        self.first[has] = days[self.begin[:-1][has]]
        self._years: Ints | None = None
        self._cover: dict[Period, tuple[Ints, Ints]] = {}

    def first_in(self, opens: int, closes: int, year: int, kind: str) -> Ints:
        """For each row the first day of the facts that serve a window (FAR: none)."""
        serving = np.where(self.named > 0, self.named, self.days)
        inside = (serving >= opens) & (serving < closes)
        if kind == "each_year" and len(self.named) and self.named.any():
            inside = np.where(self.named > 0, self.years == year, inside)
        found = np.full(self.size, FAR, dtype=np.int32)
        rows, days = self.rows[inside], self.days[inside]
        found[rows[::-1]] = days[::-1]  # in order of days: the first of a row is written last
        return found

    @property
    def years(self) -> Ints:
        if self._years is None:
            self._years = np.array([date.fromordinal(int(n)).year if n else 0 for n in self.named], dtype=np.int32)
        return self._years

    def cover(self, length: Period, day: int) -> Cover:
        """How the facts cover a day, each holding for a length from its own day (its last day included)."""
        if length not in self._cover:
            lapse = after(self.days, length)
            self._cover[length] = (lapse, _unbroken(self.rows, self.days, lapse))
        lapse, until = self._cover[length]
        counted = np.concatenate(([0], np.cumsum(self.days <= day)))
        known = counted[self.begin[1:]] - counted[self.begin[:-1]]
        place = self.begin[:-1] + known - 1
        has = known > 0
        last = np.zeros(self.size, dtype=np.int32)
        end = np.zeros(self.size, dtype=np.int32)
        last[has], end[has] = lapse[place[has]], until[place[has]]
        holds = last >= day
        return Cover(holds, end, last)


def _unbroken(rows: Ints, days: Ints, lapse: Ints) -> Ints:
    """For each fact the last day of the unbroken cover it belongs to."""
    if not len(days):
        return lapse
    breaks = np.ones(len(days), dtype=np.bool_)
    breaks[:-1] = (rows[1:] != rows[:-1]) | (days[1:] > lapse[:-1] + 1)
    ends = np.flatnonzero(breaks)
    return lapse[ends[np.searchsorted(ends, np.arange(len(days)))]]


class Marks:
    """All facts of one verb about the things of a kind that stand at the known moment."""

    def __init__(self, refs: Sequence[str], rows: Sequence[int], facts: Sequence[Fact]) -> None:
        self.refs, self.size, self.facts = refs, len(refs), facts
        self.rows = np.array(rows, dtype=np.int32)
        self.touched = np.unique(self.rows)
        self._days: dict[Any, Days] = {}

    @classmethod
    def build(cls, bench: Bench, rows: Rows, verb: str) -> "Marks":
        numbers: list[int] = []
        facts: list[Fact] = []
        for number, ref in enumerate(rows.refs):
            for _, fact in bench.view.facts(ref).get(verb):
                numbers.append(number)
                facts.append(fact)
        return cls(rows.refs, numbers, facts)

    def days(self, evidence: Evidence | None, bench: Bench) -> Days:
        """The days of those that carry what the evidence must carry."""
        key = None if evidence is None else (evidence.fields, evidence.when, evidence.period, evidence.independent)
        if key not in self._days:
            self._days[key] = self._cut(lambda fact: counts(evidence, fact), evidence, bench)
        return self._days[key]

    def days_where(self, key: Any, keep: Callable[[Fact], bool]) -> Days:
        if key not in self._days:
            self._days[key] = self._cut(keep, None, None)
        return self._days[key]

    def _cut(self, keep: Callable[[Fact], bool], evidence: Evidence | None, bench: Bench | None) -> Days:
        kept = [place for place, fact in enumerate(self.facts) if keep(fact)]
        if evidence is not None and bench is not None and (apart := evidence.independent) is not None:
            facts = [bench.view.facts(ref).get(apart.of) for ref in self.refs]
            kept = [place for place in kept if is_independent(apart, self.facts[place], facts[self.rows[place]])]
        days = np.array([self.facts[place].on.toordinal() for place in kept], dtype=np.int32)
        named = [named_period(evidence, self.facts[place]) for place in kept]
        numbers = np.array([0 if day is None else day.toordinal() for day in named], dtype=np.int32)
        return Days(self.size, self.rows[kept] if kept else np.zeros(0, dtype=np.int32), days, numbers)

    def rows_where(self, keep: Callable[[Fact], bool]) -> Iterable[int]:
        return {int(row) for row, fact in zip(self.rows, self.facts, strict=True) if keep(fact)}
