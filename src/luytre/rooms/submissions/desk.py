"""Windows of the submissions room: the board of who has sent, deciding many at once; ad hoc requests; the cooperation log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register import choices
from luytre.register.models import Account
from luytre.rooms.submissions import actions, forms, queries, rules
from luytre.verbs import submission

PAGE = 40
KINDS = submission.KINDS
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    held = queries.requests(seen_by=_me(request), on=clock.today())
    page = Paginator(held, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_ask": queries.may_ask(_me(request), clock.today()), "active": "coordination"}
    return render(request, "submissions/list.html", context)


@require_GET
def request_(request: HttpRequest, number: int) -> HttpResponse:
    """One request with what each body sent."""
    held = queries.request(number, seen_by=_me(request), on=clock.today())
    if held is None:
        raise Http404
    return render(request, "submissions/request.html", {"held": held, "active": "coordination"})


@get_or_post
def ask(request: HttpRequest) -> HttpResponse:
    """Ask bodies for a report."""
    me, today = _me(request), clock.today()
    issuer = queries.issuer_of(me, today) if queries.may_ask(me, today) else None
    if issuer is None:
        raise Refusal(_("Chỉ cơ quan đầu mối hoặc lãnh đạo UBND tỉnh yêu cầu báo cáo đột xuất."), status=403)
    bodies, groups = choices.body_choices(today), choices.group_choices()
    form = forms.AskForm(request.POST or None, bodies=bodies, groups=groups, today=today, initial={"to": request.GET.getlist("to")})
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("bodies", "text", "due_on", "number", "signed_on")}
        told = actions.ask(by=me, at=clock.now(), issuer=issuer, **said)
        messages.success(request, _("Đã gửi yêu cầu %(request)s.") % {"request": told.result})
        return redirect("submissions:list")
    return render(request, "submissions/ask.html", {"form": form, "active": "coordination"}, status=422 if form.errors else 200)


@require_GET
def cooperation(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.cooperation(seen_by=_me(request), on=clock.today()), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_log": queries.may_log(_me(request), clock.today()), "active": "coordination"}
    return render(request, "submissions/cooperation.html", context)


@get_or_post
def log(request: HttpRequest) -> HttpResponse:
    """Write a line of the cooperation log."""
    me, today = _me(request), clock.today()
    if not queries.may_log(me, today):
        raise Refusal(_("Chỉ cơ quan đầu mối ghi sổ phối hợp; đơn vị nộp minh chứng phối hợp ở mục Nộp minh chứng."), status=403)
    form = forms.LogForm(request.POST or None, bodies=choices.body_choices(today), groups=choices.group_choices(), today=today)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("bodies", "on", "number", "note")}
        actions.record(by=me, at=clock.now(), **said)
        messages.success(request, _("Đã ghi sổ phối hợp."))
        return redirect("submissions:cooperation")
    return render(request, "submissions/log.html", {"form": form, "active": "coordination"}, status=422 if form.errors else 200)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Who has sent the report of a year, and how each stands."""
    kind, year = _asked(request)
    held = queries.ways(kind, year, seen_by=_me(request), on=clock.today())
    counts = {state: sum(way.state == state for way in held) for state in rules.STATES}
    state, type_ = request.GET.get("state", ""), request.GET.get("type", "")
    shown = [way for way in held if (not state or way.state == state) and (not type_ or way.type == type_)]
    page = Paginator(shown, 100).get_page(request.GET.get("page"))
    context = {"page": page, "counts": _counts(counts), "whole": len(held), "come": sum(way.has_come for way in held), "kind": kind}
    context |= {"year": year, "kinds": [(name, words) for name, words in KINDS.items()], "state": state, "active": "coordination"}
    context |= {"may_decide": queries.may_decide(_me(request), clock.today()), "years": range(clock.today().year, 2021, -1)}
    return render(request, "submissions/board.html", context)


def _counts(counts: dict[str, int]) -> list[tuple[str, dict[str, str], str, int]]:
    return [(state, dict(words), rules.LOOKS[state], counts[state]) for state, words in rules.STATES.items() if counts[state]]


def _asked(request: HttpRequest) -> tuple[str, int]:
    """Which report of which year; a Refusal for none that there is."""
    kind, year = request.GET.get("kind", "annual"), request.GET.get("year", str(clock.today().year))
    if kind not in rules.KINDS or not year.isdecimal() or not 2022 <= int(year[:6]) <= clock.today().year + 1:
        raise Refusal(_("Không có loại báo cáo hoặc năm này."), status=404)
    return kind, int(year)


@require_http_methods(["POST"])
def decisions(request: HttpRequest) -> HttpResponse:
    """Accept many, or return them with the same points."""
    if not queries.may_decide(_me(request), clock.today()):
        raise Refusal(_("Chỉ cơ quan đầu mối chấp nhận hoặc trả lại báo cáo."), status=403)
    form = forms.DecisionForm(request.POST)
    if not form.is_valid():
        raise Refusal(next(str(fault) for faults in form.errors.values() for fault in faults), status=422)
    points = form.cleaned_data["points"] if form.cleaned_data["step"] == "return" else ""
    reports = queries.chosen(form.cleaned_data["reports"])
    count = actions.decide_many(by=_me(request), at=clock.now(), reports=reports, points=points)
    said = _("Đã trả lại %(n)s báo cáo.") if points else _("Đã chấp nhận %(n)s báo cáo.")
    messages.success(request, said % {"n": count})
    return redirect(f"{request.path.removesuffix('decisions/')}?kind={form.cleaned_data['kind']}&year={form.cleaned_data['year']}")


def _me(request: HttpRequest) -> Account:
    """Who is at the window; the site lets nobody through who has not signed in."""
    assert isinstance(request.user, Account)
    return request.user
