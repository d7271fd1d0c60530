"""What rings at the duty desk now: reports nobody took, notices nobody acknowledged, clocks about to run out; less what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from luytre.rooms.incidents.models import Alarm, Clock, Incident, Report
from luytre.rooms.incidents.queries import bench, scope
from luytre.rooms.incidents.queries.wording import lang, left_words, length
from luytre.rooms.incidents.rules import deskwork
from luytre.rooms.incidents.rules.deskwork import Waiting

MOST = 40  # of a kind, the longest waiting first


@dataclass(frozen=True)
class Ring:
    """One alarm: what it is about, how long."""

    key: str
    kind: str  # "report" · "notice" · "clock"
    code: str
    words: str
    left: str
    snoozed_until: datetime | None = None

    @property
    def is_quiet(self) -> bool:
        return self.snoozed_until is not None


def unheard_reports() -> list[Waiting]:
    """Reports nobody has taken, the longest waiting first."""
    rows = Report.objects.filter(taken_at=None, ended_at=None, merged_into=None).order_by("received_at")
    return [Waiting(f"report:{code}", code, at) for code, at in rows.values_list("code", "received_at")[: MOST * 10]]


def unheard_notices(now: datetime) -> list[Waiting]:
    """Notices of bodies that the desk has not acknowledged."""
    fresh = Q(notified_at__gt=now - deskwork.NOTICE_DAYS, notified_at__lte=now)
    rows = Incident.objects.filter(fresh, acknowledged_at=None, merged_into="").order_by("notified_at")
    found = [(code, at) for code, at in rows.values_list("code", "notified_at")[: MOST * 10] if at]
    return [Waiting(f"notice:{code}", code, at) for code, at in found]


def ringing(*, seen_by: object, on: date, now: datetime) -> list[Ring]:
    """All of it, answered alarms left out; those put off stay on the list, quiet, until their time."""
    found = [*_reports(now), *_notices(now), *_clocks(seen_by, on, now)]
    answers = {row.key: row for row in Alarm.objects.filter(key__in=[ring.key for ring in found])}
    return [_with(ring, answers.get(ring.key), now) for ring in found if not _is_known(answers.get(ring.key))]


def _is_known(answer: Alarm | None) -> bool:
    return answer is not None and answer.acknowledged_at is not None


def _with(ring: Ring, answer: Alarm | None, now: datetime) -> Ring:
    until = answer.snoozed_until if answer else None
    return Ring(ring.key, ring.kind, ring.code, ring.words, ring.left, until if until and until > now else None)


def _reports(now: datetime) -> list[Ring]:
    silent = [one for one in unheard_reports() if one.since <= now - deskwork.SILENCE][:MOST]
    return [Ring(one.key, "report", one.code, "", length(now - one.since)) for one in silent]


def _notices(now: datetime) -> list[Ring]:
    waiting = unheard_notices(now)[:MOST]
    called = scope.called(Incident.objects.filter(code__in=[one.code for one in waiting]).values_list("body", flat=True))
    bodies = dict(Incident.objects.filter(code__in=[one.code for one in waiting]).values_list("code", "body"))
    return [Ring(one.key, "notice", one.code, called.get(bodies[one.code], ""), length(now - one.since)) for one in waiting]


def _clocks(seen_by: object, on: date, now: datetime) -> list[Ring]:
    near = Q(due_at__gt=now - deskwork.GONE, due_at__lt=now + deskwork.SOON)
    rows = scope.readable_clocks(Clock.objects.filter(near, done_at=None), seen_by=seen_by, on=on)
    rows = rows.select_related("incident").order_by("due_at")[:MOST]
    return [Ring(_name(row), "clock", row.incident.code, bench.clock_words(row.duty, lang())[0], _left(row, now)) for row in rows]


def _name(row: Clock) -> str:
    assert row.due_at
    return f"clock:{row.incident.code}:{row.duty}:{row.event}:{row.due_at:%Y%m%dT%H%M}"


def _left(row: Clock, now: datetime) -> str:
    assert row.due_at
    return left_words(row.due_at, now)


def is_ringing(key: str, *, seen_by: object, on: date, now: datetime) -> bool:
    return any(ring.key == key for ring in ringing(seen_by=seen_by, on=on, now=now))


def loud(rings: Sequence[Ring]) -> int:
    return sum(not ring.is_quiet for ring in rings)
