"""What bodies do by habit: once, every year, every half-year, at the end of the year."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from luytre.site.world.bodies import Body
from luytre.site.world.chance import Chance
from luytre.site.world.deeds import Deed, done_on, late_chance
from luytre.site.world.land import BEGIN, LAST_DAY, Land
from luytre.site.world.systems import System


def tell(land: Land) -> Iterator[Deed]:
    for body in land.dutiful:
        yield from _once(land, body)
        yield from _yearly(land, body, land.habits["yearly"])
        yield from _annual_reports(land, body)
    for body in land.of_type["enterprise"]:
        yield from _contact(land, body)
        yield from _yearly(land, body, land.habits["enterprise"])
    for system in land.systems:
        yield from _once_for(land, system)
        yield from _new_levels(land, system)
    yield from _standard(land)
    yield from _half_years(land)
    yield from _drills(land)


def _once(land: Land, body: Body) -> Iterator[Deed]:
    start, end = land.span(body)
    for number, habit in enumerate(land.habits["once"]):
        if habit["of"] == "body" and start <= end:
            chance = Chance("once", body.place, number)
            on = done_on(chance, land.tempers[body.ref], start + timedelta(days=6), _aim(land, habit, start), habit["strain"])
            yield from _kept_up(land, body, habit, chance, on, end)


def _contact(land: Land, body: Body) -> Iterator[Deed]:
    habit = next(h for h in land.habits["once"] if h["verb"] == "contact.published")
    start, _ = land.span(body)
    chance = Chance("once", body.place, "contact")
    on = done_on(chance, land.tempers[body.ref], start, _aim(land, habit, start), habit["strain"])
    yield from _kept_up(land, body, habit, chance, on, LAST_DAY)


def _kept_up(land: Land, body: Body, habit: dict[str, Any], chance: Chance, on: date, end: date) -> Iterator[Deed]:
    """Done on a day, and looked at again every so many days where the habit says so."""
    while on <= end:
        yield land.deed(chance, habit["verb"], body.ref, (body.ref,), on, habit["paper"])
        if "every" not in habit:
            return
        again = on + timedelta(days=habit["every"])
        on = done_on(chance, land.tempers[body.ref], again - timedelta(days=60), again, habit["strain"])


def _aim(land: Land, habit: dict[str, Any], start: date) -> date:
    aim: date = habit["aim"]
    return aim if start <= aim else start + timedelta(days=land.habits["after_birth"])


def _yearly(land: Land, body: Body, habits: list[dict[str, Any]]) -> Iterator[Deed]:
    start, end = land.span(body)
    for number, habit in enumerate(habits):
        chance = Chance("yearly", body.place, number)
        if start > end or chance.yes(habit.get("skip", 0)):
            continue
        every, temper = timedelta(days=habit["every"]), land.tempers[body.ref]
        on = done_on(chance, temper, start + timedelta(days=8), start + every, habit["strain"])
        while on <= end:
            yield land.deed(chance, habit["verb"], body.ref, (body.ref,), on, habit["paper"], **_detail(land, body, habit, chance))
            on = done_on(chance, temper, on + every - timedelta(days=60), on + every, habit["strain"])


def _detail(land: Land, body: Body, habit: dict[str, Any], chance: Chance) -> dict[str, Any]:
    """Layer 2 is watched by one firm, layer 3 checked by another: the one independent of the other."""
    detail = dict(habit.get("detail", {}))
    firms = [firm.ref for firm in land.of_type["enterprise"][:4]]
    if detail.get("layer") in (2, 3):
        detail["provider"] = firms[(body.place + detail["layer"]) % len(firms)]
    return detail


def _annual_reports(land: Land, body: Body) -> Iterator[Deed]:
    habit = land.habits["annual_report"]
    start, end = land.span(body)
    for year in range(BEGIN.year, LAST_DAY.year + 1):
        opens, aim = (date(year, *map(int, habit[key].split("-"))) for key in ("opens", "aim"))
        if start <= opens <= end:
            chance = Chance("annual", body.place, year)
            on = done_on(chance, land.tempers[body.ref], opens, aim, habit["strain"])
            if on <= end:
                yield land.deed(chance, habit["verb"], body.ref, (body.ref,), on, habit["paper"], year=year)


def _once_for(land: Land, system: System) -> Iterator[Deed]:
    begins = system.phases[0][1]
    start = max(begins, BEGIN)
    for number, habit in enumerate(land.habits["once"]):
        if habit["of"] == "system" and start <= LAST_DAY:
            chance = Chance("once-for", system.place, number)
            aim = _aim(land, habit, begins)
            owner = system.owner(aim) or system.owner(start)
            on = done_on(chance, land.tempers[owner or ""], start + timedelta(days=2), aim, habit["strain"])
            if owner and _alive(land, system, on):
                by = system.owner(on) or owner
                yield land.deed(chance, habit["verb"], by, (system.ref,), on, habit["paper"], **_level(system, habit["verb"], on))


def _alive(land: Land, system: System, on: date) -> bool:
    owner = system.owner(on)
    return on <= LAST_DAY and owner is not None and land.body[owner].lives(on) and system.at(system.phases, on) != "retired"


def _level(system: System, verb: str, on: date) -> dict[str, Any]:
    return {"level": system.at(system.levels, on) or system.levels[0][0]} if verb == "dossier.approved" else {}


def _new_levels(land: Land, system: System) -> Iterator[Deed]:
    """A level that changes does so by a newly approved dossier."""
    for index, (level, from_on, _) in enumerate(system.levels):
        owner = system.owner(from_on)
        if index and owner and BEGIN <= from_on <= LAST_DAY:
            chance = Chance("new-level", system.place, index)
            yield land.deed(chance, "dossier.approved", owner, (system.ref,), from_on, "QĐ", level=level)


def _standard(land: Land) -> Iterator[Deed]:
    """Work the standard of 2026 asks for on running systems: begun, far from finished."""
    for number, habit in enumerate(land.habits["standard"]):
        for system in land.systems:
            chance = Chance("standard", number, system.place)
            owner = system.owner(LAST_DAY)
            if owner and system.operates(habit["from"]) and system.operates(LAST_DAY) and chance.yes(habit["share"]):
                on = chance.day(habit["from"], LAST_DAY)
                yield land.deed(chance, habit["verb"], owner, (system.ref,), on, habit["paper"])


def _half_years(land: Land) -> Iterator[Deed]:
    halves = [(date(year, month, 1), date(year, month + 5, 30 if month == 1 else 31)) for year in range(2023, 2027) for month in (1, 7)]
    for first, last in halves:
        for owner, owned in _by_owner(land, last if last <= LAST_DAY else LAST_DAY):
            for habit in land.habits["half_yearly"]:
                yield from _round(land, habit, owner, owned, first, last)


def _drills(land: Land) -> Iterator[Deed]:
    habit = land.habits["drill"]
    for year in range(2023, 2027):
        first, last = date(year, 3, 1), date(year, 12, 20)
        for owner, owned in _by_owner(land, min(last, LAST_DAY)):
            grave = [system for system in owned if (system.at(system.levels, min(last, LAST_DAY)) or 0) >= habit["from_level"]]
            if grave:
                yield from _round(land, habit, owner, grave, first, last)


def _by_owner(land: Land, on: date) -> Iterator[tuple[str, list[System]]]:
    running = [(system.owner(on) or "", system) for system in land.systems if system.operates(on)]
    running.sort(key=lambda pair: (pair[0], pair[1].place))
    for owner, pairs in groupby(running, key=lambda pair: pair[0]):
        if owner:
            yield owner, [system for _, system in pairs]


def _round(land: Land, habit: dict[str, Any], owner: str, owned: list[System], first: date, last: date) -> Iterator[Deed]:
    """One round over an owner's systems: as a rule all in one paper; a body that is late does some of them, or none."""
    chance = Chance("round", habit["verb"], first, owned[0].place)
    late = chance.yes(late_chance(land.tempers[owner], last, habit["strain"]))
    on = first + timedelta(days=round((last - first).days * chance.share() ** 0.55))
    done = tuple(system.ref for system in owned if system.owner(on) == owner and (not late or chance.yes(0.25)))
    if done and on <= LAST_DAY and land.body[owner].lives(on):
        yield land.deed(chance, habit["verb"], owner, done, on, habit["paper"])
