"""Columns: which status each slot had on which day, as known when. Any pair (on, known) is answered by one pass over arrays.

A *slot* is a place for one value that changes on two time axes: the standing of duty D09 for a system, the owner of that system.
Its history is a list of *spans* `(valid_from, valid_until, known_from, known_until, value)`: days are counted from 1/1/1990 (untils
exclusive), moments are microseconds since 1970 UTC, the value is a small integer. At one moment known the spans of a slot do not
overlap and cover every day from its first; a span is never edited, only closed by setting `known_until` (so last year's page stays).
"""

import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Span = tuple[int, int, int, int, int]
Column = npt.NDArray[Any]

DAY_ZERO = date(1990, 1, 1)
FOREVER = 65_535  # the last day of the two-byte day axis: 6 June 2169
ALWAYS = -(2**63)  # known from: before anything was recorded
STILL = 2**63 - 1  # known until: not superseded
NOTHING = -1  # no value: the slot is not there yet
SPAN = struct.Struct("<HHqqi")
ROW = np.dtype([("valid_from", "<u2"), ("valid_until", "<u2"), ("known_from", "<i8"), ("known_until", "<i8"), ("value", "<i4")])
_SHOWN = ("value", "valid_from", "valid_until")
_FIELDS = ("valid_from", "valid_until", "known_from", "known_until", "value")


def day_number(day: date | None) -> int:
    """Days since 1/1/1990, clipped to the axis; None (no end) is FOREVER."""
    return FOREVER if day is None else max(0, min(FOREVER, (day - DAY_ZERO).days))


@lru_cache(8192)
def day_of(number: int) -> date | None:
    """The day of a number; None for FOREVER."""
    return None if number >= FOREVER else DAY_ZERO + timedelta(days=int(number))


def moment_number(moment: datetime | None) -> int:
    """Microseconds since 1970 UTC of an aware moment; None (known from the start) is ALWAYS."""
    if moment is None:
        return ALWAYS
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))


def moment_of(number: int) -> datetime | None:
    """The aware UTC moment of a number; None for ALWAYS and STILL."""
    if number in (ALWAYS, STILL):
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(number))


def partition(steps: Iterable[tuple[date | None, int]]) -> list[tuple[int, int, int]]:
    """Steps (from this day on, value), in order of days, as gapless spans (from, until, value) over the whole axis, equal ones merged."""
    merged: list[list[int]] = [[0, NOTHING]]
    for day, value in steps:
        number = 0 if day is None else day_number(day)
        if number <= merged[-1][0]:
            merged[-1][1] = value
        else:
            merged.append([number, value])
        if len(merged) > 1 and merged[-1][1] == merged[-2][1]:
            merged.pop()
    ends = [start for start, _ in merged[1:]] + [FOREVER]
    return [(start, end, value) for (start, value), end in zip(merged, ends, strict=True)]


def supersede(spans: Sequence[Span], fresh: Iterable[tuple[int, int, int]], known: int) -> list[Span]:
    """The history after learning at `known` that the truth is `fresh`: what stays is kept, what changed is closed, the new is added.

    `known` must not lie before a `known_from` in the history: knowledge arrives in order.
    """
    news = set(fresh)
    kept: list[Span] = []
    for span in spans:
        valid_from, valid_until, known_from, known_until, value = span
        if known_until != STILL:
            kept.append(span)
        elif (valid_from, valid_until, value) in news:
            kept.append(span)
            news.discard((valid_from, valid_until, value))
        elif known_from < known:
            kept.append((valid_from, valid_until, known_from, known, value))
    kept += [(start, end, known, STILL, value) for start, end, value in news]
    return sorted(kept, key=_by_knowledge)


def _by_knowledge(span: Span) -> tuple[int, int]:
    return span[2], span[0]


def pack(spans: Iterable[Span]) -> bytes:
    """Spans as 24 bytes each, the form in which a history is stored."""
    return b"".join(SPAN.pack(*span) for span in spans)


def unpack(blob: bytes) -> list[Span]:
    """The spans of a stored history."""
    return list(SPAN.iter_unpack(blob))


