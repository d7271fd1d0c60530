"""Waivers asked for: who asks to be excused from what until when, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luytre.journal.models import Entry
from luytre.register import access, reading
from luytre.register import queries as register
from luytre.register.models import Person
from luytre.rooms.duties.queries.bench import law
from luytre.rooms.duties.queries.evidence import lang
from luytre.rooms.duties.queries.filing import NONE_YET, bodies_of, waivable

ASKED, GRANTED, REFUSED = "waiver.requested", "waiver.granted", "waiver.refused"
VERBS = (ASKED, GRANTED, REFUSED)


@dataclass(frozen=True)
class WaiverAsked:
    """One request as a page shows it. `state`: waiting, granted or refused; `until_on` is what was asked for."""

    entry: int
    about: str
    name: str
    duty: str
    duty_name: str
    until_on: date
    number: str
    at: datetime
    by: str
    by_ref: str
    reason: str
    state: str
    answered_on: date | None
    answer: str

    @property
    def is_waiting(self) -> bool:
        return self.state == "waiting"


def waivers_asked(*, seen_by: object, on: date) -> list[WaiverAsked]:
    """Requests about what a person may see: those that wait first, then the latest; a constant number of queries."""
    seen = access.visible_refs(seen_by, on)
    told = reading.readable(Entry.objects.filter(verb__in=VERBS, retractions=None), seen_by=seen_by, on=on)
    told = told.select_related("aside").prefetch_related("mentions").order_by("id")
    entries = [entry for entry in told if _about(entry) in seen]
    names = register.names({_about(entry) for entry in entries})
    people = {p.ref: p.called for p in Person.objects.filter(code__in={entry.by.removeprefix("person:") for entry in entries})}
    answers = _answers(entries)
    found = [_asked(entry, answers.get(entry.pk), names, people) for entry in entries if entry.verb == ASKED]
    return sorted(found, key=lambda asked: (not asked.is_waiting, -asked.entry))


def waiver_asked(number: int, *, seen_by: object, on: date) -> WaiverAsked | None:
    """One request; absent and none of the person's business look the same."""
    return next((asked for asked in waivers_asked(seen_by=seen_by, on=on) if asked.entry == number), None)


def _about(entry: Entry) -> str:
    return next(mention.thing for mention in entry.mentions.all())


def _answers(entries: Sequence[Entry]) -> dict[int, Entry]:
    """Request → its answer: the one that names it, else the next decision about the same thing and duty."""
    found: dict[int, Entry] = {}
    open_: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (_about(entry), str(entry.detail["duty"]))
        if entry.verb == ASKED:
            open_[key] = entry.pk
        elif (asked := entry.detail.get("request") or open_.get(key)) is not None:
            found[int(asked)] = entry
            open_.pop(key, None)
    return found


def _asked(entry: Entry, answer: Entry | None, names: Mapping[str, str], people: Mapping[str, str]) -> WaiverAsked:
    duty, about = str(entry.detail["duty"]), _about(entry)
    held = law().duties.get(duty)
    state = "waiting" if answer is None else "granted" if answer.verb == GRANTED else "refused"
    return WaiverAsked(
        entry=entry.pk,
        about=about,
        name=names.get(about, about),
        duty=duty,
        duty_name=held.name[lang()] if held else duty,
        until_on=date.fromisoformat(entry.detail["until_on"]),
        number=str(entry.detail.get("number", "")),
        at=entry.at,
        by=people.get(entry.by, entry.by),
        by_ref=entry.by,
        reason=_reason(entry),
        state=state,
        answered_on=answer.on if answer else None,
        answer=_reason(answer) or str(answer.detail.get("number", "")) if answer else "",
    )


def _reason(entry: Entry) -> str:
    aside = getattr(entry, "aside", None)
    return str((aside.text or {}).get("reason", "")) if aside else ""


def asking_choices(person: object, on: date) -> dict[str, list[tuple[str, str]]]:
    """What a person may ask a waiver for: duties, and the own bodies with their systems."""
    bodies = {ref: name for ref, name in bodies_of(person, on).items() if access.may(person, ASKED, ref, on)}
    systems = [(system.ref, system.name) for ref in bodies for system in register.systems_owned(ref, on)]
    duties = [(duty.id, f"{duty.id} · {duty.name[lang()]}") for duty in waivable()]
    return {"duties": [NONE_YET, *duties], "things": [NONE_YET, *bodies.items(), *systems] if bodies else []}
