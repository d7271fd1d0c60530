"""Who takes over when a body ends: for each duty the successor named for it, else its only successor, else its parent."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from luytre.core.duty.kin import named
from luytre.core.duty.model import Thing
from luytre.core.duty.steps import holders
from luytre.core.duty.view import Register, Subject


def may_end(things: Iterable[Thing]) -> list[str]:
    """Organisations whose register says anywhere that they end: only these need to be asked."""
    return sorted(
        thing.id
        for thing in things
        if thing.kind == "organisation" and any(row.until_on is not None or not row.value for row in thing.attributes.get("exists", ()))
    )


class Heirs:
    """Successions as known at one moment."""

    def __init__(self, register: Register, ending: Iterable[str]) -> None:
        self.register = register
        ended = (register.subject(ref) for ref in ending)
        self.ended: list[Subject] = [subject for subject in ended if subject is not None and subject.ended is not None]
        self._direct: dict[tuple[str, str], str | None] = {}
        self._behind = self._all_behind()

    def _all_behind(self) -> dict[str, list[Subject]]:
        """For each body that may stand for others under some duty: those others. Most bodies stand for none."""
        behind: dict[str, list[Subject]] = {}
        for subject in self.ended:
            reached: set[str] = set()
            waiting = [subject]
            while waiting:
                for ref in _possible(waiting.pop(), self.register.known) - reached:
                    reached.add(ref)
                    behind.setdefault(ref, []).append(subject)
                    heir = self.register.subject(ref)
                    if heir is not None and heir.ended is not None:
                        waiting.append(heir)
        return behind

    def direct(self, subject: Subject, duty: str) -> str | None:
        """Who takes over a duty the day a body ends; None where the register names nobody."""
        key = (subject.thing.id, duty)
        if key not in self._direct:
            self._direct[key] = self._find(subject, duty)
        return self._direct[key]

    def _find(self, subject: Subject, duty: str) -> str | None:
        assert subject.ended is not None
        named, general = _successors(subject.thing, self.register.known, subject.ended, duty)
        if named:
            return named[0]
        if len(general) == 1:
            return general[0]
        parent = subject.field("parent").on(subject.ended - timedelta(days=1))
        if isinstance(parent, str):  # whether or not this judge was given it: judged near or over everything, the heir is the same
            return parent
        return general[0] if general else None

    def living(self, ref: str | None, duty: str, on: date) -> str | None:
        """Who stands for `ref` on a day: itself, or the last in the chain of those who took over."""
        seen: set[str] = set()
        while ref is not None and ref not in seen:
            subject = self.register.subject(ref)
            if subject is None or subject.ended is None or subject.ended > on:
                return ref
            seen.add(ref)
            ref = self.direct(subject, duty)
        return None

    def before(self, ref: str, duty: str, on: date) -> list[Subject]:
        """Bodies that had ended by a day and whose duty `ref` took over, directly or through others."""
        return [
            subject
            for subject in self._behind.get(ref, ())
            if subject.ended is not None
            and subject.ended <= on
            and subject.thing.id != ref
            and self.living(subject.thing.id, duty, on) == ref
        ]


def _possible(subject: Subject, known: datetime) -> set[str]:
    """Everyone who might take over some duty of a body: whomever its register rows name, and its last parent."""
    assert subject.ended is not None
    rows = (row for row in subject.thing.attributes.get("successor", ()) if row.known_at is None or row.known_at <= known)
    parent = subject.field("parent").on(subject.ended - timedelta(days=1))
    return {ref for row in rows for ref in named(row.value)} | ({parent} if isinstance(parent, str) else set())


def _successors(thing: Thing, known: datetime, ended: date, duty: str) -> tuple[list[str], list[str]]:
    """Successors named for a duty, and those named for none in particular."""
    rows = thing.attributes.get("successor", ())
    day = ended if any(row.from_on <= ended for row in rows) else max((row.from_on for row in rows), default=ended)
    mine: list[str] = []
    general: list[str] = []
    for value in _flat(holders(rows, known, day) or holders(rows, known, ended - timedelta(days=1))):
        if isinstance(value, str):
            general.append(value)
        elif isinstance(value, dict) and isinstance(value.get("org"), str):
            duties = value.get("duties", value.get("duty"))
            if duties is None:
                general.append(value["org"])
            elif duty == duties or (isinstance(duties, list | tuple) and duty in duties):
                mine.append(value["org"])
    return list(dict.fromkeys(mine)), list(dict.fromkeys(general))


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from value
        else:
            yield value
