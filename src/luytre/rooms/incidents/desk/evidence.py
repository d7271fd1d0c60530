"""Evidence of a case: taken, handed over, accepted; files of the case."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock, serving, store
from luytre.journal.bundle import Wanted, write
from luytre.journal.uploads import StoredUpload, Streamed
from luytre.register.reads import read, reads
from luytre.rooms.incidents import actions, queries
from luytre.rooms.incidents.desk.board import me
from luytre.rooms.incidents.desk.case import held_case, page
from luytre.rooms.incidents.forms import desk as forms
from luytre.rooms.incidents.forms.public import uploads
from luytre.rooms.incidents.queries import cases, scope


@csrf_exempt
@require_POST
def items(request: HttpRequest, code: str) -> HttpResponseBase:
    """Files of any size: whoever may not write here is turned away before a byte is read; then large files go straight into the store."""
    held = held_case(request, code)
    if not queries.may(me(request), "incident.evidence_taken", held.refs, clock.today()):
        raise Refusal(_("Ông/bà chưa được phân công ghi nhận chứng cứ của vụ này."), status=403)
    request.upload_handlers = [Streamed(request)]
    return _items(request, code)


@csrf_protect  # here, so that the handler above stands before the form is read
@reads("incident.read")
def _items(request: HttpRequest, code: str) -> HttpResponse:
    held, form = held_case(request, code), forms.EvidenceForm(request.POST, request.FILES, prefix="chung-cu")
    if not form.is_valid():
        return page(request, code, {"evidence_form": form})
    files: list[store.Stored | None] = [_stored(one) for one in form.cleaned_data["attached"] or []]
    for file in files or [None]:
        actions.take_evidence(by=me(request), at=clock.now(), incident=held, text=form.cleaned_data["text"], file=file)
    messages.success(request, _("Đã ghi nhận chứng cứ và mã băm."))
    return redirect("incidents:incident", code)


def _stored(one: "UploadedFile[Any]") -> store.Stored:
    return one.stored if isinstance(one, StoredUpload) else store.put(uploads([one])[0])


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


@require_POST
def declining(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Not taken: it stays with whoever offered it."""
    actions.refuse_evidence(by=me(request), at=clock.now(), incident=held_case(request, code), number=number)
    messages.success(request, _("Đã ghi không nhận bàn giao; chứng cứ vẫn do bên giao giữ."))
    return redirect("incidents:incident", code)


@require_GET
@reads("export.taken")
def bundle(request: HttpRequest, code: str) -> FileResponse:
    """The whole case as a sealed bundle: its entries, private parts and files, checked anywhere by the one file that lies in it."""
    held = held_case(request, code)
    numbers, first, last = cases.entries_in_chain(held)
    if not numbers:
        raise Refusal(_("Hồ sơ đang được niêm phong vào nhật ký. Thử lại sau một phút."), status=503)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"{held.code}.tar"
        write(place, Wanted(first=first, last=last, only=numbers))
        with place.open("rb") as made:
            digest = hashlib.file_digest(made, "sha256").hexdigest()
        read(request, held.refs, what="incident", rows=len(numbers), sha256=digest)
        return FileResponse(place.open("rb"), as_attachment=True, filename=place.name)  # open, it outlives its name


@require_GET
def file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = cases.attachment(held_case(request, code), number)
    if found is None:
        raise Http404
    return serving.download(found)
