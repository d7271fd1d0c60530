"""The verbs of the register: the only writers of its tables."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By
from luytre.register import findables, queries
from luytre.register.book import Book
from luytre.register.loading import Changes, Loader
from luytre.register.models import Account, Organisation, Person, System


def load(*, by: By, at: datetime, book: Book, sha256: str = "") -> Changes:
    """Load a whole book: all of it or nothing, as one entry that mentions every body and system touched; again changes nothing."""
    with transaction.atomic():
        changes = _load(book, at)
        if touched := sorted(ref for ref in changes.things if ref.startswith(("org:", "system:"))):
            detail = {"rows": changes.rows, "sha256": sha256 or None}
            journal.record(by=by, at=at, verb="register.imported", about=touched, on=timezone.localdate(at), detail=detail)
    return changes


def _load(book: Book, at: datetime) -> Changes:
    """Write a book's rows, and what its things are found by."""
    changes = Loader(book, at).load()
    findables.refresh(changes.things)
    return changes


@journal.act("register.confirmed")
def confirm(*, by: By, at: datetime, organisation: Organisation, on: date, number: str = "", systems: int | None = None) -> journal.Told:
    """The head says: these are all our systems (none included)."""
    owned = len(queries.systems_owned(organisation.ref, on)) if systems is None else systems
    detail: dict[str, Any] = {"number": number or None, "systems": owned}
    return journal.Told(about=[organisation.ref], on=on, detail=detail)


@journal.act("register.changed")
def change(*, by: By, at: datetime, about: Sequence[str], attribute: str, book: Book) -> journal.Told:
    """Correct or continue one attribute of one thing: a new dated row, known from now on; the old rows stay."""
    changes = _load(book, at)
    if not changes.rows:
        raise Refusal(_("Sổ đăng ký đã ghi đúng như vậy, không có gì thay đổi."))
    return journal.Told(about=about, on=timezone.localdate(at), detail={"attribute": attribute}, result=changes)


def open_account(*, username: str, password: str | None, person: Person | None) -> Account:
    """Open an account to sign in with (administrator at the console, or the demonstration)."""
    return Account.objects.open(username, password, person)


def set_account(*, username: str, password: str, person_code: str | None) -> Account:
    """Open an account for a person of the register, or give an account a new password (at the console)."""
    person = Person.objects.filter(code=person_code).first() if person_code else None
    if person_code and person is None:
        raise Refusal(_("Không có cán bộ mã “%s” trong sổ đăng ký.") % person_code)
    try:
        validate_password(password)
    except ValidationError as fault:
        raise Refusal(" ".join(fault.messages)) from None
    account = Account.objects.filter(username__iexact=username).first()
    if account is None:
        return Account.objects.open(username, password, person)
    account.set_password(password)
    account.person = person or account.person
    account.save(update_fields=["password", "person"])
    return account


def register_system(*, by: By, at: datetime, organisation: Organisation, name: str, level: int | None, phase: str, from_on: date) -> System:
    """A body tells of a system of its own; the code is made from the body's. It is known from now on."""
    code = _free_code(organisation)
    book = Book()
    book.put("system", code)
    book.add("system.name", code, name, from_on=from_on)
    book.add("system.owner", code, organisation.code, from_on=from_on)
    book.add("system.operator", code, organisation.code, from_on=from_on)
    book.add("system.phase", code, phase, from_on=from_on)
    if level is not None:
        book.add("system.level", code, level, from_on=from_on)
    _tell_of_system(by=by, at=at, about=[organisation.ref], system=f"system:{code}", book=book)
    return System.objects.get(code=code)


@journal.act("register.changed")
def _tell_of_system(*, by: By, at: datetime, about: Sequence[str], system: str, book: Book) -> journal.Told:
    _load(book, at)
    return journal.Told(about=[*about, system], on=timezone.localdate(at), detail={"attribute": "system"})


def _free_code(organisation: Organisation) -> str:
    stem = organisation.code[:50]
    taken = set(System.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in count(1) if (code := f"{stem}-{number:02}") not in taken)
