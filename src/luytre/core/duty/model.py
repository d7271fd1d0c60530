"""The nouns of the judge: things, facts, results. Plain data; refs such as `org:so-y-te` and `system:his` name things everywhere."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct

# Display order: what wants a hand first. One order for boards, exports and the worst of several.
STATUSES: tuple[str, ...] = (
    "overdue",
    "missed",
    "due_soon",
    "open",
    "met",
    "met_late",
    "unknown",
    "undated",
    "not_open",
    "waived",
    "recommended",
    "not_applicable",
)


class Dated(Struct, frozen=True, gc=False):
    """One value of an attribute: from `from_on` until `until_on` (exclusive; None = still); `known_at` None = always known."""

    value: Any
    from_on: date
    until_on: date | None = None
    known_at: datetime | None = None


class Thing(Struct):
    """An organisation or a system with its dated attributes (organisation: type, parent, successor, exists, head, name;
    system: owner, operator, level, phase, name)."""

    id: str
    kind: str
    attributes: dict[str, tuple[Dated, ...]] = {}


class Fact(Struct, frozen=True):
    """What happened: `verb` about things on a day (`at` a moment, where one is known); it counts for who asks from `known_at` on.

    `retracts` names the fact that an `entry.retracted` or `evidence.rejected` takes back (only for the things in `about`, all if empty).
    """

    id: str
    verb: str
    about: tuple[str, ...]
    on: date
    known_at: datetime
    at: datetime | None = None
    detail: dict[str, Any] = {}
    retracts: str | None = None


class Reason(Struct, frozen=True):
    """Why, as a code and its parameters; sentences are made from it by `core.duty.words`."""

    code: str
    params: dict[str, Any] = {}


class Result(Struct):
    """One judged line: a duty, its bearer, one window (until exclusive; None = open-ended) or one event.

    `due_on` is the last good day, `due_at` the moment where the clock runs in hours; `since` the day the status began;
    `flips_on` the next day on which it changes with no new fact; `missing` the verbs still wanted.
    """

    duty: str
    clause: str
    bearer: str
    answerable: str | None
    window: tuple[date, date | None] | None
    event: str | None
    due_on: date | None
    due_at: datetime | None
    status: str
    since: date | None = None
    flips_on: date | None = None
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    version: int | None = None
    readings: tuple[str, ...] = ()
    on: date | None = None  # the day judged
    known: datetime | None = None  # the moment by which facts had reached us
