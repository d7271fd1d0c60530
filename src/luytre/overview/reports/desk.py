"""Windows of the reports: the list of months, one month with its figures, the rows of a figure, edited words, issuing, files."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.paper.pdf import pdf
from luytre.core.paper.word import docx
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.overview.asked import Asked, asked
from luytre.overview.reader import Reader, reader
from luytre.overview.reports import actions, annex, figures, queries, spans, wording
from luytre.overview.reports import pages as shown
from luytre.overview.reports import papers as setting
from luytre.overview.reports.monthly import Monthly
from luytre.overview.reports.sources import monthly
from luytre.papers import queries as office
from luytre.register import access
from luytre.register import queries as register
from luytre.register.models import Organisation
from luytre.register.reads import read, reads

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
KINDS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "xlsx": actions.XLSX}


def leading(request: HttpRequest) -> Reader:
    """The reader, where the reports of the province are theirs; for anyone else they do not exist."""
    who = reader(request)
    if not who.leads:
        raise Http404
    return who


def may_write(who: Reader) -> bool:
    return who.person is not None and access.has_verb(who.person, "monthly_report.issued", clock.today())


def reads_rows(who: Reader) -> bool:
    """Whether incidents and weaknesses one by one are this reader's to see."""
    return who.person is not None and access.reading_refs(who.person, "incident.read", clock.today()) is None


@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """Every month with its report."""
    leading(request)
    context = {
        "months": shown.months(clock.today()),
        "year": clock.today().year,
        "halves": shown.halves(clock.today()),
        "active": "reports",
    }
    return render(request, "reports/months.html", context)


def _report(request: HttpRequest, period: str) -> tuple[Monthly, Asked]:
    said = asked(request)
    return monthly(_month(period), said.known, clock.today()), said


def _month(period: str) -> date:
    first = spans.month_of(period)
    if first is None or not spans.FIRST <= first <= clock.today():
        raise Http404
    return first


@require_GET
def month(request: HttpRequest, period: str) -> HttpResponse:
    """One month: tables whose numbers open their rows, charts, the commentary, what changed since it went out."""
    who = leading(request)
    report, said = _report(request, period)
    issue = queries.last_issue(queries.MONTHLY, period)
    edited = queries.edited(queries.MONTHLY, period)
    sections = shown.sections(report, edited, said.tail)
    told = [] if said.known else actions.corrections(report, issue)
    context = {
        "report": report,
        "sections": sections,
        "issue": issue,
        "corrections": told,
        "may_write": may_write(who),
        "active": "reports",
    }
    return render(request, "reports/month.html", {**context, "reads_rows": reads_rows(who), **said.shown})


@require_GET
@reads("export.taken")
def rows(request: HttpRequest, period: str, name: str, span: str) -> HttpResponse:
    """Exactly the rows a number counts."""
    who = leading(request)
    report, said = _report(request, period)
    figure = figures.figure(name)
    if figure is None or span not in report.spans:
        raise Http404
    if figure.guarded and not reads_rows(who):
        raise Refusal(_("Danh sách từng sự cố, điểm yếu chỉ mở cho người được đọc sự cố toàn tỉnh."), status=403)
    value = report.value(name, span)
    page = shown.rows_page(value, report, request.GET.get("page"), who, said.tail)
    read(request, who.bodies, what="list", rows=value.count)
    return render(request, "reports/rows.html", {"report": report, "value": value, "page": page, "active": "reports", **said.shown})


@get_or_post
def words(request: HttpRequest, period: str) -> HttpResponse:
    """Edit the commentary; an empty field goes back to the composed sentences."""
    who = _writing(request)
    report, _said = _report(request, period)
    if request.method == "POST":
        actions.keep_words(by=who.person, at=clock.now(), period=period, sections=_posted(request.POST))  # type: ignore[arg-type]
        messages.success(request, _("Đã lưu lời văn của báo cáo."))
        return redirect("reports:month", period)
    made = actions.sections_of(report, queries.edited(queries.MONTHLY, period))
    fields = [(name, setting.TITLES[name].capitalize(), "\n".join(lines)) for name, lines in made.items()]
    return render(request, "reports/words.html", {"report": report, "fields": fields, "active": "reports"})


def _posted(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(said.get(name, "")) for name in wording.SECTIONS}


@require_POST
def issue(request: HttpRequest, period: str) -> HttpResponse:
    """Number and freeze the report of a month."""
    who = _writing(request)
    kept = actions.issue(by=who.person, at=clock.now(), first=_month(period), issuer=issuer(who))  # type: ignore[arg-type]
    messages.success(request, _("Đã phát hành báo cáo số %(number)s.") % {"number": kept.paper.number})
    return redirect("reports:month", period)


def _writing(request: HttpRequest) -> Reader:
    who = leading(request)
    if not may_write(who):
        raise Refusal(_("Chỉ cơ quan đầu mối lập và phát hành báo cáo tháng."), status=403)
    return who


def issuer(who: Reader) -> Organisation:
    """The body that reports: that of the reader's post, else whichever coordinates."""
    found = register.organisation(who.posts[0].organisation.code)
    assert found is not None
    return found


@require_GET
@reads("export.taken")
def file(request: HttpRequest, period: str, kind: str) -> HttpResponse:
    """A file of the issue that stands (frozen bytes), or with ?draft=1 as it would go out now."""
    who = leading(request)
    if kind not in KINDS:
        raise Http404
    if kind == "xlsx" and not reads_rows(who):
        raise Refusal(_("Phụ lục có danh sách từng sự cố, chỉ mở cho người được đọc sự cố toàn tỉnh."), status=403)
    held = None if request.GET.get("draft") else queries.last_issue(queries.MONTHLY, period)
    content = _frozen(held, kind) if held else _drafted(request, who, period, kind)
    read(request, who.bodies, what="paper", sha256=hashlib.sha256(content).hexdigest())
    named = str(held.paper.number).replace("/", "-") if held else f"du-thao-{period}"
    return HttpResponse(content, content_type=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{named}.{kind}"'})


def _frozen(held: Any, kind: str) -> bytes:
    return actions.annex_of(held) if kind == "xlsx" else office.file_of(held.paper, kind)


def _drafted(request: HttpRequest, who: Reader, period: str, kind: str) -> bytes:
    report, _said = _report(request, period)
    told = actions.corrections(report, queries.last_issue(queries.MONTHLY, period))
    if kind == "xlsx":
        return annex.workbook(report, told, settings.LUYTRE_MARK, clock.now())
    made = setting.paper(report, actions.sections_of(report, queries.edited(queries.MONTHLY, period)), told, issuer(who), None)
    return pdf(made) if kind == "pdf" else docx(made)
