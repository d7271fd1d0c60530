"""Taking in what anyone reports: once for each form or mail, with a receipt; what the reporter adds; wrong words counted."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By
from luytre.journal.store import Stored, Upload
from luytre.rooms.incidents import queries
from luytre.rooms.incidents.models import Guess, Message, Report
from luytre.rooms.incidents.queries import reports, scope
from luytre.rooms.incidents.rules import forms, receipts

MOST_FILES, LARGEST = 5, 20 * 1024 * 1024


@dataclass(frozen=True)
class Received:
    """What the reporter takes along."""

    report: Report
    words: Sequence[str]
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What is told. `token` names the form or mail it came by; `hint`: a body named by a poster."""

    channel: str
    text: str
    token: str
    kind: str = "other"
    where: str = ""
    happened: str = ""
    damage: str = ""
    contact: str = ""
    subject: str = ""
    language: str = "vi"
    hint: str = ""
    code: str = ""
    files: Sequence[Upload | Stored] = ()


def secret() -> bytes:
    return str(settings.SECRET_KEY).encode()


def mark_of(contact: str) -> str:
    """A telephone or mail as a keyed digest: enough to count, nothing to read."""
    plain = forms.contact_plain(contact)
    return hmac.digest(secret(), f"contact:{plain}".encode(), "sha256").hex() if plain else ""


def receive(*, by: By, at: datetime, telling: Telling) -> Received:
    """One report, with its receipt; the same token again gives the first one's, and nothing new."""
    words = receipts.words_for(secret(), telling.token)
    if (held := reports.by_token(telling.token)) is not None:
        return Received(held, words, is_new=False)
    try:
        with transaction.atomic():
            return Received(_write(by, at, telling, words), words, is_new=True)
    except IntegrityError:  # the same form a second time at the very same moment
        held = reports.by_token(telling.token)
        if held is None:
            raise
        return Received(held, words, is_new=False)


def _write(by: By, at: datetime, telling: Telling, words: Sequence[str]) -> Report:
    code = telling.code or receipts.fresh_code()
    desk = queries.desk_body(timezone.localdate(at))
    told = _received(by=by, at=at, telling=telling, code=code, desk=desk)
    assert told.entry is not None
    return Report.objects.create(
        code=code,
        words=receipts.locked(words),
        token=telling.token,
        channel=telling.channel,
        kind=telling.kind,
        happened=telling.happened,
        damage=telling.damage,
        language=telling.language,
        received_at=at,
        entry=told.entry,
        desk=desk,
        hint=telling.hint[:80],
        contact_mark=mark_of(telling.contact),
    )


@journal.act("incident_report.received")
def _received(*, by: By, at: datetime, telling: Telling, code: str, desk: str) -> journal.Told:
    if len(telling.files) > MOST_FILES and telling.channel != Report.Channel.MAIL:
        raise Refusal(_("Gửi tối đa 5 tệp một lần; gửi thêm ở trang theo dõi."), field="files")
    private = {"text": telling.text, "where": telling.where, "contact": telling.contact, "subject": telling.subject}
    detail = {"report": code, "channel": telling.channel, "kind": telling.kind}
    aside = {name: said for name, said in private.items() if said}
    return journal.Told(about=[desk], on=timezone.localdate(at), detail=detail, attachments=telling.files, aside=aside or {"text": "–"})


def add(*, by: By, at: datetime, report: Report, text: str, files: Sequence[Upload | Stored] = ()) -> Message:
    """The reporter adds to the report, or answers a question about it."""
    if not (text or files):
        raise Refusal(_("Viết điều muốn bổ sung hoặc gửi kèm tệp."), field="text")
    if len(files) > MOST_FILES and report.channel != Report.Channel.MAIL:
        raise Refusal(_("Gửi tối đa 5 tệp một lần."), field="files")
    with transaction.atomic():
        told = _added(by=by, at=at, report=report, text=text, files=files)
        assert told.entry is not None
        return Message.objects.create(report=report, entry=told.entry, by_reporter=True, at=at)


@journal.act("incident_report.added")
def _added(*, by: By, at: datetime, report: Report, text: str, files: Sequence[Upload | Stored]) -> journal.Told:
    return journal.Told(
        about=[report.desk],
        on=timezone.localdate(at),
        detail={"report": report.code},
        attachments=files,
        aside={"text": text} if text else None,
    )


def guess(*, code: str, at: datetime) -> int:
    """Note wrong words; returns how many tries are left this hour. Older ones are thrown away."""
    Guess.objects.filter(at__lt=at - timedelta(hours=1)).delete()
    Guess.objects.create(code=code[:9], at=at)
    return max(0, reports.TRIES - Guess.objects.filter(code=code[:9]).count())


def forget_contact(*, by: By, at: datetime, report: Report) -> None:
    """The reporter's telephone or mail is erased from the report at the reporter's own word; the report stays.

    The aside is one piece, so that its digest stays checkable: its text is written anew without the contact as an addition, and the old
    aside is erased.
    """
    text = scope.text_of(report.entry, "text")
    with transaction.atomic():
        add(by=by, at=at, report=report, text=text or "–")
        journal.erase_aside(
            by="console", at=at, entry=report.entry_id, order=_("người báo yêu cầu xóa, mã %(code)s") % {"code": report.code}
        )
        Report.objects.filter(pk=report.pk).update(contact_mark="")
