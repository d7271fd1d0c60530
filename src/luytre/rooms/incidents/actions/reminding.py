"""The round of the clocks: whoever must act on an incident is told at each stage, exactly once, late ones marked late."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.post import actions as post
from luytre.register.dated import covers
from luytre.register.models import Post, Role
from luytre.rooms.incidents import projection
from luytre.rooms.incidents.models import Clock, Reminder
from luytre.rooms.incidents.queries import alarms, bench, scope, shifts
from luytre.rooms.incidents.queries.wording import left_words
from luytre.rooms.incidents.rules import clockwork, deskwork

TOPIC = "incident-clocks"
TOLD = (Role.HEAD, Role.CONTACT, Role.ENTERPRISE, Role.RESPONSE_TEAM)


def remind(*, at: datetime) -> int:
    """Tell every stage that has come; returns how many. Any number of workers, at any time, after any pause: each stage once.

    The row with the unique key and the letters are one transaction: whoever writes the row writes the letters, nobody else does.
    """
    projection.catch_up()
    rows = list(Clock.objects.filter(done_at=None, due_at__isnull=False).select_related("incident"))
    told = set(Reminder.objects.filter(incident__in={row.incident.code for row in rows}).values_list("key", flat=True))
    return sum(_tell(row, stage, at) for row in rows for stage in clockwork.due(running(row), at, told)) + call_desk(at=at)


def call_desk(*, at: datetime) -> int:
    """The desk's own clock: what waits there is told once at each stage, all of a round in one letter to each person."""
    waiting = [*alarms.unheard_reports(), *alarms.unheard_notices(at)]
    found = [call for one in waiting for call in deskwork.calls(one, at)]
    told = set(Reminder.objects.filter(key__in=[call.key for call in found]).values_list("key", flat=True))
    fresh = [call for call in found if call.key not in told]
    if not fresh:
        return 0
    with transaction.atomic():
        mine = [call for call in fresh if _claim(call, at)]
        for higher in (False, True):
            post.send_many(_desk_drafts([call for call in mine if call.higher == higher], higher, at), at=at)
    return len(mine)


def _claim(call: deskwork.Call, at: datetime) -> bool:
    """Whoever writes the row tells it, in the same transaction."""
    late = at - call.at > clockwork.TOLERANCE
    given = {"incident": call.code, "stage_at": call.at, "sent_at": at, "is_late": late}
    return Reminder.objects.get_or_create(key=call.key, defaults=given)[1]


def _desk_drafts(calls: Sequence[deskwork.Call], higher: bool, at: datetime) -> list[post.Draft]:
    if not calls:
        return []
    body = scope.desk_body(timezone.localdate(at))
    codes = list(dict.fromkeys(call.code for call in calls))
    words = {"n": len(codes), "codes": ", ".join(codes[:10])}
    if higher:
        subject = _("Bàn trực: %(n)d việc chờ quá một giờ chưa ai nhận (%(codes)s)") % words
    else:
        subject = _("Bàn trực: %(n)d việc chờ nhận (%(codes)s)") % words
    link = f"{settings.LUYTRE_SITE_URL}/desk/incidents/"
    name = min(call.key for call in calls)
    return [
        post.Draft(
            key=f"{name}:{len(calls)}:{person}",
            channel="mail",
            to=to,
            subject=subject,
            text=f"{subject}\n\n{link}",
            urgent=True,
            topic=TOPIC,
        )
        for person, to in _desk_people(body, higher, timezone.localdate(at))
    ]


def _desk_people(body: str, higher: bool, on: date) -> list[tuple[str, str]]:
    """The officer on duty, or the whole desk where nobody is; higher: the heads."""
    shift = None if higher else shifts.current(body)
    posts = Post.objects.filter(covers(on), organisation__code=body.removeprefix("org:"))
    posts = posts.filter(role=Role.HEAD) if higher else posts.filter(role__in=(Role.RESPONSE_TEAM, Role.COORDINATOR))
    if shift is not None:
        posts = posts.filter(of__code=shift.taken_by.removeprefix("person:")) or posts
    return list(posts.exclude(of__email="").values_list("of__code", "of__email").distinct())


def running(row: Clock) -> clockwork.Running:
    assert row.due_at is not None
    return clockwork.Running(row.incident.code, row.duty, row.event, row.started_at, row.due_at)


def _tell(row: Clock, stage: clockwork.Stage, at: datetime) -> int:
    late = clockwork.is_late(stage, at)
    with transaction.atomic():
        given = {"incident": row.incident.code, "stage_at": stage.at, "sent_at": at, "is_late": late}
        _row, new = Reminder.objects.get_or_create(key=stage.key, defaults=given)
        if new:
            post.send_many(_drafts(row, stage, at, late), at=at)
    return int(new)


def _drafts(row: Clock, stage: clockwork.Stage, at: datetime, late: bool) -> Sequence[post.Draft]:
    assert row.due_at is not None
    what = bench.clock_words(row.duty, "vi")[0]
    words = {"code": row.incident.code, "what": what, "left": left_words(row.due_at, at)}
    subject = _("%(code)s: %(what)s, %(left)s") % words
    due = timezone.localtime(row.due_at)
    lines = [subject, _("Hạn: %(due)s.") % {"due": f"{due:%H:%M %d/%m/%Y}"}]
    if late:
        lines.append(_("Thư này đi muộn: lẽ ra gửi lúc %(at)s.") % {"at": f"{timezone.localtime(stage.at):%H:%M %d/%m/%Y}"})
    lines.append(f"{settings.LUYTRE_SITE_URL}/desk/incidents/{row.incident.code}/")
    return [
        post.Draft(key=f"{stage.key}:{person}", channel="mail", to=to, subject=subject, text="\n\n".join(lines), urgent=True, topic=TOPIC)
        for person, to in _people(row.bearer, timezone.localdate(at))
    ]


def _people(body: str, on: date) -> list[tuple[str, str]]:
    posts = Post.objects.filter(covers(on), organisation__code=body.removeprefix("org:"), role__in=TOLD)
    return list(posts.exclude(of__email="").values_list("of__code", "of__email").distinct())
