"""Each kind of rule as vectors: one duty on one day for all rows at once; what does not fit is marked odd."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from luytre.core.duty import kinds
from luytre.core.duty.bulk_columns import FAR, Days, Rows, Scopes, day_number, months_after
from luytre.core.duty.line import Covered, Line
from luytre.core.duty.model import STATUSES, Thing
from luytre.core.duty.slot import Slot
from luytre.core.duty.view import Subject
from luytre.core.law.model import Duty, Version
from luytre.core.when import Period

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
CODE = {status: np.int8(code) for code, status in enumerate(STATUSES)}
NOTHING = np.int8(-1)  # no slot, or a rule not yet in force
LONG_BEFORE = 800  # days: no rule asks when a bearer came into being so long before it
DONE_CODES = (CODE["met"], CODE["met_late"], CODE["waived"])


if TYPE_CHECKING:
    from luytre.core.duty.bulk import Bulk


class Work:
    """One duty on one day: what the vector kinds write into."""

    def __init__(self, bulk: "Bulk", duty: Duty, rows: Rows, on: date, status: npt.NDArray[np.int8], due: Ints) -> None:
        self.bulk, self.duty, self.rows, self.on = bulk, duty, rows, on
        self.status, self.due = status, due
        self.day = day_number(on)
        self.odd: Flags = np.zeros(len(rows.refs), dtype=np.bool_)
        self._skeletons: dict[int, list[Line]] = {}

    @property
    def version(self) -> Version | None:
        return self.duty.on(self.on)

    def scopes(self, version: Version) -> Scopes:
        return self.rows.scopes(self.bulk.bench, self.bulk.bench.scope_key(self.duty, version))

    def days(self, version: Version) -> list[Days]:
        return [self.bulk.days(self.duty, version, verb, self.rows) for verb in version.needs.verbs]

    def skeleton(self, exemplar: int | None = None) -> list[Line]:
        """The lines of a bearer of whom no fact is known: windows and due days of all who share its birth and conditions.
        `exemplar`: the row of such a bearer; None = one that was always there."""
        key = -1 if exemplar is None else exemplar
        if key not in self._skeletons:
            bench = self.bulk.bench
            model = None if exemplar is None else self.rows.subjects[exemplar]
            subject = Subject(Thing("", self.duty.subject, {} if model is None else model.thing.attributes), bench.heirs.register)
            if model is None or subject.born is None or subject.born > self.on:
                subject.born = None
            slot = Slot(bench, self.duty, subject, self.on)
            self._skeletons[key] = kinds.BY_KIND[self.duty.versions[0].rule.kind](slot, self.on, None)
        return self._skeletons[key]

    def groups(self, version: Version) -> tuple[list[Line | None], Ints]:
        """The one line of each group of bearers with the same birth (all long before the version as one) and the same conditions, and
        for each row the place of its group."""
        floor = day_number(version.from_on) - LONG_BEFORE
        key = np.maximum(self.rows.born, floor).astype(np.int64)
        key[self.rows.born > self.day] = floor
        for code in self.conditions(version):
            key = key * 3 + code.on(np.full(len(key), self.day, dtype=np.int32))
        _, exemplars, place = np.unique(key, return_index=True, return_inverse=True)
        return [next(iter(self.skeleton(int(row))), None) for row in exemplars], place.astype(np.int32)

    def conditions(self, version: Version) -> list[Scopes]:
        """The conditions under which other instruments bind with a rule of their own."""
        bench = self.bulk.bench
        return [self.rows.scopes(bench, key) for key in bench.library.conditions(self.duty, version)]

    def put_scope(self, scope: npt.NDArray[np.int8]) -> None:
        """What the condition decides before anything else: out of scope, not yet in being, unknown."""
        self.status[scope == 2] = CODE["unknown"]
        self.status[scope == 0] = CODE["not_applicable"]

    def done_on(self, version: Version, first: Sequence[Ints]) -> Ints:
        """The day on which the needs of a version were complete (FAR: never), from the first proof of each verb."""
        join = np.minimum if version.needs.any_one else np.maximum
        done = first[0]
        for other in first[1:]:
            done = join(done, other)
        return done


def _dated(work: Work, due: Ints, soon: Ints, over: Ints, shut: npt.NDArray[np.int8] | np.int8, closes: int) -> npt.NDArray[np.int8]:
    """Status of unproved lines with a due day (0 = none: undated)."""
    late = np.where(work.day >= closes, shut, CODE["overdue"])
    found = np.where(work.day >= over, late, np.where(work.day >= soon, CODE["due_soon"], CODE["open"]))
    return np.where(due == 0, CODE["undated"], found).astype(np.int8)


def _table(lines: Sequence[Line | None], read: Callable[[Line], date | None], none: int) -> Ints:
    return np.array([none if line is None or (day := read(line)) is None else day.toordinal() for line in lines], dtype=np.int32)


def _once(work: Work) -> bool:
    version = work.version
    if version is None:
        return False
    lines, place = work.groups(version)
    if any(isinstance(line, Covered) for line in lines):
        return _covered(work)
    due, soon, over = (
        _table(lines, lambda line: line.due.on, 0)[place],
        _table(lines, lambda line: line.soon_from, FAR)[place],
        _table(lines, lambda line: line.over_from, FAR)[place],
    )
    columns = work.days(version)
    done = work.done_on(version, [column.first for column in columns])
    seen = done <= work.day
    status = _dated(work, due, soon, over, CODE["overdue"], FAR)
    status[seen] = np.where((done > due) & (due > 0), CODE["met_late"], CODE["met"])[seen]
    _finish(work, version, status, due)
    return True


def _finish(work: Work, version: Version, status: npt.NDArray[np.int8], due: Ints) -> None:
    work.status[:] = status
    work.due[:] = due
    work.put_scope(work.scopes(version).on(np.full(len(status), work.day, dtype=np.int32)))


def _should(work: Work) -> bool:
    version = work.version
    if version is None or any(e.expires is not None for e in version.evidence.values()):
        return False
    columns = work.days(version)
    done = work.done_on(version, [column.first for column in columns])
    work.status[:] = np.where(done <= work.day, CODE["met"], CODE["recommended"])
    work.put_scope(work.scopes(version).on(np.full(len(done), work.day, dtype=np.int32)))
    return True


def _covered(work: Work) -> bool:
    """Matters met while evidence holds: standing duties, single acts whose evidence lapses. One verb only."""
    version = work.version
    if version is None or len(version.needs.verbs) != 1:
        return False
    lines, place = work.groups(version)
    if not all(isinstance(line, Covered) for line in lines):
        return False
    verb = version.needs.verbs[0]
    evidence = version.evidence.get(verb)
    terms = work.bulk.bench.terms(work.duty)
    if evidence is not None and evidence.on_change:
        return False
    span = version.rule.span if evidence is None or evidence.expires is None else evidence.expires
    lengths = {id(line): _review(line, span, terms, work.on) for line in lines if line is not None}
    length = next(iter(lengths.values()), None)
    if length is None or any(other != length for other in lengths.values()):
        return False
    column = work.bulk.days(work.duty, version, verb, work.rows)
    cover = column.cover(length, work.day)
    first_due = _table(lines, lambda line: line.due.on, 0)[place]
    soon = _table(lines, lambda line: line.soon_from, FAR)[place]
    lapsed = np.where(cover.last > 0, cover.last, 0)
    due = np.where(cover.holds, cover.until, np.maximum(first_due, lapsed)).astype(np.int32)
    late = column.first > first_due if version.rule.kind == "once" else np.zeros(len(due), dtype=np.bool_)
    status = np.where(work.day > due, CODE["overdue"], np.where(work.day >= soon, CODE["due_soon"], CODE["open"])).astype(np.int8)
    again = ~cover.holds & (work.day <= due) & (due > first_due)  # lapsed before its first due day: rare, and its notice differs
    work.odd |= again
    status[cover.holds] = np.where(late, CODE["met_late"], CODE["met"])[cover.holds]
    _finish(work, version, status, due)
    return True


def _review(line: Line, span: Any, terms: Any, on: date) -> Period | None:
    """How long evidence holds; None where it may differ from fact to fact."""
    if isinstance(span, str) and len(terms.law.param(terms.duty, span).values) > 1:
        return None
    if line.version.rule.kind == "standing" and any(parallel.rule is not None for parallel, _ in line.due.bound):
        return None
    found: Period | None = terms.length(span, on)
    return found


def _prohibited(work: Work) -> bool:
    version = work.version
    if version is None or (isinstance(version.rule.span, str) and len(_param_values(work, version.rule.span)) > 1):
        return False
    rule = version.rule
    length = work.bulk.bench.terms(work.duty).length(rule.span, work.on)
    if length is None:
        return False
    work.odd[work.bulk.marks(rule.breach, work.rows).touched] = True
    checks = work.bulk.marks(rule.check, work.rows).days_where(("duty", work.duty.id), lambda fact: fact.detail.get("duty") == work.duty.id)
    cover = checks.cover(length, work.day)
    status = np.where(cover.holds, CODE["met"], CODE["unknown"]).astype(np.int8)
    _finish(work, version, status, np.where(cover.holds, cover.until, 0).astype(np.int32))
    return True


def _param_values(work: Work, name: str) -> Sequence[Any]:
    return work.bulk.judge.law.param(work.duty, name).values


def _before_use(work: Work) -> bool:
    version = work.version
    if version is None or version.rule.gate_phase is None:
        return _events(work) if version is not None else False
    gate = work.rows.first_phase(version.rule.gate_phase)
    columns = work.days(version)
    done = work.done_on(version, [column.first for column in columns])
    seen = done <= work.day
    opens = np.maximum(work.rows.born, day_number(version.from_on))
    soon = gate - np.where(gate <= months_after(opens, 1), 7, 30) + 1
    soon[gate == FAR] = FAR
    status = np.where(work.day >= gate, CODE["overdue"], np.where(work.day >= soon, CODE["due_soon"], CODE["open"])).astype(np.int8)
    status[seen] = np.where(done > gate, CODE["met_late"], CODE["met"])[seen]
    due = np.where(gate == FAR, 0, gate).astype(np.int32)
    _finish(work, version, status, due)
    work.status[gate <= day_number(work.duty.versions[0].from_on)] = CODE["not_applicable"]
    return True


def _events(work: Work) -> bool:
    """Slots without an event owe nothing yet; the others go one by one."""
    for verb in {verb for version in work.duty.versions for verb in version.rule.events}:
        work.odd[work.bulk.event_rows(work.duty, verb, work.rows)] = True
    version = work.version
    scope = np.zeros(len(work.status), dtype=np.int8)
    if version is not None:
        scope = work.scopes(version).on(np.full(len(scope), work.day, dtype=np.int32))
    work.status[:] = np.where(scope == 0, CODE["not_applicable"], CODE["not_open"])
    return True


def _windows(work: Work) -> bool:
    """Windows of periods and years: the current one, the one just missed, and papers of older ones still owed."""
    if any(version.new_subject is not None for version in work.duty.versions):
        return False
    for version in work.duty.versions:
        for condition in work.conditions(version):
            work.odd |= condition.ever
    lines = work.skeleton()
    if any(line.closes is None for line in lines):
        return False
    named = any(line.shut == "overdue" for line in lines)
    kept = lines if named else lines[-2:]
    size = len(work.status)
    best = np.full(size, NOTHING, dtype=np.int8)
    newest = np.zeros(size, dtype=np.bool_)
    owed_before = np.zeros(size, dtype=np.bool_)
    for line in reversed(kept):
        status = _window(work, line)
        due = 0 if line.due.on is None else line.due.on.toordinal()
        first = (best == NOTHING) & (status != CODE["not_applicable"]) & (status != NOTHING)
        if line is not kept[-1]:
            owed_before |= first  # out of scope today, though an older window stands: asked one by one
        best[first], work.due[first] = status[first], due
        newest |= first
        if line is not kept[-1]:
            _older(work, line, status, best, due, first)
    work.status[:] = best
    work.odd |= owed_before
    version = work.version or work.duty.versions[-1]
    today = work.scopes(version).on(np.full(size, work.day, dtype=np.int32))
    bare = best == NOTHING
    work.status[bare] = np.where(today[bare] == 0, CODE["not_applicable"], CODE["not_open"])
    if lines:
        work.odd |= bare & (work.scopes(version).ever | (len(work.duty.versions) > 1))
    return True


def _older(work: Work, line: Line, status: npt.NDArray[np.int8], best: npt.NDArray[np.int8], due: int, first: Flags) -> None:
    """An older window comes before the current one where it was just missed, or is overdue still."""
    shown = ~first & (best != NOTHING)
    settled = np.isin(best, DONE_CODES)
    current_line = work.skeleton()[-1]
    missed = shown & (status == CODE["missed"]) & ~settled & (line.closes == current_line.opens) & (best != CODE["overdue"])
    overdue = shown & (status == CODE["overdue"])
    for rows, code in ((missed, CODE["missed"]), (overdue, CODE["overdue"])):
        best[rows], work.due[rows] = code, due


def _window(work: Work, line: Line) -> npt.NDArray[np.int8]:
    """The status of one window for every row."""
    assert line.closes is not None
    opens, closes, version = line.opens.toordinal(), line.closes.toordinal(), line.version
    due = 0 if line.due.on is None else line.due.on.toordinal()
    firsts = [column.first_in(opens, closes, line.opens.year, version.rule.kind) for column in work.days(version)]
    done = work.done_on(version, firsts)
    seen = done <= work.day
    status = np.full(len(done), _unproved(work, line), dtype=np.int8)
    late = (done > due) & (due > 0)
    status[seen] = np.where(late, CODE["met_late"], CODE["met"])[seen]
    read = np.full(len(done), min(work.day, closes - 1), dtype=np.int32)
    scope = work.scopes(version).on(read)
    status[scope == 2] = CODE["unknown"]
    status[scope == 0] = CODE["not_applicable"]
    status[closes <= work.rows.born] = NOTHING
    if due and line.version.rule.kind == "each_year":
        status[work.rows.born > due] = NOTHING
    return status


def _unproved(work: Work, line: Line) -> np.int8:
    return CODE[line.unproved_on(work.on, None)]


VECTORS: dict[str, Callable[[Work], bool]] = {
    "once": _once,
    "each_period": _windows,
    "each_year": _windows,
    "standing": _covered,
    "should": _should,
    "prohibited": _prohibited,
    "before_use": _before_use,
    "on_event": _events,
}
