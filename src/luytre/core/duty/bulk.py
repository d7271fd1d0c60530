"""The judge in bulk: the current result of every slot, in numpy over columns; equal to the pure judge, which it asks for the odd ones.

Vectors carry what most slots are: bodies and systems with dated conditions, windows, evidence. Slots with waivers, successions, events,
breaches or rules that bind by condition go one by one through the pure judge (`odd`): the same answer, more slowly.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from luytre.core.duty.bulk_columns import Days, Marks, Rows, day_number
from luytre.core.duty.bulk_vectors import CODE, NOTHING, VECTORS, Work
from luytre.core.duty.cell import current
from luytre.core.duty.judge import Judge
from luytre.core.duty.model import STATUSES
from luytre.core.duty.slot import WAIVER, Slot
from luytre.core.law.model import Duty, Version

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class Current(NamedTuple):
    """The current results of one duty: for each ref its status (place in STATUSES, −1 none) and due day (ordinal, 0 none)."""

    duty: str
    refs: Sequence[str]
    status: npt.NDArray[np.int8]
    due_on: Ints
    odd: int  # how many were asked of the pure judge

    def at(self, ref_number: int) -> tuple[str | None, date | None]:
        code, due = int(self.status[ref_number]), int(self.due_on[ref_number])
        return (None if code < 0 else STATUSES[code]), (None if due == 0 else date.fromordinal(due))


class Bulk:
    """Register and facts as known at one moment, in columns. Building them is loading; `current(on)` judges any day."""

    def __init__(self, judge: Judge, known: datetime) -> None:
        self.judge = judge
        self.bench = judge.bench(known)
        self.known = known
        self.rows = {kind: Rows(self.bench, kind) for kind in ("organisation", "system")}
        self.heirs = self._heirs()
        self._marks: dict[tuple[str, str], Marks] = {}

    def _heirs(self) -> set[str]:
        """Bodies that may take over something: judged one by one."""
        named: set[str] = set()
        for subject in self.bench.heirs.ended:
            named.update(filter(None, (self.bench.heirs.direct(subject, duty) for duty in self.judge.law.duties)))
        return named

    def current(self, on: date, duties: Iterable[str] | None = None) -> list[Current]:
        """The current result of every slot of the duties on a day."""
        wanted = self.judge.law.duties if duties is None else duties
        return [self._of_duty(self.judge.law.duties[name], on) for name in wanted]

    # -- one duty ---------------------------------------------------------------------------------------------------------

    def _of_duty(self, duty: Duty, on: date) -> Current:
        rows = self.rows[duty.subject]
        status = np.full(len(rows.refs), NOTHING, dtype=np.int8)
        due = np.zeros(len(rows.refs), dtype=np.int32)
        if on < duty.versions[0].from_on:
            return Current(duty.id, rows.refs, status, due, 0)
        work = Work(self, duty, rows, on, status, due)
        make = VECTORS.get(duty.versions[0].rule.kind)
        if make is None or not make(work):
            work.odd[:] = True
        work.odd |= self._odd(duty, rows, on)
        numbers = np.flatnonzero(work.odd)
        for number in numbers.tolist():
            found, day = self.pure(duty, rows.refs[number], on)
            status[number] = NOTHING if found is None else CODE[found]
            due[number] = 0 if day is None else day.toordinal()
        status[(rows.ended > 0) & (rows.ended <= day_number(on))] = CODE["not_applicable"]
        due[(status == CODE["not_applicable"]) | (status < 0)] = 0
        return Current(duty.id, rows.refs, status, due, len(numbers))

    def pure(self, duty: Duty, ref: str, on: date) -> tuple[str | None, date | None]:
        """One slot by the pure judge."""
        subject = self.bench.view.subject(ref)
        return (None, None) if subject is None else current(Slot(self.bench, duty, subject, on), on)

    def _odd(self, duty: Duty, rows: Rows, on: date) -> Flags:
        odd = (rows.ended > 0) & (rows.ended > day_number(on))
        if duty.subject == "organisation":
            for ref in self.heirs:
                if ref in rows.number:
                    odd[rows.number[ref]] = True
        for row in self.marks(WAIVER, rows).rows_where(lambda fact: fact.detail.get("duty") == duty.id):
            odd[row] = True
        return odd

    def marks(self, verb: str, rows: Rows) -> Marks:
        """All facts of a verb about the things of a kind, as columns."""
        key = (verb, rows.kind)
        if key not in self._marks:
            self._marks[key] = Marks.build(self.bench, rows, verb)
        return self._marks[key]

    def prepare(self) -> "Bulk":
        """Build every column a day may need now, so that judging one builds none."""
        for duty in self.judge.law.duties.values():
            rows = self.rows[duty.subject]
            for version in duty.versions:
                for key in (self.bench.scope_key(duty, version), *self.bench.library.conditions(duty, version)):
                    rows.scopes(self.bench, key)
                rule = version.rule
                for verb in (*version.needs.verbs, *rule.events, rule.breach, rule.check, WAIVER):
                    if verb:
                        self.marks(verb, rows)
                for verb in version.needs.verbs:
                    self.days(duty, version, verb, rows)
            if duty.subject == "organisation":
                for verb in {verb for version in duty.versions for verb in version.rule.events}:
                    self.event_rows(duty, verb, rows)
        rows = self.rows["system"]
        rows.first_phase("operating")
        return self

    def days(self, duty: Duty, version: Version, verb: str, rows: Rows) -> Days:
        """The days of the facts of a verb that count for a version."""
        evidence = version.evidence.get(verb)
        return self.marks(verb, rows).days(evidence, self.bench)

    def event_rows(self, duty: Duty, verb: str, rows: Rows) -> Ints:
        """Rows that may have an event of a verb: the thing itself, or the owner of the system it happened to."""
        own = self.marks(verb, rows).touched
        if duty.subject == "system":
            return own
        systems = self.rows["system"]
        owners = {
            rows.number[owner]
            for row in self.marks(verb, systems).touched.tolist()
            for owner in systems.owners(self.bench, row)
            if owner in rows.number
        }
        return np.union1d(own, np.fromiter(owners, dtype=np.int32, count=len(owners))).astype(np.int32)
