"""Questions of the submissions room: who has sent a year's report and how it stands; ad hoc requests; cooperation recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luytre import journal
from luytre.core.fold import sort_key
from luytre.journal.models import Entry
from luytre.register import access, choices, reading
from luytre.register import queries as register
from luytre.register.models import Organisation, Person, Post, Role
from luytre.rooms.submissions import rules
from luytre.rooms.submissions.models import Report, Step

REQUESTED, SUBMITTED, COOPERATION = "report.requested", "report.submitted", "cooperation.recorded"
SHOWN = 300  # requests read for the list, the latest


@dataclass(frozen=True)
class Part:
    """What a request asks of one body, and the report that came."""

    ref: str
    name: str
    due_on: date | None
    reported_on: date | None
    number: str
    entry: int | None
    on: date

    @property
    def status(self) -> str:
        if self.reported_on:
            return "met_late" if self.due_on and self.reported_on > self.due_on else "met"
        if self.due_on is None:
            return "undated"
        return "overdue" if self.on > self.due_on else "due_soon" if (self.due_on - self.on).days <= 3 else "open"


@dataclass(frozen=True)
class Request:
    """A request for an ad hoc report as a page shows it; of its parts only those at bodies the reader may see."""

    entry: int
    request: str
    number: str
    at: datetime
    by: str
    text: str
    due_on: date | None
    parts: Sequence[Part]
    others: int

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0] or self.number or self.request

    @property
    def done(self) -> int:
        return sum(part.reported_on is not None for part in self.parts)

    @property
    def late(self) -> int:
        return sum(part.status == "overdue" for part in self.parts)

    @property
    def bar(self) -> list[tuple[str, int]]:
        return [("met", self.done), ("overdue", self.late), ("rest", len(self.parts) - self.done - self.late)]


def requests(*, seen_by: object, on: date) -> list[Request]:
    """Requests to bodies a person may see, latest first; a constant number of queries."""
    asked = reading.readable(Entry.objects.filter(verb=REQUESTED, retractions=None), seen_by=seen_by, on=on)
    asked = asked.order_by("-at", "-id")[:SHOWN]
    return _read(list(asked.values_list("pk", flat=True)), access.visible_refs(seen_by, on), on)


def request(number: int, *, seen_by: object, on: date) -> Request | None:
    """One request; absent and none of the person's business look the same."""
    if not reading.may_read(number, seen_by=seen_by, on=on):
        return None
    return next(iter(_read([number], access.visible_refs(seen_by, on), on)), None)


def _read(numbers: Sequence[int], seen: frozenset[str], on: date) -> list[Request]:
    asked = list(Entry.objects.filter(pk__in=numbers, verb=REQUESTED, retractions=None).select_related("aside").order_by("-at", "-id"))
    about = journal.queries.mentioned(entry.pk for entry in asked)
    mine = [entry for entry in asked if about[entry.pk] & seen]
    cases = [case for entry in mine for case in _cases(entry)]
    told = list(Entry.objects.filter(verb=SUBMITTED, retractions=None, detail__request__in=cases).order_by("id"))
    whom = journal.queries.mentioned(entry.pk for entry in told)
    came = {(thing, str(entry.detail["request"])): entry for entry in told for thing in whom[entry.pk]}
    names = register.names({ref for entry in mine for ref in about[entry.pk]} & seen)
    people = {p.ref: p.called for p in Person.objects.filter(code__in=[entry.by.removeprefix("person:") for entry in mine])}
    return [_request(entry, about[entry.pk], seen, came, names, people, on) for entry in mine]


def _mentions(entry: Entry) -> set[str]:
    return {mention.thing for mention in entry.mentions.all()}


def _cases(entry: Entry) -> list[str]:
    """By what a report names this request: its own number, or that of the entry."""
    return [str(case) for case in (entry.detail.get("request"), entry.pk) if case]


def _request(
    entry: Entry,
    about: frozenset[str],
    seen: frozenset[str],
    came: Mapping[tuple[str, str], Entry],
    names: Mapping[str, str],
    people: Mapping[str, str],
    on: date,
) -> Request:
    due = entry.detail.get("due_on")
    due_on = date.fromisoformat(due) if due else None
    parts = []
    for ref in about & seen:
        report = next((came[ref, case] for case in _cases(entry) if (ref, case) in came), None)
        number = str(report.detail.get("number", "")) if report else ""
        parts.append(Part(ref, names.get(ref, ref), due_on, report.on if report else None, number, report.pk if report else None, on))
    aside = getattr(entry, "aside", None)
    return Request(
        entry=entry.pk,
        request=str(entry.detail.get("request", entry.pk)),
        number=str(entry.detail.get("number", "")),
        at=entry.at,
        by=people.get(entry.by, entry.by),
        text=str((aside.text or {}).get("text", "")) if aside else "",
        due_on=due_on,
        parts=sorted(parts, key=lambda part: (part.status != "overdue", part.reported_on is not None, sort_key(part.name))),
        others=len(about) - len(parts),
    )


@dataclass(frozen=True)
class Cooperation:
    """One line of the cooperation log."""

    entry: int
    on: date
    bodies: str
    number: str
    note: str
    by: str


