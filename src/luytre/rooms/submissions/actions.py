"""The verbs of the submissions room: reports drafted, presented, signed and sent, accepted, returned; ad hoc requests; cooperation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.paper.model import Paper
from luytre.core.paper.reading import read, write
from luytre.core.refusal import Refusal
from luytre.journal import store
from luytre.journal.acts import By, ref
from luytre.journal.store import Stored
from luytre.papers import actions as office
from luytre.papers.models import IssuedPaper
from luytre.register.models import Organisation
from luytre.rooms.submissions import rules
from luytre.rooms.submissions.models import Report, Step

BOOK, RECEIPTS = "report-request", "receipt"


@journal.act("report.requested")
def ask(
    *, by: By, at: datetime, issuer: Organisation, bodies: Sequence[str], text: str, due_on: date, number: str, signed_on: date
) -> journal.Told:
    """Ask for a report by a day; each body owes it from now on (D37) and answers with the number of the request."""
    today = timezone.localdate(at)
    if due_on < signed_on:
        raise Refusal(_("Hạn báo cáo đứng trước ngày ký văn bản yêu cầu."), field="due_on")
    request = f"YC-{today.year}-{office.next_value(issuer, BOOK, today.year):03}"
    detail = {"request": request, "due_on": due_on, "number": number, "signed_on": signed_on}
    return journal.Told(about=bodies, on=min(signed_on, today), detail=detail, aside={"text": text}, result=request)


@journal.act("cooperation.recorded")
def record(*, by: By, at: datetime, bodies: Sequence[str], on: date, number: str = "", note: str = "") -> journal.Told:
    """Write down that bodies worked with the coordinator on a day: proof of their duty to do so."""
    detail = {"number": number or None, "signed_on": on if number else None}
    return journal.Told(about=bodies, on=on, detail=detail, aside={"note": note} if note else None)


# -- reports of bodies, on their way --


def _of(report: Report) -> dict[str, Any]:
    return {"kind": report.kind, "year": report.year}


@journal.act("submission.drafted")
def draft(
    *,
    by: By,
    at: datetime,
    kind: str,
    body: str,
    year: int,
    paper: Paper,
    figures: Mapping[str, Any],
    words: Mapping[str, str],
    known: datetime,
) -> journal.Told:
    """Keep a report as it stands: the data of its paper, the figures, what a person wrote."""
    held = Report.objects.filter(kind=kind, body=body, year=year).first()
    if held is not None and held.state not in rules.EDITED:
        raise Refusal(_("Báo cáo đang ở bước “%(state)s”, chưa sửa được.") % {"state": rules.STATES[held.state]["vi"]})
    said = {"paper": write(paper).decode(), "figures": dict(figures), "words": dict(words), "known": known, "at": at, "by": ref(by)}
    report, _new = Report.objects.update_or_create(kind=kind, body=body, year=year, defaults=said)
    if report.last is not None:
        Step.objects.create(report=report, name=rules.DRAFT, at=at, by=ref(by))
    return journal.Told(about=[body], on=timezone.localdate(at), detail=_of(report), aside=dict(words) or None, result=report)


@journal.act("submission.presented")
def present(*, by: By, at: datetime, report: Report) -> journal.Told:
    """Lay a draft before the head."""
    _must(report, {rules.DRAFT, rules.HANDED_BACK})
    Step.objects.create(report=report, name=rules.PRESENTED, at=at, by=ref(by))
    return journal.Told(about=[report.body], on=timezone.localdate(at), detail=_of(report))


@journal.act("submission.handed_back")
def hand_back(*, by: By, at: datetime, report: Report, points: str) -> journal.Told:
    """The head gives it back to its writer with what to mend."""
    _must(report, {rules.PRESENTED})
    if not points.strip():
        raise Refusal(_("Ghi điểm cần sửa, để người soạn biết."), field="points")
    said: Any = {"points": points}
    Step.objects.create(report=report, name=rules.HANDED_BACK, at=at, by=ref(by), words=said)
    return journal.Told(about=[report.body], on=timezone.localdate(at), detail=_of(report), aside={"points": points})


@transaction.atomic
def sign(*, by: By, at: datetime, report: Report, issuer: Organisation, coordinator: Organisation) -> Step:
    """The head signs: the paper is numbered and frozen, the sending is written as evidence, a receipt is given. All or nothing."""
    _must(report, rules.SIGNED_FROM)
    today = timezone.localdate(at)
    paper = msgspec.structs.replace(read(report.paper.encode()), issued_on=today, number=None)
    last = report.steps.filter(name=rules.SENT).order_by("pk").last()
    issued = office.issue(by=by, at=at, organisation=issuer, paper=paper, replaces=last.paper if last else None).result
    receipt = f"BN-{today.year}-{office.next_value(coordinator, RECEIPTS, today.year):05}"
    told = _sign(by=by, at=at, report=report, issued=issued, receipt=receipt)
    file = Stored(f"{str(issued.number).replace('/', '-')}.pdf", office.PDF, issued.pdf_sha256, store.size(issued.pdf_sha256))
    year = {} if report.kind == "plan" else {"year": report.year}
    detail = {"number": str(issued.number), "signed_on": today, **year}
    verb = rules.KINDS[report.kind][0]
    entry = journal.record(by=by, at=at, verb=verb, about=[report.body], on=today, detail=detail, attachments=[file])
    step: Step = told.result
    step.entry = entry.pk
    step.save(update_fields=["entry"])
    return step


@journal.act("submission.signed")
def _sign(*, by: By, at: datetime, report: Report, issued: IssuedPaper, receipt: str) -> journal.Told:
    step = Step.objects.create(report=report, name=rules.SENT, at=at, by=ref(by), paper=issued, receipt=receipt)
    detail = {**_of(report), "receipt": receipt, "number": str(issued.number)}
    return journal.Told(about=[report.body], on=timezone.localdate(at), detail=detail, result=step)


@journal.act("submission.accepted")
def accept(*, by: By, at: datetime, report: Report) -> journal.Told:
    """The coordinator takes it as it is."""
    _must(report, {rules.SENT})
    receipt = _receipt(report, by)
    Step.objects.create(report=report, name=rules.ACCEPTED, at=at, by=ref(by), receipt=receipt)
    return journal.Told(about=[report.body], on=timezone.localdate(at), detail={**_of(report), "receipt": receipt})


@transaction.atomic
def return_(*, by: By, at: datetime, report: Report, points: str) -> Step:
    """Send it back with points to mend; until it comes again the duty is not done: the sending no longer counts as evidence."""
    _must(report, {rules.SENT})
    if not points.strip():
        raise Refusal(_("Ghi điểm cần sửa, để đơn vị biết phải làm gì."), field="points")
    sent = report.last
    assert sent is not None
    told = _return(by=by, at=at, report=report, points=points.strip())
    if sent.entry:
        journal.retract(by=by, at=at, entry=sent.entry, reason=points.strip(), verb="evidence.rejected")
    step: Step = told.result
    return step


@journal.act("submission.returned")
def _return(*, by: By, at: datetime, report: Report, points: str) -> journal.Told:
    receipt = _receipt(report, by)
    said: Any = {"points": points}
    step = Step.objects.create(report=report, name=rules.RETURNED, at=at, by=ref(by), words=said, receipt=receipt)
    detail = {**_of(report), "receipt": receipt}
    return journal.Told(about=[report.body], on=timezone.localdate(at), detail=detail, aside={"points": points}, result=step)


@transaction.atomic
def decide_many(*, by: By, at: datetime, reports: Sequence[Report], points: str = "") -> int:
    """Accept, or with points return, many at once; one that cannot be decided stops all."""
    for report in reports:
        if points:
            return_(by=by, at=at, report=report, points=points)
        else:
            accept(by=by, at=at, report=report)
    return len(reports)


def _must(report: Report, states: set[str] | frozenset[str]) -> None:
    if report.state not in states:
        raise Refusal(_("Báo cáo đang ở bước “%(state)s”, không làm được việc này.") % {"state": rules.STATES[report.state]["vi"]})


def _receipt(report: Report, by: By) -> str:
    last = report.last
    assert last is not None
    if last.by == ref(by):
        raise Refusal(_("Người gửi không tự xem xét báo cáo của mình."), status=403)
    return last.receipt
