"""The verbs of the register: the only writers of its tables."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By
from luytre.register import queries
from luytre.register.book import Book
from luytre.register.loading import Changes, Loader
from luytre.register.models import Account, Organisation, Person


def load(*, by: By, at: datetime, book: Book, sha256: str = "") -> Changes:
    """Load a whole book: all of it or nothing, as one entry that mentions every body and system touched; again changes nothing."""
    with transaction.atomic():
        changes = Loader(book, at).load()
        if touched := sorted(ref for ref in changes.things if ref.startswith(("org:", "system:"))):
            detail = {"rows": changes.rows, "sha256": sha256 or None}
            journal.record(by=by, at=at, verb="register.imported", about=touched, on=timezone.localdate(at), detail=detail)
    return changes


@journal.act("register.confirmed")
def confirm(*, by: By, at: datetime, organisation: Organisation, on: date, number: str = "", systems: int | None = None) -> journal.Told:
    """The head says: these are all our systems (none included)."""
    count = len(queries.systems_owned(organisation.ref, on)) if systems is None else systems
    detail: dict[str, Any] = {"number": number or None, "systems": count}
    return journal.Told(about=[organisation.ref], on=on, detail=detail)


@journal.act("register.changed")
def change(*, by: By, at: datetime, about: Sequence[str], attribute: str, book: Book) -> journal.Told:
    """Correct or continue one attribute of one thing: a new dated row, known from now on; the old rows stay."""
    changes = Loader(book, at).load()
    if not changes.rows:
        raise Refusal(_("Sổ đăng ký đã ghi đúng như vậy, không có gì thay đổi."))
    return journal.Told(about=about, on=timezone.localdate(at), detail={"attribute": attribute}, result=changes)


def open_account(*, username: str, password: str | None, person: Person | None) -> Account:
    """Open an account to sign in with (administrator at the console, or the demonstration)."""
    return Account.objects.open(username, password, person)
