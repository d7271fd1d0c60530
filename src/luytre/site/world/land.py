"""The province while it grows: bodies, systems, tempers and people at hand for those who tell its history."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from luytre.site.world import bodies, people, systems
from luytre.site.world.bodies import Body
from luytre.site.world.chance import Chance
from luytre.site.world.deeds import Deed, filed, paper_number
from luytre.site.world.people import Person
from luytre.site.world.source import tree
from luytre.site.world.systems import System

BEGIN = date(2022, 11, 4)
LAST_DAY = date(2026, 11, 22)
DUTIFUL = ("department", "commune", "district", "unit")


@dataclass
class Land:
    """Everything that stands still; the chapters of history read it and yield deeds."""

    bodies: list[Body]
    systems: list[System]
    people: list[Person]
    tempers: dict[str, dict[str, Any]]

    @cached_property
    def body(self) -> dict[str, Body]:
        return {body.ref: body for body in self.bodies}

    @cached_property
    def system(self) -> dict[str, System]:
        return {system.ref: system for system in self.systems}

    @cached_property
    def habits(self) -> dict[str, Any]:
        habits: dict[str, Any] = tree("habits.yaml")
        return habits

    @cached_property
    def dutiful(self) -> list[Body]:
        return [body for body in self.bodies if body.type in DUTIFUL]

    @cached_property
    def of_type(self) -> dict[str, list[Body]]:
        kinds: dict[str, list[Body]] = {}
        for body in self.bodies:
            kinds.setdefault(body.type, []).append(body)
        return kinds

    def span(self, body: Body) -> tuple[date, date]:
        """First and last day of a body inside the history told."""
        return max(body.from_on, BEGIN), min(body.until_on - timedelta(days=1) if body.until_on else LAST_DAY, LAST_DAY)

    def deed(self, chance: Chance, verb: str, by: str, about: tuple[str, ...], on: date, paper: str | None, **detail: Any) -> Deed:
        """A deed of a body, filed some days later; with its paper's number and day where it left one."""
        if paper:
            detail = {"number": paper_number(chance, paper, self.body[by].short), "signed_on": on.isoformat(), **detail}
        return Deed(verb, about, on, filed(chance, on), by, detail, paper=paper)


def settle() -> Land:
    """Bodies, systems, people and tempers, before anything has happened."""
    everyone = bodies.bodies()
    return Land(everyone, systems.systems(everyone, LAST_DAY), people.people(everyone, LAST_DAY), bodies.tempers(everyone))
