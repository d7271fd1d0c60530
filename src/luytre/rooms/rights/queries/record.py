"""The journal as its readers see it, its signed heads; labels and what may be stored about a system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luytre.journal.heads import printed
from luytre.journal.models import Entry, Mention, SignedHead
from luytre.register import access, reading
from luytre.register import queries as register
from luytre.register.models import Person, System
from luytre.verbs import VOCABULARY

MOST = 5  # things named in a line; the rest is counted


@dataclass(frozen=True)
class Line:
    """One entry as the journal's reader sees it: who, what, about whom, when; never its detail or its free text."""

    seq: int | None
    id: int
    at: datetime
    on: date
    says: str
    verb: str
    digest: str


@dataclass(frozen=True)
class Shelf:
    """What the reader asked for: a verb or its noun, who, about what, between which days."""

    verb: str = ""
    by: str = ""
    thing: str = ""
    from_on: date | None = None
    until_on: date | None = None

    def entries(self) -> QuerySet[Entry]:
        rows = Entry.objects.exclude(seq=None).order_by("-seq")
        if self.verb:
            rows = rows.filter(verb__startswith=f"{self.verb}." if "." not in self.verb else self.verb)
        if self.by:
            rows = rows.filter(by__in=[self.by, f"person:{self.by}"])
        if self.thing:
            told = Mention.objects.filter(thing__in=[self.thing, f"org:{self.thing}", f"system:{self.thing}"])
            rows = rows.filter(pk__in=told.values("entry"))
        if self.from_on:
            rows = rows.filter(at__date__gte=self.from_on)
        return rows.filter(at__date__lt=self.until_on + timedelta(days=1)) if self.until_on else rows

    @property
    def words(self) -> str:
        """The filter as the journal notes that it was asked."""
        days = [f"{day:%Y-%m-%d}" if day else "" for day in (self.from_on, self.until_on)]
        return " ".join(part for part in (self.verb, self.by, self.thing, *days) if part)[:200]


def lines(entries: Sequence[Entry]) -> list[Line]:
    """A page of entries in words, in a constant number of queries."""
    told: dict[int, list[str]] = {}
    for number, thing in Mention.objects.filter(entry__in=entries).order_by("thing").values_list("entry_id", "thing"):
        told.setdefault(number, []).append(thing)
    names = register.names({thing for things in told.values() for thing in things[:MOST]})
    codes = {entry.by.removeprefix("person:") for entry in entries}
    people = {person.ref: person.called for person in Person.objects.filter(code__in=codes)}
    return [_line(entry, told.get(entry.pk, []), names, people) for entry in entries]


def _line(entry: Entry, things: list[str], names: dict[str, str], people: dict[str, str]) -> Line:
    about = ", ".join(names.get(thing, thing) for thing in things[:MOST])
    if len(things) > MOST:
        about += " " + _("và %(n)d nơi khác") % {"n": len(things) - MOST}
    by = people.get(entry.by) or {"console": _("quản trị"), "clock": _("hệ thống"), "citizen": _("người dân")}.get(entry.by, entry.by)
    verb = VOCABULARY.get(entry.verb)
    lang = "en" if (get_language() or "vi").startswith("en") else "vi"
    says = verb.says[lang].replace("{by}", by).replace("{about}", about) if verb else f"{by}: {entry.verb}, {about}"
    return Line(entry.seq, entry.pk, entry.at, entry.on, says[:1].upper() + says[1:], entry.verb, entry.digest)


def heads() -> list[tuple[SignedHead, str]]:
    """The signed heads, the last first, each with the text to print."""
    return [(head, printed(head)) for head in SignedHead.objects.order_by("-pk")[:30]]


def may_read_journal(person: object, on: date) -> bool:
    return access.has_verb(person, "journal.read", on)


def seats(person: object, on: date) -> list[str]:
    return access.seats(person, on)


# -- labels, and what may be stored --


def labelled(of: str, *, seen_by: object, on: date) -> list[str]:
    """The things an entry ("entry:17") mentions that the person may see; nothing where the entry is absent, foreign or closed to him."""
    number = of.removeprefix("entry:")
    if not of.startswith("entry:") or not number.isdecimal() or len(number) > 17:
        return []
    told = set(Mention.objects.filter(entry=int(number)).values_list("thing", flat=True)) & access.visible_refs(seen_by, on)
    return sorted(told) if told and reading.may_read(int(number), seen_by=seen_by, on=on) else []


def label_of(of: str, on: date) -> reading.Label | None:
    return reading.label_of(of, on)


def may_label(person: object, about: Sequence[str], on: date) -> bool:
    return all(access.may(person, "label.given", ref, on) for ref in about)


def system(code: str, *, seen_by: object, on: date) -> System | None:
    """A system the person may see."""
    return register.system(code) if f"system:{code}" in access.visible_refs(seen_by, on) else None


def may_restrict(person: object, system: str, on: date) -> bool:
    return access.may(person, "storage.restricted", system, on)


def keeps_numbers_only(system: str, on: date) -> bool:
    return reading.keeps_numbers_only(system, on)
