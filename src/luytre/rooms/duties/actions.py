"""The verbs of the duties room: filing what was done outside, looking at it, waivers, delegations. Each ends as entries in the journal."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.journal.bulk import Row
from luytre.journal.models import Entry
from luytre.journal.store import Stored
from luytre.register.models import Person
from luytre.rooms.duties import projection, queries, rules


def file(*, by: By, at: datetime, items: Sequence[rules.Item], on: date, attachments: Sequence[Stored] = (), note: str = "") -> list[Entry]:
    """File what a body did outside the system: one entry a verb and detail, all with the same papers, in one transaction."""
    if not items:
        raise Refusal(_("Chọn ít nhất một nhiệm vụ mà văn bản này chứng minh."), field="proofs")
    rows = [
        Row(
            verb=item.verb,
            by=ref(by),
            at=at,
            about=item.about,
            on=on,
            detail=item.detail,
            filed=True,
            attachments=list(attachments),
            aside={"note": note} if note else None,
        )
        for item in items
    ]
    return _record(rows)


def accept(*, by: By, at: datetime, entries: Sequence[int]) -> list[Entry]:
    """The coordinator has looked at evidence and accepts it; what is accepted already stays as it is."""
    done = queries.accepted(entries)
    rows = [
        Row(verb="evidence.accepted", by=ref(by), at=at, about=_about(entry), on=timezone.localdate(at), detail={"entry": entry.pk})
        for entry in _reviewable(by, entries)
        if entry.pk not in done
    ]
    return _record(rows)


def reject(*, by: By, at: datetime, entries: Sequence[int], reason: str) -> list[Entry]:
    """The coordinator does not accept evidence: it counts no more from now on, and the body reads why."""
    rows = [journal.retraction(by=by, at=at, entry=entry.pk, reason=reason, verb="evidence.rejected") for entry in _reviewable(by, entries)]
    return _record(rows)


def review(*, by: By, at: datetime, entries: Sequence[int], verdict: str, reason: str = "") -> list[Entry]:
    """Several pieces of evidence accepted, or turned back for one reason: all of them or none."""
    if verdict == "reject":
        return reject(by=by, at=at, entries=entries, reason=reason)
    return accept(by=by, at=at, entries=entries)


def retract(*, by: By, at: datetime, entry: int, reason: str) -> Entry:
    """Take one's own evidence back; what was known before stays readable."""
    (held,) = _untaken([entry])
    if not held.filed:
        raise Refusal(_("Chỉ rút lại được minh chứng đã nộp. Việc ghi nhận trong hệ thống thì sửa ở nơi ghi nhận."))
    return _record([journal.retraction(by=by, at=at, entry=entry, reason=reason)])[0]


def waive(
    *,
    by: By,
    at: datetime,
    duty: str,
    about: str,
    number: str,
    signed_on: date,
    until_on: date,
    window: date | None = None,
    reason: str = "",
    request: int | None = None,
) -> Entry:
    """Free a body or system from a duty until a day, by a decision; `request`: the entry that asked for it."""
    detail = {"duty": duty, "number": number, "signed_on": signed_on, "until_on": until_on, "window": window, "request": request}
    aside = {"reason": reason} if reason else None
    return _record([Row(verb="waiver.granted", by=ref(by), at=at, about=[about], on=signed_on, detail=detail, aside=aside)])[0]


def ask_waiver(
    *, by: By, at: datetime, duty: str, about: str, until_on: date, reason: str, number: str = "", signed_on: date | None = None
) -> Entry:
    """A body asks to be excused; the duty stands until someone decides."""
    detail = {"duty": duty, "until_on": until_on, "number": number or None, "signed_on": signed_on if number else None}
    row = Row(verb="waiver.requested", by=ref(by), at=at, about=[about], on=timezone.localdate(at), detail=detail, aside={"reason": reason})
    return _record([row])[0]


def refuse_waiver(*, by: By, at: datetime, asked: queries.WaiverAsked, reason: str) -> Entry:
    """The request is turned down, with the reason; what was decided already stays."""
    if not asked.is_waiting:
        raise Refusal(_("Đề nghị này đã được trả lời."))
    detail = {"duty": asked.duty, "request": asked.entry}
    row = Row(
        verb="waiver.refused", by=ref(by), at=at, about=[asked.about], on=timezone.localdate(at), detail=detail, aside={"reason": reason}
    )
    return _record([row])[0]


