"""The shared sign-in (OpenID Connect): whom the province's provider vouches for is found in the register; nobody is made up."""

import secrets
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from requests import Session

from luytre.post import outgoing
from luytre.post.ways import outgoing_rules
from luytre.register.models import Account


class Provider(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_requests_session(self) -> Session:
        """Metadata, keys and tokens are fetched by the one way out."""
        return outgoing.session(outgoing_rules())

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time: the one account whose person bears the official address, or whose name the provider says."""
        if not is_our_answer(sociallogin):
            raise PermissionDenied("not an answer to what this browser asked")
        account = None if sociallogin.is_existing else vouched(_claims(sociallogin))
        if account:
            sociallogin.connect(request, account)


class Shared(OpenIDConnectProvider):  # type: ignore[misc]
    """Each asking carries a nonce of its own, kept in the session with the state; what a link adds to the asking is not passed on."""

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        nonce = secrets.token_urlsafe(32)
        wanted = {"scope": self.get_scope(), "auth_params": {**self.get_auth_params(), "nonce": nonce}, "nonce": nonce}
        return {**super().get_redirect_from_request_kwargs(request), **wanted}


def is_our_answer(sociallogin: SocialLogin) -> bool:
    """Does the signed statement bear the nonce this browser was sent with, and the name of the provider that was asked? (OpenID Connect
    Core 1.0, 3.1.3.7; its receiver, its time and whom the metadata name as issuer are checked before.)"""
    claims = sociallogin.account.extra_data.get("id_token") or {}
    nonce, provider = sociallogin.state.get("nonce"), sociallogin.account.get_provider()
    asked = provider.server_url.partition("/.well-known/")[0].rstrip("/")
    answers = bool(nonce) and constant_time_compare(str(claims.get("nonce")), nonce)
    return answers and str(claims.get("iss")).rstrip("/") == asked


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    said = sociallogin.account.extra_data
    return dict(said.get("userinfo") or said.get("id_token") or said)


def vouched(claims: dict[str, Any]) -> Account | None:
    """The account a provider's claims mean: by verified official address, or by user name, as the installation says."""
    if settings.LUYTRE_OIDC_CLAIM == "preferred_username":
        found = Account.objects.filter(username__iexact=str(claims.get("preferred_username") or ""))
    elif claims.get("email_verified") is True:
        found = Account.objects.filter(person__email__iexact=str(claims.get("email") or "-"))
    else:
        return None
    accounts = list(found[:2])
    return accounts[0] if len(accounts) == 1 else None
