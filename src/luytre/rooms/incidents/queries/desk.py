"""The duty desk: what is new, which clocks run, which cases are open, how long things take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Case, F, QuerySet, Value, When

from luytre.rooms.incidents.models import Clock, Incident, Report
from luytre.rooms.incidents.queries import cases, reports, scope
from luytre.rooms.incidents.queries.wording import length

SOON = timedelta(hours=4)
FEW = 8
FEW_HUNDRED = 500  # cases whose times the desk shows the middle of: the latest
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Desk:
    """Everything the desk shows at a moment."""

    new: Sequence[reports.Line]
    new_count: int
    waiting: Sequence[reports.Line]
    waiting_count: int
    oldest: str
    clocks: Sequence[cases.ClockLine]
    running: int
    late: int
    soon: int
    open: Sequence[cases.Case]
    open_count: int
    serious: int
    to_notify: str
    to_restore: str
    to_close: str


def look(*, seen_by: object, on: date, now: datetime) -> Desk:
    new = reports.shelf(seen_by=seen_by, on=on, state="new")
    waiting = reports.shelf(seen_by=seen_by, on=on, state="waiting")
    rows = cases.incidents(seen_by=seen_by, on=on)
    opened = rows.filter(closed_at=None)
    running = running_clocks(seen_by=seen_by, on=on)
    first = new.values_list("received_at", flat=True).first()
    times = _times(rows.filter(detected_at__gt=now - YEAR))
    return Desk(
        reports.lines(list(new[:FEW])),
        new.count(),
        reports.lines(list(waiting[:FEW])),
        waiting.count(),
        length(now - first) if first else "",
        cases.clock_lines(_pressing(running, now), now),
        running.count(),
        running.filter(due_at__lt=now).count(),
        running.filter(due_at__gte=now, due_at__lt=now + SOON).count(),
        cases.listed(list(opened[:FEW]), now),
        opened.count(),
        opened.filter(serious=True).count(),
        *times,
    )


def running_clocks(*, seen_by: object, on: date) -> "QuerySet[Clock]":
    """Clocks of the cases one may read that are not answered, the nearest first."""
    running = Clock.objects.filter(done_at=None, due_at__isnull=False)
    return scope.readable_clocks(running, seen_by=seen_by, on=on).select_related("incident").order_by("due_at")


def _pressing(running: "QuerySet[Clock]", now: datetime) -> "QuerySet[Clock]":
    """What can still be kept first, the nearest at the top; then what ran out, the latest first: the long dead do not hide the living."""
    ahead = Case(When(due_at__gte=now, then=Value(0)), default=Value(1))
    nearest = Case(When(due_at__gte=now, then=F("due_at")))
    return running.annotate(ahead=ahead, nearest=nearest).order_by("ahead", "nearest", "-due_at")[:FEW]


def _times(rows: "QuerySet[Incident]") -> tuple[str, str, str]:
    """The median time to notify, to restore, to close, of the cases of a year."""
    latest = list(rows.only("detected_at", "notified_at", "restored_at", "closed_at")[:FEW_HUNDRED])
    found = []
    for moments in ([c.notified_at for c in latest], [c.restored_at for c in latest], [c.closed_at for c in latest]):
        known = [(then - case.detected_at).total_seconds() for case, then in zip(latest, moments, strict=True) if then]
        found.append(length(timedelta(seconds=median(known))) if known else "–")
    return found[0], found[1], found[2]


def silent(now: datetime, after: timedelta) -> "QuerySet[Report]":
    """Reports nobody has taken for some time: what the alarm of the desk rings for."""
    return Report.objects.filter(taken_at=None, ended_at=None, merged_into=None, received_at__lt=now - after).order_by("received_at")


def at_desk(person: object, on: date) -> bool:
    return scope.may_desk(person, on)
