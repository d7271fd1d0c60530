"""One's own work, in order of date: first which systems the body has, then what is due, each with the button that does it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.core.duty.columns import NOTHING
from luytre.core.duty.model import Result
from luytre.core.duty.standings import HAS_SYSTEMS
from luytre.overview import law_words
from luytre.overview.asked import Asked
from luytre.overview.board.queries import Tally
from luytre.overview.board.reasons import says_more
from luytre.overview.law_words import said
from luytre.overview.links import filing_url, model_url, why_url
from luytre.overview.reader import Reader
from luytre.overview.things import profile
from luytre.overview.things.profile import Happened, Standing
from luytre.register import queries as register
from luytre.register.models import Organisation, System
from luytre.rooms.duties import projection
from luytre.rooms.duties.projection import Line
from luytre.ui.statuses import DONE

WANTED = ("overdue", "due_soon", "open")
NEAR = timedelta(days=30)
SOON = timedelta(days=7)  # solid button: overdue and the next seven days


@dataclass(frozen=True)
class Item:
    """One thing to do: when, what, why, how long, and the form that does it."""

    line: Line
    result: Result
    wanting: Sequence[str]  # the body, or those of its systems for which something is to be done
    ref: str
    on: date
    tail: str

    @property
    def status(self) -> str:
        return self.result.status

    @property
    def due_on(self) -> date | None:
        return self.result.due_on

    @property
    def chip(self) -> str:
        return says_more(self.result, self.status, self.on)

    @property
    def title(self) -> str:
        return said(self.line.duty.title)

    @property
    def why(self) -> str:
        return said(self.line.duty.next)

    @property
    def progress(self) -> str:
        cell = self.line.cell
        return _("Xong %(done)d trong %(owed)d hệ thống") % {"done": cell.done, "owed": cell.owed} if cell.owed > 1 else ""

    @property
    def minutes(self) -> int | None:
        return self.line.duty.minutes

    @property
    def action(self) -> str:
        return said(self.line.duty.action)

    @property
    def url(self) -> str:
        return filing_url(self.line.duty.id, self.wanting, self.result.event)

    @property
    def model_url(self) -> str:
        return model_url(self.line.duty.id) if self.url else ""

    @property
    def why_url(self) -> str:
        return why_url(self.line.duty.id, self.ref, self.tail)

    @property
    def is_late(self) -> bool:
        return self.status == "overdue"

    @property
    def is_pressing(self) -> bool:
        return self.is_late or (self.due_on is not None and self.due_on - self.on <= SOON)


@dataclass(frozen=True)
class Section:
    title: str
    items: Sequence[Item]

    @property
    def count(self) -> str:
        return ngettext("%(n)d việc", "%(n)d việc", len(self.items)) % {"n": len(self.items)}


@dataclass
class Work:
    """What mine.html shows."""

    asked: Asked
    organisation: Organisation
    who: Reader
    lines: list[Line]
    is_confirmed: bool
    has_systems: bool
    owned: list[System]
    happened: list[Happened]

    @property
    def ref(self) -> str:
        return self.organisation.ref

    @cached_property
    def refs(self) -> tuple[str, ...]:
        """The body and the systems it owns: what it sends papers about."""
        return (self.ref, *(system.ref for system in self.owned))

    @cached_property
    def combinable(self) -> list[Item]:
        """What one paper may serve together: everything with a form."""
        return [item for item in self.items if item.url]

    @cached_property
    def items(self) -> list[Item]:
        found = [item for line in self.lines if (item := self._item(line))]
        return sorted(found, key=lambda item: (item.due_on or date.max, item.line.duty.id))

    def _item(self, line: Line) -> Item | None:
        """What is wanted of one duty: for one owed per system, the wanting system whose day comes first."""
        lines = list(line.systems.values()) or ([line.result] if line.result else [])
        wanting = [result for result in lines if result.status in WANTED]
        if not wanting:
            return None
        first = min(wanting, key=lambda result: (result.due_on or date.max, WANTED.index(result.status)))
        bearers = list(dict.fromkeys(result.bearer for result in wanting))
        return Item(line, first, bearers, self.ref, self.asked.on, self.asked.tail)

    @property
    def sections(self) -> list[Section]:
        on = self.asked.on
        late = [item for item in self.items if item.is_late]
        near = [item for item in self.items if not item.is_late and item.due_on and item.due_on - on <= NEAR]
        later = [item for item in self.items if item not in late and item not in near]
        parts = ((_("Đã quá hạn"), late), (_("Trong 30 ngày tới"), near), (_("Sau đó"), later))
        return [Section(title, items) for title, items in parts if items]

    @property
    def lead(self) -> str:
        late = sum(item.is_late for item in self.items)
        words = ngettext("%(body)s còn %(n)d việc.", "%(body)s còn %(n)d việc.", len(self.items))
        first = words % {"body": self.organisation.name, "n": len(self.items)}
        return f"{first} {ngettext('%(n)d việc đã quá hạn.', '%(n)d việc đã quá hạn.', late) % {'n': late}}" if late else first

    @property
    def next_on(self) -> date | None:
        """The next day on which something opens or flips."""
        days = [line.cell.flips_on for line in self.lines if line.cell.flips_on and line.cell.flips_on > self.asked.on]
        return min(days, default=None)

    @property
    def unsettled(self) -> list[Standing]:
        """What nobody could determine, or what has no day: to be cleared, not to be feared."""
        shown = profile.standings(self.lines, self.ref, self.asked)
        return [standing for standing in shown if standing.status in ("unknown", "undated")]

    @property
    def tally(self) -> Tally:
        return profile.tally(profile.standings(self.lines, self.ref, self.asked))

    @property
    def done_bar(self) -> list[tuple[str, int]]:
        return [("met", self.tally.done), ("rest", max(self.tally.whole - self.tally.done, 0))]

    @property
    def done(self) -> list[Standing]:
        shown = profile.standings(self.lines, self.ref, self.asked)
        return [standing for standing in shown if standing.status in DONE]


def work(organisation: Organisation, who: Reader, asked: Asked) -> Work:
    lines = projection.standings(organisation.ref, asked.on, asked.known, asked.today)
    has_systems, is_confirmed = _systems_said(organisation.ref, asked)
    owned = register.systems_owned(organisation.ref, asked.on) if has_systems else []
    happened, _count = profile.history(organisation.ref, 5, seen_by=who.person)
    return Work(asked, organisation, who, list(_of_directive(lines)), is_confirmed, has_systems, owned, happened)


def _of_directive(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if law_words.is_of_directive(line.duty.id))


def _systems_said(ref: str, asked: Asked) -> tuple[bool, bool]:
    """Whether a body owes duties per system at all, and whether its head has confirmed which systems it has."""
    held = projection.standings_of_all(asked.today)
    day, row = held.day(asked.on, asked.known), held.bodies.row.get(ref)
    if row is None or day.type[row] == NOTHING:
        return False, False
    return int(day.type[row]) in HAS_SYSTEMS, bool(day.confirmed[row])


def number(request: HttpRequest) -> str:
    return request.POST.get("number", "").strip()[:60]
