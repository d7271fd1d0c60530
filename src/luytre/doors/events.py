"""What happens at the doors, told to the journal. References only: no names, no addresses, nothing that was typed."""

import logging
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.cache import cache
from django.http import HttpRequest

from luytre import journal
from luytre.doors import factors, rules
from luytre.journal import clock
from luytre.register.access import CLOCK
from luytre.register.models import Account

log = logging.getLogger(__name__)


def listen() -> None:
    """allauth and axes tell by signals only; here is the whole list."""
    account_signals.user_logged_in.connect(_signed_in, dispatch_uid="luytre.doors")
    account_signals.password_changed.connect(_password_changed, dispatch_uid="luytre.doors")
    user_logged_out.connect(_signed_out, dispatch_uid="luytre.doors")
    user_login_failed.connect(_failed, dispatch_uid="luytre.doors")
    user_locked_out.connect(_locked, dispatch_uid="luytre.doors")
    factor_signals.authentication_failed.connect(_code_failed, dispatch_uid="luytre.doors")
    factor_signals.authenticator_added.connect(_factor_added, dispatch_uid="luytre.doors")
    factor_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="luytre.doors")
    factor_signals.authenticator_reset.connect(_factor_renewed, dispatch_uid="luytre.doors")


def tell(verb: str, account: Account, *, by: str = "", **detail: Any) -> None:
    """One entry about an account, by its person unless someone else is named."""
    journal.record(by=by or account.ref, at=clock.now(), verb=verb, about=[account.ref], on=clock.today(), detail=detail)


def session_ended(account: Account, how: str) -> None:
    tell("session.ended", account, how=how)


def _signed_in(sender: Any, request: HttpRequest, user: Account, **rest: Any) -> None:
    door = getattr(request, "door", rules.STAFF)
    tell("session.started", user, how=factors.how(request), door=door)


def _signed_out(sender: Any, request: HttpRequest, user: Account | None, **rest: Any) -> None:
    if isinstance(user, Account):
        session_ended(user, getattr(request, "session_ends", "self"))


def _password_changed(sender: Any, request: HttpRequest, user: Account, **rest: Any) -> None:
    tell("password.changed", user)


def _failed(sender: Any, credentials: dict[str, Any], **rest: Any) -> None:
    """A wrong password: a line in the log, not in the chain, which strangers could fill. What was typed as a name may be a password."""
    account = Account.objects.filter(username__iexact=str(credentials.get("username") or "")).first()
    log.warning("sign-in failed: %s", account.ref if account else "nobody of that name")


def _code_failed(sender: Any, request: HttpRequest, user: Account, **rest: Any) -> None:
    log.warning("second step failed: %s, code", user.ref)


def key_failed(request: HttpRequest) -> None:
    """A security key that does not fit: of someone signed in, or of nobody yet."""
    user = getattr(request, "user", None)
    log.warning("second step failed: %s, key", user.ref if isinstance(user, Account) else "not signed in")


def _locked(sender: Any, request: HttpRequest, username: str, **rest: Any) -> None:
    """One entry a lock, however often the door is tried while it holds; a name nobody bears leaves none."""
    account = Account.objects.filter(username__iexact=username or "").first()
    if account and cache.add(f"luytre.locked.{account.pk}", 1, timeout=int(settings.AXES_COOLOFF_TIME.total_seconds())):
        tell("account.locked", account, by=CLOCK, failures=settings.AXES_FAILURE_LIMIT)


def _factor_added(sender: Any, request: HttpRequest, user: Account, authenticator: Authenticator, **rest: Any) -> None:
    if authenticator.type in factors.SECOND:  # its first code or touch has just been checked: this session has shown it
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    tell("factor.added", user, kind=str(authenticator.type))


def _factor_removed(sender: Any, request: HttpRequest, user: Account, authenticator: Authenticator, **rest: Any) -> None:
    tell("factor.removed", user, kind=str(authenticator.type))


def _factor_renewed(sender: Any, request: HttpRequest, user: Account, authenticator: Authenticator, **rest: Any) -> None:
    tell("factor.renewed", user, kind=str(authenticator.type))
