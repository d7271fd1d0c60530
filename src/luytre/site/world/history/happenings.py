"""What happens to bodies and systems: weaknesses, changes, incidents, warnings, devices, requests for reports, breaches."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from luytre.site.world.bodies import COORDINATOR, TEAM, Body
from luytre.site.world.chance import Chance
from luytre.site.world.deeds import ZONE, Deed, at_once, done_on, filed, late_chance, moment
from luytre.site.world.land import BEGIN, LAST_DAY, Land
from luytre.site.world.source import tree
from luytre.site.world.systems import System

# What happens to devices, the answer to it, how often a year, and from which to which day after it the answer is due.
DEVICES: tuple[tuple[str, str, float, int, int, dict[str, Any]], ...] = (
    ("device.introduced", "device.inspected", 0.1, -9, 0, {}),
    ("device.repurposed", "device.sanitised", 0.07, 0, 0, {}),
    ("device.repaired", "device.inspected", 0.1, 0, 12, {"disk_kept": True}),
)
NEW_CLOCKS = date(2026, 8, 19)  # bodies report in hours since then
PERSONAL_CLOCK = date(2026, 1, 1)


def tell(land: Land) -> Iterator[Deed]:
    for system in land.systems:
        yield from _changes(land, system)
        yield from _weaknesses(land, system)
        yield from _gates(land, system)
    yield from _incidents(land)
    yield from _warnings(land)
    yield from _requests(land)
    for body in land.dutiful:
        yield from _devices(land, body)
        yield from _breaches(land, body)


def _chances(chance: Chance, first: date, last: date, per_year: float) -> list[date]:
    """Days on which something rare happens between two days."""
    days, on = [], first + timedelta(days=chance.delay(365 / per_year))
    while on <= last:
        days.append(on)
        on += timedelta(days=1 + chance.delay(365 / per_year))
    return days


def _happens(land: Land, system: System, purpose: str, per_year: float) -> Iterator[tuple[Chance, date, str]]:
    """(chance, day, owner) of each time it happens to a running system."""
    for number, (first, until_on) in enumerate(system.spans()):
        chance = Chance(purpose, system.place, number)
        last = min(until_on - timedelta(days=1) if until_on else LAST_DAY, LAST_DAY)
        for on in _chances(chance, max(first, BEGIN), last, per_year):
            if owner := system.owner(on):
                yield Chance(purpose, system.place, on), on, owner


def _changes(land: Land, system: System) -> Iterator[Deed]:
    for chance, on, owner in _happens(land, system, "change", 0.12):
        change = f"TĐ-{on:%Y%m%d}-{system.place:03}"
        yield land.deed(chance, "system.changed", owner, (system.ref,), on, None, change=change)
        after = done_on(chance, land.tempers[owner], on + timedelta(days=5), on + timedelta(days=45), 1.5)
        if after <= LAST_DAY and land.body[owner].lives(after):
            yield land.deed(chance, "response_plan.updated", owner, (system.ref,), after, "QĐ", change=change)


def _weaknesses(land: Land, system: System) -> Iterator[Deed]:
    for chance, on, owner in _happens(land, system, "weakness", 0.22):
        weakness = f"DY-{on.year}-{system.place:03}{on:%m%d}"
        grave = chance.yes(0.45)
        yield land.deed(chance, "weakness.found", owner, (system.ref,), on, None, weakness=weakness, allows_intrusion=grave)
        fixed = done_on(chance, land.tempers[owner], on, on + timedelta(days=9), 2)
        if fixed <= LAST_DAY and land.body[owner].lives(fixed):
            yield land.deed(chance, "weakness.remediated", owner, (system.ref,), fixed, "BB", weakness=weakness)
        hunted = done_on(chance, land.tempers[owner], on, on + timedelta(days=9), 3)
        if grave and hunted <= LAST_DAY and land.body[owner].lives(hunted):
            yield land.deed(chance, "hunt.completed", owner, (system.ref,), hunted, "BC", weakness=weakness)


def _gates(land: Land, system: System) -> Iterator[Deed]:
    """A system put into use since the directive was assessed before it, or some weeks after, or not yet."""
    gate = next((first for first, _ in system.spans() if first > BEGIN), None)
    if gate is None or (system.phases[0][0] == "operating" and system.phases[0][1] <= BEGIN) or gate > LAST_DAY:
        return
    owner, chance = system.owner(gate), Chance("gate", system.place)
    if owner:
        on = done_on(chance, land.tempers[owner], gate - timedelta(days=40), gate, 1.5)
        on = max(on, land.body[owner].from_on)
        if on <= LAST_DAY and land.body[owner].lives(on):
            yield land.deed(chance, "assessment.passed", owner, (system.ref,), on, "BB")


def _incidents(land: Land) -> Iterator[Deed]:
    number: dict[int, int] = {}
    found = [(on, system, chance, owner) for system in land.systems for chance, on, owner in _happens(land, system, "incident", 0.085)]
    for on, system, chance, owner in sorted(found, key=lambda one: (one[0], one[1].place)):
        number[on.year] = number.get(on.year, 0) + 1
        yield from _incident(land, chance, system, owner, f"SC-{on.year}-{number[on.year]:04}", on)


def _incident(land: Land, chance: Chance, system: System, owner: str, incident: str, on: date) -> Iterator[Deed]:
    kinds = [(kind["kind"], kind["weight"]) for kind in tree("events.yaml")["incidents"]]
    start, about, temper = moment(chance, on), (owner, system.ref), land.tempers[owner]
    serious, personal = chance.yes(0.08), chance.yes(0.12)
    detail: dict[str, Any] = {"incident": incident, "type": chance.weighted(kinds), "serious": serious, "personal_data": personal}
    yield Deed("incident.detected", about, on, at_once(chance, start), owner, detail, at=start)
    if serious:  # the provincial team opens its own case under the same number
        told = start + timedelta(minutes=chance.whole(20, 200))
        yield Deed("incident.detected", (TEAM,), told.date(), at_once(chance, told), TEAM, dict(detail), at=told)
    hours = chance.whole(1, 20) if on >= NEW_CLOCKS or (personal and on >= PERSONAL_CLOCK) else chance.whole(2, 110)
    if chance.yes(late_chance(temper, on, 1.5)):
        hours += chance.whole(30, 700)
    yield from _recorded(chance, "incident.notified", owner, about, start + timedelta(hours=hours), incident)
    if personal and on >= PERSONAL_CLOCK:
        yield from _recorded(chance, "personal_data.notified", owner, about, start + timedelta(hours=hours + 3), incident)
    yield from _recorded(chance, "incident.reported", owner, about, start + timedelta(hours=hours + chance.whole(2, 40)), incident)
    restored = start + timedelta(hours=hours + chance.whole(5, 260))
    yield from _recorded(chance, "incident.restored", owner, about, restored, incident)
    closed = done_on(chance, temper, restored.date(), restored.date() + timedelta(days=5), 1.5)
    yield from _recorded(chance, "incident.closed", owner, about, datetime.combine(closed, time(15, chance.whole(0, 59)), ZONE), incident)
    if serious:
        yield from _recorded(chance, "order.issued", TEAM, about, start + timedelta(hours=chance.whole(1, 30)), incident)


def _recorded(chance: Chance, verb: str, by: str, about: tuple[str, ...], at: datetime, incident: str) -> Iterator[Deed]:
    detail: dict[str, Any] = {"incident": incident}
    if verb == "order.issued":
        detail |= {"order": f"LĐP-{incident[3:]}", "due_on": (at.date() + timedelta(days=3)).isoformat()}
    if at.date() <= LAST_DAY:
        yield Deed(verb, (*about, TEAM) if verb == "order.issued" else about, at.date(), at_once(chance, at), by, detail, at=at)


def _warnings(land: Land) -> Iterator[Deed]:
    """The coordinator's warnings: each reaches some dozens of bodies, most of which say what they did."""
    subjects = tree("events.yaml")["warnings"]
    for number, on in enumerate(_chances(Chance("warnings"), BEGIN + timedelta(days=20), LAST_DAY, 11)):
        chance = Chance("warning", number)
        subject, advisory = chance.pick(subjects), f"CB-{on.year}-{number + 1:03}"
        here = [body for body in land.dutiful if body.lives(on)]
        for body in here:
            if chance.yes(0.07):
                yield from _warned(land, Chance("warned", number, body.place), body, on, advisory, subject["days"])


