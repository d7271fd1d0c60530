"""The standing of a slot: of all its lines the one that a board cell shows, on one day or on every day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from luytre.core.duty.events import gate_of
from luytre.core.duty.line import DAY, Line
from luytre.core.duty.model import Result
from luytre.core.duty.slot import Slot
from luytre.core.duty.stretches import stretches

# The worst first: what is owed, then what nobody could determine, then what is done or needs nothing.
WORST_FIRST = (
    "overdue", "missed", "due_soon", "open", "unknown", "undated", "not_open",
    "met_late", "met", "waived", "recommended", "not_applicable",
)  # fmt: skip
RANK = {status: rank for rank, status in enumerate(WORST_FIRST)}
SETTLED = ("met", "met_late", "waived")
UNSETTLED = ("due_soon", "open", "unknown", "undated", "overdue")


class Entry(NamedTuple):
    """What is compared: a line's status, window and due day, and its place in the list it came from."""

    status: str
    opens: date
    closes: date | None
    is_window: bool
    due_on: date | None
    place: int


def pick(entries: Sequence[Entry], on: date) -> Entry | None:
    """The worst open matter on a day. Of the windows of a period the current one; a window just missed stays in sight until the current
    is met; older ones are history (and so is the last, where none is open today); whatever is overdue stays until it is done. Events
    that are settled count only when nothing is open. None where all is history."""
    shown = [e for e in entries if e.status == "overdue" or (not e.is_window and e.status in UNSETTLED)]
    shown += _of_windows([entry for entry in entries if entry.is_window], on)
    if shown:
        return min(shown, key=lambda entry: (RANK[entry.status], entry.due_on or date.max, entry.opens, entry.place))
    done = [entry for entry in entries if not entry.is_window]
    return max(done, key=lambda entry: (entry.opens, entry.place)) if done else None


def _of_windows(windows: Sequence[Entry], on: date) -> list[Entry]:
    if not windows:
        return []
    current = max(windows, key=lambda entry: (entry.opens, entry.place))
    if current.closes is not None and current.closes <= on:
        return []
    just_missed = [e for e in windows if e.status == "missed" and e.closes == current.opens]
    return [current, *(just_missed if current.status not in SETTLED else ())]


def standing(results: Sequence[Result]) -> Result:
    """The one line a board cell shows; of a slot that is all history its last line. ValueError where there is no line at all:
    `Judge.standing` answers for such slots too."""
    if not results:
        raise ValueError("no line: ask Judge.standing, which says why there is none")
    return standing_line(results) or results[-1]


def standing_line(results: Sequence[Result]) -> Result | None:
    """The line a cell shows; None where there is none, or all are history."""
    if len(results) == 1 and results[0].window is None:
        return results[0]
    found = pick([_entry(result, place) for place, result in enumerate(results)], results[0].on or date.max) if results else None
    return None if found is None else results[found.place]


def _entry(result: Result, place: int) -> Entry:
    opens, closes = result.window or (date.min, None)
    inherited = any(reason.code == "inherited" for reason in result.reasons)
    return Entry(result.status, opens, closes, closes is not None and result.event is None and not inherited, result.due_on, place)


def entry_on(line: Line, on: date, place: int) -> Entry:
    """A line as it stands on a day, to be compared."""
    inherited = line.inherited_from is not None
    status = line.status_on(on)
    read = on if line.frozen_on is None else min(on, line.frozen_on)
    closes = line.closes
    ended = line.slot.subject.ended
    if ended is not None and on >= ended and (closes is None or closes > ended):
        closes = ended
    return Entry(status, line.opens, closes, closes is not None and line.event is None and not inherited, line.due_on(read), place)


def standing_on(slot: Slot, on: date, lines: Sequence[Line] | None = None) -> str | None:
    """The status a cell shows on a day; None where the slot has no line (no event, or the rule not yet in force)."""
    return _standing(slot, on, [*slot.lines(on), *slot.inherited()] if lines is None else lines)[0]


