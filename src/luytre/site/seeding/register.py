"""The world's bodies, people and systems as a book of the register, loaded through its bulk door."""

from datetime import UTC, date, datetime
from typing import Any, TypedDict

from luytre.core.duty.model import Dated, Thing
from luytre.register import actions
from luytre.register.book import Book
from luytre.register.models import Person
from luytre.site.seeding.cast import CAST, PASSWORD, holder
from luytre.site.world import World
from luytre.site.world.bodies import TEAM
from luytre.site.world.source import tree
from luytre.site.world.systems import System


class Span(TypedDict):
    """Both time axes of a row that was always known."""

    from_on: date
    until_on: date | None
    known_at: None


OPENED = datetime(2022, 11, 1, 1, tzinfo=UTC)  # the register was taken over before the directive was signed


def load(world: World) -> None:
    """Bodies, systems, people, suppliers, contact points and the provincial team in one act; then the accounts of the cast."""
    actions.load(by="console", at=OPENED, book=book(world))
    people = Person.objects.in_bulk(field_name="code")
    for one in CAST:
        actions.open_account(username=one.username, password=PASSWORD, person=people[holder(world.land, one).id])


def book(world: World) -> Book:
    made = Book()
    for body in world.land.bodies:
        made.put("organisation", body.code, certainty=body.certainty)
        made.add("organisation.domain", body.code, f"{body.code}.example", from_on=OPENED.date(), known_at=None)  # leads nowhere
    for system in world.land.systems:
        made.put("system", system.ref.removeprefix("system:"))
        _addresses(made, system)
    for thing in world.things():
        _put(made, thing)
    _put_people(made, world)
    _put_suppliers(made, world)
    return made


def _put(made: Book, thing: Thing) -> None:
    """Every dated row of a thing; the head comes from posts."""
    for name, rows in thing.attributes.items():
        for row in rows:
            if name.startswith("data_"):
                _add(made, "system.data", thing, row, name.removeprefix("data_"), row.value)
            elif name == "successor":
                for successor, duty in _heirs(row.value):
                    _add(made, "organisation.successor", thing, row, successor, duty)
            elif name != "head":
                _add(made, f"{thing.kind}.{name}", thing, row, _code(row.value))


def _add(made: Book, table: str, thing: Thing, row: Dated, *values: Any) -> None:
    made.add(table, _code(thing.id), *values, from_on=row.from_on, until_on=row.until_on, known_at=row.known_at)


def _heirs(value: Any) -> list[tuple[str, str]]:
    """(successor's code, duty; empty for all)."""
    heirs = value if isinstance(value, list) else [value]
    return [(_code(one["org"]), one["duty"]) if isinstance(one, dict) else (_code(one), "") for one in heirs]


def _code(value: Any) -> Any:
    return value.partition(":")[2] if isinstance(value, str) and value.startswith(("org:", "system:")) else value


def _addresses(made: Book, system: System) -> None:
    """A name that leads nowhere and a private network, so that pages have something to show."""
    code, begins = system.ref.removeprefix("system:"), system.phases[0][1]
    network = f"10.{system.place // 250 + 20}.{system.place % 250}.0/24"
    made.add("system.domain", code, f"{code}.example", from_on=begins, known_at=None)
    made.add("system.network", code, network, from_on=begins, known_at=None)


def _put_people(made: Book, world: World) -> None:
    made.put("team", "doi-ung-cuu", name=world.land.body[TEAM].name, organisation=_code(TEAM))
    for p in world.land.people:
        made.put("person", p.id, name=p.name, salutation="Bà" if p.woman else "Ông", phone=p.phone, email=p.email)
        body, when = _code(p.body), Span(from_on=p.from_on, until_on=p.until_on, known_at=None)
        made.add("post", p.id, body, p.role, p.title, **when)
        if p.body == TEAM:
            made.add("member", "doi-ung-cuu", p.id, p.role == "head", **when)
        if p.role in ("contact", "enterprise", "response_team"):
            made.add("contact", body, p.title, p.phone, f"su-co@{body}.example", f"https://{body}.example/bao-cao-su-co", **when)


def _put_suppliers(made: Book, world: World) -> None:
    """Two systems in three have a supplier."""
    offered = tree("systems/suppliers.yaml")
    for one in offered["suppliers"]:
        made.put("supplier", one["code"], name=one["name"])
    for system in world.land.systems:
        if system.place % 3:
            supplier = offered["suppliers"][system.place % len(offered["suppliers"])]["code"]
            service = offered["services"][system.place % len(offered["services"])]
            code = system.ref.removeprefix("system:")
            made.add("system.supplier", code, supplier, service, from_on=system.phases[0][1], known_at=None)
