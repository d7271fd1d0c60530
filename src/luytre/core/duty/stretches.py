"""Stretches of days: between two turns of law, condition or succession the lines of a slot are made alike, so they are made once.

A turn also moves a line that is already open: the day it flips and the day its status began are looked for across turns.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from luytre.core.duty.line import DAY, Line
from luytre.core.duty.scope import fields
from luytre.core.duty.slot import Joint, Slot
from luytre.core.law.model import Version


def stretches(slot: Slot, until: date, again: Iterable[date]) -> Iterator[tuple[Slot, date, date]]:
    """The stretches of days on which lines made for the last day read right on every day before it: (slot as of that day, first, last)."""
    start = slot.duty.versions[0].from_on
    if is_plain(slot):
        edges = {start}
    else:
        edges = {start, *again, *turns(slot)}
    firsts = sorted(day for day in edges if start <= day <= until)  # none where the rule begins only later
    for place, first in enumerate(firsts, 1):
        last = until if place == len(firsts) else firsts[place] - DAY
        yield (slot if last == until else Slot(slot.bench, slot.duty, slot.subject, last)), first, last


def is_plain(slot: Slot) -> bool:
    """Whether lines made for a late day read right on every earlier day: one version, no end, no succession, no rule that binds in part."""
    if len(slot.duty.versions) > 1 or slot.before or slot.subject.ended is not None:
        return False
    version = slot.duty.versions[0]
    if version.until_on is not None:
        return False
    if isinstance(version.rule.span, str) and len(slot.bench.law.param(slot.duty, version.rule.span).values) > 1:
        return False
    return version.rule.kind == "on_event" or all(parallel.rule is None for parallel in version.parallel)


def turns(slot: Slot) -> set[date]:
    """The days from which lines are made otherwise: another version or value of the law, another condition beside it, the bearer's end."""
    days: set[date] = set()
    for version in slot.duty.versions:
        days.update(day for day in (version.from_on, version.until_on) if day is not None)
        for parallel in version.parallel:
            days.update(day for day in (parallel.from_on, parallel.until_on) if day is not None)
        days.update(day for span in _spans(version) for day in _values(slot, span))
        days.update(_beside(slot, version))
    return days if slot.subject.ended is None else {*days, slot.subject.ended}


def _spans(version: Version) -> set[str]:
    """The parameters that say how long a period or review is."""
    rules = (version.rule, *(parallel.rule for parallel in version.parallel if parallel.rule is not None))
    return {rule.span for rule in rules if isinstance(rule.span, str)}


def _values(slot: Slot, span: str) -> Iterator[date]:
    return (value.from_on for value in slot.bench.law.param(slot.duty, span).values)


def _beside(slot: Slot, version: Version) -> set[date]:
    """Days on which attributes change that conditions beside the scope read."""
    names = {name for parallel in version.parallel if parallel.when is not None for name in fields(parallel.when)}
    return {day for name in names for day in slot.subject.field(name).starts}


# -- one line across turns --------------------------------------------------------------------------------------------------


def flips_on(line: Line, on: date, moment: datetime | None = None) -> date | None:
    """The next day on which the status of a line differs with no new fact."""
    if _stays(line):
        return line.flips_on(on, moment)
    status = line.status_on(on, moment)
    if moment is not None and line.status_on(on) != status:
        return on
    edges = [day for day in _edges(line.slot) if day > on]
    for first, last, same in _pieces(line, on, edges):
        days: set[date] = {first, *(same.cuts() if same is not None else ())}
        for day in sorted(day for day in days if on < day and first <= day and (last is None or day <= last)):
            if _status(same, day) != status:
                return day
    return None


def since(line: Line, on: date, moment: datetime | None = None) -> date:
    """The first day of the unbroken run of today's status (never before the window opened)."""
    if _stays(line):
        return line.since(on, moment)
    status = line.status_on(on, moment)
    began = line.opens
    edges = [day for day in _edges(line.slot) if line.opens < day <= on]
    found: dict[date, str] = {}  # what the line was on the first day of each piece and on each cut of it
    for first, last, same in [*_pieces(line, line.opens, edges, now=False)]:
        days = {first, *(same.cuts() if same is not None else ())}
        found |= {day: _status(same, day) for day in days if first <= day <= (on if last is None else last)}
    before = ""
    for day in sorted(found):
        if found[day] == status and before != status:
            began = day
        before = found[day]
    return max(began, line.opens)


def _stays(line: Line) -> bool:
    """Whether a line is made alike on every day: the usual case, and that of matters taken over, which were closed with their body."""
    return isinstance(line.slot, Joint) or is_plain(line.slot)


def _edges(slot: Slot) -> list[date]:
    return sorted(turns(slot) | {subject.ended for subject in slot.bench.heirs.ended if subject.ended is not None})


def _pieces(line: Line, start: date, edges: Sequence[date], now: bool = True) -> Iterator[tuple[date, date | None, Line | None]]:
    """The same line as made in each stretch from `start` on: (first day, last day, line; None where there is none).
    `now`: the given line is that of the first stretch, else that of the last."""
    firsts = [start, *edges]
    lasts = [*(day - DAY for day in edges), None]
    for place, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        given = place == 0 if now else last is None
        yield first, last, line if given else _same(line, first)


def _same(line: Line, on: date) -> Line | None:
    """The line of the same window or event as made on another day."""
    slot = line.slot
    event = None if line.event is None else line.event.id
    made = Slot(slot.bench, slot.duty, slot.subject, on).lines(on)
    return next((one for one in made if one.opens == line.opens and (one.event and one.event.id) == event), None)


def _status(line: Line | None, day: date) -> str:
    return "not_applicable" if line is None else line.status_on(day)
