"""Windows of one's own account: signing in, password, second step, sessions."""

from typing import Any

from allauth.account.views import LoginView, PasswordChangeView
from allauth.usersessions.adapter import get_adapter as get_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.doors import queries
from luytre.journal import clock
from luytre.register.models import Account


class SignIn(LoginView):  # type: ignore[misc]
    """Name and password; the form's field is called `username`, as browsers and people know it."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return {**super().get_context_data(**more), "providers": queries.providers()}

    def get_form_kwargs(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs()
        if "data" in given:
            given["data"] = given["data"].copy()
            given["data"].setdefault("login", given["data"].get("username", ""))
        return given


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    """A new password; the other sessions of the account end with it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _account(request).has_usable_password():  # comes by the shared sign-in only
            return redirect("doors:account")
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_default_success_url(self) -> str:
        return reverse("doors:account")

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        messages.success(self.request, _("Đã đổi mật khẩu. Các phiên khác đã kết thúc."))
        return answer


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    user, today = _account(request), clock.today()
    return render(request, "doors/account.html", {"own": queries.own_account(user, today), "manages": queries.managed(user, today)})


@require_GET
def second(request: HttpRequest) -> HttpResponse:
    """Why a second step is asked for, and the two ways to have one."""
    return render(request, "doors/second.html")


@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    session = UserSession.objects.filter(pk=number, user=_account(request)).first()
    if session is None:
        raise Http404
    get_sessions().end_sessions([session])
    messages.success(request, _("Đã kết thúc phiên."))
    return redirect("usersessions_list")


def locked_out(request: HttpRequest, answer: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """The page of axes: too many wrong passwords for this name from this address."""
    return render(request, "doors/locked.html", status=429)


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise Http404
    return request.user
