"""Evidence of a case: taken, handed over, accepted; files of the case."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.journal import clock, serving, store
from luytre.register.reads import reads
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.desk.board import me
from luytre.rooms.incidents.desk.case import held_case, page
from luytre.rooms.incidents.forms import desk as forms
from luytre.rooms.incidents.forms.public import uploads
from luytre.rooms.incidents.queries import cases, scope


@require_POST
@reads("incident.read")
def items(request: HttpRequest, code: str) -> HttpResponse:
    held, form = held_case(request, code), forms.EvidenceForm(request.POST, request.FILES, prefix="chung-cu")
    if not form.is_valid():
        return page(request, code, {"evidence_form": form})
    files: list[store.Stored | None] = [store.put(one) for one in uploads(form.cleaned_data["attached"] or [])]
    for file in files or [None]:
        actions.take_evidence(by=me(request), at=clock.now(), incident=held, text=form.cleaned_data["text"], file=file)
    messages.success(request, _("Đã ghi nhận chứng cứ và mã băm."))
    return redirect("incidents:incident", code)


@require_POST
def handing(request: HttpRequest, code: str, number: int) -> HttpResponse:
    held = held_case(request, code)
    to = scope.colleague(request.POST.get("to", ""), held, clock.today())
    actions.hand_over(by=me(request), at=clock.now(), incident=held, number=number, to=to)
    messages.success(request, _("Đã ghi bàn giao; chờ bên nhận xác nhận."))
    return redirect("incidents:incident", code)


@require_POST
def receipt(request: HttpRequest, code: str, number: int) -> HttpResponse:
    actions.accept_evidence(by=me(request), at=clock.now(), incident=held_case(request, code), number=number)
    messages.success(request, _("Đã xác nhận nhận chứng cứ."))
    return redirect("incidents:incident", code)


@require_GET
def file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = cases.attachment(held_case(request, code), number)
    if found is None:
        raise Http404
    return serving.download(found)
