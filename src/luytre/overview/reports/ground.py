"""The ground figures stand on: what journal and register say, as known at one moment. Read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.utils import timezone

from luytre.core.duty import Judge
from luytre.core.duty.model import Fact, Result
from luytre.core.duty.standings import Day, Standings
from luytre.journal.models import Entry, Mention
from luytre.overview.asked import Asked
from luytre.overview.board.queries import Province
from luytre.overview.bodies import Bodies, bodies_on, values_on
from luytre.register import models as nouns
from luytre.register import queries as register
from luytre.rooms.duties import projection
from luytre.rooms.duties import queries as duties
from luytre.rooms.incidents.queries import scope
from luytre.rooms.incidents.rules import cases
from luytre.verbs import READS, VOCABULARY

INCIDENT = frozenset(name for name, verb in VOCABULARY.items() if verb.noun == "incident") - READS
CASE_VERBS = INCIDENT | {"personal_data.notified"}
VERBS = CASE_VERBS | {
    "advisory.received",
    "advisory.resolved",
    "weakness.found",
    "weakness.remediated",
    "hunt.completed",
    "scan.completed",
    "response_plan.issued",
    "response_plan.updated",
    "exercise.held",
    "team.established",
    "contact.published",
    "campaign.held",
    "order.issued",
    "order.answered",
    "help.requested",
    "dossier.approved",
    "security_plan.deployed",
    "assessment.passed",
    "spending.reported",
    "plan.submitted",
    "annual_report.submitted",
}
TABLES: dict[str, Any] = {
    "level": nouns.SystemLevel,
    "phase": nouns.SystemPhase,
    "owner": nouns.SystemOwner,
    "operator": nouns.SystemOperator,
    "type": nouns.OrganisationKind,
    "exists": nouns.OrganisationExists,
}
REFERS = ("owner", "operator")


@dataclass(frozen=True)
class Told:
    """An entry that stands, with the things for which it stands."""

    id: int
    verb: str
    on: date
    moment: datetime
    by: str
    at: datetime
    about: frozenset[str]
    detail: dict[str, Any]
    instant: datetime | None = None  # the moment, where one was told

    @property
    def key(self) -> str:
        return f"entry:{self.id}"


@dataclass
class Ground:
    """Journal and register as known at `known`. `today`: the last day anything is asked about."""

    known: datetime
    today: date
    held: Standings
    _values: dict[tuple[str, date], dict[str, Any]] = field(default_factory=dict)
    _provinces: dict[date, Province] = field(default_factory=dict)

    @cached_property
    def told(self) -> dict[str, list[Told]]:
        """Entries by verb in the order of recording, without what was taken back by then."""
        rows = Entry.objects.filter(verb__in=VERBS, at__lte=self.known, retracts=None)
        about: dict[int, set[str]] = defaultdict(set)
        mentions = Mention.objects.filter(entry__verb__in=VERBS, entry__at__lte=self.known)
        for entry, thing in mentions.values_list("entry_id", "thing").iterator(chunk_size=5000):
            about[entry].add(thing)
        taken = Mention.objects.filter(entry__retracts__verb__in=VERBS, entry__at__lte=self.known)
        for back, thing in taken.values_list("entry__retracts_id", "thing"):
            if back is not None:
                about[back].discard(thing)
        found: dict[str, list[Told]] = defaultdict(list)
        values = rows.order_by("id").values_list("id", "verb", "on", "moment", "by", "at", "detail")
        for number, verb, on, moment, by, at, detail in values.iterator(chunk_size=5000):
            if about[number]:
                found[verb].append(Told(number, verb, on, moment or start_of(on), by, at, frozenset(about[number]), detail, moment))
        return found

    def of(self, verb: str, first: date | None = None, until: date | None = None) -> list[Told]:
        """Entries of a verb whose day lies within some days."""
        rows = self.told.get(verb, [])
        return [row for row in rows if (first is None or row.on >= first) and (until is None or row.on < until)]

    # -- incidents --

    @cached_property
    def case_entries(self) -> dict[str, list[Told]]:
        """The entries of each case, by its number, in the order of recording."""
        found: dict[str, list[Told]] = defaultdict(list)
        for row in sorted((row for verb in INCIDENT for row in self.told.get(verb, ())), key=lambda row: row.id):
            code = str(row.detail.get("incident") or (f"GN-{row.id}" if row.verb == "incident.detected" else ""))
            if code:
                found[code].append(row)
        return found

    @cached_property
    def cases(self) -> dict[str, cases.Case]:
        """Real incidents by number: no false alarms, no near misses, no doubles."""
        teams = scope.teams(self.today)
        folded = {code: cases.fold_case([_case_fact(row) for row in rows], teams) for code, rows in self.case_entries.items()}
        return {code: case for code, case in folded.items() if case and case.what == "incident" and not case.merged_into}

    @cached_property
    def helped(self) -> frozenset[str]:
        """Incidents in which others helped: a coordination order or a request for help names them."""
        named = (row.detail.get("incident") for verb in ("order.issued", "help.requested") for row in self.told.get(verb, ()))
        return frozenset(str(code) for code in named if code)

    @cached_property
    def judge(self) -> Judge:
        """A judge who knows of incidents alone: enough for their clocks."""
        facts = [_judged(row) for verb in sorted(CASE_VERBS) for row in self.told.get(verb, ())]
        return Judge(duties.law(), register.things(self.known), facts)

    def clock(self, duty: str, on: date) -> dict[str, Result]:
        """What one clock of the law says of each incident, by the entry that set it going, at the end of a day."""
        if (duty, on) not in self._clocks:
            bodies = sorted({case.body for case in self.cases.values()})
            lines = (line for body in bodies for line in self.judge.results(duty, body, on, self.known))
            self._clocks[duty, on] = {str(line.event): line for line in lines if line.event}
        return self._clocks[duty, on]

    @cached_property
    def _clocks(self) -> dict[tuple[str, date], dict[str, Result]]:
        return {}

    # -- register and standings --

    def values(self, attribute: str, on: date) -> dict[str, Any]:
        """One attribute of all things on a day: ref → value (a ref where it names a body)."""
        if (attribute, on) not in self._values:
            refers, kind = attribute in REFERS, "org" if attribute in ("type", "exists") else "system"
            rows = values_on(TABLES[attribute], on, self.known, value="value__code" if refers else "value")
            named = {f"{kind}:{code}": f"org:{value}" if refers and value else value for code, value in rows.items()}
            self._values[attribute, on] = named
        return self._values[attribute, on]

    def systems(self, on: date) -> list[str]:
        """Systems in operation on a day."""
        return sorted(ref for ref, phase in self.values("phase", on).items() if phase == "operating")

    def province(self, on: date) -> Province:
        """The standing of all bodies on a day, as known."""
        if on not in self._provinces:
            self._provinces[on] = Province(self.held, Asked(on, self.known, self.today), self.bodies)
        return self._provinces[on]

    def day(self, on: date) -> Day:
        return self.province(on).day

    @cached_property
    def bodies(self) -> Bodies:
        return bodies_on(self.today, self.known)

    def name(self, ref: str) -> str:
        return self.bodies.name(ref)

    def system_of(self, refs: Iterable[str]) -> str:
        return next((ref for ref in sorted(refs) if ref.startswith("system:")), "")


def ground(known: datetime, today: date) -> Ground:
    return Ground(known, today, projection.standings_of_all(today))


def start_of(on: date) -> datetime:
    """The beginning of a day where the office is: when something without a moment was."""
    return datetime.combine(on, time(0), timezone.get_default_timezone())


def local(moment: datetime) -> date:
    return timezone.localdate(moment, timezone.get_default_timezone())


def bodies_in(refs: Collection[str]) -> list[str]:
    return sorted(ref for ref in refs if ref.startswith("org:"))


def _case_fact(row: Told) -> cases.Told:
    return cases.Told(row.verb, tuple(sorted(row.about)), row.on, row.moment, row.by, row.detail)


def _judged(row: Told) -> Fact:
    return Fact(str(row.id), row.verb, tuple(sorted(row.about)), row.on, row.at, row.instant, row.detail)
