"""The case: recorded, assessed, noted, restored, explained, merged, closed; each step an entry, the rest read back from the journal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By
from luytre.journal.models import Entry
from luytre.journal.store import Stored
from luytre.papers import actions as office
from luytre.register.queries import organisation
from luytre.rooms.incidents import projection
from luytre.rooms.incidents.actions import desk
from luytre.rooms.incidents.actions.observing import observe
from luytre.rooms.incidents.actions.tasks import open_playbook
from luytre.rooms.incidents.models import Incident, Observable, Report, Told
from luytre.rooms.incidents.queries import scope
from luytre.rooms.incidents.rules import severity

BOOK = "incident"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What an officer says of an incident: every field is typed once and read everywhere after."""

    body: str
    detected_at: datetime
    title: str
    text: str
    type: str
    what: str = "incident"
    system: str = ""
    answers: Collection[str] = ()
    severity: str = ""  # chosen against what was computed
    reason: str = ""  # why


def detect(*, by: By, at: datetime, finding: Finding, reports: Sequence[Report] = (), attachments: Sequence[Stored] = ()) -> Incident:
    """Open a case: its number, its facts, its severity with reasons, its clocks; the reports it comes from are attached."""
    if finding.detected_at > at:
        raise Refusal(_("Lúc phát hiện còn ở phía trước. Kiểm tra lại ngày giờ."), field="detected_at")
    with transaction.atomic():
        code = _number(finding, at)
        found = _computed(finding)
        first = _detected(by=by, at=at, finding=finding, code=code, found=found, attachments=attachments)
        second = _assessed(by=by, at=at, refs=_refs(finding), code=code, finding=finding, found=found)
        projection.take(_entries(first, second))
        incident = Incident.objects.get(code=code)
        observe(incident=incident, text=f"{finding.title}\n{finding.text}", at=at)
        for report in reports:
            desk.attach(by=by, at=at, report=report, body=finding.body, incident=incident)
            observe(incident=incident, text=f"{scope.text_of(report.entry, 'where')}\n{scope.text_of(report.entry, 'text')}", at=at)
        open_playbook(by=by, at=at, incident=incident)
    return incident


def _number(finding: Finding, at: datetime) -> str:
    """The next number of the province's book of incidents of the year."""
    year = timezone.localdate(at).year
    issuer = organisation(scope.desk_body(timezone.localdate(at)).removeprefix("org:"))
    assert issuer is not None
    while True:
        code = f"SC-{year}-{office.next_value(issuer, BOOK, year):04}"
        if not Incident.objects.filter(code=code).exists():
            return code


def _refs(finding: Finding) -> list[str]:
    return [ref for ref in (finding.body, finding.system) if ref]


def _computed(finding: Finding) -> severity.Severity:
    on = timezone.localdate(finding.detected_at)
    level = scope.level_of(finding.system, on) if finding.system else None
    return severity.compute(finding.answers, level, on, finding.what)


@journal.act("incident.detected")
def _detected(
    *, by: By, at: datetime, finding: Finding, code: str, found: severity.Severity, attachments: Sequence[Stored] = ()
) -> journal.Told:
    detail = {
        "incident": code,
        "type": finding.type or None,
        "serious": found.serious,
        "grave": found.grave,
        "beyond_ability": "beyond_ability" in finding.answers,
        "personal_data": "personal_data" in finding.answers,
    }
    return journal.Told(
        about=_refs(finding),
        on=timezone.localdate(finding.detected_at),
        moment=finding.detected_at,
        detail=detail,
        attachments=attachments,
        aside={"title": finding.title, "text": finding.text},
    )


