"""Reports at the desk: the list, one report, what is done with it; what is heard on the telephone."""

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.refusal import Refusal
from luytre.journal import clock, serving
from luytre.register.reads import read, reads
from luytre.rooms.incidents import actions, queries
from luytre.rooms.incidents.actions.receiving import Telling
from luytre.rooms.incidents.desk.board import me
from luytre.rooms.incidents.forms import desk as forms
from luytre.rooms.incidents.queries import reports as held_reports

PAGE = 25
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "new")
    rows = held_reports.shelf(seen_by=me(request), on=clock.today(), state=state)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = held_reports.lines(list(page.object_list))
    states = [("new", _("Mới")), ("waiting", _("Đang xử lý")), ("ended", _("Đã kết thúc")), ("all", _("Tất cả"))]
    return render(
        request, "incidents/reports.html", {"page": page, "lines": lines, "state": state, "states": states, "active": "incidents"}
    )


@require_GET
@reads("incident.read")
def report(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, code)


def _page(request: HttpRequest, code: str, fault: dict[str, object] | None = None) -> HttpResponse:
    """One report with what may be done; `fault`: a form that did not go through, with its place."""
    held, on = _held(request, code), clock.today()
    read(request, [held.body or held.desk])
    at_desk = queries.may_desk(me(request), on)
    bodies = queries.offered_bodies(me(request), on) if at_desk else []
    context = {
        "held": queries.report_page(held, seen_by=me(request), on=on),
        "at_desk": at_desk,
        "answer_form": forms.TextForm(prefix="tra-loi"),
        "attach_form": forms.AttachForm(bodies=bodies, initial={"body": held.body or held.hint}),
        "merge_form": forms.IntoForm(),
        "end_form": forms.DismissForm(prefix="ket-thuc"),
        "active": "incidents",
        **(fault or {}),
    }
    return render(request, "incidents/report.html", context, status=422 if fault else 200)


def _held(request: HttpRequest, code: str) -> queries.Report:
    found = queries.report(code, seen_by=me(request), on=clock.today())
    if found is None:
        raise Http404
    return found


def _at_desk(request: HttpRequest, code: str) -> queries.Report:
    """The report, for who sits at the desk."""
    held = _held(request, code)
    if not queries.may_desk(me(request), clock.today()):
        raise Refusal(_("Báo cáo do bàn trực xử lý."), status=403)
    return held


@require_POST
def taking(request: HttpRequest, code: str) -> HttpResponse:
    actions.take(by=me(request), at=clock.now(), report=_at_desk(request, code))
    messages.success(request, _("Đã nhận xử lý báo cáo %(code)s.") % {"code": code})
    return redirect("incidents:report", code)


@require_POST
@reads("incident.read")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at_desk(request, code), forms.TextForm(request.POST, request.FILES, prefix="tra-loi")
    if not form.is_valid() or not form.cleaned_data["text"]:
        if not form.errors:
            form.add_error("text", _("Viết câu trả lời cho người báo."))
        return _page(request, code, {"answer_form": form})
    actions.answer(by=me(request), at=clock.now(), report=held, text=form.cleaned_data["text"])
    messages.success(request, _("Đã trả lời. Người báo đọc được trên trang theo dõi."))
    return redirect("incidents:report", code)


@require_POST
@reads("incident.read")
def attachment(request: HttpRequest, code: str) -> HttpResponse:
    held = _at_desk(request, code)
    form = forms.AttachForm(request.POST, bodies=queries.offered_bodies(me(request), clock.today()))
    number = request.POST.get("incident", "").strip().upper()
    case = queries.incident(number, seen_by=me(request), on=clock.today()) if number else None
    if number and case is None:
        form.add_error("incident", _("Không có sự cố %(code)s.") % {"code": number})
    if not form.is_valid():
        return _page(request, code, {"attach_form": form})
    actions.attach(by=me(request), at=clock.now(), report=held, body=form.cleaned_data["body"], incident=case)
    messages.success(request, _("Đã gắn báo cáo với đơn vị; đơn vị đọc được toàn bộ nội dung, trừ liên hệ của người báo."))
    return redirect("incidents:report", code)


@require_POST
@reads("incident.read")
def merger(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at_desk(request, code), forms.IntoForm(request.POST)
    into = queries.report(request.POST.get("into", "").strip().upper(), seen_by=me(request), on=clock.today())
    if into is None and form.is_valid():
        form.add_error("into", _("Không có báo cáo này."))
    if into is None:
        return _page(request, code, {"merge_form": form})
    actions.merge_reports(by=me(request), at=clock.now(), report=held, into=into)
    messages.success(request, _("Đã gộp vào báo cáo %(code)s.") % {"code": into.code})
    return redirect("incidents:report", into.code)


@require_POST
def split(request: HttpRequest, code: str) -> HttpResponse:
    actions.split(by=me(request), at=clock.now(), report=_at_desk(request, code))
    messages.success(request, _("Đã tách lại báo cáo."))
    return redirect("incidents:report", code)


@require_POST
@reads("incident.read")
def end(request: HttpRequest, code: str) -> HttpResponse:
    held, form = _at_desk(request, code), forms.DismissForm(request.POST, prefix="ket-thuc")
    if not form.is_valid():
        return _page(request, code, {"end_form": form})
    try:
        actions.dismiss(by=me(request), at=clock.now(), report=held, **form.cleaned_data)
    except Refusal as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.says)
        return _page(request, code, {"end_form": form})
    messages.success(request, _("Đã kết thúc báo cáo."))
    return redirect("incidents:reports")


@get_or_post
def phone(request: HttpRequest) -> HttpResponse:
    """While on the telephone: half a minute, and the code to read out."""
    if not queries.may_desk(me(request), clock.today()):
        raise Refusal(_("Báo cáo do bàn trực xử lý."), status=403)
    form = forms.PhoneForm(request.POST or None, initial={"token": secrets.token_urlsafe(12)})
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("kind", "text", "where", "contact")}
        token = f"phone:{form.cleaned_data['token'] or secrets.token_urlsafe(12)}"
        got = actions.receive(by=me(request), at=clock.now(), telling=Telling(channel="phone", token=token, **said))
        return render(request, "incidents/read_out.html", {"got": got, "active": "incidents"})
    return render(request, "incidents/phone.html", {"form": form, "active": "incidents"}, status=422 if form.errors else 200)


@require_GET
def file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = held_reports.attachment(_held(request, code), number)
    if found is None:
        raise Http404
    return serving.download(found)
