"""Questions of the doors: is an account asleep or kept out, how it stands, whom one may invite."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from luytre.doors import factors, networks, passwords, rules
from luytre.doors.models import Suspension
from luytre.journal import clock
from luytre.register import access
from luytre.register.models import Account, OrganisationNetwork, Post, Role
from luytre.register.queries import listed


def last_seen(account: Account) -> datetime:
    """The last sign-in, the opening, or the day a suspension was lifted, whichever came last."""
    lifted = Suspension.objects.filter(account=account, lifted_at__isnull=False).order_by("-lifted_at").first()
    return max(moment for moment in (account.last_login, account.created_at, lifted.lifted_at if lifted else None) if moment)


def is_asleep(account: Account, now: datetime) -> bool:
    """Unused for so long that it must be restored by someone who may."""
    if settings.LUYTRE_MFA == "off":
        return False
    return account.is_active and rules.sleeps(last_seen(account), now, settings.LUYTRE_UNUSED_DAYS)


def is_enterprise(account: Account) -> bool:
    """Does this person hold posts as an enterprise's representative only?"""
    return access.roles(account, clock.today()) == {Role.ENTERPRISE}


def is_kept_out(account: Account, request: HttpRequest) -> bool:
    """An enterprise comes from its own listed addresses only, once the doors are guarded."""
    if not networks.are_guarded() or not is_enterprise(account):
        return False
    address = networks.client(request)
    return address is None or not rules.within(address, own_networks(account))


def own_networks(account: Account) -> tuple[rules.Network, ...]:
    """The addresses listed in the register for a person's bodies, today."""
    here = [body.pk for body in access.bodies(account, clock.today())]
    return rules.networks(listed(OrganisationNetwork.objects.filter(of__in=here), clock.today()))


@dataclass(frozen=True)
class OwnAccount:
    """What the page of one's own account tells."""

    username: str
    posts: tuple[Post, ...]
    password_set: datetime
    password_days: int
    password_left: int | None  # days until it must be changed; None: no limit
    must_have_second: bool
    has_app: bool
    keys: int
    codes: int | None  # recovery codes left; None: none made
    sessions: int
    unused_days: int


def own_account(account: Account, on: date) -> OwnAccount:
    set_at, days = passwords.set_at(account), passwords.days_allowed(account, on)
    factors_held = {one.type: one for one in Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.WEBAUTHN)}
    codes = factors_held.get(Authenticator.Type.RECOVERY_CODES)
    return OwnAccount(
        username=account.username,
        posts=tuple(access.posts(account, on)),
        password_set=set_at,
        password_days=days,
        password_left=max(0, days - (timezone.now() - set_at).days) if days else None,
        must_have_second=factors.must_have(account, on),
        has_app=Authenticator.Type.TOTP in factors_held,
        keys=Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).count(),
        codes=len(codes.wrap().get_unused_codes()) if codes else None,
        sessions=len(UserSession.objects.purge_and_list(account)),
        unused_days=settings.LUYTRE_UNUSED_DAYS,
    )
