"""Histories: the judge's timelines at each moment of knowledge, laid up as spans on two time axes.

A slot learns only at its *epochs*: the moments at which a fact its duty listens to, or a register row it reads, came to be known.
Between two epochs nothing is judged again; and because a timeline already holds its own future flips, a new day judges nothing either.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol

from luytre.core.duty import columns
from luytre.core.duty.columns import ALWAYS, NOTHING, STILL, Span
from luytre.core.duty.model import Dated, Fact, Thing
from luytre.core.duty.rollup import CODE

BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)  # a moment before anything was recorded: asks for what was always known
UNREAD = ("name", "head")  # attributes no standing depends on
TAKES_BACK = ("entry.retracted", "evidence.rejected")


class Timelines(Protocol):
    """What is asked of the judge: the standing of a slot on every day, as (from day, status)."""

    def timeline(self, duty_id: str, bearer: str, known: datetime, until: date) -> Sequence[tuple[date, str]]: ...


def learn(spans: Sequence[Span], judge: Timelines, duty: str, bearer: str, epoch: int, until: date) -> list[Span]:
    """The history of a slot after one epoch (microseconds; later than any in `spans`): superseded by the timeline judged then."""
    steps = judge.timeline(duty, bearer, columns.moment_of(epoch) or BEGINNING, until)
    return columns.supersede(spans, columns.partition((day, CODE[status]) for day, status in steps), epoch)


def forget(spans: Iterable[Span], known: int) -> list[Span]:
    """The history as it was just before `known`: later spans dropped, those closed since then opened again."""
    kept = [span for span in spans if span[2] < known]
    return [(start, end, since, until if until < known else STILL, value) for start, end, since, until, value in kept]


def value_steps(rows: Sequence[Dated], known: datetime) -> list[tuple[date, Any]]:
    """A dated attribute as (from day, value; None where no row covers the day): of overlapping rows the latest known, then the last."""
    held = [row for row in rows if row.known_at is None or row.known_at <= known]
    held.sort(key=lambda row: row.known_at or BEGINNING)
    days = sorted({row.from_on for row in held} | {row.until_on for row in held if row.until_on is not None})
    return [(day, next((row.value for row in reversed(held) if _covers(row, day)), None)) for day in days]


def _covers(row: Dated, day: date) -> bool:
    return row.from_on <= day and (row.until_on is None or day < row.until_on)


def attribute(rows: Sequence[Dated], codes: Mapping[Any, int]) -> list[Span]:
    """The history of an attribute whose values have numbers; a value without a number, or no value, is NOTHING."""
    spans: list[Span] = []
    for epoch in sorted({columns.moment_number(row.known_at) for row in rows}):
        steps = value_steps(rows, columns.moment_of(epoch) or BEGINNING)
        spans = columns.supersede(spans, columns.partition((day, codes.get(value, NOTHING)) for day, value in steps), epoch)
    return spans


def row_epochs(things: Iterable[Thing]) -> set[int]:
    """The moments at which the register learnt something about these things that a standing may depend on."""
    read = (rows for thing in things for name, rows in thing.attributes.items() if name not in UNREAD)
    return {columns.moment_number(row.known_at) for rows in read for row in rows}


def first_known(thing: Thing) -> int:
    """The moment from which the register knew the thing at all."""
    return min(row_epochs([thing]), default=ALWAYS)


def fact_epochs(facts: Iterable[Fact], duty: str, verbs: frozenset[str], verb_of: Mapping[str, str]) -> set[int]:
    """The moments at which something a duty listens to became known, or was taken back. `verb_of`: id of a fact → its verb.

    A fact that names another duty (a check, a breach, a waiver) says nothing to this one.
    """
    heard = [fact for fact in facts if verb_of.get(fact.retracts or "", fact.verb) in verbs]
    return {columns.moment_number(fact.known_at) for fact in heard if fact.detail.get("duty", duty) in (duty, None, "")}


def by_thing(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Facts by the things they are about; one that takes another back also stands where that one stands."""
    stands: dict[str, tuple[str, ...]] = {}
    table: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        where = fact.about or (stands.get(fact.retracts, ()) if fact.retracts else ())
        stands[fact.id] = where
        for ref in where:
            table[ref].append(fact)
    return table