def cooperation(*, seen_by: object, on: date, limit: int = 200) -> list[Cooperation]:
    """The log of cooperation with bodies a person may see, latest first; of each line only these bodies are named."""
    seen = access.visible_refs(seen_by, on)
    held = reading.readable(Entry.objects.filter(verb=COOPERATION, retractions=None), seen_by=seen_by, on=on)
    told = journal.queries.whole(held).order_by("-on", "-id")[:limit]
    mine = [entry for entry in told if _mentions(entry) & seen]
    names = register.names({ref for entry in mine for ref in _mentions(entry)} & seen)
    people = {p.ref: p.called for p in Person.objects.filter(code__in={entry.by.removeprefix("person:") for entry in mine})}
    return [_cooperation(entry, names, people) for entry in mine]


def _cooperation(entry: Entry, names: Mapping[str, str], people: Mapping[str, str]) -> Cooperation:
    aside = getattr(entry, "aside", None)
    note = str((aside.text or {}).get("note", "")) if aside else ""
    bodies = ", ".join(sorted((names[ref] for ref in _mentions(entry) if ref in names), key=sort_key))
    return Cooperation(entry.pk, entry.on, bodies, str(entry.detail.get("number", "")), note, people.get(entry.by, entry.by))


def may_ask(person: object, on: date) -> bool:
    return access.has_verb(person, REQUESTED, on)


def may_log(person: object, on: date) -> bool:
    return access.has_verb(person, COOPERATION, on)


def issuer_of(person: object, on: date) -> Organisation | None:
    """The body in whose name a person asks."""
    return next(iter(access.bodies(person, on)), None)


# -- reports of bodies, on their way --

BEARERS = ("department", "commune", "district", "unit")


def held(kind: str, body: str, year: int) -> Report | None:
    """The report of a body for a year, with its steps; whether the body may be seen is asked before."""
    return Report.objects.filter(kind=kind, body=body, year=year).prefetch_related("steps__paper__number").first()


def chosen(numbers: Sequence[int]) -> list[Report]:
    return list(Report.objects.filter(pk__in=numbers).prefetch_related("steps").order_by("pk"))


def of_year(kind: str, year: int) -> list[Report]:
    return list(Report.objects.filter(kind=kind, year=year).prefetch_related("steps__paper__number"))


def may_decide(person: object, on: date) -> bool:
    return access.has_verb(person, "submission.accepted", on)


def is_head(person: Person | None, body: str, on: date) -> bool:
    """Whether this person heads the body on a day: the one who signs."""
    held: list[Post] = access.posts(person, on) if person else []
    return any(post.role == Role.HEAD and post.organisation.ref == body for post in held)


def organisation(ref: str) -> Organisation | None:
    return register.organisation(ref.removeprefix("org:"))


def coordinator(on: date) -> Organisation | None:
    """The body that receives: whichever coordinates on a day."""
    found = next((ref for ref, _name, kind in choices.body_choices(on) if kind == "coordinator"), None)
    return organisation(found) if found else None


@dataclass(frozen=True)
class Way:
    """How far the report of one body has come."""

    ref: str
    name: str
    type: str
    state: str
    step: Step | None = None
    report: int | None = None
    number: str = ""
    on: date | None = None
    entry: int | None = None

    @property
    def look(self) -> str:
        return rules.LOOKS[self.state]

    @property
    def word(self) -> dict[str, str]:
        return dict(rules.STATES[self.state])

    @property
    def has_come(self) -> bool:
        return self.state in (rules.SENT, rules.ACCEPTED, rules.OUTSIDE)


def ways(kind: str, year: int, *, seen_by: object, on: date) -> list[Way]:
    """Every body that owes this report, with its state; those filed on paper count as come. A constant number of queries."""
    seen = access.visible_refs(seen_by, on)
    bodies = [(ref, name, type_) for ref, name, type_ in choices.body_choices(on) if type_ in BEARERS and ref in seen]
    reports = {report.body: report for report in of_year(kind, year)}
    outside = _outside(kind, year)
    return [_way(ref, name, type_, reports.get(ref), outside.get(ref)) for ref, name, type_ in bodies]


def _outside(kind: str, year: int) -> dict[str, Entry]:
    """The last paper filed for each body, which nothing takes back."""
    rows = Entry.objects.filter(verb=rules.KINDS[kind][0], filed=True, retractions=None)
    if kind != "plan":
        rows = rows.filter(detail__year=year)
    entries = {entry.pk: entry for entry in rows.order_by("id")}
    about = journal.queries.mentioned(entries)
    return {thing: entry for pk, entry in entries.items() for thing in about.get(pk, ())}


def _way(ref: str, name: str, type_: str, report: Report | None, paper: Entry | None) -> Way:
    if report is None or (report.state in (rules.DRAFT, rules.PRESENTED, rules.HANDED_BACK) and paper):
        if paper is None:
            return Way(ref, name, type_, rules.NOTHING)
        return Way(ref, name, type_, rules.OUTSIDE, number=str(paper.detail.get("number") or ""), on=paper.on, entry=paper.pk)
    sent = max((step for step in report.steps.all() if step.paper_id), key=lambda step: step.pk, default=None)
    if sent is None or sent.paper is None:
        return Way(ref, name, type_, report.state, report.last, report.pk)
    return Way(ref, name, type_, report.state, report.last, report.pk, str(sent.paper.number), sent.paper.issued_on, sent.entry)
