"""The page of one body: standing by clause, systems, people, what happened, evidence; its life with predecessors and successors."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from luytre.core.fold import sort_key
from luytre.overview.asked import Asked
from luytre.overview.board.queries import Tally
from luytre.overview.bodies import Officer, names_on, officers_on, values_on
from luytre.overview.reader import Reader
from luytre.overview.things import profile
from luytre.overview.things.profile import Happened, Paper, Standing
from luytre.register.models import (
    Organisation,
    OrganisationKind,
    OrganisationParent,
    OrganisationSuccessor,
    OrganisationType,
    Role,
    SystemOwner,
)
from luytre.rooms.duties import projection
from luytre.ui.statuses import LATE, ORDER


@dataclass(frozen=True)
class Owned:
    """A system of the body with its worst status."""

    code: str
    name: str
    status: str
    late: int


@dataclass
class BodyPage:
    asked: Asked
    organisation: Organisation
    name: str
    type: str
    parent: tuple[str, str] | None
    standings: list[Standing]
    owned: list[Owned]
    officers: list[Officer]
    children: list[tuple[str, str]]
    successors: list[tuple[str, str, date]]
    predecessors: list[tuple[str, str, date]]
    happened: list[Happened]
    happened_count: int
    papers: list[Paper]
    papers_count: int

    @property
    def ref(self) -> str:
        return self.organisation.ref

    @property
    def tally(self) -> Tally:
        return profile.tally(self.standings)

    @property
    def counted(self) -> list[tuple[str, int]]:
        return [(status, self.tally.of(status)) for status in ORDER if self.tally.of(status)]

    @property
    def tally_bar(self) -> list[tuple[str, int]]:
        rest = self.tally.whole - self.tally.done - self.tally.late
        return [("met", self.tally.done), ("overdue", self.tally.late), ("rest", rest)]


def read(code: str, asked: Asked, who: Reader) -> BodyPage | None:
    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        return None
    on, known = asked.on, asked.known
    names = names_on(on, known)
    lines = projection.standings(organisation.ref, on, known, asked.today)
    kinds = dict(OrganisationType.choices)
    parents = values_on(OrganisationParent, on, known, value="value__code")
    happened, happened_count = profile.history(organisation.ref, seen_by=who.person)
    papers, papers_count = profile.papers(organisation.ref, seen_by=who.person)
    return BodyPage(
        asked=asked,
        organisation=organisation,
        name=names[organisation.ref],
        type=str(kinds.get(_type(organisation, asked), "")),
        parent=who.link(parents[code], names[f"org:{parents[code]}"]) if parents.get(code) else None,
        standings=profile.standings(lines, organisation.ref, asked),
        owned=_owned(code, asked, names),
        officers=officers_on(on, known, roles=Role.values, of=[code]).get(organisation.ref, []),
        children=sorted(((child, names[f"org:{child}"]) for child, parent in parents.items() if parent == code), key=lambda pair: pair[1]),
        successors=_pairs(OrganisationSuccessor.objects.filter(of=organisation), "value", who),
        predecessors=_pairs(OrganisationSuccessor.objects.filter(value=organisation), "of", who),
        happened=happened,
        happened_count=happened_count,
        papers=papers,
        papers_count=papers_count,
    )


def _type(organisation: Organisation, asked: Asked) -> str:
    on_day = values_on(OrganisationKind, asked.on, asked.known, of=[organisation.code])
    last = OrganisationKind.objects.filter(of=organisation).order_by("-from_on").values_list("value", flat=True).first()
    return str(on_day.get(organisation.code) or last or "")


def _pairs(rows: QuerySet[OrganisationSuccessor], other: str, who: Reader) -> list[tuple[str, str, date]]:
    """Who followed whom, and from which day; each pair once, with a link where the reader may follow it."""
    named = rows.order_by(f"{other}__sorting").values_list(f"{other}__code", f"{other}__name", "from_on").distinct()
    return [(*who.link(code, name), on) for code, name, on in named]


def _owned(code: str, asked: Asked, names: dict[str, str]) -> list[Owned]:
    """The systems the body owns on the day, the worst first."""
    owners = values_on(SystemOwner, asked.on, asked.known, value="value__code")
    refs = [f"system:{system}" for system, owner in owners.items() if owner == code]
    rows = projection.matrix(refs, None, asked.on, asked.known, asked.today).rows
    found = []
    for ref, cells in rows.items():
        statuses = [cell.status for cell in cells if cell.status]
        late = sum(status in LATE for status in statuses)
        found.append(Owned(ref.removeprefix("system:"), names[ref], min(statuses, key=ORDER.index, default="not_applicable"), late))
    return sorted(found, key=lambda owned: (-owned.late, sort_key(owned.name)))
