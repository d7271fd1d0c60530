"""Evidence: taken with its SHA-256, handed over, accepted; nobody holds it until both sides have said so."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.journal.store import Stored
from luytre.rooms.incidents import projection
from luytre.rooms.incidents.models import Evidence, Incident


def take_evidence(*, by: By, at: datetime, incident: Incident, text: str, file: Stored | None = None) -> Evidence:
    """A file, or a thing described in words, kept as proof; whoever takes it holds it."""
    if not text:
        raise Refusal(_("Ghi chứng cứ là gì, lấy ở đâu."), field="text")
    with transaction.atomic():
        last = Evidence.objects.filter(incident=incident.code).order_by("-number").values_list("number", flat=True).first()
        number = (last or 0) + 1
        told = _taken(by=by, at=at, incident=incident, number=number, text=text, file=file)
        assert told.entry is not None
        projection.take([told.entry])
        size, digest = (file.size, file.sha256) if file else (0, "")
        return Evidence.objects.create(
            incident=incident.code, number=number, entry=told.entry, sha256=digest, size=size, at=at, holder=ref(by)
        )


@journal.act("incident.evidence_taken")
def _taken(*, by: By, at: datetime, incident: Incident, number: int, text: str, file: Stored | None) -> journal.Told:
    detail = {"incident": incident.code, "item": number, "sha256": file.sha256 if file else None, "size": file.size if file else None}
    attached = [file] if file else []
    return journal.Told(
        about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail, attachments=attached, aside={"text": text}
    )


def hand_over(*, by: By, at: datetime, incident: Incident, number: int, to: str) -> Evidence:
    """The holder hands it to somebody; it stays the holder's until that one accepts it."""
    item = _item(incident, number)
    if item.holder != ref(by):
        raise Refusal(_("Chỉ người đang giữ chứng cứ bàn giao được."), status=403)
    if not to or to == item.holder:
        raise Refusal(_("Chọn người nhận bàn giao."), field="to")
    with transaction.atomic():
        told = _handed(by=by, at=at, incident=incident, number=number, to=to)
        assert told.entry is not None
        projection.take([told.entry])
        Evidence.objects.filter(pk=item.pk).update(offered_to=to)
    item.refresh_from_db()
    return item


@journal.act("incident.evidence_handed")
def _handed(*, by: By, at: datetime, incident: Incident, number: int, to: str) -> journal.Told:
    detail = {"incident": incident.code, "item": number, "to": to}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail)


def accept_evidence(*, by: By, at: datetime, incident: Incident, number: int) -> Evidence:
    """The one it was offered to says: received."""
    item = _item(incident, number)
    if not item.offered_to or item.offered_to != ref(by):
        raise Refusal(_("Chứng cứ này không bàn giao cho ông/bà."), status=403)
    with transaction.atomic():
        told = _accepted(by=by, at=at, incident=incident, number=number)
        assert told.entry is not None
        projection.take([told.entry])
        Evidence.objects.filter(pk=item.pk).update(holder=ref(by), offered_to="")
    item.refresh_from_db()
    return item


@journal.act("incident.evidence_accepted")
def _accepted(*, by: By, at: datetime, incident: Incident, number: int) -> journal.Told:
    detail = {"incident": incident.code, "item": number}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail)


def refuse_evidence(*, by: By, at: datetime, incident: Incident, number: int, text: str = "") -> Evidence:
    """The one it was offered to does not take it: it stays with whoever held it."""
    item = _item(incident, number)
    if not item.offered_to or item.offered_to != ref(by):
        raise Refusal(_("Chứng cứ này không bàn giao cho ông/bà."), status=403)
    with transaction.atomic():
        told = _refused(by=by, at=at, incident=incident, number=number, text=text)
        assert told.entry is not None
        projection.take([told.entry])
        Evidence.objects.filter(pk=item.pk).update(offered_to="")
    item.refresh_from_db()
    return item


@journal.act("incident.evidence_refused")
def _refused(*, by: By, at: datetime, incident: Incident, number: int, text: str) -> journal.Told:
    aside = {"text": text} if text else None
    detail = {"incident": incident.code, "item": number}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail, aside=aside)


def _item(incident: Incident, number: int) -> Evidence:
    found = Evidence.objects.filter(incident=incident.code, number=number).first()
    if found is None:
        raise Refusal(_("Không có chứng cứ này."), status=404)
    return found
