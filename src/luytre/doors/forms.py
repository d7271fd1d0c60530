"""Forms of the doors: shape only."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.register.models import Role

INVITED = (Role.OFFICER, Role.CONTACT)  # roles a body's own administrator gives; heads and the province's desks come by the register


def _text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.TextInput(attrs={"class": "inp", **more.pop("attrs", {})}), **more)


class NewcomerForm(forms.Form):
    """Someone new at a body."""

    salutation = forms.ChoiceField(
        label=gettext_lazy("Xưng hô"), choices=[("Ông", "Ông"), ("Bà", "Bà")], widget=forms.Select(attrs={"class": "inp"})
    )
    name = _text(gettext_lazy("Họ và tên"), max_length=200)
    title = _text(gettext_lazy("Chức danh"), max_length=200, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"), choices=[(role.value, role.label) for role in INVITED], widget=forms.Select(attrs={"class": "inp"})
    )
    email = forms.EmailField(label=gettext_lazy("Thư công vụ"), widget=forms.EmailInput(attrs={"class": "inp", "autocomplete": "off"}))


class AcceptForm(forms.Form):
    """Name (for a new account) and password, twice."""

    username = _text(gettext_lazy("Tên đăng nhập"), max_length=100, attrs={"autocomplete": "username", "autocapitalize": "none"})
    password1 = forms.CharField(
        label=gettext_lazy("Mật khẩu mới"), widget=forms.PasswordInput(attrs={"class": "inp", "autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=gettext_lazy("Mật khẩu mới, gõ lại"), widget=forms.PasswordInput(attrs={"class": "inp", "autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, has_account: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if has_account:
            del self.fields["username"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("password1") and said.get("password2") and said["password1"] != said["password2"]:
            self.add_error("password2", _("Hai lần gõ mật khẩu mới không giống nhau."))
        return said


class _Key:
    """What a browser sends of a security key; what no key says is a wrong one, not a fault of ours."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise get_adapter().validation_error("incorrect_code") from None


class KeySignInForm(_Key, keys.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""


class KeySecondForm(_Key, keys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key after the password."""


class KeyAgainForm(_Key, keys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A key shown once more before a sensitive act."""


class NewKeyForm(keys.AddWebAuthnForm):  # type: ignore[misc]
    """A key to be added."""

    def clean(self) -> Any:
        try:
            return super().clean()
        except (AttributeError, KeyError, TypeError):
            raise get_adapter().validation_error("incorrect_code") from None
