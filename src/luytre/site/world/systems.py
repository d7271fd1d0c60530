"""What bodies run: shared provincial systems, those of departments, and the small ones of communes, districts and units."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from luytre.site.world.bodies import COMMUNES_BEGIN, MERGER, Body
from luytre.site.world.chance import Chance
from luytre.site.world.source import tree

Row = tuple[Any, date, date | None]


@dataclass
class System:
    """One information system with dated owner, operator, level and phase; data = basic and sensitive data subjects."""

    ref: str
    name: str
    owners: list[Row]
    operators: list[Row]
    levels: list[Row]
    phases: list[Row]
    data: tuple[int, int]
    shared: bool = False
    place: int = 0
    level_known: dict[int, date] = field(default_factory=dict)  # index of a level row -> day it reached the register (corrections)

    def at(self, rows: list[Row], on: date) -> Any:
        return next((value for value, from_on, until_on in rows if from_on <= on and (until_on is None or on < until_on)), None)

    def owner(self, on: date) -> str | None:
        owner: str | None = self.at(self.owners, on)
        return owner

    def operates(self, on: date) -> bool:
        return bool(self.at(self.phases, on) == "operating")

    def spans(self, phase: str = "operating") -> list[tuple[date, date | None]]:
        return [(from_on, until_on) for value, from_on, until_on in self.phases if value == phase]


def systems(everyone: list[Body], last_day: date) -> list[System]:
    """Every system, numbered in a fixed order."""
    catalogue = tree("systems/catalogue.yaml")
    found = [_listed(entry, shared=True) for entry in catalogue["shared"]]
    found += [_listed(entry, shared=False) for entry in catalogue["department"]]
    for body in everyone:
        kinds = catalogue["kinds"].get(body.stem) or catalogue["kinds"].get(body.type, [])
        found += [system for kind in kinds if (system := _drawn(body, kind, last_day))]
    for place, system in enumerate(found):
        system.place = place
        _correct_late(system)
    return found


def _listed(entry: dict[str, Any], shared: bool) -> System:
    begins = entry["phases"][0][1]
    end = next((day for phase, day in entry["phases"] if phase == "retired"), None)
    owners = _owners(entry, begins)
    operators: list[Row] = [("org:tt-cntt-tt", begins, None)] if shared else list(owners)
    levels = _chain([[level, max(day, begins) if not index else day] for index, (level, day) in enumerate(entry["levels"])], end)
    return System(
        f"system:{entry['code']}", entry["name"], owners, operators, levels, _chain(entry["phases"], None), tuple(entry["data"]), shared
    )


def _owners(entry: dict[str, Any], begins: date) -> list[Row]:
    """Owners with the merger of departments; what the former information department ran is now the science department's."""
    if entry["owner"] == "so-khcn" and entry["code"] != "khcn" and begins < MERGER:
        return [("org:so-tttt", begins, MERGER), ("org:so-khcn", MERGER, None)]
    then, moved = entry.get("then", (None, None))
    if not then:
        return [(f"org:{entry['owner']}", begins, None)]
    return [(f"org:{entry['owner']}", begins, moved), (f"org:{then}", moved, None)]


def _chain(rows: list[list[Any]], end: date | None) -> list[Row]:
    ends = [*(row[1] for row in rows[1:]), end]
    return [(row[0], row[1], until_on) for row, until_on in zip(rows, ends, strict=True)]


def _drawn(body: Body, kind: dict[str, Any], last_day: date) -> System | None:
    chance = Chance("system", body.place, kind["code"])
    if not chance.yes(kind["share"]):
        return None
    begins = _birth(chance, body, last_day)
    level = chance.weighted(list(kind["levels"].items()))
    phases = _phases(chance, begins, kind["stage"], last_day)
    basic, sensitive = (int(count * (0.4 + 1.2 * chance.share())) for count in kind["data"])
    ref = f"system:{kind['code']}-{body.code}"
    name = kind["name"].format(body=body.name.removeprefix("UBND "))
    owners: list[Row] = [(body.ref, begins, body.until_on)]
    levels: list[Row] = [(level, begins, None)]
    if body.until_on:
        _hand_over(chance, body, owners, phases)
    return System(ref, name, owners, list(owners), levels, phases, (basic, sensitive))


def _birth(chance: Chance, body: Body, last_day: date) -> date:
    """Communes began their systems with themselves or within sixteen months; the others have had theirs for years, some since lately."""
    if body.type == "commune":
        return COMMUNES_BEGIN if chance.yes(0.7) else chance.day(COMMUNES_BEGIN, last_day - timedelta(days=20))
    if body.until_on or chance.yes(0.75):
        return chance.day(max(body.from_on, date(2016, 1, 1)), date(2022, 10, 1))
    return chance.day(date(2022, 11, 10), last_day - timedelta(days=20))


def _phases(chance: Chance, begins: date, stage: float, last_day: date) -> list[Row]:
    if chance.yes(stage):  # still on the way
        return [(chance.pick(["planned", "building"]), begins, None)]
    if begins <= date(2022, 11, 4) or begins == COMMUNES_BEGIN:
        return [("operating", begins, None)]
    opens = begins + timedelta(days=chance.whole(25, 150))
    return [("building", begins, opens), ("operating", opens, None)] if opens <= last_day else [("building", begins, None)]


def _hand_over(chance: Chance, body: Body, owners: list[Row], phases: list[Row]) -> None:
    """When a district ended, its systems went to the commune that bears its name, or were switched off."""
    assert body.until_on
    if chance.yes(0.3) and body.until_on == COMMUNES_BEGIN:
        owners.append((body.successors[0], body.until_on, None))
        return
    phase, from_on, _ = phases[-1]
    phases[-1] = (phase, from_on, body.until_on)
    phases.append(("retired", body.until_on, None))
    owners[-1] = (owners[-1][0], owners[-1][1], None)


def _correct_late(system: System) -> None:
    """Some changes of level reached the register weeks after they took effect."""
    chance = Chance("correction", system.place)
    for index in range(1, len(system.levels)):
        if chance.yes(0.4):
            system.level_known[index] = system.levels[index][1] + timedelta(days=chance.whole(12, 90))
