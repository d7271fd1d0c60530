"""The shared sign-in (OpenID Connect): whom the province's provider vouches for is found in the register; nobody is made up."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
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
        account = None if sociallogin.is_existing else vouched(_claims(sociallogin))
        if account:
            sociallogin.connect(request, account)


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
