"""What a digest says: the lines of one person, the longest late first; for those who lead the province, counted by body. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luytre.rooms.reminders.rules.ladder import place

LEADING = ("coordinator", "chair")
LINES_SHOWN, BODIES_SHOWN = 60, 25


@dataclass(frozen=True, slots=True)
class Line:
    """One matter as a digest tells it. `days`: days late, negative: days left."""

    duty: str
    title: Mapping[str, str]
    clause: str
    thing: str
    due_on: date
    days: int
    again: bool
    url: str

    @property
    def is_late(self) -> bool:
        return self.days > 0

    @property
    def left(self) -> int:
        return -self.days


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one body, counted."""

    name: str
    late: int
    longest: int
    url: str


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one person is told on a day: late lines, lines due, and for those who lead, late lines counted by body."""

    late: Sequence[Line]
    due: Sequence[Line]
    groups: Sequence[Group]
    more: int  # lines or bodies not shown
    leads: bool

    @property
    def count(self) -> int:
        return len(self.late) + len(self.due)


@dataclass(frozen=True, slots=True)
class Told:
    """A line as it was told: which duty or instruction, about what, answerable whom, due when, at which rung."""

    duty: str
    title: Mapping[str, str]
    clause: str  # "" where it is the chair's word
    ref: str
    body: str
    due_on: date
    rung: str
    again: bool


def digest(told: Sequence[Told], names: Mapping[str, str], on: date) -> Digest:
    """The digest of one person, as it reads on a day."""
    lines = sorted((_line(one, names, on) for one in told), key=lambda line: (line.due_on, line.duty, line.thing))
    late, due = [line for line in lines if line.is_late], [line for line in lines if not line.is_late]
    leads = any(one.rung in LEADING for one in told)
    if leads and len(lines) > LINES_SHOWN // 4:
        groups = _groups(told, names, on)
        return Digest(late, due, groups[:BODIES_SHOWN], max(0, len(groups) - BODIES_SHOWN), True)
    shown = [*late, *due][:LINES_SHOWN]
    more = len(lines) - len(shown)
    return Digest([line for line in shown if line.is_late], [line for line in shown if not line.is_late], (), more, leads)


def _line(one: Told, names: Mapping[str, str], on: date) -> Line:
    days = (on - one.due_on).days
    url = place(one.duty, one.ref, one.rung)
    return Line(one.duty, one.title, one.clause, names.get(one.ref, one.ref), one.due_on, days, one.again, url)


def _groups(told: Sequence[Told], names: Mapping[str, str], on: date) -> list[Group]:
    """By answerable body, the most late lines first."""
    held: dict[str, list[int]] = defaultdict(list)
    for one in told:
        if one.due_on < on:
            held[one.body].append((on - one.due_on).days)
    groups = [
        Group(names.get(body, body), len(days), max(days), f"/desk/organisations/{body.partition(':')[2]}/" if body else "/desk/board/")
        for body, days in held.items()
    ]
    return sorted(groups, key=lambda group: (-group.late, -group.longest, group.name))
