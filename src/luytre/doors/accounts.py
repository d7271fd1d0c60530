"""Windows of a body's accounts: who has one, who is invited, who is kept out; and the page behind an invitation's link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.core.refusal import Refusal
from luytre.doors import actions, queries
from luytre.doors.forms import AcceptForm, NewcomerForm
from luytre.journal import clock
from luytre.register.models import Organisation
from luytre.register.reads import read, reads


@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies whose accounts this person looks after; with one only, that one."""
    found = queries.managed(request.user, clock.today(), request.GET.get("q", ""))
    if found is None:
        raise Http404
    if len(found) == 1 and not request.GET.get("q"):
        return redirect("doors:body", found[0].code)
    return render(request, "doors/bodies.html", {"bodies": found, "q": request.GET.get("q", ""), "active": "accounts"})


@require_http_methods(["GET", "POST"])
@reads("personal_data.read")
def body(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody with a post at a body, and a form for someone new."""
    organisation = _body(request, code)
    form = NewcomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.engage(by=request.user, at=clock.now(), organisation=organisation, **form.cleaned_data)  # type: ignore[arg-type]
            return _invite(request, organisation, person.code)
        except Refusal as refusal:
            form.add_error("email" if refusal.field == "email" else None, refusal.says)
    read(request, [organisation.ref])
    rows = queries.staff(organisation, clock.today())
    page = {"body": organisation, "rows": rows, "form": form, "active": "accounts"}
    page["shut"] = {row.person.pk for row in rows if queries.may_shut_out(request.user, row, clock.today())}
    return render(request, "doors/body.html", page, status=422 if form.errors else 200)


@require_POST
def invitation(request: HttpRequest, code: str, person: str) -> HttpResponse:
    return _invite(request, _body(request, code), person)


def _invite(request: HttpRequest, organisation: Organisation, person: str) -> HttpResponse:
    row = _row(organisation, person)

    def link(token: str) -> str:
        return request.build_absolute_uri(reverse("doors:accept", args=[token]))

    by, now = request.user, clock.now()
    actions.invite(by=by, at=now, about=[organisation.ref], organisation=organisation, person=row.person, link=link)  # type: ignore[arg-type]
    messages.success(request, _("Đã gửi thư mời tới %(email)s; liên kết dùng được 7 ngày.") % {"email": row.person.email})
    return redirect("doors:body", organisation.code)


@require_POST
def withdrawal(request: HttpRequest, code: str, person: str) -> HttpResponse:
    organisation = _body(request, code)
    row = _row(organisation, person)
    if row.invitation is None:
        raise Http404
    actions.withdraw(by=request.user, at=clock.now(), about=[organisation.ref], invitation=row.invitation)  # type: ignore[arg-type]
    messages.success(request, _("Đã thu hồi thư mời."))
    return redirect("doors:body", code)


@require_POST
def suspension(request: HttpRequest, code: str, person: str) -> HttpResponse:
    organisation = _body(request, code)
    row = _row(organisation, person)
    _below(request, row)
    if row.account is None:
        raise Http404
    account = row.account
    actions.suspend(by=request.user, at=clock.now(), about=[organisation.ref], account=account)  # type: ignore[arg-type]
    messages.success(request, _("Đã tạm ngừng tài khoản; các phiên đang mở đã kết thúc."))
    return redirect("doors:body", code)


@require_POST
def restoration(request: HttpRequest, code: str, person: str) -> HttpResponse:
    organisation = _body(request, code)
    account = _row(organisation, person).account
    if account is None:
        raise Http404
    actions.restore(by=request.user, at=clock.now(), about=[organisation.ref], account=account)  # type: ignore[arg-type]
    messages.success(request, _("Tài khoản được dùng lại."))
    return redirect("doors:body", code)


@require_POST
def leaving(request: HttpRequest, code: str, person: str) -> HttpResponse:
    organisation = _body(request, code)
    row = _row(organisation, person)
    _below(request, row)
    for post in row.posts:
        actions.end_post(by=request.user, at=clock.now(), post=post)  # type: ignore[arg-type]
    messages.success(request, _("Đã ghi thôi giữ vai trò từ hôm nay; quyền hết ngay từ lần bấm tiếp theo."))
    return redirect("doors:body", code)


@sensitive_post_parameters("password1", "password2")
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of an invitation: choose a name and a password, once. A link used, ended or unknown looks like any unknown page."""
    waiting = queries.waiting(token)
    if waiting is None:
        raise Http404
    form = AcceptForm(request.POST or None, has_account=waiting.has_account)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.accept(at=clock.now(), token=token, username=said.get("username", ""), password=said["password1"])
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.says)
        else:
            messages.success(request, _("Xong. Đăng nhập bằng mật khẩu vừa đặt."))
            return redirect("account_login")
    page: dict[str, Any] = {"waiting": waiting, "form": form}
    return render(request, "doors/accept.html", page, status=422 if form.errors else 200)


def _below(request: HttpRequest, row: queries.Row) -> None:
    """Nobody shuts out the head, nor oneself; for a head the administrator of the system acts."""
    if not queries.may_shut_out(request.user, row, clock.today()):
        raise Refusal(_("Tài khoản của người đứng đầu và của chính mình do quản trị hệ thống xử lý."), status=403)


def _body(request: HttpRequest, code: str) -> Organisation:
    found = queries.managed_body(request.user, code, clock.today())
    if found is None:
        raise Http404
    return found


def _row(organisation: Organisation, person: str) -> queries.Row:
    found = next((row for row in queries.staff(organisation, clock.today()) if row.person.code == person), None)
    if found is None:
        raise Http404
    return found
