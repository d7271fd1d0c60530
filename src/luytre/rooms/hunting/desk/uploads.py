"""Logs coming in: whole by a plain form; in parts by the page's own script, going on where they stopped."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.rooms.hunting import actions, queries
from luytre.rooms.hunting.desk.hunts import held_hunt, me

NUMBER = 2**53


@require_POST
def files(request: HttpRequest, code: str) -> HttpResponse:
    """The plain form: some files at once, each whole."""
    held = held_hunt(request, code)
    target = held.targets.filter(system=request.POST.get("system", "")).first() or held.targets.first()
    sent = [one for one in request.FILES.getlist("file") if isinstance(one, UploadedFile)]
    if target is None or not sent:
        raise Refusal(_("Chọn tệp nhật ký rồi gửi."))
    for file in sent:
        said = {"name": file.name or "", "content": file.read(), "host": request.POST.get("host", "")}
        actions.take_file(by=me(request), at=clock.now(), target=target, **said)
    messages.success(request, ngettext("Đã nhận %(n)s tệp.", "Đã nhận %(n)s tệp.", len(sent)) % {"n": len(sent)})
    return redirect("hunting:hunt", code)


@require_POST
def opening(request: HttpRequest, code: str) -> HttpResponse:
    """A file announced by the script: its number, and how much of it is there already."""
    held = held_hunt(request, code)
    target = held.targets.filter(system=request.POST.get("system", "")).first()
    if target is None:  # of one's own hunt: which system the file is of was not said
        return JsonResponse({"says": _("Chọn hệ thống của nhật ký rồi gửi lại.")}, status=422)
    changed = _whole(request.POST.get("modified", "0"))
    try:
        modified = datetime.fromtimestamp(changed / 1000, UTC) if changed else None
        size, said = _whole(request.POST.get("size", "")), {name: request.POST.get(name, "") for name in ("name", "host")}
        held_file = actions.open_upload(by=me(request), at=clock.now(), target=target, size=size, modified_at=modified, **said)
    except Refusal as fault:
        return JsonResponse({"says": fault.says}, status=fault.status)
    except (OverflowError, OSError, ValueError):
        return JsonResponse({"says": _("Thời gian sửa tệp không đúng.")}, status=422)
    return JsonResponse({"upload": held_file.pk, "received": held_file.received, "size": held_file.size})


@require_POST
def part(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The next stretch of a file."""
    found = queries.upload(held_hunt(request, code), number)
    sent = request.FILES.get("part")
    if found is None:
        raise Http404
    try:
        content = sent.read() if isinstance(sent, UploadedFile) else b""
        offset, sha256 = _whole(request.POST.get("offset", "")), request.POST.get("sha256", "")
        found = actions.take_part(by=me(request), at=clock.now(), upload=found, offset=offset, content=content, sha256=sha256)
    except Refusal as fault:
        return JsonResponse({"says": fault.says, "received": found.received}, status=fault.status)
    return JsonResponse({"upload": found.pk, "received": found.received, "size": found.size})


@require_POST
def drop(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = queries.upload(held_hunt(request, code), number)
    if found is None:
        raise Http404
    actions.drop(by=me(request), at=clock.now(), upload=found)
    messages.success(request, _("Đã bỏ tệp khỏi lần săn lùng."))
    return redirect("hunting:hunt", code)


def _whole(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and int(typed) < NUMBER else 0