@journal.act("incident.assessed")
def _assessed(*, by: By, at: datetime, refs: Sequence[str], code: str, finding: Finding, found: severity.Severity) -> journal.Told:
    chosen = finding.severity or found.severity
    if chosen != found.severity and not finding.reason:
        raise Refusal(_("Ghi lý do chọn mức độ khác với mức hệ thống tính."), field="reason")
    detail = {
        "incident": code,
        "type": finding.type or None,
        "what": finding.what,
        "severity": chosen,
        "computed": found.severity,
        "serious": found.serious,
        "grave": found.grave,
        "personal_data": "personal_data" in finding.answers,
        "answers": " ".join(sorted(finding.answers)) or None,
    }
    aside = {name: said for name, said in (("title", finding.title), ("reason", finding.reason)) if said}
    return journal.Told(about=refs, on=timezone.localdate(at), moment=at, detail=detail, aside=aside or None)


def _entries(*told: journal.Told) -> list[Entry]:
    return [one.entry for one in told if one.entry is not None]


def assess(*, by: By, at: datetime, incident: Incident, finding: Finding) -> Incident:
    """Look at it anew: other answers, another type, upgraded to serious. Where the law's clocks change with it, the detection is told
    again with what is known now, at its own moment; the clocks are those of the last telling."""
    still_open(incident)
    found = _computed(finding)
    changed = (found.serious, found.grave, "personal_data" in finding.answers) != (incident.serious, incident.grave, incident.personal_data)
    with transaction.atomic():
        told = [_assessed(by=by, at=at, refs=incident.refs, code=incident.code, finding=finding, found=found)]
        if changed:
            told.append(_detected(by=by, at=at, finding=finding, code=incident.code, found=found))
        projection.take(_entries(*told))
        open_playbook(by=by, at=at, incident=_again(incident))
    return _again(incident)


def _again(incident: Incident) -> Incident:
    return Incident.objects.get(code=incident.code)


def still_open(incident: Incident) -> None:
    if incident.is_closed:
        raise Refusal(_("Sự cố này đã khép lại."))
    if incident.merged_into:
        raise Refusal(_("Sự cố này đã gộp vào %(code)s; ghi tiếp ở đó.") % {"code": incident.merged_into})


def note(*, by: By, at: datetime, incident: Incident, text: str, files: Sequence[Stored] = (), replaces: int | None = None) -> Incident:
    """Something to remember of the case; a later wording names the note it replaces, and the earlier stays readable."""
    if not (text or files):
        raise Refusal(_("Viết nội dung ghi chú hoặc gửi kèm tệp."), field="text")
    if replaces is not None:
        _replaceable(incident, replaces)
    with transaction.atomic():
        told = _noted(by=by, at=at, incident=incident, text=text, files=files, replaces=replaces)
        projection.take(_entries(told))
        observe(incident=incident, text=text, at=at)
    return incident


def _replaceable(incident: Incident, number: int) -> None:
    """A note of this case, in its last wording."""
    own = Entry.objects.filter(pk=number, verb="incident.noted", pk__in=Told.objects.filter(incident=incident).values("entry"))
    if not own.exists():
        raise Refusal(_("Không có ghi chú này."), status=404)
    newer = Told.objects.filter(incident=incident, entry__verb="incident.noted", entry__detail__replaces=number)
    if newer.exists():
        raise Refusal(_("Ghi chú này đã được viết lại; tải lại trang để sửa bản mới nhất."))


@journal.act("incident.noted")
def _noted(*, by: By, at: datetime, incident: Incident, text: str, files: Sequence[Stored], replaces: int | None) -> journal.Told:
    detail = {"incident": incident.code, "replaces": replaces}
    aside = {"text": text} if text else None
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail, attachments=files, aside=aside)


def restore(*, by: By, at: datetime, incident: Incident, restored_at: datetime, text: str = "") -> Incident:
    """Service runs again; the response has ended. The clock of the final report starts."""
    still_open(incident)
    if incident.restored_at is not None:
        raise Refusal(_("Đã ghi nhận khôi phục rồi."))
    if not incident.detected_at <= restored_at <= at:
        raise Refusal(_("Lúc khôi phục phải sau lúc phát hiện và không ở phía trước."), field="restored_at")
    with transaction.atomic():
        told = _restored(by=by, at=at, incident=incident, restored_at=restored_at, text=text)
        projection.take(_entries(told))
    return _again(incident)


