"""Questions of the doors: is an account asleep or kept out, how it stands, whom one may invite."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from luytre.core.fold import fold
from luytre.doors import factors, networks, passwords, rules
from luytre.doors.models import Invitation, Suspension
from luytre.journal import clock
from luytre.register import access
from luytre.register.models import Account, Organisation, OrganisationNetwork, Person, Post, Role
from luytre.register.queries import HEADS, listed_rows
from luytre.register.reach import posts_at


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
    rows = listed_rows(OrganisationNetwork.objects.filter(of__in=here), clock.today())
    return rules.networks(row.value for row in rows)


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


def kept_about(account: Account) -> dict[str, Any]:
    """What the doors keep about a person, without secrets: for the person's own copy."""
    factors_held = Authenticator.objects.filter(user=account).order_by("pk")
    sessions = UserSession.objects.filter(user=account).order_by("pk")
    return {
        "username": account.username,
        "created_at": account.created_at,
        "last_login": account.last_login,
        "password_set_at": passwords.set_at(account),
        "second_steps": [{"kind": str(one.type), "since": one.created_at, "last_used_at": one.last_used_at} for one in factors_held],
        "sessions": [{"address": one.ip, "browser": one.user_agent, "since": one.created_at, "seen": one.last_seen_at} for one in sessions],
        "suspensions": [{"why": one.why, "at": one.at, "lifted_at": one.lifted_at} for one in account.suspensions.order_by("pk")],
    }


def providers() -> list[dict[str, str]]:
    """The shared sign-in of this installation, where there is one: its name and the address of its button."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [{"name": app["name"], "url": reverse("openid_connect_login", args=[app["provider_id"]])} for app in apps]


# -- the accounts of a body --


def managed_body(person: object, code: str, on: date) -> Organisation | None:
    """A body whose accounts this person may look after; None as well when there is no such body."""
    found = Organisation.objects.filter(code=code).first()
    return found if found and access.may(person, "account.invited", found.ref, on) else None


def managed(person: object, on: date, asked: str = "") -> list[Organisation] | None:
    """The bodies whose accounts this person looks after (an administrator's by name, fifty at most); None: none at all."""
    if access.has_verb(person, "account.invited", on):
        rows = Organisation.objects.filter(folded__contains=fold(asked)) if asked else Organisation.objects.all()
        return list(rows.order_by("sorting")[:50])
    own = [body for body in access.bodies(person, on) if access.may(person, "account.invited", body.ref, on)]
    return own or None


@dataclass(frozen=True)
class Row:
    """Someone with a post at a body, and how the account stands: none, invited, active, unused, suspended."""

    person: Person
    posts: tuple[Post, ...]
    account: Account | None
    invitation: Invitation | None
    state: str
    has_second: bool


def staff(organisation: Organisation, on: date) -> list[Row]:
    """Everybody with a post at a body on a day, by the Vietnamese order of names, in a constant number of queries."""
    held = posts_at(organisation, on)
    people = {post.of_id: post.of for post in held}
    accounts = {account.person_id: account for account in Account.objects.filter(person__in=people)}
    sent = Invitation.objects.filter(person__in=people, accepted_at=None, withdrawn_at=None, ends_at__gt=timezone.now())
    waiting = {one.person_id: one for one in sent.select_related("person")}
    secured = set(Authenticator.objects.filter(user__person__in=people, type__in=factors.SECOND).values_list("user__person", flat=True))
    rows = [
        Row(
            person=person,
            posts=tuple(post for post in held if post.of_id == pk),
            account=accounts.get(pk),
            invitation=waiting.get(pk),
            state=_state(accounts.get(pk), waiting.get(pk)),
            has_second=pk in secured,
        )
        for pk, person in people.items()
    ]
    return sorted(rows, key=lambda row: row.person.sorting)


def may_shut_out(person: object, row: Row, on: date) -> bool:
    """May this person suspend someone or end the post? Not the own one, and a head's only as administrator of the system."""
    if row.account is not None and row.account == person:
        return False
    return access.has_verb(person, "account.suspended", on) or not {post.role for post in row.posts} & set(HEADS)


def _state(account: Account | None, invitation: Invitation | None) -> str:
    if account is None:
        return "invited" if invitation else "none"
    if not account.is_active:
        return "suspended"
    return "active" if account.last_login else "unused"


@dataclass(frozen=True)
class Waiting:
    """What the page behind an invitation's link shows."""

    person: Person
    organisation: Organisation
    has_account: bool


def waiting(token: str) -> Waiting | None:
    """The invitation of a link that still works."""
    rows = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, ends_at__gt=timezone.now())
    found = rows.filter(digest=hashlib.sha256(token.encode()).hexdigest()).select_related("person", "organisation").first()
    if found is None:
        return None
    return Waiting(found.person, found.organisation, Account.objects.filter(person=found.person).exists())
