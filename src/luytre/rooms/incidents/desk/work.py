"""The work on a case: a step of the process done, assets and their state, costs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luytre.journal import clock
from luytre.register.reads import reads
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.desk.board import me
from luytre.rooms.incidents.desk.case import held_case, lang, page
from luytre.rooms.incidents.forms import work as forms
from luytre.rooms.incidents.queries import scope


@require_POST
@reads("incident.read")
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    held, form = held_case(request, code), forms.StepForm(request.POST, prefix="buoc")
    if not form.is_valid():
        return page(request, code, {"step_form": form})
    actions.complete(by=me(request), at=clock.now(), incident=held, step=step, text=form.cleaned_data["text"])
    messages.success(request, _("Đã ghi hoàn thành bước."))
    return redirect("incidents:incident", code)


@require_POST
@reads("incident.read")
def assets(request: HttpRequest, code: str) -> HttpResponse:
    held = held_case(request, code)
    systems = scope.systems_of(held.body, clock.today())
    form = forms.AssetForm(request.POST, prefix="tai-san", systems=systems, lang=lang())
    if not form.is_valid():
        return page(request, code, {"asset_form": form})
    actions.add_asset(by=me(request), at=clock.now(), incident=held, **form.cleaned_data)
    return redirect("incidents:incident", code)


@require_POST
def asset(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Another state."""
    state = request.POST.get("state", "")
    actions.change_asset(by=me(request), at=clock.now(), incident=held_case(request, code), number=number, state=state)
    return redirect("incidents:incident", code)


@require_POST
@reads("incident.read")
def costs(request: HttpRequest, code: str) -> HttpResponse:
    held, form = held_case(request, code), forms.CostForm(request.POST, prefix="chi-phi", lang=lang())
    if not form.is_valid():
        return page(request, code, {"cost_form": form})
    actions.add_cost(by=me(request), at=clock.now(), incident=held, **form.cleaned_data)
    return redirect("incidents:incident", code)
