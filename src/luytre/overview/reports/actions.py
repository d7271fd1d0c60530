"""The verbs of the reports: keep edited words; issue a month's report with its annex, again where figures have changed."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import store
from luytre.journal.acts import By, ref
from luytre.journal.store import Stored
from luytre.overview.reports import annex, ground, papers, queries, wording
from luytre.overview.reports.models import Issue, Words
from luytre.overview.reports.monthly import Monthly
from luytre.overview.reports.papers import Corrections
from luytre.papers import actions as office
from luytre.register.models import Organisation
from luytre.ui import marks

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 6000  # letters a section


def keep_words(*, by: By, at: datetime, period: str, sections: Mapping[str, str]) -> Words:
    """Keep what a person wrote; a section left empty is composed again. No fact: nothing is told before the report goes out."""
    kept = {name: text.strip()[:LONGEST] for name, text in sections.items() if name in wording.SECTIONS and text.strip()}
    for name, text in kept.items():
        if fault := marks.fault_of_text(text):
            raise Refusal(fault, field=name, status=422)
    said = {"sections": kept, "at": at, "by": ref(by)}
    words, _new = Words.objects.update_or_create(kind=queries.MONTHLY, period=period, defaults=said)
    return words


def monthly(first: date, known: datetime, today: date) -> Monthly:
    """The report of a month with what was known at a moment."""
    return Monthly(first, ground.ground(known, today))


def sections_of(report: Monthly, edited: Mapping[str, str]) -> dict[str, list[str]]:
    """Composed sentences, with a person's own in their place where there are some."""
    made = wording.composed(report)
    return {name: _lines(edited[name]) if edited.get(name) else lines for name, lines in made.items()}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def corrections(report: Monthly, replaces: Issue | None) -> list[Corrections]:
    """What an earlier issue of this month, and the report of the month before, said otherwise."""
    found = []
    if replaces:
        old = monthly(report.first, replaces.known, replaces.today)
        found.append(Corrections(str(replaces.paper.number), queries.changes(replaces.figures, old, report)))
    before = report.spans["last"].first
    issued = queries.last_issue(queries.MONTHLY, f"{before:%Y-%m}")
    if issued:
        old = monthly(before, issued.known, issued.today)
        found.append(Corrections(str(issued.paper.number), queries.changes(issued.figures, old, report, {"this": "last"})))
    return found


@transaction.atomic
def issue(*, by: By, at: datetime, first: date, issuer: Organisation, known: datetime | None = None) -> Issue:
    """Count, write, number, freeze: data, PDF, Word and workbook; the journal is told, which is the month's own evidence (D45)."""
    today = timezone.localdate(at)
    report = monthly(first, known or at, today)
    if report.is_running:
        says = _("Tháng %(month)s chưa kết thúc; phát hành từ ngày %(day)s.")
        raise Refusal(says % {"month": f"{first:%m/%Y}", "day": f"{report.spans['this'].until:%d/%m/%Y}"})
    replaces = queries.last_issue(queries.MONTHLY, report.period)
    told = corrections(report, replaces)
    if replaces and not _is_other(told, replaces, report):
        raise Refusal(_("Số liệu và lời văn không đổi so với báo cáo số %(number)s đã phát hành.") % {"number": replaces.paper.number})
    sections = sections_of(report, queries.edited(queries.MONTHLY, report.period))
    made = papers.paper(report, sections, told, issuer, today, str(replaces.paper.number) if replaces else "")
    paper = office.issue(by=by, at=at, organisation=issuer, paper=made, replaces=replaces.paper if replaces else None).result
    book = annex.workbook(report, told, settings.LUYTRE_MARK, at)
    stored = store.put(store.Upload(f"phu-luc-{report.period}.xlsx", XLSX, BytesIO(book)))
    kept = Issue.objects.create(
        kind=queries.MONTHLY,
        period=report.period,
        known=report.known,
        today=today,
        figures=queries.frozen(report),
        paper=paper,
        annex_sha256=hashlib.sha256(book).hexdigest(),
        replaces=replaces,
        at=at,
        by=ref(by),
    )
    _tell(by=by, at=at, issue=kept, files=[_pdf(kept), stored])
    return kept


def _is_other(told: Sequence[Corrections], replaces: Issue, report: Monthly) -> bool:
    words = Words.objects.filter(kind=queries.MONTHLY, period=report.period, at__gt=replaces.at)
    return any(one.changed for one in told[:1]) or words.exists()


def _pdf(kept: Issue) -> Stored:
    number, digest = str(kept.paper.number).replace("/", "-"), kept.paper.pdf_sha256
    return Stored(f"{number}.pdf", "application/pdf", digest, store.size(digest))


@journal.act("monthly_report.issued")
def _tell(*, by: By, at: datetime, issue: Issue, files: Sequence[Stored]) -> journal.Told:
    detail = {"month": issue.period, "number": str(issue.paper.number), "signed_on": issue.paper.issued_on}
    return journal.Told(about=[issue.paper.organisation.ref], on=timezone.localdate(at), detail=detail, attachments=files)


def annex_of(kept: Issue) -> bytes:
    """The frozen workbook of an issue."""
    return store.read(kept.annex_sha256)
