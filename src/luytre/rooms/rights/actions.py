"""The verbs of the rights room: labels, what may be stored about a system, the erasure of a person's data on a written request."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.doors import actions as doors
from luytre.journal.acts import By, ref
from luytre.journal.bulk import Row
from luytre.journal.models import Findable
from luytre.post import actions as post
from luytre.register import access
from luytre.register.models import ContactPoint, Person
from luytre.rooms.rights import queries

GONE = "(đã xóa theo yêu cầu)"  # stands in the database where a name stood


@journal.act("label.given")
def label(*, by: By, at: datetime, of: str, about: Sequence[str], tlp: str, to: Sequence[str] = ()) -> journal.Told:
    """Narrow (or open again) who reads an entry; the last label counts."""
    return journal.Told(about=about, on=timezone.localdate(at), detail={"of": of, "tlp": tlp, "to": " ".join(to) or None})


@journal.act("storage.restricted")
def restrict(*, by: By, at: datetime, about: Sequence[str], number: str, signed_on: date) -> journal.Told:
    """From now on only reference numbers of the weaknesses of a system are stored here."""
    return journal.Told(about=about, on=timezone.localdate(at), detail={"number": number, "signed_on": signed_on})


@journal.act("storage.opened")
def open_(*, by: By, at: datetime, about: Sequence[str], number: str, signed_on: date) -> journal.Told:
    """Details of the weaknesses of a system may be stored again."""
    return journal.Told(about=about, on=timezone.localdate(at), detail={"number": number, "signed_on": signed_on})


def erase(*, by: By, at: datetime, person: Person, order: str) -> int:
    """Erase a person's data on a written request: register, account, free text and file names that name the person. The chain stays
    valid and says so; what remains is the code, a pseudonym that leads to no name any more. Returns how many entries lost free text."""
    if access.posts(person, timezone.localdate(at)):
        raise Refusal(_("Cán bộ đang giữ chức vụ nên chưa xóa được. Ghi ngày kết thúc chức vụ vào sổ đăng ký trước."))
    with transaction.atomic():
        asides, files, points = queries.traces(person)
        numbers = sorted({aside.entry_id for aside in asides} | {file.entry_id for file in files})
        about = sorted({post.organisation.ref for post in person.posts.select_related("organisation")})
        detail = {"of": person.code, "order": order, "asides": len(numbers)}
        journal.record_many([Row(verb="personal_data.erased", by=ref(by), at=at, about=about, on=timezone.localdate(at), detail=detail)])
        for number in numbers:
            journal.erase_aside(by=by, at=at, entry=number, order=order)
        ContactPoint.objects.filter(pk__in=[point.pk for point in points]).update(name=GONE, phone="", email="")
        _forget(person, at)
    return len(numbers)


def _forget(person: Person, at: datetime) -> None:
    account = getattr(person, "account", None)
    if account is not None:
        doors.close(account)
    marks = queries.marks_of(person)
    post.forget(person=person.ref, address=person.email, marks=marks, gone=GONE, at=at)
    for forget in _elsewhere:
        forget(person.ref, marks, at)
    person.name, person.salutation, person.phone, person.email = GONE, "", "", ""
    person.save()
    Findable.objects.filter(thing=person.ref).delete()


Forget = Callable[[str, Sequence[str], datetime], None]
_elsewhere: list[Forget] = []


def also_forget(forget: Forget) -> None:
    """What keeps something about people elsewhere erases it too: consequences.py says who. Told the person, the marks and the moment."""
    if forget not in _elsewhere:
        _elsewhere.append(forget)
