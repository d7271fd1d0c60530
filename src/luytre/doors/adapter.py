"""What allauth asks of this house: who may sign in, from which address, in which words; accounts are opened by invitation only."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.doors import actions, events, factors, networks, queries
from luytre.journal import clock
from luytre.register.models import Account

_WRONG = _("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại.")
_MANY = _("Đã thử sai nhiều lần. Đề nghị chờ 15 phút rồi thử lại.")
_CODE = _("Mã chưa đúng hoặc đã dùng. Chờ ứng dụng hiện mã mới rồi nhập lại; kiểm tra đồng hồ của điện thoại.")


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "too_many_login_attempts": _MANY,
        "rate_limited": _MANY,
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_code": _CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return networks.client_text(request)

    def pre_login(self, request: HttpRequest, user: Account, **rest: Any) -> HttpResponse | None:
        """The password was right; is the account in use, and the address one of its own?"""
        if queries.is_asleep(user, timezone.now()):
            actions.put_to_sleep(at=clock.now(), account=user)
        if queries.is_kept_out(user, request):
            user.is_active = False  # for this sign-in only: answered with the page that says whom to call
        response: HttpResponse | None = super().pre_login(request, user, **rest)
        return response

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        return not factors.is_fresh(context.request)

    def add_message(self, *args: Any, message: str | None = None, **rest: Any) -> None:
        """Only faults are told; that one has signed in one sees."""
        if message:
            super().add_message(*args, message=message, **rest)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _CODE,
        "cannot_delete_authenticator": _("Không gỡ được bước hai cuối cùng: vai trò của ông/bà bắt buộc có bước hai."),
        "cannot_generate_recovery_codes": _("Cần có ứng dụng tạo mã hoặc khóa bảo mật trước khi tạo mã dự phòng."),
    }

    def validation_error(self, code: str, *args: Any) -> Any:
        if code == "incorrect_code" and "credential" in context.request.POST:
            events.key_failed(context.request)  # of codes allauth tells by a signal
        return super().validation_error(code, *args)

    def encrypt(self, text: str) -> str:
        return factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factors.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Lũy Tre (minh họa)" if settings.LUYTRE_MARK else "Lũy Tre"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second step of someone who must have one stays until there is another."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=factors.SECOND).exclude(pk=authenticator.pk)
        return others.exists() or not factors.must_have(authenticator.user, clock.today())

    def generate_authenticator_name(self, user: Account, type: Any) -> str:
        return ""


class Sessions(DefaultUserSessionsAdapter):  # type: ignore[misc]
    def end_sessions(self, sessions: Any) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        for session in ended:
            events.session_ended(session.user, "elsewhere")
