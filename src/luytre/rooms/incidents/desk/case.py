"""The case: opened, read on one screen, assessed, noted, restored, explained, closed."""

from datetime import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.store import put
from luytre.register.reads import read, reads
from luytre.rooms.incidents import actions, projection, queries
from luytre.rooms.incidents.actions.cases import Finding, still_missing
from luytre.rooms.incidents.desk.board import me
from luytre.rooms.incidents.forms import desk as forms
from luytre.rooms.incidents.forms import work
from luytre.rooms.incidents.forms.public import uploads
from luytre.rooms.incidents.queries import scope
from luytre.rooms.incidents.rules import severity
from luytre.rooms.incidents.rules.papers import FORMS, forms_for
from luytre.verbs.incident import STATES

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def lang() -> str:
    return "en" if (translation.get_language() or "vi").startswith("en") else "vi"


def held_case(request: HttpRequest, code: str) -> queries.Incident:
    found = queries.incident(code, seen_by=me(request), on=clock.today())
    if found is None:
        raise Http404
    return found


# -- opening --


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """Record an incident, from a report or from nothing; what the report says is there already."""
    bodies = queries.offered_bodies(me(request), clock.today())
    if not bodies:
        raise Refusal(_("Ông/bà chưa được phân công ghi nhận sự cố cho đơn vị nào."), status=403)
    report = _report(request)
    body = (
        request.POST.get("body") or request.GET.get("body") or (report.body if report else "") or (bodies[0][0] if len(bodies) == 1 else "")
    )
    body = body if body in dict(bodies) else ""  # foreign and absent look alike
    form = forms.FindingForm(
        request.POST if request.method == "POST" and "open" in request.POST else None,
        bodies=[("", "–"), *bodies],
        systems=scope.systems_of(body, clock.today()) if body else [],
        lang=lang(),
        initial=_initial(report, body),
    )
    if form.is_valid():
        try:
            reports = [report] if report else []
            made = actions.detect(by=me(request), at=clock.now(), finding=_finding(form), reports=reports)
            messages.success(request, _("Đã mở sự cố %(code)s. Các đồng hồ pháp lý bắt đầu chạy.") % {"code": made.code})
            return redirect("incidents:incident", made.code)
        except Refusal as fault:
            form.add_error({"detected_at": "hour"}.get(fault.field or "", fault.field) if fault.field else None, fault.says)
    context = {"form": form, "report": report, "body": body, "bodies": bodies, "active": "incidents"}
    return render(request, "incidents/new.html", context, status=422 if form.errors else 200)


def _report(request: HttpRequest) -> queries.Report | None:
    code = request.POST.get("report") or request.GET.get("report") or ""
    return queries.report(code, seen_by=me(request), on=clock.today()) if code else None


def _initial(report: queries.Report | None, body: str) -> dict[str, object]:
    now = timezone.localtime(report.received_at if report else clock.now())
    given: dict[str, object] = {"body": body, "on": f"{now:%d/%m/%Y}", "hour": f"{now:%H:%M}", "what": "incident"}
    if report:
        line = queries.reports_lines([report])[0]
        given |= {"title": line.title[:140], "text": line.text, "type": severity.offered(report.kind)}
        given["answers"] = list(severity.from_report(report.kind, report.damage, report.happened))
    return given


def _finding(form: forms.FindingForm) -> Finding:
    said = form.cleaned_data
    names = ("body", "title", "text", "type", "system", "answers", "severity", "reason")
    return Finding(detected_at=form.moment(), what=said["what"] or "incident", **{name: said[name] for name in names})


# -- one screen --


@require_GET
@reads("incident.read")
def incident(request: HttpRequest, code: str) -> HttpResponse:
    projection.catch_up()
    return page(request, code)


def page(request: HttpRequest, code: str, fault: dict[str, object] | None = None) -> HttpResponse:
    """The case on one screen; `fault`: a form that did not go through, with its place."""
    held = held_case(request, code)
    read(request, held.refs, incident=held.code)
    on, now = clock.today(), clock.now()
    here = timezone.localtime(now)
    at = {"on": f"{here:%d/%m/%Y}", "hour": f"{here:%H:%M}"}
    context = {
        "page": queries.case_page(held, seen_by=me(request), on=on, now=now),
        "held": held,
        "now": now,
        "may_work": not held.is_closed and not held.merged_into and queries.may(me(request), "incident.noted", held.refs, on),
        "missing": still_missing(held, number="–"),
        "forms": [(name, FORMS[name][1][int(lang() == "en")]) for name in forms_for(held.personal_data)],
        "may_issue": queries.may(me(request), "paper.issued", [held.body], on),
        "note_form": forms.TextForm(prefix="ghi"),
        "restore_form": forms.RestoreForm(initial=at, prefix="khoi-phuc"),
        "explain_form": forms.ExplainForm(prefix="nguyen-nhan"),
        "task_form": forms.TaskForm(prefix="viec"),
        "evidence_form": forms.EvidenceForm(prefix="chung-cu"),
        "merge_form": forms.IntoForm(prefix="gop"),
        "step_form": work.StepForm(prefix="buoc"),
        "asset_form": work.AssetForm(prefix="tai-san", systems=scope.systems_of(held.body, on), lang=lang()),
        "states": forms.said_in(dict(STATES), lang()),
        "cost_form": work.CostForm(prefix="chi-phi", lang=lang()),
        "breach_form": _breach_form(held) if held.personal_data else None,
        "may_acknowledge": held.notified_at and not held.acknowledged_at and queries.may_desk(me(request), on),
        "me": me(request).ref,
        "active": "incidents",
        **(fault or {}),
    }
    return render(request, "incidents/incident.html", context, status=422 if fault else 200)


