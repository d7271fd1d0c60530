"""The second step of signing in: who must have one, whether this session has shown it, how its secrets are kept."""

import base64
import time
from datetime import date
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

from luytre.register import access
from luytre.register.models import Account, Role

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def must_have(account: Account, on: date, *, at_duty_door: bool = False) -> bool:
    """Obligatory for every role that reads beyond its own body, and by the duty door; for all where the installation says so."""
    if settings.LUYTRE_MFA == "off":
        return False
    if settings.LUYTRE_MFA == "all" or at_duty_door:
        return True
    return bool(access.roles(account, on) & (access.SEES_ALL | {Role.ADMINISTRATOR}))


def has_one(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account, type__in=SECOND).exists())


def records(request: HttpRequest) -> list[dict[str, Any]]:
    """How this session proved who it is, oldest first: [{"method": "password", "at": …}, {"method": "mfa", …}]."""
    user = getattr(request, "user", None)
    return list(get_authentication_records(request, user)) if isinstance(user, Account) else []


def was_shown(request: HttpRequest) -> bool:
    said = records(request)
    is_strong = settings.LUYTRE_OIDC_IS_STRONG and _by_provider(said)
    return is_strong or any(one["method"] == "mfa" for one in said)


def _by_provider(said: list[dict[str, Any]]) -> bool:
    return any(one["method"] == "socialaccount" for one in said)


def is_fresh(request: HttpRequest) -> bool:
    """Has this person shown who they are within the last minutes (LUYTRE_FRESH_MINUTES; 0: not asked)?"""
    latest = max((float(one["at"]) for one in records(request)), default=0.0)
    return not settings.LUYTRE_FRESH_MINUTES or time.time() - latest < settings.LUYTRE_FRESH_MINUTES * 60


def how(request: HttpRequest) -> str:
    """The sign-in in one word, for the journal (verbs/session.py)."""
    said = records(request)
    if any(one.get("passwordless") for one in said):
        return "passkey"
    if _by_provider(said):
        return "provider"
    return "factor" if any(one["method"] == "mfa" for one in said) else "password"


def seal(text: str) -> str:
    """A secret of a second step, as it lies in the database: a copy of the database alone signs nobody in."""
    return _key().encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    try:
        return _key().decrypt(text.encode()).decode()
    except InvalidToken:
        return ""  # the installation's key was changed: no code fits, the console resets the second step


def _key() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"luytre.doors.factors").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
