"""Questions to the register: things for the judge in bulk, bodies and systems a person may see, who heads and owns what on a day."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, Q, QuerySet

from luytre.core.duty.model import Dated, Thing
from luytre.register.dated import covers
from luytre.register.models import (
    ORGANISATION_ATTRIBUTES,
    SYSTEM_ATTRIBUTES,
    Organisation,
    OrganisationExists,
    OrganisationParent,
    OrganisationSuccessor,
    Person,
    Post,
    Role,
    System,
    SystemData,
    SystemOperator,
    SystemOwner,
)

HEADS = (Role.HEAD, Role.CHAIR)
_DATES = ("from_on", "until_on", "known_at")


def things(known: datetime | None = None, refs: Collection[str] | None = None) -> list[Thing]:
    """Every body and system (or those of `refs`) with its dated attributes, as the judge reads them, in a constant number of queries."""
    seen = Q(known_at=None) | Q(known_at__lte=known) if known else Q()
    here, of, held = (
        (Q(), Q(), Q()) if refs is None else (Q(**{f"{path}code__in": _codes(refs)}) for path in ("", "of__", "organisation__"))
    )
    named = Organisation.objects.filter(here).order_by("code").values_list("id", "code")
    bodies = {pk: Thing(f"org:{code}", "organisation", {}) for pk, code in named if refs is None or f"org:{code}" in refs}
    listed = System.objects.filter(here).order_by("code").values_list("id", "code")
    systems = {pk: Thing(f"system:{code}", "system", {}) for pk, code in listed if refs is None or f"system:{code}" in refs}
    for name, table in ORGANISATION_ATTRIBUTES.items():
        if name != "successor":
            _attach(bodies, name, _rows(table._default_manager.filter(seen, of), name == "parent"))
    _attach(bodies, "successor", _successors(seen & of))
    _attach(bodies, "head", _heads(seen & held))
    for name, table in SYSTEM_ATTRIBUTES.items():
        _attach(systems, name, _rows(table._default_manager.filter(seen, of), name in ("owner", "operator")))
    for kind in SystemData.Kind.values:
        _attach(systems, f"data_{kind}", _rows(SystemData.objects.filter(seen, of, kind=kind), False))
    return [*bodies.values(), *systems.values()]


def _codes(refs: Iterable[str]) -> list[str]:
    return [ref.partition(":")[2] for ref in refs]


# -- who bears on whom, on any day and as any row has it --


def owners(systems: Iterable[str]) -> set[str]:
    """Owners and operators that some systems ever had."""
    codes = _codes(systems)
    rows = (table._default_manager.filter(of__code__in=codes).exclude(value=None) for table in (SystemOwner, SystemOperator))
    return {f"org:{code}" for found in rows for code in found.values_list("value__code", flat=True)}


def owned(bodies: Iterable[str]) -> set[str]:
    """Systems that some bodies ever owned or operated."""
    codes = _codes(bodies)
    rows = (table._default_manager.filter(value__code__in=codes) for table in (SystemOwner, SystemOperator))
    return {f"system:{code}" for found in rows for code in found.values_list("of__code", flat=True)}


def heirs(bodies: Iterable[str]) -> set[str]:
    """Who may take over from some bodies, where these may end: successors named, and parents; and from those in turn."""
    return _succession(bodies, "of__code", "value__code")


def forebears(bodies: Iterable[str]) -> set[str]:
    """Bodies that may end and from which some bodies may take over; and those these took over from in turn."""
    return _succession(bodies, "value__code", "of__code")


def _succession(bodies: Iterable[str], start: str, end: str) -> set[str]:
    ending = OrganisationExists.objects.filter(Q(until_on__isnull=False) | Q(value=False)).values("of")
    found: set[str] = set()
    fresh = set(_codes(bodies))
    while fresh:
        tables = (OrganisationSuccessor, OrganisationParent)
        rows = (t._default_manager.filter(of__in=ending, **{f"{start}__in": fresh}).exclude(value=None) for t in tables)
        fresh = {code for reached in rows for code in reached.values_list(end, flat=True)} - found
        found |= fresh
    return {f"org:{code}" for code in found}


def _rows(rows: QuerySet[Any], refers: bool) -> Iterator[tuple[int, Dated]]:
    value = "value__code" if refers else "value"
    for of, said, *dates in rows.order_by("of_id", "from_on", "id").values_list("of_id", value, *_DATES).iterator(chunk_size=5000):
        yield of, Dated(f"org:{said}" if refers and said is not None else said, *dates)


def _heads(seen: Q) -> Iterator[tuple[int, Dated]]:
    """The head as called in explanations: "Ông …"."""
    posts = Post.objects.filter(seen, role__in=HEADS).order_by("organisation_id", "from_on", "id")
    for of, salutation, name, *dates in posts.values_list("organisation_id", "of__salutation", "of__name", *_DATES):
        yield of, Dated(f"{salutation} {name}".strip(), *dates)


def _successors(seen: Q) -> Iterator[tuple[int, Dated]]:
    """Successors named by the same rows of time stand together as one value, a list."""
    rows = OrganisationSuccessor.objects.filter(seen).order_by("of_id", *_DATES, "value__code", "duty")
    named = rows.values_list("of_id", *_DATES, "value__code", "duty")
    for (of, *dates), together in groupby(named, key=itemgetter(0, 1, 2, 3)):
        said: list[Any] = [{"org": f"org:{row[4]}", "duty": row[5]} if row[5] else f"org:{row[4]}" for row in together]
        yield of, Dated(said[0] if len(said) == 1 else said, *dates)


def _attach(things: dict[int, Thing], name: str, rows: Iterable[tuple[int, Dated]]) -> None:
    for of, together in groupby(rows, key=itemgetter(0)):
        if of in things:  # a body and a system may share a code: asked for one, the other comes along
            things[of].attributes[name] = tuple(_shortened([dated for _, dated in together]))


def _shortened(rows: list[Dated]) -> list[Dated]:
    """A row known later that begins the same day but ends sooner takes back the rest of the earlier one: said by a row without value."""
    found = list(rows)
    for late in rows:
        for early in rows:
            if early.from_on == late.from_on and _sooner(early.known_at, late.known_at) and _sooner_end(late, early):
                assert late.until_on is not None
                found.append(Dated(None, late.until_on, early.until_on, late.known_at))
    return found


def _sooner(early: datetime | None, late: datetime | None) -> bool:
    return late is not None and (early is None or early < late)


def _sooner_end(late: Dated, early: Dated) -> bool:
    return late.until_on is not None and (early.until_on is None or late.until_on < early.until_on)


# -- on a day, as known now --


def last_known(rows: QuerySet[Any], on: date, key: str = "of_id") -> dict[Any, Any]:
    """Of the rows in force on a day, for each key the one known last."""
    order = (F("known_at").asc(nulls_first=True), "from_on", "id")
    return {getattr(row, key): row for row in rows.filter(covers(on)).order_by(*order)}


def last_values(rows: QuerySet[Any], on: date) -> dict[int, int | None]:
    """As last_known, for tables of who belongs to whom by the ten thousand: of → value, both as primary keys."""
    order = (F("known_at").asc(nulls_first=True), "from_on", "id")
    return dict(rows.filter(covers(on)).order_by(*order).values_list("of_id", "value_id"))


def listed_rows(rows: QuerySet[Any], on: date) -> list[Any]:
    """Of rows that stand side by side (domains, networks) those in force on a day; a later row about the same value from the same day
    replaces the earlier one: so a value is ended."""
    order = (F("known_at").asc(nulls_first=True), "id")
    last = {(row.of_id, row.value, row.from_on): row for row in rows.order_by(*order)}
    return [row for row in last.values() if row.from_on <= on and (row.until_on is None or on < row.until_on)]


def head_of(organisation: Organisation, on: date) -> Post | None:
    found = last_known(Post.objects.filter(organisation=organisation, role__in=HEADS).select_related("of"), on, "organisation_id")
    return found.get(organisation.pk)


def systems_owned(ref: str, on: date) -> list[System]:
    """Systems whose owner on a day is the body, by the Vietnamese order of names."""
    code = ref.removeprefix("org:")
    ever = SystemOwner.objects.filter(of__systemowners__value__code=code).select_related("of", "value").distinct()
    owned = [row.of for row in last_known(ever, on).values() if row.value and row.value.code == code]
    return sorted(owned, key=lambda system: system.sorting)


def organisation(code: str) -> Organisation | None:
    return Organisation.objects.filter(code=code).first()


def system(code: str) -> System | None:
    return System.objects.filter(code=code).first()


def person(code: str) -> Person | None:
    return Person.objects.filter(code=code).first()


MOST_NAMED = 500  # things looked up by their codes; more are picked out of all there are


def names(refs: Iterable[str]) -> dict[str, str]:
    """What things are called, for lists: two queries whatever the number."""
    wanted = set(refs)
    return {ref: name for kind, table in _NAMED for ref, name in _names_of(kind, table, wanted) if ref in wanted}


_NAMED: tuple[tuple[str, Any], ...] = (("org:", Organisation), ("system:", System))


def _names_of(kind: str, table: Any, wanted: set[str]) -> Iterator[tuple[str, str]]:
    codes = [ref.removeprefix(kind) for ref in wanted if ref.startswith(kind)]
    rows = table.objects.all() if len(codes) > MOST_NAMED else table.objects.filter(code__in=codes)
    return ((f"{kind}{code}", name) for code, name in rows.values_list("code", "name"))
