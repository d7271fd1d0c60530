"""What the law leaves open here: numbers and readings, who decided them; and what a decision would change, before it is recorded."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from luytre import journal
from luytre.core.duty import Judge
from luytre.core.duty.bulk import Bulk
from luytre.core.duty.model import STATUSES
from luytre.core.duty.slots import heard_by
from luytre.core.duty.standings import CONFIRMED
from luytre.core.law.decided import Decision, concerned, under
from luytre.core.law.model import Instrument, Param, Reading
from luytre.register import queries as register
from luytre.register.models import SystemOwner
from luytre.rooms.duties.queries.bench import all_things, decisions, law, law_of_the_house
from luytre.rooms.duties.queries.evidence import lang
from luytre.rooms.duties.rules import options


@dataclass(frozen=True)
class Opening:
    """One number or reading the law leaves open, as it stands on a day. `value` None: nobody has decided, the law gives none."""

    instrument: Instrument
    name: str
    param: Param | None
    reading: Reading | None
    value: Any
    ref: str
    house: bool
    duties: Sequence[str]

    @property
    def is_reading(self) -> bool:
        return self.reading is not None

    @property
    def title(self) -> str:
        words = self.reading.question if self.reading else self.param.words if self.param else {}
        return str(words[lang()])

    @property
    def unit(self) -> str:
        return (self.param.unit or "") if self.param else ""

    @property
    def shown(self) -> str:
        if self.reading:
            return options.says(str(self.value), lang())
        return "" if self.value is None else options.value_says(self.unit, self.value, lang())

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What may be chosen: the options of a reading, the usual periods; nothing where a number is written."""
        if self.reading:
            return [(option, options.says(option, lang())) for option in self.reading.options]
        return [(length, options.value_says(self.unit, length, lang())) for length in options.PERIODS] if self.unit == "period" else []

    @property
    def unit_word(self) -> str:
        return options.UNITS.get(self.unit, options.UNITS["number"])[lang()]

    @property
    def is_decided(self) -> bool:
        return self.value is not None and not self.house


def openings(on: date) -> list[Opening]:
    """Every number and reading of every instrument in force that duties hang on: undecided numbers first, then house defaults."""
    held = law()
    found = [_opening(held.instruments[i], name, on) for i, name in _names() if held.instruments[i].from_on <= on]
    return sorted(
        found, key=lambda one: (one.is_decided, one.is_reading, one.value is not None, one.instrument.id != next(iter(held.instruments)))
    )


def opening(instrument: str, name: str, on: date) -> Opening | None:
    return _opening(law().instruments[instrument], name, on) if (instrument, name) in _names() else None


def _names() -> list[tuple[str, str]]:
    """What may be decided here: readings, and numbers that no text gives; what a text says is not ours to change."""
    house = law_of_the_house()
    open_ = {held.id: [name for name, param in held.params.items() if not _is_given(param)] for held in house.instruments.values()}
    pairs = [(held.id, name) for held in house.instruments.values() for name in (*open_[held.id], *held.readings)]
    return [(instrument, name) for instrument, name in pairs if concerned(house, instrument, name)]


def _is_given(param: Param) -> bool:
    return any(value.value is not None and not value.house_default for value in param.values)


def _opening(held: Instrument, name: str, on: date) -> Opening:
    duties = concerned(law(), held.id, name)
    if name in held.params:
        param = held.params[name]
        value = param.on(on)
        if value is None:
            return Opening(held, name, param, None, None, "", house=False, duties=duties)
        return Opening(held, name, param, None, value.value, value.ref, value.house_default, duties)
    reading = held.readings[name]
    ref = str((reading.decided or {}).get("doc", ""))
    return Opening(held, name, None, reading, reading.reading, ref, reading.decided is None, duties)


@dataclass(frozen=True)
class Flip:
    """One line whose status a decision would change."""

    ref: str
    name: str
    body: str
    duty: str
    before: str
    after: str


@dataclass(frozen=True)
class WhatIf:
    """What a decision would change today: of so many lines judged, these."""

    judged: int
    duties: Sequence[str]
    flips: Sequence[Flip]

    @cached_property
    def by_change(self) -> list[tuple[str, str, int]]:
        counted = Counter((flip.before, flip.after) for flip in self.flips)
        return [(before, after, count) for (before, after), count in counted.most_common()]

    @cached_property
    def by_body(self) -> list[tuple[str, int]]:
        """For whom: bodies by the number of their lines that would change, the most first."""
        return Counter(flip.body for flip in self.flips).most_common()


def what_if(decision: Decision, on: date, known: datetime) -> WhatIf:
    """Judge, in bulk, every duty that may hang on a decision: as the law stands, and as it would stand. ValueError for a bad value."""
    now = law()
    then = under(law_of_the_house(), [*decisions(), decision])
    duties = concerned(now, decision.instrument, decision.name)
    things, heard = all_things(), heard_by(now, [*duties, CONFIRMED])
    facts = [fact for fact in journal.queries.facts() if fact.verb in heard or fact.retracts]
    before, after = (Bulk(Judge(held, things, facts), known).current(on, duties) for held in (now, then))
    names, owners = register.names(thing.id for thing in things), _owners(on)
    flips, judged = [], 0
    for old, new in zip(before, after, strict=True):
        judged += int((old.status >= 0).sum())
        for number in (old.status != new.status).nonzero()[0].tolist():
            flips.append(_flip(old.refs[number], old.duty, int(old.status[number]), int(new.status[number]), names, owners))
    return WhatIf(judged, duties, flips)


def _owners(on: date) -> dict[str, str]:
    rows = register.last_known(SystemOwner.objects.select_related("of", "value"), on).values()
    return {row.of.ref: row.value.ref for row in rows if row.value}


def _flip(ref: str, duty: str, before: int, after: int, names: Mapping[str, str], owners: Mapping[str, str]) -> Flip:
    body = owners.get(ref, ref)
    statuses = [STATUSES[code] if code >= 0 else "not_applicable" for code in (before, after)]
    return Flip(ref, names.get(ref, ref), names.get(body, body), duty, statuses[0], statuses[1])