def _breach_form(held: queries.Incident) -> work.BreachForm:
    known = actions.breach_of(held, clock.today())
    given = {"subjects": known.subjects, "sensitive": known.sensitive, "told": known.told, "notice": known.notice}
    return work.BreachForm(prefix="vi-pham", initial=given)


@get_or_post
def assessment(request: HttpRequest, code: str) -> HttpResponse:
    """Look at it anew; why the severity is what it is."""
    held, here = held_case(request, code), None
    here = timezone.localtime(held.detected_at)
    given = {name: getattr(held, name) for name in ("body", "system", "title", "type", "what")}
    given |= {"answers": held.answers.split(), "on": f"{here:%d/%m/%Y}", "hour": f"{here:%H:%M}"}
    systems = scope.systems_of(held.body, clock.today())
    names = [(held.body, queries.case_page_name(held.body))]
    form = forms.FindingForm(request.POST or None, bodies=names, systems=systems, lang=lang(), initial=given)
    if form.is_valid():
        try:
            actions.assess(by=me(request), at=clock.now(), incident=held, finding=_finding(form))
            messages.success(request, _("Đã phân loại lại sự cố."))
            return redirect("incidents:incident", code)
        except Refusal as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.says)
    found = severity.compute(held.answers.split(), held.level, held.on, held.what)
    context = {"form": form, "held": held, "found": found, "asked": dict(forms.ANSWERS), "active": "incidents"}
    return render(request, "incidents/assessment.html", context, status=422 if form.errors else 200)


@require_POST
@reads("incident.read")
def notes(request: HttpRequest, code: str) -> HttpResponse:
    held, form = held_case(request, code), forms.TextForm(request.POST, request.FILES, prefix="ghi")
    if not form.is_valid():
        return page(request, code, {"note_form": form})
    files = [put(one) for one in uploads(form.cleaned_data["attached"] or [])]
    replaces = request.POST.get("replaces", "")
    given = {"text": form.cleaned_data["text"], "files": files, "replaces": int(replaces) if replaces.isdecimal() else None}
    actions.note(by=me(request), at=clock.now(), incident=held, **given)
    return redirect("incidents:incident", code)


@require_POST
@reads("incident.read")
def restoration(request: HttpRequest, code: str) -> HttpResponse:
    held, form = held_case(request, code), forms.RestoreForm(request.POST, prefix="khoi-phuc")
    if form.is_valid():
        try:
            restored = forms.moment(form.cleaned_data["on"], form.cleaned_data["hour"])
            actions.restore(by=me(request), at=clock.now(), incident=held, restored_at=restored, text=form.cleaned_data["text"])
            messages.success(request, _("Đã ghi nhận khôi phục. Còn nguyên nhân gốc và báo cáo kết thúc."))
            return redirect("incidents:incident", code)
        except Refusal as fault:
            form.add_error("hour", fault.says)
    return page(request, code, {"restore_form": form})


@require_POST
@reads("incident.read")
def explanation(request: HttpRequest, code: str) -> HttpResponse:
    held, form = held_case(request, code), forms.ExplainForm(request.POST, prefix="nguyen-nhan")
    if not form.is_valid():
        return page(request, code, {"explain_form": form})
    said = form.cleaned_data
    words = {name: said[name] for name in ("cause", "remedy", "lesson", "cost")}
    actions.explain(by=me(request), at=clock.now(), incident=held, scope_=said["scope"], **words)
    messages.success(request, _("Đã ghi nguyên nhân gốc và bài học."))
    return redirect("incidents:incident", code)


@require_POST
@reads("incident.read")
def tasks(request: HttpRequest, code: str) -> HttpResponse:
    held, form = held_case(request, code), forms.TaskForm(request.POST, prefix="viec")
    if not form.is_valid():
        return page(request, code, {"task_form": form})
    said = form.cleaned_data
    due = forms.moment(said["on"], time(17, 0)) if said["on"] else None
    actions.give(by=me(request), at=clock.now(), incident=held, stage=said["stage"], text=said["text"], due_at=due)
    return redirect("incidents:incident", code)


@require_POST
def done(request: HttpRequest, code: str, number: int) -> HttpResponse:
    actions.finish(by=me(request), at=clock.now(), incident=held_case(request, code), number=number)
    return redirect("incidents:incident", code)


@require_POST
@reads("incident.read")
def merger(request: HttpRequest, code: str) -> HttpResponse:
    held, form = held_case(request, code), forms.IntoForm(request.POST, prefix="gop")
    into = queries.incident(request.POST.get("gop-into", "").strip().upper(), seen_by=me(request), on=clock.today())
    if into is None and form.is_valid():
        form.add_error("into", _("Không có sự cố này."))
    if into is None:
        return page(request, code, {"merge_form": form})
    actions.merge(by=me(request), at=clock.now(), incident=held, into=into)
    messages.success(request, _("Đã gộp vào %(code)s.") % {"code": into.code})
    return redirect("incidents:incident", into.code)


@require_POST
def closure(request: HttpRequest, code: str) -> HttpResponse:
    """Close a case for which the law asks no final report; else the final report closes it."""
    actions.close(by=me(request), at=clock.now(), incident=held_case(request, code))
    messages.success(request, _("Đã khép lại sự cố %(code)s.") % {"code": code})
    return redirect("incidents:incident", code)
