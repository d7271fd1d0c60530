"""Windows of the coordinator's desk: the queues, registers nobody confirmed, what the law leaves open and deciding it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luytre.core.law.decided import Decision
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.overview.asked import Asked
from luytre.overview.board.sources import province
from luytre.overview.coordination import forms
from luytre.overview.coordination import queues as piles
from luytre.overview.reader import Reader, reader
from luytre.register import access
from luytre.rooms.duties import actions
from luytre.rooms.duties import queries as duties

PAGE = 100
SHOWN = 40  # bodies and lines named in a preview; the rest is counted


def queues(request: HttpRequest) -> HttpResponse:
    """What waits, at a glance."""
    who = _leading(request)
    context = {
        "queues": piles.queues(who, clock.now(), clock.today()),
        "lately": piles.decided_lately(clock.today()),
        "active": "coordination",
    }
    return render(request, "coordination/queues.html", context)


def unconfirmed(request: HttpRequest) -> HttpResponse:
    who = _leading(request)
    held = piles.unconfirmed(province(Asked(clock.today(), None, clock.today()), who.sees))
    page = Paginator(held, PAGE).get_page(request.GET.get("page"))
    return render(request, "coordination/unconfirmed.html", {"page": page, "active": "coordination"})


def openings(request: HttpRequest) -> HttpResponse:
    """Every number and reading the law leaves open, and who has decided it."""
    _leading(request)
    return render(request, "coordination/openings.html", {"openings": duties.openings(clock.today()), "active": "coordination"})


def opening(request: HttpRequest, instrument: str, name: str) -> HttpResponse:
    """One number or reading: first what a decision would change and for whom, then, with the same words, the decision itself."""
    who = _leading(request)
    held = duties.opening(instrument, name, clock.today()) if instrument in duties.law().instruments else None
    if held is None:
        raise Http404
    may = who.person is not None and access.has_verb(who.person, "parameter.decided", clock.today())
    form = forms.DecisionForm(request.POST or None, opening=held, today=clock.today())
    context: dict[str, Any] = {"opening": held, "form": form, "may_decide": may, "active": "coordination"}
    if request.method == "POST" and not may:
        raise Refusal(_("Chỉ Chủ tịch UBND tỉnh hoặc cơ quan đầu mối ghi được quyết định này."), status=403)
    if form.is_valid() and _is_possible(form, held):
        said = form.cleaned_data
        if request.POST.get("step") == "record":
            return _record(request, who, held, said)
        context["preview"] = duties.what_if(_decision(held, said), clock.today(), clock.now())
    return render(request, "coordination/opening.html", {**context, "shown": SHOWN}, status=422 if form.errors else 200)


def _is_possible(form: forms.DecisionForm, held: duties.Opening) -> bool:
    """Whether the number or reading may be decided so; the fault stands beside its field."""
    try:
        actions.check_decision(held, form.cleaned_data["value"], form.cleaned_data.get("from_on"))
    except Refusal as fault:
        form.add_error(fault.field, fault.says)
        return False
    return True


def _record(request: HttpRequest, who: Reader, held: duties.Opening, said: dict[str, Any]) -> HttpResponse:
    assert who.person is not None
    about = who.bodies[0]
    actions.decide(by=who.person, at=clock.now(), about=about, opening=held, from_on=said.get("from_on"), **_paper(said))
    messages.success(request, _("Đã ghi quyết định. Bảng điều hành tính lại theo quyết định này."))
    return redirect("coordination:openings")


def _paper(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("value", "number", "signed_on")}


def _decision(held: duties.Opening, said: dict[str, Any]) -> Decision:
    return Decision(held.instrument.id, held.name, said["value"], said.get("from_on"), said["number"], said["signed_on"])


def _leading(request: HttpRequest) -> Reader:
    """The reader, where this desk is theirs; for anyone else it does not exist."""
    who = reader(request)
    if not who.leads:
        raise Http404
    return who
