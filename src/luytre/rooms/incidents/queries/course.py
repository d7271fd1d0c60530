"""The course of a case: its entries as lines, a note with its earlier wordings, what changed said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from luytre.journal.models import Attachment, Entry
from luytre.rooms.incidents.queries import bench, scope
from luytre.rooms.incidents.queries.wording import lang, person_names
from luytre.verbs import VOCABULARY
from luytre.verbs.incident import ASSETS, COSTS, STATES, STEPS

TURNS = ("incident.detected", "incident.assessed")


@dataclass(frozen=True)
class Wording:
    """What a note said before it was written anew."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class Event:
    """One line of the timeline. `earlier`: what a note said before, the latest first."""

    entry: Entry
    words: str
    by: str
    text: str
    files: Sequence[Attachment]
    is_turn: bool
    earlier: Sequence[Wording] = ()

    @property
    def at(self) -> datetime:
        """The moment of the fact; where none was told and it was recorded on its day, the moment of recording."""
        return when(self.entry)

    @property
    def is_filed(self) -> bool:
        return self.entry.filed

    @property
    def is_note(self) -> bool:
        return self.entry.verb == "incident.noted"


def when(entry: Entry) -> datetime:
    return entry.at if entry.moment is None and timezone.localdate(entry.at) == entry.on else bench.moment_of(entry)


def events(entries: Sequence[Entry]) -> list[Event]:
    """Lines of a timeline, as the entries come; of a note written anew only the last wording stands, the others beneath it."""
    people = person_names(entry.by for entry in entries)
    called = scope.called({mention.thing for entry in entries for mention in entry.mentions.all()})
    by_number = {entry.pk: entry for entry in entries}
    replaced = {_replaces(entry) for entry in entries} - {0}
    return [_event(entry, people, called, by_number) for entry in entries if entry.pk not in replaced]


def _replaces(entry: Entry) -> int:
    return int(entry.detail.get("replaces") or 0) if entry.verb == "incident.noted" else 0


def _event(entry: Entry, people: Mapping[str, str], called: Mapping[str, str], by_number: Mapping[int, Entry]) -> Event:
    about = ", ".join(called.get(mention.thing, mention.thing) for mention in entry.mentions.all() if mention.thing.startswith("org:"))
    words = VOCABULARY[entry.verb].paper[lang()]
    text = _detail_words(entry) or scope.text_of(entry, "text") or scope.text_of(entry, "note") or about
    by, files = people.get(entry.by, ""), list(entry.attachments.all())
    return Event(entry, words[:1].upper() + words[1:], by, text, files, entry.verb in TURNS, _earlier(entry, people, by_number))


def _earlier(entry: Entry, people: Mapping[str, str], by_number: Mapping[int, Entry]) -> list[Wording]:
    found = []
    before = by_number.get(_replaces(entry))
    while before is not None:
        found.append(Wording(when(before), people.get(before.by, ""), scope.text_of(before, "text")))
        before = by_number.get(_replaces(before))
    return found


def _detail_words(entry: Entry) -> str:
    """What the choices of an entry say, before its own words."""
    detail, text = entry.detail, scope.text_of(entry, "text") or scope.text_of(entry, "name")
    if entry.verb == "incident.step_done":
        return ". ".join(part for part in (STEPS[detail["step"]][lang()], text) if part)
    if entry.verb == "incident.asset_changed":
        kind = ASSETS.get(str(detail.get("kind") or ""), {}).get(lang(), "")
        return f"{text or kind}: {STATES[detail['state']][lang()]}"
    if entry.verb == "incident.cost_added":
        amount = f"{int(detail['amount']):,}".replace(",", ".")
        return f"{COSTS[detail['kind']][lang()]}: {amount} nghìn đồng" + (f" ({text})" if text else "")
    return ""
