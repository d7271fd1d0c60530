"""The register's window: import a workbook (look first, then all or nothing), take the template, take everything out."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register import access, imports, workbook_out
from luytre.register.forms import ConfirmForm, WorkbookForm, ticket
from luytre.register.reads import read, reads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def import_(request: HttpRequest) -> HttpResponse:
    by = _desk_officer(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    seen = None
    if request.method == "POST" and form.is_valid():
        try:
            sha256 = imports.keep(form.cleaned_data["file"].name, form.cleaned_data["file"])
            seen = imports.preview(by=by, at=clock.now(), sha256=sha256)
        except Refusal as refusal:
            form.add_error("file", refusal.says)
    status = 422 if form.errors or (seen and seen.reading.faults) else 200
    page = {"form": form, "seen": seen, "ticket": ticket(seen.sha256, by.ref) if seen else "", "active": "register"}
    return render(request, "register/import.html", page, status=status)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    by = _desk_officer(request)
    form = ConfirmForm(request.POST, sender=by.ref)
    if not form.is_valid():
        raise Refusal(" ".join(str(error) for error in form.errors.get("ticket", [])))
    done = imports.bring_in(by=by, at=clock.now(), sha256=form.cleaned_data["ticket"])
    if done.reading.faults:
        page = {"form": WorkbookForm(), "seen": done, "active": "register"}
        return render(request, "register/import.html", page, status=422)
    rows = done.changes.rows
    messages.success(request, ngettext("Đã nhập %(rows)s dòng.", "Đã nhập %(rows)s dòng.", rows) % {"rows": rows})
    return redirect("register:import")


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    return _workbook(workbook_out.template(settings.LUYTRE_MARK), "mau-so-dang-ky.xlsx")


@require_GET
@reads("export.taken")
def export(request: HttpRequest) -> HttpResponse:
    by = _desk_officer(request)
    content = workbook_out.export(workbook_out.whole_register(), settings.LUYTRE_MARK)
    read(request, access.seats(by, clock.today()), what="register", sha256=hashlib.sha256(content).hexdigest())
    return _workbook(content, "so-dang-ky.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _desk_officer(request: HttpRequest) -> Any:
    """Whoever may import for the whole province; others are told whom to ask."""
    if not access.has_verb(request.user, "register.imported", clock.today()):
        raise Refusal(_("Việc nhập sổ đăng ký do cơ quan đầu mối hoặc quản trị hệ thống thực hiện."), status=403)
    return request.user