def _warned(land: Land, chance: Chance, body: Body, on: date, advisory: str, days: int | None) -> Iterator[Deed]:
    detail: dict[str, Any] = {"advisory": advisory}
    if days:
        detail["due_on"] = (on + timedelta(days=days)).isoformat()
    yield Deed("advisory.received", (body.ref,), on, filed(chance, on, 0.4), COORDINATOR, detail)
    done = done_on(chance, land.tempers[body.ref], on + timedelta(days=1), on + timedelta(days=days or 20), 1.3)
    if done <= LAST_DAY and body.lives(done):
        yield land.deed(chance, "advisory.resolved", body.ref, (body.ref,), done, None, advisory=advisory)


def _requests(land: Land) -> Iterator[Deed]:
    """Reports asked for out of turn, twice or three times a year, of some of the bodies."""
    for number, on in enumerate(_chances(Chance("requests"), date(2023, 2, 1), LAST_DAY, 4)):
        chance, request = Chance("request", number), f"YC-{on.year}-{number + 1:02}"
        for body in [body for body in land.dutiful if body.lives(on) and body.type != "unit"]:
            if chance.yes(0.22):
                own, due = Chance("asked", number, body.place), on + timedelta(days=12)
                detail = {"request": request, "due_on": due.isoformat()}
                yield Deed("report.requested", (body.ref,), on, filed(own, on, 0.2), COORDINATOR, detail)
                done = done_on(own, land.tempers[body.ref], on + timedelta(days=2), due, 1.2)
                if done <= LAST_DAY and body.lives(done):
                    yield land.deed(own, "report.submitted", body.ref, (body.ref,), done, "BC", request=request)