def check_decision(opening: queries.Opening, value: str, from_on: date | None) -> None:
    """A Refusal where the value is none of its kind, or the day lies before the text itself."""
    rules.check_decision(opening.instrument, opening.param, opening.reading, value, from_on)


def decide(
    *, by: By, at: datetime, about: str, opening: queries.Opening, value: str, number: str, signed_on: date, from_on: date | None
) -> Entry:
    """Record what was decided about a number or reading the law leaves open; from now on duties are judged by it.

    `about`: the body that decided. A number binds from a day, a reading binds as the law itself does.
    """
    paper = {"instrument": opening.instrument.id, "number": number, "signed_on": signed_on}
    if opening.is_reading:
        verb, detail = "reading.decided", {**paper, "reading": opening.name, "option": value}
    else:
        verb, detail = "parameter.decided", {**paper, "parameter": opening.name, "value": value, "from_on": from_on}
    check_decision(opening, value, from_on)
    return _record([Row(verb=verb, by=ref(by), at=at, about=[about], on=min(signed_on, timezone.localdate(at)), detail=detail)])[0]


def delegate(*, by: By, at: datetime, unit: str, to: str, number: str, on: date, until_on: date | None = None, scope: str = "all") -> Entry:
    """A body lets another file for it, in writing: all of it, or what the scope names."""
    detail = {"to": to, "number": number, "signed_on": on, "until_on": until_on, "scope": scope}
    return _record([Row(verb="delegation.granted", by=ref(by), at=at, about=[unit], on=on, detail=detail)])[0]


def end_delegation(*, by: By, at: datetime, unit: str, to: str, number: str, on: date) -> Entry:
    """The body ends a delegation, in writing."""
    detail = {"to": to, "number": number, "signed_on": on}
    return _record([Row(verb="delegation.ended", by=ref(by), at=at, about=[unit], on=on, detail=detail)])[0]


def _record(rows: Sequence[Row]) -> list[Entry]:
    """Write the entries and, once they are there for good, bring the board up to date."""
    with transaction.atomic():
        _one_after_another(rows)
        said = [queries.said_just_now(row) for row in rows]
        if said and all(said):
            return [entry for entry in said if entry]
        entries = journal.record_many(rows)
    if rows:
        today = timezone.localdate(rows[0].at)
        transaction.on_commit(lambda: projection.follow(on=today))
    return entries


def _one_after_another(rows: Sequence[Row]) -> None:
    """Two clicks of one person wait for each other (PostgreSQL; SQLite has one writer anyway), so that the second sees the first."""
    for by in {row.by for row in rows}:
        Person.objects.filter(code=by.removeprefix("person:")).update(code=F("code"))


def _untaken(numbers: Sequence[int]) -> list[Entry]:
    """Entries that still stand; a Refusal names the first that does not."""
    found = {entry.pk: entry for entry in Entry.objects.filter(pk__in=numbers).prefetch_related("mentions", "retractions")}
    for number in numbers:
        if number not in found:
            raise Refusal(_("Không có ghi nhận số %(entry)s.") % {"entry": number}, status=404)
        for taken in found[number].retractions.all():
            raise Refusal(_taken_says(taken.verb))
    return [found[number] for number in numbers]


def _reviewable(by: By, numbers: Sequence[int]) -> list[Entry]:
    """Filed evidence that still stands and that somebody else filed: nobody judges the own, and what was decided here is not evidence."""
    held = _untaken(numbers)
    for entry in held:
        if not entry.filed:
            raise Refusal(_("Chỉ xem xét được minh chứng đã nộp. Việc ghi nhận trong hệ thống thì sửa ở nơi ghi nhận."))
        if entry.by == ref(by):
            raise Refusal(_("Người nộp không tự xem xét minh chứng của mình. Đề nghị một cán bộ khác của cơ quan đầu mối xem."), status=403)
    return held


def _taken_says(verb: str) -> str:
    if verb == "evidence.rejected":
        return _("Minh chứng này đã có người xem và không chấp nhận. Nộp minh chứng mới nếu cần.")
    return _("Minh chứng này đã được rút lại. Nộp minh chứng mới nếu cần.")


def _about(entry: Entry) -> list[str]:
    return [mention.thing for mention in entry.mentions.all()]
