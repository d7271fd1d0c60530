"""Windows of a body's own reports: its year prefilled, words, before the head, signed and sent; and the coordinator's sum."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luytre.core.paper.model import Paper
from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import read as read_paper
from luytre.core.paper.word import docx
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.overview.reader import Reader, reader
from luytre.overview.reports import actions, desk, sources, yearly_papers
from luytre.overview.reports.yearly import LEVELS, SYSTEMS, WORK, BodyYear, Year
from luytre.papers import queries as office
from luytre.register.models import Organisation
from luytre.register.reads import read, reads
from luytre.rooms.duties import queries as duties
from luytre.rooms.submissions import actions as submissions
from luytre.rooms.submissions import queries, rules
from luytre.rooms.submissions.models import Report
from luytre.verbs.submission import KINDS

SHOWN = (*SYSTEMS, *LEVELS, "incidents", "incidents.self", "incidents.helped", "incidents.open", *WORK)


def _asked(request: HttpRequest, kind: str, year: int) -> tuple[Reader, Organisation, BodyYear]:
    """The body whose report it is: the one asked for where it may be seen, else the reader's own; foreign and absent look alike."""
    who = reader(request)
    code = request.GET.get("body", "") or (who.workplaces[0].organisation.code if who.workplaces else "")
    body = queries.organisation(f"org:{code}") if code and who.may_see(f"org:{code}") else None
    if body is None or kind not in KINDS or not 2022 <= year <= clock.today().year + 1:
        raise Http404
    return who, body, sources.year(year, clock.today()).of(body.ref)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The reports a body owes this year, each with its state."""
    who, year = reader(request), clock.today().year
    if not who.workplaces:
        raise Http404
    code = request.GET.get("body", "") or who.workplaces[0].organisation.code
    body = queries.organisation(f"org:{code}") if who.may_see(f"org:{code}") else None
    if body is None:
        raise Http404
    held = [(kind, words, queries.held(kind, body.ref, year)) for kind, words in KINDS.items()]
    rows = [(kind, words, *_look(report)) for kind, words, report in held]
    return render(request, "reports/own_list.html", {"body": body, "rows": rows, "year": year, "active": "own"})


def _works(who: Reader, body: Organisation) -> bool:
    """Whether the reader does this body's own work; a draft is nobody else's to read."""
    return body.ref in {post.organisation.ref for post in who.workplaces}


def _look(report: Report | None) -> tuple[str, Any, str]:
    state = report.state if report else rules.NOTHING
    step = report.last if report else None
    return "open" if state == rules.NOTHING else rules.LOOKS[state], rules.STATES[state], step.receipt if step else ""


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """One report: figures prefilled, words to add, and the button for the next step."""
    who, body, held = _asked(request, kind, year)
    report = queries.held(kind, body.ref, year)
    if request.method == "POST":
        return _step(request, who, body, held, kind, report)
    state = report.state if report else rules.NOTHING
    works = _works(who, body)
    kept = dict(report.words or {}) if report and (works or state in (rules.SENT, rules.ACCEPTED, rules.RETURNED)) else {}
    fields = [(name, title, kept.get(name, start)) for name, title, start in yearly_papers.WORDS[kind]]
    context = {"body": body, "held": held, "kind": kind, "words": KINDS[kind], "report": report, "fields": fields, "year": year}
    context |= {"look": _look(report), "may_edit": works and state in rules.EDITED, "figures": [held.values[name] for name in SHOWN]}
    context |= {"may_present": works and state in (rules.DRAFT, rules.HANDED_BACK), "steps": list(report.steps.all()) if report else []}
    context |= {"may_sign": queries.is_head(who.person, body.ref, clock.today()) and state in rules.SIGNED_FROM, "active": "own"}
    context |= {"may_hand_back": context["may_sign"] and state == rules.PRESENTED, "states": rules.STATES, "law": duties.law().duties}
    return render(request, "reports/own.html", context)


def _step(request: HttpRequest, who: Reader, body: Organisation, held: BodyYear, kind: str, report: Report | None) -> HttpResponse:
    """One step of the report; what may not be done is refused by the action itself."""
    by, at, step = who.person, clock.now(), request.POST.get("step", "draft")
    if by is None or not _works(who, body):
        raise Refusal(_("Chỉ cán bộ của đơn vị soạn, trình và ký báo cáo của đơn vị."), status=403)
    if step in ("draft", "present") and (report is None or report.state in rules.EDITED):
        report = _draft(request, by, held, body, kind)
    if report is None:
        raise Refusal(_("Chưa có dự thảo nào. Lưu dự thảo trước."))
    if step == "present":
        submissions.present(by=by, at=at, report=report)
    elif step == "hand_back":
        submissions.hand_back(by=by, at=at, report=report, points=request.POST.get("points", ""))
    elif step == "sign":
        _sign(request, by, report, body)
    said = {"draft": _("Đã lưu dự thảo."), "present": _("Đã trình người đứng đầu."), "hand_back": _("Đã trả lại người soạn.")}
    if step in said:
        messages.success(request, said[step])
    return redirect(f"{reverse('reports:own', args=[kind, held.year.number])}?body={body.code}")


def _draft(request: HttpRequest, by: Any, held: BodyYear, body: Organisation, kind: str) -> Report:
    words = {name: request.POST.get(name, "").strip()[:6000] for name, _title, _start in yearly_papers.WORDS[kind]}
    made = yearly_papers.paper(kind, held, body, words)
    said: dict[str, Any] = {
        "kind": kind,
        "body": body.ref,
        "year": held.year.number,
        "figures": held.frozen(),
        "words": words,
        "known": held.year.known,
    }
    told = submissions.draft(by=by, at=clock.now(), paper=made, **said)
    found: Report = told.result
    return found


def _sign(request: HttpRequest, by: Any, report: Report, body: Organisation) -> None:
    to = queries.coordinator(clock.today())
    if to is None:
        raise Refusal(_("Chưa có cơ quan đầu mối tổng hợp trong sổ đăng ký."))
    sent = submissions.sign(by=by, at=clock.now(), report=report, issuer=body, coordinator=to)
    messages.success(request, _("Đã ký và gửi. Biên nhận số %(receipt)s.") % {"receipt": sent.receipt})


@require_GET
@reads("export.taken")
def own_file(request: HttpRequest, kind: str, year: int, form: str) -> HttpResponse:
    """The paper: as it went out where it did, else the draft kept, else as it would be prefilled now."""
    who, body, held = _asked(request, kind, year)
    if form not in ("pdf", "docx"):
        raise Http404
    report = queries.held(kind, body.ref, year)
    sent = next((step.paper for step in reversed(list(report.steps.all())) if step.paper), None) if report else None
    if sent is not None:
        content, name = office.file_of(sent, form), str(sent.number).replace("/", "-")
    else:
        shows = report is not None and _works(who, body)
        made: Paper = read_paper(report.paper.encode()) if report and shows else yearly_papers.paper(kind, held, body, {})
        content, name = (pdf(made) if form == "pdf" else docx(made)), f"du-thao-{kind}-{year}"
    read(request, [body.ref], what="paper", sha256=hashlib.sha256(content).hexdigest())
    return HttpResponse(content, content_type=desk.KINDS[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'})


# -- what the coordinator sums up --


@require_http_methods(["GET", "HEAD", "POST"])
def synthesis(request: HttpRequest, of: str, year: int) -> HttpResponse:
    """The reports of a year added up, beside what the journal says; issued as a paper, which is the duty's own evidence."""
    who = desk.leading(request)
    if of not in actions.SYNTHESES or not 2022 <= year <= clock.today().year:
        raise Http404
    held: Year = sources.year(year, clock.today())
    if request.method == "POST":
        if not desk.may_write(who):
            raise Refusal(_("Chỉ cơ quan đầu mối phát hành báo cáo tổng hợp."), status=403)
        issued = actions.issue_synthesis(by=who.person, at=clock.now(), year=held, of=of, issuer=desk.issuer(who))  # type: ignore[arg-type]
        messages.success(request, _("Đã phát hành báo cáo số %(number)s.") % {"number": issued.number})
        return redirect("reports:synthesis", of, year)
    told = actions.summed(held, of, seen_by=who.person)
    context = {"told": told, "year": year, "of": of, "may_write": desk.may_write(who), "issued": actions.issued_synthesis(of, year)}
    return render(request, "reports/synthesis.html", {**context, "active": "reports"})
