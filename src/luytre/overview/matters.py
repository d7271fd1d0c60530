"""What is due or late on a day, everywhere or at some bodies: the judged lines that the ladder of reminders climbs."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta

import numpy as np

from luytre import journal
from luytre.core.duty import Judge
from luytre.core.duty.model import STATUSES, Result
from luytre.core.duty.standings import Plane, Standings
from luytre.rooms.duties import projection, queries
from luytre.rooms.reminders.rules import Matter

LATEST = datetime(9000, 1, 1, tzinfo=UTC)  # known by now: later than anything recorded
OPEN = ("overdue", "missed", "due_soon", "open")
CODES = [STATUSES.index(status) for status in OPEN]
FEW = 400  # things: from here on it is quicker to judge with the whole journal in memory
Slot = tuple[str, str]


def open_on(on: date, *, known: datetime | None = None, refs: Collection[str] | None = None, judge: Judge | None = None) -> list[Matter]:
    """Every matter that is due, late or just missed on a day and of which somebody is to be told, in the order of duties and things.

    `refs`: only of these bodies and systems. `known`: as known at a moment (None: now). `judge`: one that holds the province already.
    """
    slots = open_slots(projection.standings_of_all(on), on, known)
    if refs is not None:
        wanted = frozenset(refs)
        slots = [slot for slot in slots if slot[1] in wanted]
    held = judge or _judge({ref for _duty, ref in slots})
    found = (matter for duty, ref in slots for matter in matters_of(held.results(duty, ref, on, known or LATEST)))
    return list({matter.key: matter for matter in found}.values())  # an heir of two bodies has the same matter from both


def open_slots(held: Standings, on: date, known: datetime | None) -> list[Slot]:
    """The duties and things of which the board shows something due or late, where the law has a ladder."""
    law = queries.law()
    found = [slot for plane in (held.bodies, held.systems) for slot in _open(plane, on, known) if law.duties[slot[0]].escalate]
    return sorted(found)


def _open(plane: Plane, on: date, known: datetime | None) -> Iterable[Slot]:
    rows, columns = np.nonzero(np.isin(plane.grid(on, known), CODES))
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        yield plane.lines[column], plane.refs[row]


def _judge(refs: Collection[str]) -> Judge:
    if len(refs) > FEW:
        return queries.judge(queries.all_things(), journal.queries.facts())
    things = queries.things_near(refs)
    return queries.judge(things, queries.facts_about([thing.id for thing in things]))


def matters_of(results: Iterable[Result]) -> list[Matter]:
    """Of the judged lines of one slot, those that want a hand: what is late, what is due, and the window just missed."""
    lines = list(results)
    current = max((line.window[0] for line in lines if line.window and line.event is None), default=None)
    return [matter for line in lines if _wants_a_hand(line, current) and (matter := _matter(line)) is not None]


def _wants_a_hand(line: Result, current: date | None) -> bool:
    """A window missed earlier than the last one is history."""
    if line.status == "missed":
        return line.event is not None or (line.window is not None and line.window[1] == current)
    return line.status in ("overdue", "due_soon", "open")


def _matter(line: Result) -> Matter | None:
    """None where nothing falls due: an open matter without a due day."""
    due_on = line.due_on or (line.since - timedelta(days=1) if line.status in ("overdue", "missed") and line.since else None)
    if due_on is None:
        return None
    window = line.event or (line.window[0].isoformat() if line.window else "")
    return Matter(line.duty, line.bearer, window, line.answerable, due_on, line.status)