@dataclass(frozen=True)
class Half:
    """Spans of many slots as columns, sorted by slot. `slots[i]` is the slot of span i."""

    slots: Column
    valid_from: Column
    valid_until: Column
    known_from: Column
    known_until: Column
    value: Column

    @classmethod
    def of(cls, slots: Column, rows: Column, value_type: str) -> "Half":
        columns = {name: np.ascontiguousarray(rows[name]) for name in _FIELDS}
        return cls(slots=slots.astype(np.int32), **{**columns, "value": columns["value"].astype(value_type)})

    def day(self, number: int) -> npt.NDArray[np.bool_]:
        return (self.valid_from <= number) & (self.valid_until > number)

    def known(self, moment: int) -> npt.NDArray[np.bool_]:
        return (self.known_from <= moment) & (self.known_until > moment)

    def of_slot(self, slot: int) -> list[Span]:
        low, high = np.searchsorted(self.slots, np.array([slot, slot + 1], dtype=np.int32))
        fields = [getattr(self, name)[low:high].tolist() for name in _FIELDS]
        return list(zip(*fields, strict=True))

    def take(self, slots: Column) -> "Half":
        """The spans of some slots only; `slots` ascending. Their numbers become positions in `slots`."""
        asked = slots.astype(np.int32)  # the same type as the column, or numpy converts the column
        low = np.searchsorted(self.slots, asked, side="left")
        high = np.searchsorted(self.slots, asked, side="right")
        sizes = high - low
        where = np.repeat(low - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes) + np.arange(sizes.sum())
        positions = np.repeat(np.arange(len(slots)), sizes)
        return Half(positions, **{name: getattr(self, name)[where] for name in _FIELDS})

    def save(self, folder: Path, prefix: str) -> None:
        for name in ("slots", *_FIELDS):
            np.save(folder / f"{prefix}.{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path, prefix: str) -> "Half":
        return cls(**{name: np.asarray(np.load(folder / f"{prefix}.{name}.npy", mmap_mode="r")) for name in ("slots", *_FIELDS)})


@dataclass
class Columns:
    """Histories of `count` slots: those still believed apart from those superseded, and replaced slots laid over both.

    Reading for the present state of knowledge touches only the first; a fact replaces a few slots by `replace`, without rewriting.
    """

    count: int
    now: Half
    past: Half
    latest: int = ALWAYS  # the last known_from: at or after it, nothing superseded can matter
    over: dict[int, bytes] = field(default_factory=dict)
    _over: tuple[Column, Half] | None = None

    @classmethod
    def build(cls, blobs: Sequence[bytes], value_type: str = "i1") -> "Columns":
        """Columns of packed histories, slot i from blobs[i]. `value_type`: numpy type that holds every value."""
        rows = np.frombuffer(b"".join(blobs), dtype=ROW)
        sizes = np.fromiter((len(blob) // SPAN.size for blob in blobs), dtype=np.int64, count=len(blobs))
        slots = np.repeat(np.arange(len(blobs), dtype=np.int32), sizes)
        return cls.from_rows(len(blobs), slots, rows, value_type)

    @classmethod
    def from_rows(cls, count: int, slots: Column, rows: Column, value_type: str = "i1") -> "Columns":
        still = rows["known_until"] == STILL
        latest = int(rows["known_from"].max()) if len(rows) else ALWAYS
        return cls(count, Half.of(slots[still], rows[still], value_type), Half.of(slots[~still], rows[~still], value_type), latest)

    def replace(self, histories: dict[int, bytes]) -> None:
        """Lay new histories over some slots; slots past the end are added."""
        self.over.update(histories)
        self.count = max(self.count, 1 + max(self.over, default=-1))
        self._over = None
        for blob in histories.values():
            self.latest = max([self.latest, *(span[2] for span in unpack(blob))])

    def _laid_over(self) -> tuple[Column, Half]:
        if self._over is None:
            order = sorted(self.over)
            sizes = [len(self.over[slot]) // SPAN.size for slot in order]
            rows = np.frombuffer(b"".join(self.over[slot] for slot in order), dtype=ROW)
            numbers = np.asarray(order, dtype=np.int32)
            self._over = numbers, Half.of(np.repeat(numbers, sizes), rows, self.now.value.dtype.str)
        return self._over

    def at(self, on: date, known: datetime | None = None) -> Column:
        """The value of every slot on the day `on`, as known at `known` (None: now). Shape (count,), NOTHING where there is none."""
        moment = STILL - 1 if known is None else moment_number(known)
        out = np.full(self.count, NOTHING, dtype=self.now.value.dtype)
        _paint(out, self.now, self.past, day_number(on), moment, whole=moment >= self.latest)
        if self.over:
            numbers, over = self._laid_over()
            out[numbers] = NOTHING
            picked = over.day(day_number(on)) & over.known(moment)
            out[over.slots[picked]] = over.value[picked]
        return out

    def some(self, slots: Column, on: date, known: datetime | None = None) -> Column:
        """The value of some slots; work grows with the slots asked for, not with all there are. Same shape as `slots`."""
        values: Column = self.held(slots, on, known)[0]
        return values

    def held(self, slots: Column, on: date, known: datetime | None = None) -> Column:
        """The spans that hold in some slots: (value, valid_from, valid_until) in day numbers, each in the shape of `slots`."""
        day, moment = day_number(on), STILL - 1 if known is None else moment_number(known)
        asked, back = np.unique(np.asarray(slots).ravel(), return_inverse=True)
        out = np.full((len(_SHOWN), len(asked)), NOTHING, dtype=np.int32)
        now, past = self.now.take(asked), self.past.take(asked)
        for place, what in enumerate(_SHOWN):
            _paint(out[place], now, past, day, moment, whole=moment >= self.latest, what=what)
        for position, slot in enumerate(asked.tolist() if self.over else ()):
            if slot in self.over:
                out[:, position] = _held(unpack(self.over[slot]), day, moment)
        return out[:, back].reshape(len(_SHOWN), *np.shape(slots))

    def spans(self, slot: int) -> list[Span]:
        """The whole history of one slot, in order of knowledge."""
        if slot in self.over:
            return unpack(self.over[slot])
        return sorted([*self.now.of_slot(slot), *self.past.of_slot(slot)], key=_by_knowledge)

    def save(self, folder: Path) -> None:
        """Write the columns (without what is laid over them) as files that can be memory-mapped."""
        folder.mkdir(parents=True, exist_ok=True)
        self.now.save(folder, "now")
        self.past.save(folder, "past")
        (folder / "size.json").write_text(json.dumps({"count": self.count, "latest": self.latest}))

    @classmethod
    def load(cls, folder: Path) -> "Columns":
        """Memory-mapped columns from `save`. Raises OSError or ValueError where files are missing or cut short."""
        size = json.loads((folder / "size.json").read_text())
        return cls(size["count"], Half.load(folder, "now"), Half.load(folder, "past"), size["latest"])


def _held(spans: list[Span], day: int, moment: int) -> tuple[int, int, int]:
    """What `Columns.held` says of one slot, from its spans."""
    held = [(span[4], span[0], span[1]) for span in spans if span[0] <= day < span[1] and span[2] <= moment < span[3]]
    return held[0] if held else (NOTHING, NOTHING, NOTHING)


def _paint(out: Column, now: Half, past: Half, day: int, moment: int, *, whole: bool, what: str = "value") -> None:
    """Write what stood at (day, moment) into `out` by slot; `whole`: nothing superseded can matter."""
    picked = now.day(day)
    if not whole:
        picked &= now.known_from <= moment
        older = np.flatnonzero(past.known(moment))
        older = older[(past.valid_from[older] <= day) & (past.valid_until[older] > day)]
        out[past.slots[older]] = getattr(past, what)[older]
    where = np.flatnonzero(picked)
    if len(where) == len(out):  # one span each, in order of slots
        out[:] = getattr(now, what)[where]
    else:
        out[now.slots[where]] = getattr(now, what)[where]
