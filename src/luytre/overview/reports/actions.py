"""The verbs of the reports: keep edited words; issue a month's report with its annex, again where figures have changed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import store
from luytre.journal.acts import By, ref
from luytre.journal.store import Stored
from luytre.overview.reports import annex, ground, papers, queries, wording, yearly_papers
from luytre.overview.reports.figures import Value
from luytre.overview.reports.models import Issue, Words
from luytre.overview.reports.monthly import Monthly
from luytre.overview.reports.papers import Corrections
from luytre.overview.reports.yearly import Sum, Year, consolidated
from luytre.papers import actions as office
from luytre.papers.models import IssuedPaper
from luytre.register.models import Organisation
from luytre.rooms.submissions import queries as submissions
from luytre.rooms.submissions.rules import ACCEPTED, SENT
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


# -- the year: what the bodies sent, added up --

SYNTHESES = {"annual_reports": "annual", "plans": "plan"}  # of → the kind of report it sums up


@dataclass(frozen=True)
class Summed:
    """What has come and what it adds up to; `paper`: as it would go out."""

    year: Year
    sums: Sequence[Sum]
    come: Sequence[str]
    missing: Sequence[str]

    @property
    def rows(self) -> list[tuple[Sum, Value]]:
        return [(one, self.year.whole[one.figure]) for one in self.sums]


def summed(year: Year, of: str, *, seen_by: object) -> Summed:
    """The figures of reports sent (or accepted) added up; bodies that filed on paper have come, without figures."""
    kind = SYNTHESES[of]
    ways = submissions.ways(kind, year.number, seen_by=seen_by, on=year.ground.today)
    sent = [report for report in submissions.of_year(kind, year.number) if report.state in (SENT, ACCEPTED)]
    sums = consolidated(report.figures for report in sent) if kind == "annual" else []
    return Summed(year, sums, [way.name for way in ways if way.has_come], [way.name for way in ways if not way.has_come])


@transaction.atomic
def issue_synthesis(*, by: By, at: datetime, year: Year, of: str, issuer: Organisation) -> IssuedPaper:
    """Number and freeze the sum; its issue is the evidence of the coordinator's own duty (D44, D46)."""
    told, today = summed(year, of, seen_by=by), timezone.localdate(at)
    made = yearly_papers.synthesis(year, told.sums, told.come, told.missing, issuer, of)
    before = issued_synthesis(of, year.number)
    dated = msgspec.structs.replace(made, issued_on=today)
    issued: IssuedPaper = office.issue(by=by, at=at, organisation=issuer, paper=dated, replaces=before).result
    number = str(issued.number)
    file = Stored(f"{number.replace('/', '-')}.pdf", "application/pdf", issued.pdf_sha256, store.size(issued.pdf_sha256))
    detail = {"of": of, "year": year.number, "number": number, "signed_on": today}
    journal.record(by=by, at=at, verb="synthesis.issued", about=[issuer.ref], on=today, detail=detail, attachments=[file])
    return issued


def issued_synthesis(of: str, year: int) -> IssuedPaper | None:
    """The sum of a year that stands now."""
    title = yearly_papers.synthesis_title(of, year)
    return IssuedPaper.objects.filter(title=title, replaced_by=None).select_related("number").order_by("pk").last()


def annex_of(kept: Issue) -> bytes:
    """The frozen workbook of an issue."""
    return store.read(kept.annex_sha256)
