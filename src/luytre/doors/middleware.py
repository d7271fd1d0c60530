"""The doorkeepers: an address without a door sees nothing; who is in has shown the second step, a young password, and a fresh face."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from luytre.doors import factors, networks, passwords, queries, routes
from luytre.doors.rules import DUTY, PUBLIC, STAFF
from luytre.journal import clock
from luytre.register import access
from luytre.register.models import Account

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponseBase]
YOUNG = "luytre_password_is_young_until"  # in the session: when to look at the password's age again
LOOK_AGAIN = 3600.0


def nothing_here() -> HttpResponse:
    """The same few bytes for every path, known or not, pages and static files alike."""
    return HttpResponse(b"", status=404, content_type="text/plain")


class DoorMiddleware:
    """Stands first. Says by which door a request came, or answers that there is nothing here."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        doors = networks.open_doors(request)
        request.door = STAFF if STAFF in doors else DUTY  # type: ignore[attr-defined]
        if STAFF not in doors and not routes.may_pass(request.path_info, doors):
            return nothing_here()
        return self.answer(request)


class GuardMiddleware:
    """Stands behind the sign-in: what this person, by this door, must have shown before the window opens."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
            _tell_if_refused(request, response.status_code)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        user = request.user
        if not isinstance(user, Account):
            return None
        assert request.resolver_match
        route = routes.route(request.resolver_match.view_name)
        return _by_door(request, user, route) or _by_proof(request, user, route)


def _tell_if_refused(request: HttpRequest, status: int) -> None:
    """Who was shown nothing, or did nothing, at which address: foreign and absent alike, with references only."""
    match = request.resolver_match
    if status in (403, 404) and match and isinstance(request.user, Account):
        about = " ".join(f"{name}={value}" for name, value in match.kwargs.items())
        log.warning("refused: %s %s %s by %s about %s", status, request.method, match.view_name, request.user.ref, about or "-")


def _by_door(request: HttpRequest, user: Account, route: routes.Route) -> HttpResponseBase | None:
    if not networks.are_guarded():
        return None
    is_enterprise = queries.is_enterprise(user)
    if is_enterprise and queries.is_kept_out(user, request):
        request.session_ends = "rule"  # type: ignore[attr-defined]
        logout(request)
        return nothing_here()
    if is_enterprise or request.door == DUTY:  # type: ignore[attr-defined]
        return _at_duty_door(request, user, route)
    return None


def _at_duty_door(request: HttpRequest, user: Account, route: routes.Route) -> HttpResponseBase | None:
    """Own bodies only, and only what is meant for this door."""
    request.door = DUTY  # type: ignore[attr-defined]
    user.at_duty_door = True
    if user.person:
        user.person.at_duty_door = True
    return nothing_here() if route.door == STAFF else None


def _by_proof(request: HttpRequest, user: Account, route: routes.Route) -> HttpResponseBase | None:
    if route.door in (routes.ENTRY, routes.ANY, PUBLIC):
        return None
    if not factors.was_shown(request) and factors.must_have(user, clock.today(), at_duty_door=user.at_duty_door):
        return _ask_second(request, user)
    if _password_is_old(request, user):
        messages.warning(request, _("Mật khẩu đã đến hạn đổi. Đề nghị đặt mật khẩu mới để tiếp tục."))
        return redirect("account_change_password")
    if route.wants_fresh(request.method, lambda: access.sees_all(user, clock.today())) and not factors.is_fresh(request):
        return _leave_for(request, get_adapter().get_reauthentication_methods(user)[0]["url"])
    return None


def _leave_for(request: HttpRequest, where: str) -> HttpResponseBase:
    """Leave for a moment; what was sent is kept in the session and goes on from there."""
    answer: HttpResponseBase = suspend_request(request, where)
    return answer


def _ask_second(request: HttpRequest, user: Account) -> HttpResponseBase:
    if not factors.has_one(user):
        return redirect("doors:second")
    methods = [one for one in get_adapter().get_reauthentication_methods(user) if one["id"].startswith("mfa")]
    return redirect(f"{methods[0]['url']}?{urlencode({'next': request.get_full_path()})}")


def _password_is_old(request: HttpRequest, user: Account) -> bool:
    """Looked at once an hour in each session; a changed password ends the other sessions anyway."""
    now = timezone.now()
    if request.session.get(YOUNG, 0) > now.timestamp():
        return False
    if passwords.has_expired(user, now):
        return True
    request.session[YOUNG] = now.timestamp() + LOOK_AGAIN
    return False
