"""Questions about cases: the list, one case on one screen, its clocks, tasks, timeline, observables and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Min, Q, QuerySet

from luytre import journal
from luytre.core.fold import tokens
from luytre.journal.models import Attachment, Entry
from luytre.register.models import Post
from luytre.register.queries import head_of, organisation
from luytre.rooms.incidents.models import Clock, Evidence, Incident, Observable, Report, Task, Told
from luytre.rooms.incidents.queries import bench, course, reports, scope, work
from luytre.rooms.incidents.queries.wording import lang, left_words, length, person_names
from luytre.rooms.incidents.rules import observables, severity
from luytre.rooms.incidents.rules.cases import stage
from luytre.verbs.incident import SEVERITIES, STAGES, TYPES, WHAT

SHAPES = {"critical": "◆", "high": "▲", "medium": "■", "low": "●", "info": "•", "": "•"}
SOON_HOURS = 4
MOST_EVENTS = 200  # on one screen


@dataclass(frozen=True)
class ClockLine:
    """One clock in words."""

    clock: Clock
    code: str
    title: str
    body: str
    now: datetime

    @property
    def what(self) -> str:
        return bench.clock_words(self.clock.duty, lang())[0]

    @property
    def status(self) -> str:
        """In the twelve statuses of the house."""
        clock = self.clock
        if clock.done_at:
            return "met_late" if clock.is_late else "met"
        if clock.due_at is None:
            return "undated"
        if clock.due_at < self.now:
            return "overdue"
        return "due_soon" if (clock.due_at - self.now).total_seconds() <= SOON_HOURS * 3600 else "open"

    @property
    def left(self) -> str:
        if self.clock.done_at:
            return length(self.clock.done_at - self.clock.started_at)
        return left_words(self.clock.due_at, self.now) if self.clock.due_at else ""

    @property
    def share(self) -> int:
        """How much of the time has gone, in percent."""
        if self.clock.due_at is None or self.clock.due_at <= self.clock.started_at:
            return 100
        whole = (self.clock.due_at - self.clock.started_at).total_seconds()
        return max(0, min(100, round(100 * (self.now - self.clock.started_at).total_seconds() / whole)))


@dataclass(frozen=True)
class Case:
    """A case on a list."""

    incident: Incident
    body: str
    system: str
    lead: str
    next_due: datetime | None
    now: datetime

    @property
    def title(self) -> str:
        return self.incident.title or TYPES.get(self.incident.type, TYPES["other"])[lang()].capitalize()

    @property
    def type_words(self) -> str:
        return TYPES[self.incident.type][lang()] if self.incident.type in TYPES else ""

    @property
    def what_words(self) -> str:
        return WHAT[self.incident.what][lang()]

    @property
    def severity(self) -> str:
        return self.incident.severity or severity_of(self.incident)

    @property
    def severity_words(self) -> str:
        return SEVERITIES[self.severity][lang()]

    @property
    def shape(self) -> str:
        return SHAPES[self.severity]

    @property
    def stage(self) -> str:
        held = self.incident
        told = (held.restored_at, held.explained_at, held.closed_at, held.reported_at, held.notified_at)
        return stage(*(bool(moment) for moment in told))

    @property
    def next_left(self) -> str:
        return left_words(self.next_due, self.now) if self.next_due else ""

    @property
    def is_pressing(self) -> bool:
        return self.next_due is not None and self.next_due < self.now


def severity_of(held: Incident) -> str:
    """Of a case nobody has assessed: from what its detection says."""
    answers = [name for name, said in (("personal_data", held.personal_data),) if said]
    found = severity.compute(answers, held.level, held.on, held.what)
    return "critical" if held.serious or held.grave else found.severity


def incidents(*, seen_by: object, on: date) -> "QuerySet[Incident]":
    """Cases a person may read, the latest first; those merged into others stand with them."""
    return scope.readable(Incident.objects.filter(merged_into=""), seen_by=seen_by, on=on).order_by("-detected_at", "-pk")


def listed_for(person: object, on: date, powers: frozenset[str]) -> "QuerySet[Incident]":
    """As `incidents`, for who has just been asked for the powers in the whole province."""
    if scope.READ not in powers:
        return incidents(seen_by=person, on=on)
    return Incident.objects.filter(merged_into="").order_by("-detected_at", "-pk")


def incident(code: str, *, seen_by: object, on: date) -> Incident | None:
    return scope.readable(Incident.objects.all(), seen_by=seen_by, on=on).filter(code=code).first()


def incidents_of(refs: "frozenset[str]", *, after: str = "") -> "QuerySet[Incident]":
    """Cases about some bodies and systems, the latest first, from behind a case on."""
    rows = Incident.objects.filter(Q(body__in=refs) | Q(system__in=refs), merged_into="").order_by("-detected_at", "-pk")
    last = Incident.objects.filter(Q(body__in=refs) | Q(system__in=refs), code=after).first() if after else None
    return rows.filter(Q(detected_at__lt=last.detected_at) | Q(detected_at=last.detected_at, pk__lt=last.pk)) if last else rows


def open_count(*, seen_by: object, on: date) -> int:
    return incidents(seen_by=seen_by, on=on).filter(closed_at=None).count()


def searched(rows: "QuerySet[Incident]", typed: str) -> "QuerySet[Incident]":
    """Cases whose number or title holds every word typed, without regard to marks."""
    for word in tokens(typed)[:6]:
        rows = rows.filter(Q(folded__contains=word) | Q(code__icontains=word) | Q(body__contains=word))
    return rows


MOMENTS = ("notified_at", "restored_at", "closed_at")


def narrowed(rows: "QuerySet[Incident]", type_: str, first: str, last: str, done: str = "") -> "QuerySet[Incident]":
    """The rows a figure counts: real incidents of a type (empty: all) detected between two days, both counted; what cannot be read is
    not asked."""
    if done in MOMENTS:
        rows = rows.filter(what="incident", **{f"{done}__isnull": False})
    if not (type_ or first or last):
        return rows
    rows = rows.filter(what="incident")
    if type_ == "other":
        rows = rows.filter(Q(type="other") | Q(type=""))
    elif type_ in TYPES:
        rows = rows.filter(type=type_)
    for name, said in (("on__gte", first), ("on__lte", last)):
        try:
            rows = rows.filter(**{name: date.fromisoformat(said)}) if said else rows
        except ValueError:
            continue
    return rows


@dataclass(frozen=True)
class Shelf:
    """The list by what is shown."""

    rows: "QuerySet[Incident]"
    show: str
    typed: str = ""

    @cached_property
    def counts(self) -> dict[str, int]:
        return {"open": self.rows.filter(closed_at=None).count(), "all": self.rows.count()}

    @cached_property
    def shown(self) -> "QuerySet[Incident]":
        rows = searched(self.rows, self.typed) if self.typed else self.rows
        if self.show == "open":
            return rows.filter(closed_at=None)
        if self.show == "closed":
            return rows.filter(closed_at__isnull=False)
        return rows.filter(Q(serious=True) | Q(grave=True)) if self.show == "serious" else rows


def listed(rows: Sequence[Incident], now: datetime) -> list[Case]:
    """Rows with the names that belong to them, in a constant number of queries."""
    called = scope.called({ref for one in rows for ref in one.refs})
    people = person_names(one.lead for one in rows)
    running = Clock.objects.filter(incident__in=[one.pk for one in rows], done_at=None).exclude(due_at=None)
    due = dict(running.values_list("incident").annotate(first=Min("due_at")))
    return [
        Case(one, called.get(one.body, one.body), called.get(one.system, ""), people.get(one.lead, ""), due.get(one.pk), now)
        for one in rows
    ]


@dataclass(frozen=True)
class TaskLine:
    task: Task
    text: str
    owner: str
    now: datetime

    @property
    def is_late(self) -> bool:
        return self.task.done_at is None and self.task.due_at is not None and self.task.due_at < self.now


@dataclass(frozen=True)
class Column:
    """One of the six stages with its tasks."""

    stage: str
    tasks: Sequence[TaskLine]

    @property
    def words(self) -> str:
        return STAGES[self.stage][lang()]

    @property
    def done(self) -> int:
        return sum(one.task.done_at is not None for one in self.tasks)


@dataclass(frozen=True)
class Trace:
    """An observable with where else it was seen, of cases the reader may read."""

    held: Observable
    others: Sequence[str]

    @property
    def shown(self) -> str:
        return observables.defanged(self.held.kind, self.held.value)


@dataclass(frozen=True)
class Item:
    """A piece of evidence with who holds it."""

    held: Evidence
    text: str
    holder: str
    offered: str
    file: Attachment | None


@dataclass(frozen=True)
class Page:
    """A case on one screen."""

    case: Case
    clocks: Sequence[ClockLine]
    columns: Sequence[Column]
    events: Sequence[course.Event]
    traces: Sequence[Trace]
    evidence: Sequence[Item]
    reports: Sequence[reports.Line]
    head: str
    contacts: Sequence[tuple[str, str]]
    process: work.ProcessPage
    assets: Sequence[work.AssetLine]
    costs: Sequence[work.CostLine]

    @property
    def cost(self) -> int:
        return sum(one.held.amount for one in self.costs)

    @property
    def incident(self) -> Incident:
        return self.case.incident

    @property
    def current(self) -> str:
        """The first stage in which something is left to do."""
        return next((column.stage for column in self.columns if column.done < len(column.tasks)), "")

    @property
    def tasks(self) -> int:
        return sum(len(column.tasks) for column in self.columns)

    @property
    def done(self) -> int:
        return sum(column.done for column in self.columns)


def case_page(held: Incident, *, seen_by: object, on: date, now: datetime) -> Page:
    case = listed([held], now)[0]
    told = Entry.objects.filter(pk__in=Told.objects.filter(incident=held).values("entry")).exclude(verb="incident.tasked")
    entries = list(journal.queries.whole(told).order_by("-pk")[:MOST_EVENTS])
    attached = Report.objects.filter(incident=held.code, merged_into=None).select_related("entry__aside", "merged_into")
    body = organisation(held.body.removeprefix("org:"))
    head = head_of(body, on) if body else None
    return Page(
        case,
        clock_lines(Clock.objects.filter(incident=held).select_related("incident").order_by("due_at", "pk"), now),
        _columns(held, now),
        course.events(entries),
        _traces(held, seen_by, on),
        _evidence(held),
        reports.lines(list(attached[:30])),
        head.of.called if head else "",
        _contacts(held.body, on),
        work.process_of(held),
        work.assets_of(held),
        work.costs_of(held),
    )


def clock_lines(clocks: "QuerySet[Clock]", now: datetime) -> list[ClockLine]:
    rows = list(clocks)
    called = scope.called({clock.bearer for clock in rows})
    cases = {case.incident.pk: case for case in listed([clock.incident for clock in rows], now)}
    return [ClockLine(one, one.incident.code, cases[one.incident.pk].title, called.get(one.bearer, one.bearer), now) for one in rows]


def _columns(held: Incident, now: datetime) -> list[Column]:
    tasks = list(Task.objects.filter(incident=held.code).select_related("entry__aside").order_by("number"))
    people = person_names(task.owner for task in tasks)
    lines = [TaskLine(task, scope.text_of(task.entry, "text") if task.entry else "", people.get(task.owner, ""), now) for task in tasks]
    return [Column(name, [line for line in lines if line.task.stage == name]) for name in STAGES]


def _traces(held: Incident, seen_by: object, on: date) -> list[Trace]:
    own = list(Observable.objects.filter(incident=held.code).order_by("kind", "value"))
    values = [one.value for one in own if not one.known_good]
    rows = Observable.objects.filter(value__in=values).exclude(incident=held.code).values_list("kind", "value", "incident")
    seen = set(incidents(seen_by=seen_by, on=on).filter(code__in={code for *_, code in rows}).values_list("code", flat=True))
    where: dict[tuple[str, str], list[str]] = {}
    for kind, value, code in rows:
        if code in seen:
            where.setdefault((kind, value), []).append(code)
    return [Trace(one, sorted(where.get((one.kind, one.value), []))[:5]) for one in own]


def _evidence(held: Incident) -> list[Item]:
    rows = list(Evidence.objects.filter(incident=held.code).select_related("entry__aside").order_by("number"))
    people = person_names([*(one.holder for one in rows), *(one.offered_to for one in rows)])
    files = {file.entry_id: file for file in Attachment.objects.filter(entry__in=[one.entry_id for one in rows])}
    return [
        Item(
            one,
            scope.text_of(one.entry, "text"),
            people.get(one.holder, ""),
            people.get(one.offered_to, ""),
            files.get(one.entry_id),
        )
        for one in rows
    ]


def _contacts(body: str, on: date) -> list[tuple[str, str]]:
    from luytre.register.dated import covers

    rows = Post.objects.filter(covers(on), organisation__code=body.removeprefix("org:"), role__in=("contact", "enterprise"))
    return [(post.of.called, post.of.phone) for post in rows.select_related("of")[:3]]


def entries_in_chain(held: Incident) -> tuple[frozenset[int], int, int]:
    """The numbers of a case's entries, and the places in the chain from the first to the last of them; those sealed by now."""
    told = Told.objects.filter(incident=held, entry__seq__isnull=False).order_by("entry__seq").values_list("entry_id", "entry__seq")
    rows = [(number, int(seq)) for number, seq in told if seq]
    return frozenset(number for number, _seq in rows), rows[0][1] if rows else 0, rows[-1][1] if rows else 0


def attachment(held: Incident, number: int) -> Attachment | None:
    """A file of the case itself or of a report attached to it."""
    entries = Told.objects.filter(incident=held).values("entry")
    reported = Report.objects.filter(incident=held.code)
    own = Q(entry__in=entries) | Q(entry__in=reported.values("entry")) | Q(entry__in=reported.values("messages__entry"))
    return Attachment.objects.filter(own, pk=number).first()
