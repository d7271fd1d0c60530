"""Questions about the work on a case: how far the process of the law has come, assets and their state, what it has cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from luytre.rooms.incidents.models import Asset, Cost, Incident, Step
from luytre.rooms.incidents.queries import scope
from luytre.rooms.incidents.queries.wording import lang, person_names
from luytre.rooms.incidents.rules import process
from luytre.verbs.incident import ASSETS, COSTS, STATES, STEPS

ORDER = tuple(STATES)


@dataclass(frozen=True)
class StepLine:
    """A step of the process in words."""

    step: str
    number: int
    words: str
    leads: str
    partners: str
    does: str
    done_at: datetime | None
    by: str
    is_next: bool


@dataclass(frozen=True)
class ProcessPage:
    """The process an incident goes by."""

    serious: bool
    instrument: str
    clause: str
    steps: Sequence[StepLine]

    @property
    def done(self) -> int:
        return sum(one.done_at is not None for one in self.steps)


@dataclass(frozen=True)
class AssetLine:
    held: Asset
    name: str
    kind: str
    state: str
    system: str


@dataclass(frozen=True)
class CostLine:
    held: Cost
    kind: str
    text: str


def process_of(held: Incident) -> ProcessPage:
    way = process.process(held.serious)
    done = {row.step: row for row in Step.objects.filter(incident=held.code)}
    people = person_names(row.by for row in done.values())
    nearest = process.next_step(held.serious, done)
    lines = [_line(one, done.get(one.step), people, one.step == nearest) for one in way.steps]
    return ProcessPage(held.serious, way.instrument, way.clause, lines)


def _line(one: process.Step, row: Step | None, people: dict[str, str], is_next: bool) -> StepLine:
    said = lang()
    words = (STEPS[one.step][said], one.leads[said], one.partners[said], one.does[said])
    return StepLine(one.step, one.number, *words, row.at if row else None, people.get(row.by, "") if row else "", is_next)


def assets_of(held: Incident) -> list[AssetLine]:
    rows = list(Asset.objects.filter(incident=held.code).select_related("entry__aside").order_by("number"))
    called = scope.called({row.system for row in rows if row.system})
    said = lang()
    return [
        AssetLine(row, scope.text_of(row.entry, "name"), ASSETS[row.kind][said], STATES[row.state][said], called.get(row.system, ""))
        for row in rows
    ]


def costs_of(held: Incident) -> list[CostLine]:
    rows = Cost.objects.filter(incident=held.code).select_related("entry__aside").order_by("pk")
    return [CostLine(row, COSTS[row.kind][lang()], scope.text_of(row.entry, "text")) for row in rows]
