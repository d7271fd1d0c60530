"""One body or one system as its page shows it: who, what kind, standing by clause, what happened, evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.duty.model import Result
from luytre.journal import clock
from luytre.journal.models import Attachment, Entry
from luytre.overview import law_words
from luytre.overview.asked import Asked
from luytre.overview.board.queries import Tally
from luytre.overview.board.reasons import paper, says_more
from luytre.overview.law_words import said
from luytre.overview.links import entry_url, filing_url
from luytre.register import reading
from luytre.register.models import Person
from luytre.rooms.duties.projection import Line
from luytre.ui.statuses import LATE, ORDER
from luytre.verbs import VOCABULARY

WORSE = ("breach.found", "weakness.found", "incident.detected", "evidence.rejected")  # a square on the timeline


@dataclass(frozen=True)
class Standing:
    """One duty of a body or system."""

    line: Line
    ref: str
    on: date
    tail: str = ""

    @property
    def duty(self) -> str:
        return self.line.duty.id

    @property
    def name(self) -> str:
        return said(self.line.duty.name)

    @property
    def clause(self) -> str:
        return self.line.duty.clause

    @property
    def status(self) -> str:
        return self.line.cell.status or "unknown"

    @property
    def label(self) -> str:
        return says_more(self.line.result, self.status, self.on)

    @property
    def due_on(self) -> date | None:
        return self.line.result.due_on if self.line.result else None

    @property
    def proof(self) -> str:
        """Of how many systems done; else what is missing; else how many papers prove it."""
        cell, result = self.line.cell, self.line.result
        if cell.owed:
            return _("%(done)d trên %(owed)d hệ thống đã xong") % {"done": cell.done, "owed": cell.owed}
        return _proof_of(result) if result else ""

    @property
    def file_url(self) -> str:
        wants = self.status in (*LATE, "due_soon", "open", "unknown", "undated", "recommended") and self.status != "missed"
        result = self.line.result
        return filing_url(self.duty, [result.bearer if result else self.ref], result.event if result else None) if wants else ""

    @property
    def action(self) -> str:
        return said(self.line.duty.action)


def _proof_of(result: Result) -> str:
    if result.missing:
        papers = [said(VOCABULARY[verb].paper) for verb in result.missing if verb in VOCABULARY]
        return _("Còn thiếu: %(papers)s") % {"papers": ", ".join(papers)}
    return _("%(n)d minh chứng") % {"n": len(result.evidence)} if result.evidence else ""


def standings(lines: Iterable[Line], ref: str, asked: Asked) -> list[Standing]:
    """Those that apply, worst first, then by clause; duties of the directive only."""
    shown = [Standing(line, ref, asked.on, asked.tail) for line in lines if law_words.is_of_directive(line.duty.id)]
    kept = [standing for standing in shown if standing.status != "not_applicable"]
    return sorted(kept, key=lambda s: (ORDER.index(s.status), law_words.clause_order(s.line.duty)))


def tally(shown: Sequence[Standing]) -> Tally:
    return Tally({status: sum(s.status == status for s in shown) for status in ORDER})


@dataclass(frozen=True)
class Happened:
    """One entry of the journal on a timeline."""

    on: date
    title: str
    says: str
    url: str
    is_worse: bool
    is_withdrawn: bool


def history(ref: str, count: int = 12, *, seen_by: object) -> tuple[list[Happened], int]:
    """The latest entries about a thing that the reader may read, and how many there are. Reminders stand in a part of their own
    (who was told): week after week they would push the deeds out of sight."""
    entries = reading.readable(journal.queries.about(ref).exclude(verb="reminder.sent"), seen_by=seen_by, on=clock.today())
    latest = list(entries[:count])
    people = _people(entry.by for entry in latest)
    return [_happened(entry, people) for entry in latest], entries.count()


def _happened(entry: Entry, people: Mapping[str, str]) -> Happened:
    by = people.get(entry.by, "") or {"console": _("quản trị"), "clock": _("hệ thống"), "citizen": _("người dân")}.get(entry.by, entry.by)
    filed = _("nộp %(day)s") % {"day": f"{entry.at:%d/%m/%Y}"} if entry.filed else _("ghi %(day)s") % {"day": f"{entry.at:%d/%m/%Y}"}
    withdrawn = any(later.verb in ("entry.retracted", "evidence.rejected") for later in entry.retractions.all())
    title = paper(entry.verb, entry.detail)
    return Happened(entry.on, title, f"{by}, {filed}", entry_url(str(entry.pk)), entry.verb in WORSE, withdrawn)


def _people(refs: Iterable[str]) -> dict[str, str]:
    codes = {ref.removeprefix("person:") for ref in refs if ref.startswith("person:")}
    return {person.ref: person.called for person in Person.objects.filter(code__in=codes)}


@dataclass(frozen=True)
class Paper:
    """A file kept with an entry."""

    name: str
    size: int
    on: date
    url: str


def papers(ref: str, count: int = 6, *, seen_by: object) -> tuple[list[Paper], int]:
    told = reading.readable(Entry.objects.filter(mentions__thing=ref), seen_by=seen_by, on=clock.today())
    kept = Attachment.objects.filter(entry__in=told).select_related("entry").order_by("-entry__on", "-pk")
    rows = [Paper(file.name, file.size, file.entry.on, entry_url(str(file.entry_id))) for file in kept[:count]]
    return rows, kept.count()


def dated_words(rows: Iterable[Any]) -> list[tuple[Any, date, date | None]]:
    return [(row.value, row.from_on, row.until_on) for row in rows]
