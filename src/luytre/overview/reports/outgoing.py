"""Windows of what goes to others: Form 05, OSCAL results of a body on a day, public figures."""

import hashlib
import json
import re
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from luytre.core.paper.pdf import pdf
from luytre.core.paper.word import docx
from luytre.journal import clock
from luytre.overview.asked import asked, end_of
from luytre.overview.reader import reader
from luytre.overview.reports import desk, exchange, form05, sources, spans
from luytre.overview.reports.spans import Span
from luytre.register import queries as register
from luytre.register.reads import read, reads
from luytre.rooms.duties import projection

PERIOD = re.compile(r"(20\d\d)(?:-H([12]))?")


@require_GET
@reads("export.taken")
def oscal(request: HttpRequest, code: str) -> HttpResponse:
    """One body on one day, as OSCAL assessment results (JSON)."""
    who, said, ref = reader(request), asked(request), f"org:{code}"
    body = register.organisation(code) if who.may_see(ref) else None
    if body is None:
        raise Http404
    lines = projection.standings(ref, said.on, said.known, said.today)
    known = said.known or min(clock.now(), end_of(said.on))
    made = exchange.assessment_results(ref, body.name, lines, said.on, known, settings.LUYTRE_MARK)
    content = json.dumps(made, ensure_ascii=False, indent=1).encode()
    read(request, [ref], what="matrix", rows=len(lines), sha256=hashlib.sha256(content).hexdigest())
    named = f'attachment; filename="oscal-{code}-{said.on:%Y-%m-%d}.json"'
    return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": named})


@require_GET
@reads("export.taken")
def form_05(request: HttpRequest, period: str, form: str) -> HttpResponse:
    """Form 05 of "2026-H1", "2026-H2" or "2026", as a draft to sign."""
    who, span = desk.leading(request), span_of(period)
    if span is None or form not in ("pdf", "docx"):
        raise Http404
    made = form05.paper(sources.ground_at(None, clock.today()), span, desk.issuer(who))
    content = pdf(made) if form == "pdf" else docx(made)
    read(request, who.bodies, what="paper", sha256=hashlib.sha256(content).hexdigest())
    named = f'attachment; filename="mau-05-{period}.{form}"'
    return HttpResponse(content, content_type=desk.KINDS[form], headers={"Content-Disposition": named})


def span_of(period: str) -> Span | None:
    found, today = PERIOD.fullmatch(period), clock.today()
    if not found or not 2022 <= int(found[1]) <= today.year:
        return None
    year = int(found[1])
    made = spans.half(year, found[2] == "2", today) if found[2] else spans.year(year, today)
    whole = Span("period", made.first, made.until, made.on)
    return whole if whole.first <= today + timedelta(days=1) else None


@require_GET
@reads("export.taken")
def open_data(request: HttpRequest, period: str, form: str) -> HttpResponse:
    """Public figures of a month (csv), and what its columns mean (json)."""
    who, first = desk.leading(request), spans.month_of(period)
    if first is None or not spans.FIRST <= first <= clock.today() or form not in ("csv", "json"):
        raise Http404
    report = sources.monthly(first, asked(request).known, clock.today())
    described = exchange.open_description(report, settings.LUYTRE_MARK)
    content = (exchange.open_csv(report) if form == "csv" else json.dumps(described, ensure_ascii=False, indent=1)).encode()
    read(request, who.bodies, what="list", sha256=hashlib.sha256(content).hexdigest())
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="so-lieu-{period}.{form}"'})
