"""Questions about reports by anyone: the list of the desk, one report with what was said, the reporter's own view of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from luytre.journal.models import Attachment, Entry
from luytre.rooms.incidents.models import Guess, Incident, Message, Report
from luytre.rooms.incidents.queries import scope
from luytre.rooms.incidents.queries.wording import person_names
from luytre.rooms.incidents.rules import observables, receipts
from luytre.verbs.incident_report import KINDS, REASONS

TRIES, WITHIN = 5, timedelta(hours=1)


@dataclass(frozen=True)
class Said:
    """One thing said in a report: the report itself first."""

    at: datetime
    by_reporter: bool
    by: str
    text: str
    files: Sequence[Attachment]
    erased: bool


@dataclass(frozen=True)
class Line:
    """A report on a list. The reporter's contact stands on the desk's page only."""

    report: Report
    text: str
    where: str
    body: str
    taker: str

    @property
    def title(self) -> str:
        first = " ".join(self.text.split())
        return (first[:110] + "…") if len(first) > 110 else first or _("Nội dung đã xóa theo yêu cầu.")

    @property
    def kind_words(self) -> dict[str, str]:
        return dict(KINDS.get(self.report.kind, KINDS["other"]))

    @property
    def state(self) -> str:
        return state_of(self.report)

    @property
    def reason_words(self) -> dict[str, str]:
        return dict(REASONS[self.report.reason]) if self.report.reason else {}


def state_of(report: Report) -> str:
    """new → taken → (attached) → ended; or merged."""
    if report.merged_into_id:
        return "merged"
    if report.ended_at:
        return "ended"
    return "taken" if report.taken_at else "new"


def readable(*, seen_by: object, on: date) -> QuerySet[Report]:
    """The desk reads all reports; a body those attached to it."""
    rows = Report.objects.select_related("entry__aside", "merged_into")
    if scope.may_desk(seen_by, on):
        return rows
    refs = scope.readable_refs(seen_by, on)
    return rows.exclude(body="") if refs is None else rows.filter(body__in=refs)


def shelf(*, seen_by: object, on: date, state: str = "") -> QuerySet[Report]:
    """Reports a person may read, those that wait longest first where they are new, else the latest first."""
    rows = readable(seen_by=seen_by, on=on)
    if state == "new":
        return rows.filter(taken_at=None, ended_at=None, merged_into=None).order_by("received_at")
    if state == "waiting":
        return rows.filter(taken_at__isnull=False, ended_at=None, merged_into=None).order_by("received_at")
    if state == "ended":
        rows = rows.filter(Q(ended_at__isnull=False) | Q(merged_into__isnull=False))
    return rows.order_by("-received_at")


def lines(rows: Sequence[Report]) -> list[Line]:
    """Rows of a list with the words that belong to them, in a constant number of queries."""
    called = scope.called({report.body for report in rows if report.body})
    people = person_names(report.taken_by for report in rows)
    return [
        Line(
            report,
            scope.text_of(report.entry, "text"),
            scope.text_of(report.entry, "where"),
            called.get(report.body, ""),
            people.get(report.taken_by, ""),
        )
        for report in rows
    ]


def report(code: str, *, seen_by: object, on: date) -> Report | None:
    return readable(seen_by=seen_by, on=on).filter(code=code).first()


@dataclass(frozen=True)
class Shown:
    """A trace as it is shown: nobody clicks it by mistake."""

    kind: str
    shown: str


@dataclass(frozen=True)
class ReportPage:
    """One report as the desk reads it."""

    line: Line
    said: Sequence[Said]
    contact: str
    seen: Sequence["Shown"]
    alike: Sequence[Line]
    incident: Incident | None

    @property
    def report(self) -> Report:
        return self.line.report


def report_page(held: Report, *, seen_by: object, on: date) -> ReportPage:
    at_desk = scope.may_desk(seen_by, on)
    line = lines([held])[0]
    contact = scope.text_of(held.entry, "contact") if at_desk else ""
    told = said(held)
    found = observables.seen_in("\n".join([line.where, *(one.text for one in told)]))
    seen = [Shown(one.kind, observables.defanged(one.kind, one.value)) for one in found]
    alike = _alike(held, line, on, seen_by) if at_desk else []
    case = Incident.objects.filter(code=held.incident).first() if held.incident else None
    return ReportPage(line, told, contact, seen, alike, case)


def said(held: Report) -> list[Said]:
    """The report and everything said after it, in order."""
    messages = Message.objects.filter(report=held).select_related("entry__aside").order_by("at", "pk")
    entries = [held.entry, *(message.entry for message in messages)]
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("pk"):
        files.setdefault(file.entry_id, []).append(file)
    people = person_names(entry.by for entry in entries)
    own = [(held.entry, True), *((message.entry, message.by_reporter) for message in messages)]
    return [Said(e.at, mine, people.get(e.by, ""), scope.text_of(e, "text"), files.get(e.pk, []), scope.is_erased(e)) for e, mine in own]


def _alike(held: Report, line: Line, on: date, seen_by: object) -> list[Line]:
    """Reports of the last days that name the same address, name or telephone: perhaps the same matter told twice."""
    since = held.received_at - timedelta(days=14)
    rows = list(readable(seen_by=seen_by, on=on).filter(received_at__gte=since, merged_into=None).exclude(pk=held.pk)[:300])
    own = _marks(line)
    found = [(len(own & _marks(other)), other) for other in lines(rows)] if own else []
    same = [pair for pair in found if pair[0]]
    return [other for _, other in sorted(same, key=lambda pair: (-pair[0], pair[1].report.received_at))[:5]]


def _marks(line: Line) -> set[tuple[str, str]]:
    return {(one.kind, one.value) for one in observables.seen_in(f"{line.where}\n{line.text}")}


# -- the reporter --


def follow(code: str, words: str, now: datetime) -> tuple[Report | None, int]:
    """The report that a code and its words open, and how many tries are left this hour; words are not looked at once none is left."""
    plain = receipts.read_code(code)
    left = TRIES - Guess.objects.filter(code=plain, at__gt=now - WITHIN).count()
    if left <= 0 or not plain:
        return None, max(left, 0)
    held = Report.objects.filter(code=plain).select_related("entry__aside").first()
    if held is not None and receipts.opens(held.words, words):
        return held, left
    return None, left


def by_code(code: str) -> Report | None:
    """For windows that have already been shown the words."""
    return Report.objects.filter(code=code).select_related("entry__aside", "merged_into").first()


def by_token(token: str) -> Report | None:
    return Report.objects.filter(token=token).first() if token else None


def last_minute(now: datetime) -> int:
    """Reports by the public form in the last minute."""
    return Report.objects.filter(received_at__gt=now - timedelta(minutes=1), channel=Report.Channel.WEB).count()


def same_contact(mark: str, now: datetime) -> int:
    """Reports in the last hour with the same telephone or mail."""
    return Report.objects.filter(contact_mark=mark, received_at__gt=now - timedelta(hours=1)).count() if mark else 0


def attachment(held: Report, number: int) -> Attachment | None:
    """A file of a report."""
    own = Q(entry=held.entry_id) | Q(entry__in=Message.objects.filter(report=held).values("entry"))
    return Attachment.objects.filter(own, pk=number).first()


def entries_of(held: Report) -> "QuerySet[Entry]":
    own = Q(pk=held.entry_id) | Q(pk__in=Message.objects.filter(report=held).values("entry"))
    return Entry.objects.filter(own).prefetch_related(Prefetch("attachments", Attachment.objects.order_by("id")))
