"""The verbs of the doors: the only writers of invitations, suspensions and openings, and of passwords set by a link."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.doors import letters, networks, rules
from luytre.doors.models import Invitation, Opening, Suspension
from luytre.journal.acts import By
from luytre.register import actions as register
from luytre.register.access import CLOCK, CONSOLE
from luytre.register.book import Book
from luytre.register.mail import Official
from luytre.register.models import Account, Organisation, Person, Post

GOOD_FOR = timedelta(days=7)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@journal.act("account.invited")
def invite(
    *, by: By, at: datetime, about: Sequence[str], organisation: Organisation, person: Person, link: Callable[[str], str]
) -> journal.Told:
    """Send one person the link by which the one account is opened, or gets a new password; an earlier link stops working.

    `link` makes the address of a token; the token itself stands in the letter only.
    """
    if fault := _mail_fault(person, organisation, at):
        raise Refusal(fault, field="email")
    now, token = timezone.now(), secrets.token_urlsafe(32)
    Invitation.objects.filter(person=person, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    sent = Invitation.objects.create(
        person=person, organisation=organisation, digest=digest(token), by=journal_ref(by), sent_at=now, ends_at=now + GOOD_FOR
    )
    letters.invitation(sent, link(token))
    return journal.Told(about=about, on=timezone.localdate(at), aside={"person": person.ref}, result=sent)


def journal_ref(by: By) -> str:
    return by if isinstance(by, str) else by.ref


def _mail_fault(person: Person, organisation: Organisation, at: datetime) -> str:
    if not person.email:
        return _("Sổ đăng ký chưa có thư công vụ của cán bộ này. Đề nghị bổ sung rồi mời lại.")
    return Official(timezone.localdate(at)).fault(person.email, [organisation.code])


@journal.act("account.withdrawn")
def withdraw(*, by: By, at: datetime, about: Sequence[str], invitation: Invitation) -> journal.Told:
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    return journal.Told(about=about, on=timezone.localdate(at), aside={"person": invitation.person.ref})


def accept(*, at: datetime, token: str, username: str, password: str) -> Account:
    """Open the account of the invited person, or give it a new password; the link works once. One person, one account."""
    with transaction.atomic():
        invitation = taken(token)
        account = Account.objects.filter(person=invitation.person).first()
        fresh = account is None
        account = account or Account(username=_free(username), person=invitation.person)
        _check(password, account)
        account.set_password(password)
        account.save()
        verb = "account.opened" if fresh else "password.changed"
        journal.record(by=account, at=at, verb=verb, about=[account.ref], on=timezone.localdate(at))
    if not fresh:
        end_sessions(account)
        reset(username=account.username)
    return account


def taken(token: str) -> Invitation:
    """Take an invitation by its link: of two who come at once, one gets it."""
    now = timezone.now()
    waiting = Invitation.objects.filter(digest=digest(token), accepted_at=None, withdrawn_at=None, ends_at__gt=now)
    if not waiting.update(accepted_at=now):
        raise Refusal(_("Liên kết đã dùng, đã hết hạn hoặc đã thu hồi. Đề nghị nhờ đơn vị gửi thư mời mới."), status=404)
    return Invitation.objects.select_related("person", "organisation").get(digest=digest(token))


def _free(username: str) -> str:
    said = " ".join(username.split())
    if not said or Account.objects.filter(username__iexact=said).exists():
        raise Refusal(_("Tên đăng nhập này đã có người dùng hoặc còn trống. Đề nghị chọn tên khác."), field="username")
    return said


def _check(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as fault:
        raise Refusal(" ".join(fault.messages), field="password1") from None


def put_to_sleep(*, at: datetime, account: Account) -> None:
    """Suspend an account that has long gone unused."""
    if account.is_active:
        suspend(by=CLOCK, at=at, about=[account.ref], account=account, why=Suspension.Why.UNUSED)


@journal.act("account.suspended")
def suspend(*, by: By, at: datetime, about: Sequence[str], account: Account, why: str = Suspension.Why.DECIDED) -> journal.Told:
    """Keep an account from signing in; its sessions end at once."""
    Suspension.objects.get_or_create(account=account, lifted_at=None, defaults={"why": why, "at": timezone.now()})
    Account.objects.filter(pk=account.pk).update(is_active=False)
    account.is_active = False
    end_sessions(account)
    return journal.Told(about=about, on=timezone.localdate(at), detail={"why": str(why)}, aside={"person": account.ref})


@journal.act("account.restored")
def restore(*, by: By, at: datetime, about: Sequence[str], account: Account) -> journal.Told:
    Suspension.objects.filter(account=account, lifted_at=None).update(lifted_at=timezone.now())
    Account.objects.filter(pk=account.pk).update(is_active=True)
    return journal.Told(about=about, on=timezone.localdate(at), aside={"person": account.ref})


def end_sessions(account: Account) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()


def close(account: Account) -> None:
    """Close an account for good, for the erasure of a person: nothing of it is left but a row without a name, which signs nobody in."""
    end_sessions(account)
    reset(username=account.username)
    account.username, account.is_active = f"da-xoa-{account.pk}", False
    account.set_unusable_password()
    account.save()
    for relation in account._meta.related_objects:  # second factors, former passwords, links to a shared sign-in
        relation.related_model._default_manager.filter(**{relation.field.name: account}).delete()


def end_post(*, by: By, at: datetime, post: Post) -> None:
    """Someone leaves a post: a row of the register that ends it today; the next request has no rights from it."""
    today = timezone.localdate(at)
    book = Book()
    until = max(today, post.from_on + timedelta(days=1))
    book.add("post", post.of.code, post.organisation.code, post.role, post.title, from_on=post.from_on, until_on=until)
    register.change(by=by, at=at, about=[post.organisation.ref], attribute="post", book=book)


def engage(*, by: By, at: datetime, organisation: Organisation, name: str, salutation: str, email: str, role: str, title: str) -> Person:
    """Someone new at a body: a person and a post from today, as rows of the register."""
    if fault := Official(timezone.localdate(at)).fault(email, [organisation.code]):
        raise Refusal(fault, field="email")
    if Person.objects.filter(email__iexact=email).exists():
        raise Refusal(_("Địa chỉ này đã thuộc một cán bộ trong sổ đăng ký. Một người chỉ có một tài khoản."), field="email")
    code = f"{organisation.code[:40]}-{secrets.token_hex(4)}"
    book = Book()
    book.put("person", code, name=name, salutation=salutation, email=email)
    book.add("post", code, organisation.code, role, title, from_on=timezone.localdate(at))
    register.change(by=by, at=at, about=[organisation.ref], attribute="post", book=book)
    return Person.objects.get(code=code)


# -- from the console, where whoever sits may mend everything --


@journal.act("account.unlocked")
def unlock(*, by: By, at: datetime, about: Sequence[str], account: Account) -> journal.Told:
    """Forget the wrong passwords counted for a name."""
    reset(username=account.username)
    return journal.Told(about=about, on=timezone.localdate(at))


def forget_factor(*, at: datetime, account: Account) -> int:
    """Take away the second step of someone who has lost it all; the next sign-in sets up another."""
    held = Authenticator.objects.filter(user=account)
    for kind in sorted({str(one.type) for one in held}):
        detail = {"kind": kind}
        journal.record(by=CONSOLE, at=at, verb="factor.removed", about=[account.ref], on=timezone.localdate(at), detail=detail)
    gone, _rows = held.delete()
    end_sessions(account)
    return int(gone)


@journal.act("door.opened")
def open_door(*, by: By, at: datetime, about: Sequence[str], network: str, minutes: int) -> journal.Told:
    """Let a network in by the staff door for a while: the way back in when the lists shut everyone out."""
    try:
        [found] = rules.networks([network])
    except ValueError:
        raise Refusal(_("Dải mạng không đúng dạng, ví dụ: 10.1.2.0/24.")) from None
    until = timezone.now() + timedelta(minutes=minutes)
    Opening.objects.create(network=str(found), until=until)
    networks.forget()
    detail = {"network": str(found), "until": until.isoformat(timespec="seconds")}
    return journal.Told(about=about, on=timezone.localdate(at), detail=detail)


@journal.act("door.closed")
def close_door(*, by: By, at: datetime, about: Sequence[str], network: str) -> journal.Told:
    Opening.objects.filter(network=network).delete()
    networks.forget()
    return journal.Told(about=about, on=timezone.localdate(at), detail={"network": network})
