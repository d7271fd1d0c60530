"""What the duty desk does with a report: takes it, answers, attaches it to a body, merges, splits, ends it with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.journal.store import Stored
from luytre.post import actions as post
from luytre.rooms.incidents.models import Incident, Message, Report
from luytre.rooms.incidents.queries import reports, scope
from luytre.rooms.incidents.rules import forms
from luytre.verbs.incident_report import REASONS

TOPIC = "incidents"


def take(*, by: By, at: datetime, report: Report) -> Report:
    """An officer takes the report: whoever sent it reads that it was received, and by which desk."""
    with transaction.atomic():
        if not Report.objects.filter(pk=report.pk, taken_at=None, ended_at=None).update(taken_at=at, taken_by=ref(by)):
            raise Refusal(_("Báo cáo này đã có người nhận."))
        _taken(by=by, at=at, report=report)
    report.refresh_from_db()
    return report


@journal.act("incident_report.taken")
def _taken(*, by: By, at: datetime, report: Report) -> journal.Told:
    return journal.Told(about=_about(report), on=timezone.localdate(at), detail={"report": report.code})


def answer(*, by: By, at: datetime, report: Report, text: str, files: Sequence[Stored] = ()) -> Message:
    """Write to the reporter: on the page of the receipt, and by mail or telephone where one was left."""
    if not text:
        raise Refusal(_("Viết câu trả lời cho người báo."), field="text")
    with transaction.atomic():
        told = _answered(by=by, at=at, report=report, text=text, files=files)
        assert told.entry is not None
        Report.objects.filter(pk=report.pk, taken_at=None).update(taken_at=at, taken_by=ref(by))
        message = Message.objects.create(report=report, entry=told.entry, by_reporter=False, at=at)
        _tell(report, f"incident-report:{report.code}:{message.pk}", text)
    return message


@journal.act("incident_report.answered")
def _answered(*, by: By, at: datetime, report: Report, text: str, files: Sequence[Stored]) -> journal.Told:
    return journal.Told(
        about=_about(report), on=timezone.localdate(at), detail={"report": report.code}, attachments=files, aside={"text": text}
    )


def _tell(report: Report, key: str, text: str) -> None:
    """A letter to whoever reported. A telephone gets no text of the matter, only that there is news."""
    contact = scope.text_of(report.entry, "contact")
    kind = forms.contact_kind(contact)
    with override(report.language):
        link = f"{settings.LUYTRE_SITE_URL}/theo-doi/"
        if kind == "mail":
            subject = _("[%(code)s] Trả lời báo cáo sự cố") % {"code": report.code}
            post.send(key=key, channel="mail", to=contact, subject=subject, text=f"{text}\n\n{link}", topic=TOPIC, urgent=True)
        elif kind == "phone" and settings.LUYTRE_SMS_URL:
            says = _("Có trả lời cho báo cáo sự cố %(code)s. Xem tại %(link)s") % {"code": report.code, "link": link}
            post.send(key=key, channel="sms", to=contact, subject="", text=says, topic=TOPIC, urgent=True)


def attach(*, by: By, at: datetime, report: Report, body: str, incident: Incident | None = None) -> Report:
    """Say whose matter it is: from now on that body reads the report and all that was said, and the reporter's contact not."""
    if incident is not None and incident.body != body and not incident.merged_into:
        body = incident.body
    with transaction.atomic():
        _attached(by=by, at=at, report=report, body=body, incident=incident)
        changed = {"body": body, "incident": incident.code if incident else report.incident}
        Report.objects.filter(pk=report.pk).update(**changed)
        Report.objects.filter(pk=report.pk, taken_at=None).update(taken_at=at, taken_by=ref(by))
        Report.objects.filter(merged_into=report).update(**changed)
    report.refresh_from_db()
    return report


@journal.act("incident_report.attached")
def _attached(*, by: By, at: datetime, report: Report, body: str, incident: Incident | None) -> journal.Told:
    detail = {"report": report.code, "incident": incident.code if incident else None}
    return journal.Told(about=[report.desk, body], on=timezone.localdate(at), detail=detail)


def merge_reports(*, by: By, at: datetime, report: Report, into: Report) -> Report:
    """The same matter told twice: one report carries on, the other's reporter follows it there."""
    if report.pk == into.pk or into.merged_into_id:
        raise Refusal(_("Chọn một báo cáo khác, chưa bị gộp, để gộp vào."), field="into")
    with transaction.atomic():
        _merged(by=by, at=at, report=report, into=into)
        changed = {"merged_into": into, "body": into.body, "incident": into.incident}
        Report.objects.filter(pk=report.pk).update(**changed)
        Report.objects.filter(merged_into=report).update(**changed)
        Report.objects.filter(pk=report.pk, taken_at=None).update(taken_at=at, taken_by=ref(by))
    report.refresh_from_db()
    return report


@journal.act("incident_report.merged")
def _merged(*, by: By, at: datetime, report: Report, into: Report) -> journal.Told:
    return journal.Told(about=_about(report), on=timezone.localdate(at), detail={"report": report.code, "into": into.code})


def split(*, by: By, at: datetime, report: Report) -> Report:
    """Merged by mistake: it stands by itself again."""
    if report.merged_into_id is None:
        raise Refusal(_("Báo cáo này chưa bị gộp."))
    with transaction.atomic():
        _split(by=by, at=at, report=report)
        Report.objects.filter(pk=report.pk).update(merged_into=None, incident="")
    report.refresh_from_db()
    return report


@journal.act("incident_report.split")
def _split(*, by: By, at: datetime, report: Report) -> journal.Told:
    return journal.Told(about=_about(report), on=timezone.localdate(at), detail={"report": report.code})


def dismiss(*, by: By, at: datetime, report: Report, reason: str, text: str = "") -> Report:
    """No incident comes of it: the reporter reads why and where it went. Never a bare "not ours"."""
    if reason not in REASONS:
        raise Refusal(_("Chọn lý do kết thúc báo cáo."), field="reason")
    if reason != "spam" and not text:
        raise Refusal(_("Viết cho người báo biết vì sao, và cần làm gì tiếp."), field="text")
    with transaction.atomic():
        if text:
            answer(by=by, at=at, report=report, text=text)
        if not Report.objects.filter(pk=report.pk, ended_at=None).update(ended_at=at, reason=reason):
            raise Refusal(_("Báo cáo này đã kết thúc."))
        _dismissed(by=by, at=at, report=report, reason=reason)
        Report.objects.filter(merged_into=report, ended_at=None).update(ended_at=at, reason=reason)
    report.refresh_from_db()
    return report


@journal.act("incident_report.dismissed")
def _dismissed(*, by: By, at: datetime, report: Report, reason: str) -> journal.Told:
    return journal.Told(about=_about(report), on=timezone.localdate(at), detail={"report": report.code, "reason": reason})


def _about(report: Report) -> list[str]:
    return [report.desk, *([report.body] if report.body else [])]


def end_with(code: str, at: datetime) -> int:
    """The reports of a case end with it."""
    return Report.objects.filter(incident=code, ended_at=None).update(ended_at=at)


def reported_by(code: str) -> "list[Report]":
    return list(Report.objects.filter(incident=code).select_related("entry__aside"))


__all__ = ["TOPIC", "answer", "attach", "dismiss", "end_with", "merge_reports", "reported_by", "reports", "split", "take"]
