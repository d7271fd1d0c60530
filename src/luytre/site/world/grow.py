"""Grows the world: settles the land, lets the chapters of history tell what happened, numbers the deeds in order of being known."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from luytre.core.duty.model import Dated, Fact, Thing
from luytre.site.world.bodies import ON_THE_DESK, Body
from luytre.site.world.deeds import ZONE, Deed
from luytre.site.world.history import centre, chair, habits, happenings, upsets
from luytre.site.world.land import LAST_DAY, Land, settle
from luytre.site.world.people import Person
from luytre.site.world.systems import System

END = datetime.combine(LAST_DAY, time(23, 59, 59), ZONE)


@dataclass
class World:
    """The grown province: its land, its deeds in order, and both as the judge reads them."""

    land: Land
    deeds: list[Deed]

    def things(self) -> list[Thing]:
        heads = _heads(self.land.people)
        organisations = [_organisation(body, heads.get(body.ref, ())) for body in self.land.bodies]
        return organisations + [_system(system) for system in self.land.systems]

    def facts(self) -> list[Fact]:
        return [_fact(deed) for deed in self.deeds]


def grow() -> World:
    """The same world every time: nothing but world/ and the seed goes in."""
    land = settle()
    told = [deed for chapter in (habits, happenings, centre, chair) for deed in chapter.tell(land)]
    told += list(upsets.tell(land, told))
    return World(land, _numbered(land, told))


def _numbered(land: Land, told: list[Deed]) -> list[Deed]:
    """What is known by the last day, in order of being known, with ids; what a body had not recorded when it ended never was."""
    ends = {body.ref: body.until_on for body in land.bodies if body.until_on}
    kept = [deed for deed in told if deed.known_at <= END and deed.known_at.date() < ends.get(deed.by, date.max)]
    kept = [deed for deed in kept if _is_theirs(land, deed)]
    here = set(map(id, kept))
    kept = [deed for deed in kept if deed.retracts is None or id(deed.retracts) in here]
    kept.sort(key=lambda deed: (deed.known_at, deed.on, deed.verb, deed.about, deed.by))
    for number, deed in enumerate(kept, start=1):
        deed.id = f"f{number:06}"
    return kept


def _is_theirs(land: Land, deed: Deed) -> bool:
    """A body speaks of the systems it owns on the day it records; those with a say over all of them always may."""
    if land.body[deed.by].type in ("province", "coordinator", "team"):
        return True
    day = deed.known_at.date()
    return all(land.system[ref].owner(day) == deed.by for ref in deed.about if ref in land.system)


def _heads(people: list[Person]) -> dict[str, tuple[Dated, ...]]:
    heads: dict[str, tuple[Dated, ...]] = {}
    for person in people:
        if person.role in ("head", "chair"):
            heads[person.body] = (*heads.get(person.body, ()), Dated(person.called, person.from_on, person.until_on))
    return heads


def _organisation(body: Body, heads: tuple[Dated, ...]) -> Thing:
    names = body.names or [(body.name, body.from_on, body.until_on)]
    attributes: dict[str, tuple[Dated, ...]] = {
        "type": (Dated(body.type, body.from_on, body.until_on),),
        "exists": (Dated(True, body.from_on, body.until_on),),
        "name": tuple(Dated(*row) for row in names),
        "parent": tuple(Dated(*row) for row in body.parents),
        "head": heads,
    }
    if body.successors and body.until_on:
        attributes["successor"] = (Dated(successors(body), body.until_on),)
    return Thing(body.ref, "organisation", {key: rows for key, rows in attributes.items() if rows})


def successors(body: Body) -> Any:
    """One heir for all; or the heirs, the first of them named for what lay on the desk."""
    if len(body.successors) == 1:
        return body.successors[0]
    return [*({"org": body.successors[0], "duty": duty} for duty in ON_THE_DESK), *body.successors]


def _system(system: System) -> Thing:
    begins = system.phases[0][1]
    attributes: dict[str, tuple[Dated, ...]] = {
        "name": (Dated(system.name, begins),),
        "owner": tuple(Dated(*row) for row in system.owners),
        "operator": tuple(Dated(*row) for row in system.operators),
        "phase": tuple(Dated(*row) for row in system.phases),
        "level": _levels(system),
        "data_basic": (Dated(system.data[0], begins),),
        "data_sensitive": (Dated(system.data[1], begins),),
    }
    return Thing(system.ref, "system", attributes)


def _levels(system: System) -> tuple[Dated, ...]:
    """The level a dossier gave; a change that reached the register late is preceded by what was believed till then."""
    rows: list[Dated] = []
    for index, (level, from_on, until_on) in enumerate(system.levels):
        known = system.level_known.get(index)
        if known:
            believed = system.levels[index - 1][0]
            rows.append(Dated(believed, from_on, until_on))
        rows.append(Dated(level, from_on, until_on, datetime.combine(known, time(9), ZONE) if known else None))
    return tuple(rows)


def _fact(deed: Deed) -> Fact:
    retracts = deed.retracts.id if deed.retracts else None
    return Fact(deed.id, deed.verb, deed.about, deed.on, deed.known_at, deed.at, deed.detail, retracts)
