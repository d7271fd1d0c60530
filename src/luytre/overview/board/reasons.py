"""Vì sao? of one cell as the panel shows it: the judge's explanation with names, papers and links of this installation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.core.duty.model import Fact, Result
from luytre.journal.models import Entry
from luytre.overview.asked import Asked
from luytre.overview.bodies import Officer, names_on, officers_on
from luytre.overview.law_words import said
from luytre.overview.links import entry_url, filing_url, instruct_url, model_url, thing_url, waiver_url
from luytre.overview.reader import Reader
from luytre.register import reading
from luytre.register.models import Role
from luytre.rooms.duties.projection import Why
from luytre.verbs import VOCABULARY

ANSWERING = (Role.HEAD, Role.CHAIR, Role.CONTACT, Role.ENTERPRISE, Role.COORDINATOR, Role.RESPONSE_TEAM)
SHOWN = 12  # windows or systems listed in the panel; the rest on the page of the body


@dataclass(frozen=True)
class Weighed:
    """A fact that was weighed: its paper, number and day."""

    title: str
    says: str
    url: str


@dataclass(frozen=True)
class Other:
    """Another line of the same duty: a system of the body, or another window."""

    title: str
    status: str
    says: str
    url: str


@dataclass(frozen=True)
class Panel:
    """What why.html shows."""

    why: Why
    asked: Asked
    ref: str
    names: Mapping[str, str]
    officers: Sequence[Officer]
    unread: frozenset[str] = frozenset()  # facts the reader may not read: an incident, a label

    @property
    def status(self) -> str:
        return self.why.line.cell.status or "unknown"

    @property
    def result(self) -> Result | None:
        return self.why.line.result

    @property
    def explained(self) -> Mapping[str, Any]:
        return self.why.explained or {}

    @property
    def label(self) -> str:
        return says_more(self.result, self.status, self.asked.on)

    @property
    def body(self) -> str:
        return self.names.get(self.ref, self.ref)

    @property
    def duty_name(self) -> str:
        return said(self.why.line.duty.name)

    @property
    def body_url(self) -> str:
        return thing_url(self.ref, self.asked.tail)

    @property
    def lead(self) -> str:
        """For duties owed per system the sentence counts the systems; else it is the judge's own."""
        systems = self.why.line.systems
        cell = self.why.line.cell
        if not systems:
            return str(self.explained.get("sentence", ""))
        words = ngettext("%(done)d trên %(owed)d hệ thống đã xong.", "%(done)d trên %(owed)d hệ thống đã xong.", cell.owed)
        return f"{words % {'done': cell.done, 'owed': cell.owed}} {self.explained.get('sentence', '')}".strip()

    @property
    def systems(self) -> list[Other]:
        return [self._system(ref, result) for ref, result in list(self.why.line.systems.items())[:SHOWN]]

    def _system(self, ref: str, result: Result) -> Other:
        url = reverse("board:why", args=[result.duty, ref]) + self.asked.tail
        return Other(self.names.get(ref, ref), result.status, says_more(result, result.status, self.asked.on), url)

    @property
    def windows(self) -> list[Other]:
        """The other windows of the same slot, the latest first."""
        if self.why.line.systems:
            return []
        shown = [result for result in self.why.results if result.window and result is not self.result]
        return [self._window(result) for result in reversed(shown[-SHOWN:])]

    def _window(self, result: Result) -> Other:
        start = result.window[0] if result.window else self.asked.on
        joint = "&" if self.asked.tail else "?"
        url = reverse("board:why", args=[result.duty, result.bearer]) + f"{self.asked.tail}{joint}window={result.event or start}"
        return Other(window_title(result), result.status, says_more(result, result.status, self.asked.on), url)

    @property
    def facts(self) -> list[Weighed]:
        return [self._fact(fact) for fact in list(self.why.facts.values())[:SHOWN] if fact.id not in self.unread]

    def _fact(self, fact: Fact) -> Weighed:
        return Weighed(paper(fact.verb, fact.detail), ", ".join(self._about(fact)), entry_url(fact.id))

    def _about(self, fact: Fact) -> Iterable[str]:
        yield _("ngày %(day)s") % {"day": f"{fact.on:%d/%m/%Y}"}
        named = [self.names[ref] for ref in fact.about if ref in self.names and ref != self.ref]
        yield from named[:2]
        if rest := len(set(fact.about) - {self.ref}) - len(named[:2]):
            yield _("và %(n)d nơi khác") % {"n": rest}

    @property
    def file_url(self) -> str:
        """The very form that turns this cell, where something is still to be done."""
        if not self.explained.get("turns"):
            return ""
        result = self.result
        return filing_url(self.why.line.duty.id, [result.bearer if result else self.ref], result.event if result else None)

    @property
    def instruct_url(self) -> str:
        """Where the chair instructs whoever answers for this cell."""
        body = self.result.answerable if self.result and self.result.answerable else self.ref
        return instruct_url([body], self.why.line.duty.id, self.ref if self.ref.startswith("system:") else "")

    @property
    def ask_waiver_url(self) -> str:
        """Where the body asks to be excused from what it still owes."""
        bearer = self.result.bearer if self.result else self.ref
        return waiver_url(self.why.line.duty.id, bearer) if self.file_url and self.why.line.duty.modal == "must" else ""

    @property
    def model_url(self) -> str:
        return model_url(self.why.line.duty.id) if self.file_url else ""

    @property
    def action(self) -> str:
        return said(self.why.line.duty.action)


def panel(why: Why, asked: Asked, ref: str, who: Reader) -> Panel:
    """Bodies and systems the reader may not see, who share a paper, are counted, not named; facts he may not read are not shown."""
    sees = who.sees
    answerable = why.line.result.answerable if why.line.result else None
    body = answerable or ref
    officers = officers_on(asked.on, asked.known, roles=ANSWERING, of=[body.removeprefix("org:")])
    names = {ref: name for ref, name in names_on(asked.on, asked.known).items() if sees is None or ref in sees}
    told = {int(fact.id) for fact in why.facts.values() if fact.id.isdigit()}
    read = reading.readable(Entry.objects.filter(pk__in=told), seen_by=who.person, on=asked.today).values_list("pk", flat=True)
    unread = frozenset(map(str, told.difference(read)))
    return Panel(why, asked, ref, names, officers.get(body, [])[:3], unread)


def says_more(result: Result | None, status: str, on: date) -> str:
    """What a chip may say beyond its word: days late, days left; "" where the word is enough."""
    if result is None or result.due_on is None:
        return ""
    days = (on - result.due_on).days
    if status == "overdue" and days > 0:
        return ngettext("Quá hạn %(n)d ngày", "Quá hạn %(n)d ngày", days) % {"n": days}
    if status in ("due_soon", "open") and days <= 0:
        return ngettext("Còn %(n)d ngày", "Còn %(n)d ngày", -days) % {"n": -days}
    return ""


def window_title(result: Result) -> str:
    if result.window is None:
        return result.clause
    start, until = result.window
    if until is None:
        return _("từ %(from)s") % {"from": f"{start:%d/%m/%Y}"}
    last = date.fromordinal(until.toordinal() - 1)
    return _("%(from)s đến %(until)s") % {"from": f"{start:%d/%m/%Y}", "until": f"{last:%d/%m/%Y}"}


def paper(verb: str, detail: Mapping[str, Any]) -> str:
    """A paper as people name it: "Quyết định phê duyệt cấp độ 41/QĐ-UBND"."""
    words = said(VOCABULARY[verb].paper) if verb in VOCABULARY else verb
    return f"{words[:1].upper()}{words[1:]} {detail.get('number') or ''}".strip()