def _standing(slot: Slot, on: date, lines: Sequence[Line]) -> tuple[str | None, date | None]:
    """Status and due day of a cell, from the lines of the slot."""
    if on < slot.duty.versions[0].from_on:
        return None, None
    if has_ended(slot, on):
        return "not_applicable", None
    if len(lines) == 1 and lines[0].closes is None:  # by far the most slots have one line
        status = lines[0].status_on(on)
        if status != "not_applicable":
            return status, lines[0].due_on(on)
    entries = [entry_on(line, on, place) for place, line in enumerate(lines)]
    found = pick([entry for entry in entries if entry.status != "not_applicable"], on)
    if found is not None:
        return found.status, found.due_on
    return ("not_applicable" if is_out_of_scope(slot, on) else "not_open"), None


def current(slot: Slot, on: date) -> tuple[str | None, date | None]:
    """Status and due day of a cell, without writing any line: the lean way to ask for millions."""
    if slot.before or slot.subject.ended is not None:
        return _standing(slot, on, [*slot.lines(on), *slot.inherited()])
    return _standing(slot, on, slot.lines(on, newest=2))


def has_ended(slot: Slot, on: date) -> bool:
    """Whether the bearer is no more: what it left open is counted at who took it over."""
    ended = slot.subject.ended
    return ended is not None and ended <= on


def is_out_of_scope(slot: Slot, day: date) -> bool:
    """Whether the duty is not this bearer's on a day: out of scope, not yet in being, or in use before the rule."""
    subject = slot.subject
    if subject.born is not None and subject.born > day:
        return True
    day = day if subject.ended is None else min(day, subject.ended - DAY)
    if slot.applies_on(day) is False:
        return True
    version = slot.duty.on(day)
    if version is None or version.rule.gate_phase is None:
        return False
    gate = gate_of(slot, version)
    return gate is not None and gate <= slot.duty.versions[0].from_on


# -- every day ------------------------------------------------------------------------------------------------------------


def timeline(slot: Slot, until: date, again: Iterable[date] = ()) -> list[tuple[date, str]]:
    """(first day, status) of every change of the standing up to a day. Before the first entry there is no line at all.

    `again`: further days on which something changes that the lines don't carry (successions).
    """
    if is_never_owed(slot):
        first = slot.duty.versions[0].from_on
        return [(first, "not_applicable")] if first <= until else []
    steps: list[tuple[date, str]] = []
    for held, first, last in stretches(slot, until, again):
        own, inherited = held.lines(last), held.inherited()
        for day in sorted({first, *(day for day in _cuts(held, [*own, *inherited]) if first < day <= last)}):
            status = standing_on(held, day, [*_near(own, day), *inherited])
            if status is not None and (not steps or steps[-1][1] != status):
                steps.append((day, status))
    return steps


def is_never_owed(slot: Slot) -> bool:
    """Whether no version of the duty was ever in scope for this bearer, and nobody's duty passed to it: half of all slots."""
    ended = slot.subject.ended
    alive = slot if ended is None else Slot(slot.bench, slot.duty, slot.subject, ended - DAY)
    if alive.before:
        return False
    scopes = (slot.scope(version) for version in slot.duty.versions)
    return all(scope.before is False and all(value is False for value in scope.values) for scope in scopes)


def _near(lines: Sequence[Line], day: date) -> list[Line]:
    """Lines opened by a day, without windows so old that they can't be shown."""
    opened = [line for line in lines if line.opens <= day]
    keep = [line for line in opened[:-2] if not (line.shut == "missed" and line.closes is not None and line.closes <= day)]
    return keep + opened[-2:]


def _cuts(slot: Slot, lines: Iterable[Line]) -> set[date]:
    """The days on which some line, or the scope where there is none, may stand otherwise with nothing new."""
    days: set[date] = set()
    for line in lines:
        days.add(line.opens)
        days.update(line.cuts())
    for version in slot.duty.versions:
        days.add(version.from_on)
        days.update(slot.scope(version).starts)
    if slot.subject.born is not None:
        days.add(slot.subject.born)
    return days
