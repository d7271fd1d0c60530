"""Who may read what an entry says, beyond seeing the thing it is about: incidents need their right, labels (TLP 2.0) narrow further."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal.bulk import Row
from luytre.journal.models import Entry, Mention
from luytre.register import access
from luytre.register.models import Post, Role
from luytre.verbs import READS, VOCABULARY

# Facts that only who may read incidents reads; that something was read is told to who reads the journal.
GUARDED = frozenset(name for name, verb in VOCABULARY.items() if verb.noun in ("incident", "incident_report", "weakness")) - READS
RECIPIENTS = frozenset({Role.CHAIR, Role.COORDINATOR, Role.RESPONSE_TEAM})  # to whom amber is always addressed


@dataclass(frozen=True, slots=True)
class Label:
    """A label in force: of what ("entry:17", "incident:SC-2026-0137"), about which bodies and systems, for whom by name."""

    of: str
    tlp: str
    about: frozenset[str]
    named: frozenset[str]  # who wrote it, who labelled it, who is named on the label


def opens(label: Label, reader: str, held: Iterable[Post], own: frozenset[str], near: frozenset[str]) -> bool:
    """May a reader who sees the things concerned read what bears the label? The rule per label, after TLP 2.0 (FIRST):
    clear and green narrow nothing; amber: the bodies concerned (`own`), those above them (`near`), and who answers for the province;
    strict: not those above; red: who wrote it, who is named, and the chair."""
    if label.tlp in ("clear", "green") or reader in label.named:
        return True
    roles = {post.role for post in held}
    if label.tlp == "red":
        return Role.CHAIR in roles
    return bool(roles & RECIPIENTS or label.about & (own if label.tlp == "amber+strict" else near))


def labels(on: date) -> list[Label]:
    """The labels in force, each the last given to its thing."""
    rows = Entry.objects.filter(verb="label.given", retractions=None, on__lte=on).order_by("id").prefetch_related("mentions")
    last = {entry.detail["of"]: entry for entry in rows}
    authors = dict(Entry.objects.filter(pk__in=[_number(of) for of in last]).values_list("pk", "by"))
    return [_label(entry, authors.get(_number(of), "")) for of, entry in last.items()]


def _label(entry: Entry, author: str) -> Label:
    about = frozenset(mention.thing for mention in entry.mentions.all())
    named = frozenset({entry.by, author, *entry.detail.get("to", "").split()})
    return Label(entry.detail["of"], entry.detail["tlp"], about, named)


def _number(of: str) -> int:
    return int(of.removeprefix("entry:")) if of.startswith("entry:") else 0


def label_of(thing: str, on: date) -> Label | None:
    """The label of one thing ("entry:17")."""
    return next((label for label in labels(on) if label.of == thing), None)


def closed(person: object, on: date) -> frozenset[str]:
    """What a person may not read for its label, though seeing the things concerned: "entry:17", "paper:3" …"""
    found = labels(on) if access.ref_of(person) != access.CONSOLE else []
    if not found:
        return frozenset()
    held = access.posts(person, on)
    own, near = access.own_refs(person, on), access.reached(person, on, access.SEE)
    return frozenset(label.of for label in found if not opens(label, access.ref_of(person), held, own, near))


def readable(entries: QuerySet[Entry], *, seen_by: object, on: date) -> QuerySet[Entry]:
    """Of some entries those a person may read; whether the things they mention may be seen is asked before."""
    about = access.reading_refs(seen_by, "incident.read", on)
    if about is not None:
        mine = Mention.objects.filter(thing__in=about).values("entry")
        entries = entries.exclude(Q(verb__in=GUARDED) & ~Q(pk__in=mine))
    if shut := closed(seen_by, on):
        entries = entries.exclude(pk__in=[_number(of) for of in shut])
    return entries


def readable_of(entries: Collection[int], *, seen_by: object, on: date) -> frozenset[int]:
    """As readable, of a few by their numbers: how far a person reads of incidents is asked only where one of them is of an incident."""
    rows = Entry.objects.filter(pk__in=entries)
    told = dict(rows.values_list("pk", "verb"))
    if GUARDED.isdisjoint(told.values()):
        shut = closed(seen_by, on)
        return frozenset(number for number in told if f"entry:{number}" not in shut)
    return frozenset(readable(rows, seen_by=seen_by, on=on).values_list("pk", flat=True))


def may_read(entry: int, *, seen_by: object, on: date) -> bool:
    """May a person read one entry, by its kind and its label?"""
    return readable(Entry.objects.filter(pk=entry), seen_by=seen_by, on=on).exists()


def keeps_numbers_only(system: str, on: date) -> bool:
    """Whether of the weaknesses of a system only reference numbers may be stored here, by the last decision about it."""
    rows = Entry.objects.filter(verb__in=("storage.restricted", "storage.opened"), mentions__thing=system, retractions=None, on__lte=on)
    last = rows.order_by("on", "id").values_list("verb", flat=True).last()
    return last == "storage.restricted"


NUMBERS = frozenset({"number", "signed_on", "weakness", "allows_intrusion"})  # of a weakness kept by its reference number only
TELLING = frozenset(name for name, verb in VOCABULARY.items() if verb.noun in ("weakness", "scan", "penetration_test")) - READS


def screen(rows: Sequence[Row]) -> None:
    """The journal's look at what is to be written: of systems kept by number only no file, note or description of a weakness."""
    told = [(ref, row.verb) for row in rows if row.verb in TELLING and _says_more(row) for ref in row.about]
    if not told or not Entry.objects.filter(verb="storage.restricted").exists():
        return
    for ref, verb in dict(told).items():
        if keeps_numbers_only(ref, timezone.localdate(rows[0].at)):
            said = _("Hệ thống này chỉ được ghi số tham chiếu điểm yếu: bỏ tệp, ghi chú và mô tả, chỉ giữ số và ngày (%(verb)s).")
            raise Refusal(said % {"verb": verb}, status=409)


def _says_more(row: Row) -> bool:
    return bool(row.attachments or row.aside or {key for key, value in row.detail.items() if value is not None} - NUMBERS)
