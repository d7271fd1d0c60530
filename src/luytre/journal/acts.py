"""Acts: @act makes one transaction, one question and one entry of what a room does; record is the plain door beneath it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal.bulk import Row, record_many
from luytre.journal.gatehouse import Ask, require
from luytre.journal.models import Aside, Attachment, Entry
from luytre.journal.store import Stored, Upload

P = ParamSpec("P")


class Actor(Protocol):
    """Whoever acts: a person, an account, an API key."""

    @property
    def ref(self) -> str: ...


By = str | Actor


@dataclass(frozen=True, slots=True)
class Told:
    """What an action tells the journal: about whom, which day, the detail; `result` and `entry` are for whoever called the action."""

    about: Sequence[str]
    on: date
    moment: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    filed: bool = False
    attachments: Sequence[Upload | Stored] = ()
    aside: Mapping[str, Any] | None = None
    result: Any = None
    entry: Entry | None = None


def ref(by: By) -> str:
    return by if isinstance(by, str) else by.ref


def act(verb: str) -> Callable[[Callable[P, Told]], Callable[P, Told]]:
    """Make an action of a function of keyword-only arguments (`by`, `at`, …) that returns Told.

    One transaction around it; the question is asked on `about` where the caller gives it, and on everything told.
    """

    def wrap(work: Callable[P, Told]) -> Callable[P, Told]:
        @wraps(work)
        def acting(*args: P.args, **given: P.kwargs) -> Told:
            by, at = ref(given["by"]), given["at"]  # type: ignore[arg-type]
            assert isinstance(at, datetime)
            about = given.get("about")
            if isinstance(about, (list, tuple)):
                require([Ask(by, verb, str(thing), timezone.localdate(at)) for thing in about])
            with transaction.atomic():
                told = work(*args, **given)
                return replace(told, entry=_write(by, at, verb, told))

        return acting

    return wrap


def _write(by: str, at: datetime, verb: str, told: Told) -> Entry:
    row = Row(
        verb=verb,
        by=by,
        at=at,
        about=told.about,
        on=told.on,
        moment=told.moment,
        detail=told.detail,
        filed=told.filed,
        attachments=told.attachments,
        aside=told.aside,
    )
    return record_many([row])[0]


def record(*, by: By, at: datetime, verb: str, about: Sequence[str], on: date, **rest: Any) -> Entry:
    """Write one entry; `rest` as in Row (moment, detail, filed, retracts, attachments, aside)."""
    return record_many([Row(verb=verb, by=ref(by), at=at, about=about, on=on, **rest)])[0]


def retract(
    *, by: By, at: datetime, entry: Entry | int, mentions: Sequence[str] = (), reason: str = "", verb: str = "entry.retracted"
) -> Entry:
    """Take an entry back, wholly or for some of the things it mentions; it counts from `at` on. The reason goes to the erasable aside."""
    return record_many([retraction(by=by, at=at, entry=entry, mentions=mentions, reason=reason, verb=verb)])[0]


def retraction(
    *, by: By, at: datetime, entry: Entry | int, mentions: Sequence[str] = (), reason: str = "", verb: str = "entry.retracted"
) -> Row:
    """The row that takes an entry back, for the bulk door."""
    number = entry if isinstance(entry, int) else entry.pk
    said = _mentioned(number)
    if foreign := set(mentions) - set(said):
        raise Refusal(_("Ghi nhận số %(entry)s không nhắc tới %(things)s.") % {"entry": number, "things": ", ".join(sorted(foreign))})
    aside = {"reason": reason} if reason else None
    return Row(verb=verb, by=ref(by), at=at, about=mentions or said, on=timezone.localdate(at), retracts=number, aside=aside)


def _mentioned(number: int) -> list[str]:
    found = Entry.objects.prefetch_related("mentions").filter(pk=number).first()
    if found is None:
        raise Refusal(_("Không có ghi nhận số %(entry)s.") % {"entry": number}, status=404)
    if found.verb == "entry.retracted":
        raise Refusal(_("Không rút lại một việc rút lại; đề nghị ghi nhận lại việc ban đầu."))
    return [mention.thing for mention in found.mentions.all()]


def erase_aside(*, by: By, at: datetime, entry: Entry | int, order: str) -> Entry:
    """Erase an entry's personal data, free text and names of files, on a written order; the chain stays valid and says so."""
    number = entry if isinstance(entry, int) else entry.pk
    about = _mentioned(number)
    with transaction.atomic():
        row = Row(verb="aside.erased", by=ref(by), at=at, about=about, on=timezone.localdate(at), detail={"entry": number, "order": order})
        done = record_many([row])[0]
        gone = Aside.objects.filter(entry_id=number, erased_by=None).update(text=None, salt="", erased_by=done)
        gone += Attachment.objects.filter(entry_id=number).exclude(salt="").update(name="", salt="")
        if not gone:
            raise Refusal(_("Ghi nhận số %(entry)s không có phần riêng, hoặc phần riêng đã được xóa.") % {"entry": number})
    return done