def _devices(land: Land, body: Body) -> Iterator[Deed]:
    first, last = land.span(body)
    for verb, answer, rate, opens, aim, detail in DEVICES:
        for on in _chances(Chance(verb, body.place), first, last, rate):
            chance, device = Chance(verb, body.place, on), _tag(body, on)
            yield land.deed(chance, verb, body.ref, (body.ref,), on, None, device=device, **detail)
            yield from _answered(land, chance, body, answer, on + timedelta(days=opens), on + timedelta(days=aim), device)


def _answered(land: Land, chance: Chance, body: Body, answer: str, opens: date, aim: date, device: str) -> Iterator[Deed]:
    done = done_on(chance, land.tempers[body.ref], opens, aim, 2)
    if body.from_on <= done <= LAST_DAY and body.lives(done):
        yield land.deed(chance, answer, body.ref, (body.ref,), done, "BB", device=device)


def _tag(body: Body, on: date) -> str:
    return f"TB-{body.place:03}-{on:%y%m%d}"


def _breaches(land: Land, body: Body) -> Iterator[Deed]:
    first, last = land.span(body)
    for on in _chances(Chance("breach", body.place), first, last, 0.025):
        chance = Chance("breach", body.place, on)
        duty, breach = chance.pick(["D19", "D23", "D25"]), f"VP-{body.place:03}-{on:%y%m%d}"
        yield land.deed(chance, "breach.found", body.ref, (body.ref,), on, "BB", duty=duty, breach=breach)
        ended = done_on(chance, land.tempers[body.ref], on, on + timedelta(days=6), 3)
        if ended <= LAST_DAY and body.lives(ended):
            yield land.deed(chance, "breach.ended", body.ref, (body.ref,), ended, "BB", duty=duty, breach=breach)
