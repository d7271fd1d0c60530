"""A body's year: its figures out of those of the province, row by row at the body they concern; prefilled for one or for all at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from luytre.overview.reports import figures, spans
from luytre.overview.reports.figures import Row, Value
from luytre.overview.reports.figures.incidents import TYPES_IN_ORDER
from luytre.overview.reports.ground import Ground
from luytre.overview.reports.spans import Span
from luytre.ui.statuses import ORDER, OUTSIDE

WORK = (
    "hunts.systems",
    "scans.systems",
    "plans.issued",
    "plans.updated",
    "drills",
    "campaigns",
    "warnings.tasks",
    "warnings.late",
    "weaknesses.found",
    "weaknesses.fixed",
    "weaknesses.end",
    "clock.D30",
    "clock.D31",
)
SYSTEMS = ("systems", "systems.approved", "systems.waiting", "systems.deployed")
LEVELS = tuple(f"systems.{level}" for level in ("1", "2", "3", "4", "5"))
INCIDENTS = ("incidents", "incidents.self", "incidents.helped", "incidents.open", *(f"incidents.{type_}" for type_ in TYPES_IN_ORDER))
NAMES = (*SYSTEMS, *LEVELS, *INCIDENTS, *WORK, "duties", "duties.late")


@dataclass
class Year:
    """Every body's figures of a year, as known at the moment of the ground."""

    number: int
    ground: Ground
    span: Span = field(init=False)

    def __post_init__(self) -> None:
        year = spans.year(self.number, self.ground.today)
        self.span = Span("period", year.first, year.until, year.on)  # not "year": stocks are asked for at its end

    @property
    def known(self) -> datetime:
        return self.ground.known

    @cached_property
    def whole(self) -> dict[str, Value]:
        """The figures of the province."""
        return {name: figures.value(self.ground, name, self.span) for name in NAMES}

    @cached_property
    def parted(self) -> dict[str, dict[str, list[Row]]]:
        """body → figure → its rows. Nothing is counted twice: each row concerns one body, or one system of one body."""
        owners = self.ground.values("owner", self.span.on)
        found: dict[str, dict[str, list[Row]]] = defaultdict(dict)
        for name, value in self.whole.items():
            for row in value.rows:
                body = row.about if row.about.startswith("org:") else str(owners.get(row.about) or "")
                found[body].setdefault(name, []).append(row)
        return found

    def of(self, body: str) -> "BodyYear":
        mine = self.parted.get(body, {})
        return BodyYear(self, body, {name: Value(value.figure, self.span, mine.get(name, ())) for name, value in self.whole.items()})


@dataclass(frozen=True)
class BodyYear:
    """One body's year."""

    year: Year
    body: str
    values: Mapping[str, Value]

    @property
    def name(self) -> str:
        return self.year.ground.name(self.body)

    def frozen(self) -> dict[str, list[int]]:
        """Figure → [part, whole]: what is summed up over the bodies."""
        return {
            name: [value.part, value.whole] if value.figure.fold == "share" else [value.count, value.count]
            for name, value in self.values.items()
        }

    @property
    def duties(self) -> list[tuple[str, str]]:
        """(duty, status) of each duty owed at the end of the year, in the order of the directive."""
        held = self.year.ground.province(self.year.span.on)
        if self.body not in held.refs:
            return []
        codes = held.grid[held.refs.index(self.body)].tolist()
        pairs = ((duty.id, ORDER[code]) for duty, code in zip(held.duties, codes, strict=True) if code >= 0)
        return [(duty, status) for duty, status in pairs if status not in OUTSIDE]

    @property
    def systems(self) -> Sequence[Row]:
        return self.values["systems"].rows


@dataclass(frozen=True)
class Sum:
    """One figure summed over the reports of bodies."""

    figure: str
    part: int
    whole: int
    bodies: int  # with something to count


def consolidated(reports: Iterable[Mapping[str, Sequence[int]]]) -> list[Sum]:
    """The figures of many reports added up."""
    sums: dict[str, list[int]] = {name: [0, 0, 0] for name in NAMES}
    for told in reports:
        for name, (part, whole) in told.items():
            if name in sums:
                held = sums[name]
                held[0] += part
                held[1] += whole
                held[2] += bool(whole)
    return [Sum(name, *held) for name, held in sums.items()]
