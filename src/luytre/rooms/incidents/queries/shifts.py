"""Questions about the desk's shifts: who is on duty, what was handed over, what happened between two moments (sổ trực)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from luytre import journal
from luytre.journal.models import Entry
from luytre.register.dated import covers
from luytre.register.models import Post, Role
from luytre.register.people import Person
from luytre.rooms.incidents.models import Clock, Incident, Report, Shift
from luytre.rooms.incidents.queries import scope
from luytre.rooms.incidents.queries.wording import person_names
from luytre.verbs import READS, VOCABULARY
from luytre.verbs.incident_report import CHANNELS

NOUNS = ("incident.", "incident_report.", "shift.", "alarm.")
QUIET = ("incident.tasked", "incident_report.split")  # the steps of a playbook are no events of a shift
MOST = 1000
COLLEAGUES = (Role.RESPONSE_TEAM, Role.COORDINATOR)


@dataclass(frozen=True)
class ShiftLine:
    """A shift in words."""

    shift: Shift
    by: str
    to: str
    said: str


@dataclass(frozen=True)
class Event:
    """One line of the duty log."""

    at: datetime
    words: str
    code: str
    by: str
    text: str


@dataclass(frozen=True)
class Counts:
    """How the desk stands at a moment."""

    new: int
    waiting: int
    open: int
    late: int


@dataclass(frozen=True)
class Log:
    """What happened at a desk between two moments, the second not counted."""

    desk: str
    first: datetime
    until: datetime
    shifts: Sequence[ShiftLine]
    events: Sequence[Event]
    received: int
    taken: int
    opened: int
    closed: int
    slowest: timedelta | None  # the longest a report waited until it was taken


def current(desk: str) -> Shift | None:
    return Shift.objects.filter(desk=desk, handed_at=None).first()


def last(desk: str) -> Shift | None:
    return Shift.objects.filter(desk=desk).order_by("-taken_at").first()


def recent(desk: str) -> list[ShiftLine]:
    return lines(list(Shift.objects.filter(desk=desk, handed_at__isnull=False).select_related("handover__aside").order_by("-taken_at")[:8]))


def before(desk: str) -> ShiftLine | None:
    """The shift handed over last: what whoever takes over reads first."""
    return next(iter(recent(desk)), None)


def lines(rows: Sequence[Shift]) -> list[ShiftLine]:
    people = person_names([*(row.taken_by for row in rows), *(row.to for row in rows)])
    return [
        ShiftLine(row, people.get(row.taken_by, ""), people.get(row.to, ""), scope.text_of(row.handover, "text") if row.handover else "")
        for row in rows
    ]


def colleagues(desk: str, on: date) -> list[tuple[str, str]]:
    """Who may take over the desk, by ref and name."""
    code = desk.removeprefix("org:")
    held = Post.objects.filter(covers(on), organisation__code=code, role__in=COLLEAGUES).values("of")
    return [(person.ref, person.called) for person in Person.objects.filter(pk__in=held).order_by("sorting")]


def counts(now: datetime) -> Counts:
    waiting = Report.objects.filter(ended_at=None, merged_into=None)
    late = Clock.objects.filter(done_at=None, due_at__lt=now, incident__closed_at=None).count()
    new, taken = waiting.filter(taken_at=None).count(), waiting.filter(taken_at__isnull=False).count()
    return Counts(new, taken, Incident.objects.filter(closed_at=None, merged_into="").count(), late)


def day(desk: str, on: date) -> Log:
    """The log of a day, from midnight to midnight."""
    first = datetime.combine(on, time(0), timezone.get_default_timezone())
    return log(desk, first, first + timedelta(days=1))


def log(desk: str, first: datetime, until: datetime) -> Log:
    touched = Shift.objects.filter(desk=desk, taken_at__lt=until).exclude(handed_at__lt=first)
    shifts = lines(list(touched.select_related("handover__aside").order_by("taken_at")))
    taken = Report.objects.filter(taken_at__gte=first, taken_at__lt=until)
    waits = [then - at for at, then in taken.values_list("received_at", "taken_at") if then]
    cases = Incident.objects.filter(merged_into="")
    return Log(
        desk,
        first,
        until,
        shifts,
        _events(first, until),
        Report.objects.filter(received_at__gte=first, received_at__lt=until).count(),
        taken.count(),
        cases.filter(detected_at__gte=first, detected_at__lt=until).count(),
        cases.filter(closed_at__gte=first, closed_at__lt=until).count(),
        max(waits, default=None),
    )


def _events(first: datetime, until: datetime) -> list[Event]:
    """Entries recorded in the time, in order; what a citizen wrote is told as a line, never with the contact."""
    rows = Entry.objects.filter(at__gte=first, at__lt=until, retractions=None).exclude(verb__in=[*READS, *QUIET]).order_by("at", "pk")
    wanted = [verb for verb in VOCABULARY if verb.startswith(NOUNS)]
    entries = list(journal.queries.whole(rows.filter(verb__in=wanted))[:MOST])
    people = person_names(entry.by for entry in entries)
    return [_event(entry, people) for entry in entries]


def _event(entry: Entry, people: dict[str, str]) -> Event:
    detail = entry.detail
    words = VOCABULARY[entry.verb].paper["vi"]
    channel = CHANNELS.get(str(detail.get("channel") or ""), {}).get("vi", "")
    code = str(detail.get("report") or detail.get("incident") or detail.get("shift") or detail.get("alarm") or "")
    text = scope.text_of(entry, "title") or scope.text_of(entry, "text") or scope.text_of(entry, "note")
    first = " ".join(text.split())[:160]
    return Event(entry.at, f"{words[:1].upper()}{words[1:]}{f' ({channel})' if channel else ''}", code, people.get(entry.by, ""), first)