@journal.act("incident.restored")
def _restored(*, by: By, at: datetime, incident: Incident, restored_at: datetime, text: str) -> journal.Told:
    detail = {"incident": incident.code}
    aside = {"note": text} if text else None
    return journal.Told(about=incident.refs, on=timezone.localdate(restored_at), moment=restored_at, detail=detail, aside=aside)


def explain(
    *, by: By, at: datetime, incident: Incident, cause: str, scope_: str, remedy: str, lesson: str = "", cost: int | None = None
) -> Incident:
    """Root cause, scope of effect, remedy, lesson: written once, read by the 72-hour report and the final one."""
    still_open(incident)
    if not cause:
        raise Refusal(_("Ghi nguyên nhân gốc."), field="cause")
    said = {"cause": cause, "scope": scope_, "remedy": remedy, "lesson": lesson}
    with transaction.atomic():
        told = _explained(by=by, at=at, incident=incident, said=said, cost=cost)
        projection.take(_entries(told))
    return _again(incident)


@journal.act("incident.explained")
def _explained(*, by: By, at: datetime, incident: Incident, said: dict[str, str], cost: int | None) -> journal.Told:
    detail = {"incident": incident.code, "cost": cost}
    aside = {name: words for name, words in said.items() if words}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail, aside=aside)


def close(*, by: By, at: datetime, incident: Incident, number: str = "", attachments: Sequence[Stored] = ()) -> Incident:
    """The last word: only once restored and explained, and with the final report where the law asks for one."""
    for missing in still_missing(incident, number):
        raise Refusal(missing)
    with transaction.atomic():
        told = _closed(by=by, at=at, incident=incident, number=number, attachments=attachments)
        projection.take(_entries(told))
        desk.end_with(incident.code, at)
    return _again(incident)


def still_missing(incident: Incident, number: str = "") -> list[str]:
    """What keeps a case from being closed, in words."""
    found = []
    if incident.is_closed:
        found.append(_("Sự cố này đã khép lại."))
    if incident.what == "incident" and incident.restored_at is None:
        found.append(_("Chưa ghi nhận khôi phục."))
    if incident.explained_at is None:
        found.append(_("Chưa ghi nguyên nhân gốc."))
    if not number and incident.clocks.filter(duty="D31").exists():
        found.append(_("Chưa phát hành báo cáo kết thúc (Mẫu số 04)."))
    return found


@journal.act("incident.closed")
def _closed(*, by: By, at: datetime, incident: Incident, number: str, attachments: Sequence[Stored]) -> journal.Told:
    today = timezone.localdate(at)
    detail = {"incident": incident.code, "number": number or None, "signed_on": today if number else None}
    return journal.Told(about=incident.refs, on=today, moment=at, detail=detail, attachments=attachments)


def merge(*, by: By, at: datetime, incident: Incident, into: Incident) -> Incident:
    """The same incident recorded twice: its reports and traces go to the one that stays."""
    still_open(incident)
    if incident.pk == into.pk or into.merged_into:
        raise Refusal(_("Chọn một sự cố khác, chưa bị gộp, để gộp vào."), field="into")
    with transaction.atomic():
        told = _merged(by=by, at=at, incident=incident, into=into)
        projection.take(_entries(told))
        Report.objects.filter(incident=incident.code).update(incident=into.code, body=into.body)
        for seen in Observable.objects.filter(incident=incident.code):
            given = {"known_good": seen.known_good, "first_at": seen.first_at}
            Observable.objects.get_or_create(incident=into.code, kind=seen.kind, value=seen.value, defaults=given)
    return _again(into)


@journal.act("incident.merged")
def _merged(*, by: By, at: datetime, incident: Incident, into: Incident) -> journal.Told:
    detail = {"incident": incident.code, "into": into.code}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail)
