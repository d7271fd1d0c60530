"""What was found: the result for a clerk and an expert, one lead, its judgement, the conclusion."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register.reads import read, reads
from luytre.rooms.hunting import actions, forms, queries
from luytre.rooms.hunting.actions.report import Conclusion
from luytre.rooms.hunting.desk.hunts import get_or_post, held_hunt, hunt_context, may_work, me
from luytre.rooms.hunting.queries import findings, shelf
from luytre.rooms.hunting.rules import words

PAGE, RAW = 30, 5


def _shown(held: shelf.Hunt, number: int) -> shelf.Run:
    found = shelf.run(held, number)
    if found is None:
        raise Http404
    return found


@require_GET
@reads("hunt.read")
def result(request: HttpRequest, code: str, run: int) -> HttpResponse:
    """The result of a run."""
    held = held_hunt(request, code)
    shown = _shown(held, run)
    asked = {name: request.GET.get(name, "")[:200] for name in ("show", "q", "host", "technique", "level")}
    asked["show"] = asked["show"] if asked["show"] in findings.SHOWS else "all"
    rows = findings.leads(
        shown, show=asked["show"], typed=asked["q"], host=asked["host"], technique=asked["technique"], level=asked["level"]
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = hunt_context(request, held) | {
        "result": findings.result(held, shown),
        "run": shown,
        "page": page,
        "lines": [findings.LeadLine(lead) for lead in page.object_list],
        "asked": asked,
        "shows": [("all", _("Tất cả")), ("new", _("Chưa xem")), *((key, said) for key, (said, _c) in words.VERDICTS.items() if key)],
    }
    read(request, [held.body, *_systems(held)], hunt=held.code)
    return render(request, "hunting/result.html", context)


def _systems(held: shelf.Hunt) -> list[str]:
    return list(held.targets.values_list("system", flat=True))


def _held_lead(request: HttpRequest, code: str, run: int, number: int) -> tuple[shelf.Hunt, shelf.Lead]:
    held = held_hunt(request, code)
    found = queries.lead(held, run, number)
    if found is None:
        raise Http404
    return held, found


@get_or_post
@reads("hunt.read")
def lead(request: HttpRequest, code: str, run: int, number: int) -> HttpResponse:
    """One lead: why, raw events, where else; and what a person says of it."""
    held, found = _held_lead(request, code, run, number)
    form = forms.JudgeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            judged = actions.judge(by=me(request), at=clock.now(), lead=found, **form.cleaned_data)
            _say(request, judged)
            return redirect("hunting:result", code, run)
        except Refusal as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.says)
    page = Paginator(findings.findings(found), RAW).get_page(request.GET.get("page"))
    context = {
        "hunt": held,
        "lead": found,
        "line": findings.LeadLine(found),
        "reasons": findings.reasons(found.why),
        "page": page,
        "raws": [findings.raw(one) for one in page.object_list],
        "pivots": findings.pivots(found, seen_by=me(request), on=clock.today()),
        "form": form,
        "may_judge": may_work(request, held) and not held.completed_id,
        "active": "hunting",
    }
    read(request, [held.body, *_systems(held)], hunt=held.code)
    return render(request, "hunting/lead.html", context, status=422 if form.errors else 200)


def _say(request: HttpRequest, judged: shelf.Lead) -> None:
    if judged.incident:
        messages.success(request, _("Đã xác nhận; sự cố %(code)s đã được mở từ phát hiện này.") % {"code": judged.incident})
    else:
        messages.success(request, _("Đã ghi kết luận."))


@get_or_post
@reads("hunt.read")
def conclusion(request: HttpRequest, code: str) -> HttpResponse:
    """Hypothesis, conclusion, scope confirmed by a person: the report goes out and the hunt is recorded."""
    held = held_hunt(request, code)
    shown = shelf.shown_run(held)
    if shown is None:
        raise Refusal(_("Chưa có lượt chạy nào xong. Chạy săn lùng rồi kết luận."))
    made = findings.result(held, shown)
    first = forms.first_words(made, held)
    form = forms.ConcludeForm(request.POST if request.method == "POST" else None, result=made, initial=first)
    if form.is_valid():
        said = Conclusion(systems=form.chosen, gaps=form.gaps, **{name: form.cleaned_data[name] for name in first})
        try:
            issued = actions.complete(by=me(request), at=clock.now(), hunt=held, said=said)
            messages.success(request, _("Đã phát hành báo cáo số %(number)s và ghi nhận săn lùng.") % {"number": issued.number})
            return redirect("hunting:hunt", code)
        except Refusal as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.says)
    read(request, [held.body, *_systems(held)], hunt=held.code)
    context = hunt_context(request, held) | {"form": form, "result": made, "run": shown}
    return render(request, "hunting/conclusion.html", context, status=422 if form.errors else 200)
