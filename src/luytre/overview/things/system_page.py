"""The page of one system: its life by phases, the gate before use, standing by clause, profile, people, what happened, evidence."""

from dataclasses import dataclass
from datetime import date

from luytre.overview.asked import Asked
from luytre.overview.board.queries import Tally
from luytre.overview.bodies import Officer, in_force, names_on, officers_on, values_on
from luytre.overview.reader import Reader
from luytre.overview.things import profile
from luytre.overview.things.profile import Happened, Paper, Standing
from luytre.register.models import (
    Phase,
    Role,
    System,
    SystemData,
    SystemDomain,
    SystemLevel,
    SystemNetwork,
    SystemOperator,
    SystemOwner,
    SystemPhase,
    SystemSupplier,
)
from luytre.rooms.duties import projection
from luytre.ui.statuses import ORDER

PEOPLE = (Role.HEAD, Role.CONTACT, Role.OFFICER)


@dataclass(frozen=True)
class Stage:
    """One phase of the system's life."""

    title: str
    from_on: date
    until_on: date | None
    css: str
    icon: str
    is_use: bool = False


@dataclass
class SystemPage:
    asked: Asked
    system: System
    name: str
    owner: tuple[str, str] | None
    operator: tuple[str, str] | None
    level: int | None
    level_before: list[tuple[int | None, date]]
    phase: str
    stages: list[Stage]
    data: list[tuple[str, int]]
    domains: list[str]
    networks: list[str]
    suppliers: list[tuple[str, str]]
    standings: list[Standing]
    officers: list[Officer]
    happened: list[Happened]
    happened_count: int
    papers: list[Paper]
    papers_count: int

    @property
    def tally(self) -> Tally:
        return profile.tally(self.standings)

    @property
    def counted(self) -> list[tuple[str, int]]:
        return [(status, self.tally.of(status)) for status in ORDER if self.tally.of(status)]

    @property
    def is_in_use(self) -> bool:
        return any(stage.css == "cur" and stage.is_use for stage in self.stages)

    @property
    def gate(self) -> Standing | None:
        """What still bars the way into use: the duty to assess before use, where it is not yet done."""
        return next((s for s in self.standings if s.duty == "D48" and s.status in ("open", "overdue", "unknown")), None)


def read(code: str, asked: Asked, who: Reader) -> SystemPage | None:
    system = System.objects.filter(code=code).first()
    if system is None:
        return None
    on, known, ref = asked.on, asked.known, system.ref
    names = names_on(on, known)

    def one(table: type, value: str = "value") -> object:
        return values_on(table, on, known, of=[code], value=value).get(code)

    owner, operator = one(SystemOwner, "value__code"), one(SystemOperator, "value__code")
    bodies = [str(body) for body in dict.fromkeys((operator, owner)) if body]
    officers = officers_on(on, known, roles=PEOPLE, of=bodies)
    level = one(SystemLevel)
    now = in_force(on, known)
    happened, happened_count = profile.history(ref, seen_by=who.person)
    papers, papers_count = profile.papers(ref, seen_by=who.person)
    return SystemPage(
        asked=asked,
        system=system,
        name=names[ref],
        owner=_named(owner, names, who),
        operator=_named(operator, names, who),
        level=level if isinstance(level, int) else None,
        level_before=list(SystemLevel.objects.filter(of=system, from_on__lte=on).order_by("-from_on").values_list("value", "from_on")),
        phase=str(dict(Phase.choices).get(str(one(SystemPhase)), "")),
        stages=_stages(system, on),
        data=[
            (str(SystemData.Kind(kind).label), count)
            for kind, count in SystemData.objects.filter(now, of=system).values_list("kind", "value")
        ],
        domains=list(SystemDomain.objects.filter(now, of=system).values_list("value", flat=True)),
        networks=list(SystemNetwork.objects.filter(now, of=system).values_list("value", flat=True)),
        suppliers=list(SystemSupplier.objects.filter(now, of=system).values_list("value__name", "service")),
        standings=profile.standings(projection.standings(ref, on, known, asked.today), ref, asked),
        officers=[officer for body in bodies for officer in officers.get(f"org:{body}", [])],
        happened=happened,
        happened_count=happened_count,
        papers=papers,
        papers_count=papers_count,
    )


def _named(code: object, names: dict[str, str], who: Reader) -> tuple[str, str] | None:
    return who.link(str(code), names.get(f"org:{code}", str(code))) if code else None


def _stages(system: System, on: date) -> list[Stage]:
    stages = []
    for row in SystemPhase.objects.filter(of=system).exclude(value=None).order_by("from_on", "pk"):
        is_past = row.until_on is not None and row.until_on <= on
        is_now = row.from_on <= on and not is_past
        css, icon = ("", "check") if is_past else ("cur", "player-play") if is_now else ("", "circle-dotted")
        stages.append(Stage(_capital(str(row.get_value_display())), row.from_on, row.until_on, css, icon, row.value == Phase.OPERATING))
    return stages


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
