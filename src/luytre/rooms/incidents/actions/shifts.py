"""The desk's shifts and alarms: taken over, handed over with what is open, heard, put off; the duty log as a paper."""

from datetime import datetime, timedelta

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.paper.model import Paper
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.papers import actions as office
from luytre.papers.models import IssuedPaper
from luytre.register.queries import organisation
from luytre.rooms.incidents import projection
from luytre.rooms.incidents.actions import duty_log
from luytre.rooms.incidents.models import Alarm, Incident, Shift
from luytre.rooms.incidents.queries import alarms, shifts
from luytre.rooms.incidents.queries.shifts import Log
from luytre.rooms.incidents.rules import deskwork

BOOK = "CT"


def take_shift(*, by: By, at: datetime, desk: str) -> Shift:
    """On duty from now; only once the one before has handed over (or nobody was there)."""
    held = shifts.current(desk)
    if held is not None:
        raise Refusal(_("Ca trực %(number)s chưa bàn giao; đề nghị người đang trực bàn giao trước.") % {"number": held.number})
    before = shifts.last(desk)
    body = organisation(desk.removeprefix("org:"))
    assert body is not None
    year = timezone.localdate(at).year
    try:
        with transaction.atomic():
            number = f"{BOOK}-{year}-{office.next_value(body, BOOK, year):04}"
            _taken(by=by, at=at, desk=desk, number=number, after=before.number if before else "")
            return Shift.objects.create(number=number, desk=desk, taken_at=at, taken_by=ref(by), after=before.number if before else "")
    except IntegrityError:
        raise Refusal(_("Có người vừa nhận ca trực này.")) from None


@journal.act("shift.taken")
def _taken(*, by: By, at: datetime, desk: str, number: str, after: str) -> journal.Told:
    return journal.Told(about=[desk], on=timezone.localdate(at), moment=at, detail={"shift": number, "after": after or None})


def hand_shift(*, by: By, at: datetime, desk: str, text: str, to: str = "") -> Shift:
    """Hand over in words; how the desk stands goes with it, as counted at this moment."""
    held = shifts.current(desk)
    if held is None or held.taken_by != ref(by):
        raise Refusal(_("Chỉ người đang trực bàn giao được ca trực."), status=403)
    if not text:
        raise Refusal(_("Ghi việc còn dở, việc cần theo dõi tiếp; nếu không có, ghi “Không”."), field="text")
    with transaction.atomic():
        told = _handed(by=by, at=at, desk=desk, number=held.number, to=to, text=text)
        changed = Shift.objects.filter(pk=held.pk, handed_at=None).update(handed_at=at, to=to, handover=told.entry)
        if not changed:
            raise Refusal(_("Ca trực này đã bàn giao."))
    held.refresh_from_db()
    return held


@journal.act("shift.handed")
def _handed(*, by: By, at: datetime, desk: str, number: str, to: str, text: str) -> journal.Told:
    stands = shifts.counts(at)
    numbers = {"new": stands.new, "waiting": stands.waiting, "open": stands.open, "late": stands.late}
    detail = {"shift": number, "to": to or None, **numbers}
    return journal.Told(about=[desk], on=timezone.localdate(at), moment=at, detail=detail, aside={"text": text})


# -- alarms --


def hear(*, by: By, at: datetime, desk: str, key: str) -> Alarm:
    """Heard: it rings no more. What it rings for still waits on its own list."""
    with transaction.atomic():
        row = _answered(by, at, key)
        if row.acknowledged_at is None:
            _heard(by=by, at=at, desk=desk, key=key)
            Alarm.objects.filter(pk=row.pk).update(acknowledged_at=at, acknowledged_by=ref(by), snoozed_until=None)
    row.refresh_from_db()
    return row


@journal.act("alarm.acknowledged")
def _heard(*, by: By, at: datetime, desk: str, key: str) -> journal.Told:
    return journal.Told(about=[desk], on=timezone.localdate(at), moment=at, detail={"alarm": key})


def snooze(*, by: By, at: datetime, desk: str, key: str, minutes: int) -> Alarm:
    """Quiet for some minutes; then it rings again, unless what it rings for is done."""
    if minutes not in deskwork.SNOOZES:
        raise Refusal(_("Chọn nhắc lại sau 5, 15 hoặc 60 phút."))
    with transaction.atomic():
        row = _answered(by, at, key)
        _snoozed(by=by, at=at, desk=desk, key=key, minutes=minutes)
        Alarm.objects.filter(pk=row.pk).update(snoozed_until=at + timedelta(minutes=minutes))
    row.refresh_from_db()
    return row


@journal.act("alarm.snoozed")
def _snoozed(*, by: By, at: datetime, desk: str, key: str, minutes: int) -> journal.Told:
    return journal.Told(about=[desk], on=timezone.localdate(at), moment=at, detail={"alarm": key, "minutes": minutes})


def _answered(by: By, at: datetime, key: str) -> Alarm:
    """The row of an alarm that rings now; nobody answers what does not ring."""
    if not alarms.is_ringing(key, seen_by=by, on=timezone.localdate(at), now=at):
        raise Refusal(_("Báo động này không còn reo: việc đã có người làm."))
    return Alarm.objects.get_or_create(key=key)[0]


def acknowledge(*, by: By, at: datetime, incident: Incident) -> None:
    """The desk says to the body: your notice has been received (Circular 20/2017 Art. 10)."""
    if incident.notified_at is None:
        raise Refusal(_("Đơn vị chưa gửi thông báo về sự cố này."))
    if incident.acknowledged_at is not None:
        raise Refusal(_("Thông báo này đã được xác nhận."))
    with transaction.atomic():
        told = _acknowledged(by=by, at=at, incident=incident)
        assert told.entry is not None
        projection.take([told.entry])
        duty_log.tell_body(incident, at)


@journal.act("incident.acknowledged")
def _acknowledged(*, by: By, at: datetime, incident: Incident) -> journal.Told:
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail={"incident": incident.code})


# -- the log as a paper --


def log_paper(*, log: Log, at: datetime) -> Paper:
    """The log of a desk as it would be printed now."""
    body = organisation(log.desk.removeprefix("org:"))
    assert body is not None
    return duty_log.paper(log, body, at)


def issue_log(*, by: By, at: datetime, log: Log) -> IssuedPaper:
    """Number and freeze the duty log as it stands; a later issue of the same day has a number of its own."""
    body = organisation(log.desk.removeprefix("org:"))
    assert body is not None
    paper = msgspec.structs.replace(log_paper(log=log, at=at), issued_on=timezone.localdate(at))
    issued: IssuedPaper = office.issue(by=by, at=at, organisation=body, paper=paper).result
    return issued
