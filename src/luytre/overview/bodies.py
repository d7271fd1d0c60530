"""Who stood where on a day: names of bodies and systems, heads, parents, from the register in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from luytre.register import models as nouns


@dataclass(frozen=True)
class Officer:
    """A person in a post on a day."""

    ref: str
    called: str
    title: str
    role: str
    phone: bool = False  # whether there is one; the number itself stands on the card of the person, where looking it up is noted

    @property
    def code(self) -> str:
        return self.ref.removeprefix("person:")


@dataclass
class Bodies:
    """Names and heads by ref, as known for a day."""

    names: dict[str, str]
    heads: dict[str, Officer] = field(default_factory=dict)

    def name(self, ref: str) -> str:
        return self.names.get(ref, ref)

    def head(self, ref: str) -> str:
        return self.heads[ref].called if ref in self.heads else ""


def in_force(on: date, known: datetime | None) -> Q:
    """Dated rows in force on a day, as far as they were known."""
    period = Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    return period & (Q(known_at=None) | Q(known_at__lte=known)) if known else period


def values_on(
    table: Any, on: date, known: datetime | None = None, *, of: Iterable[str] | None = None, value: str = "value"
) -> dict[str, Any]:
    """One dated attribute of all things (or those with the codes `of`) on a day: code → value; of overlapping rows the one known last."""
    rows = table.objects.filter(in_force(on, known))
    if of is not None:
        rows = rows.filter(of__code__in=list(of))
    ordered = rows.order_by(F("known_at").asc(nulls_first=True), "pk")
    return dict(ordered.values_list("of__code", value))


def names_on(on: date, known: datetime | None = None) -> dict[str, str]:
    """Names of all bodies and systems on a day, by ref; a body not yet named that day has its last name."""
    last = {f"org:{code}": name for code, name in nouns.Organisation.objects.values_list("code", "name")}
    last |= {f"system:{code}": name for code, name in nouns.System.objects.values_list("code", "name")}
    last |= {f"org:{code}": name for code, name in values_on(nouns.OrganisationName, on, known).items()}
    return last | {f"system:{code}": name for code, name in values_on(nouns.SystemName, on, known).items()}


HEADING = (nouns.Role.HEAD, nouns.Role.CHAIR)


def officers_on(
    on: date, known: datetime | None = None, *, roles: Iterable[str] = HEADING, of: Iterable[str] | None = None
) -> dict[str, list[Officer]]:
    """Holders of some roles on a day, by ref of the body."""
    posts = nouns.Post.objects.filter(in_force(on, known), role__in=list(roles)).select_related("of")
    if of is not None:
        posts = posts.filter(organisation__code__in=list(of))
    found: dict[str, list[Officer]] = {}
    for post in posts.annotate(code=F("organisation__code")).order_by("role", F("known_at").desc(nulls_last=True), "-pk"):
        person = post.of
        found.setdefault(f"org:{post.code}", []).append(Officer(person.ref, person.called, post.title, post.role, bool(person.phone)))
    for officers in found.values():
        officers.sort(key=lambda officer: officer.role not in HEADING)  # who answers stands first
    return found


def bodies_on(on: date, known: datetime | None = None) -> Bodies:
    heads = {ref: officers[0] for ref, officers in officers_on(on, known).items()}
    return Bodies(names_on(on, known), heads)
