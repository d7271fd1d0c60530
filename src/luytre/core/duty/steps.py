"""Step functions over days: what a dated attribute, or a condition on several, is worth from each day on."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from luytre.core.duty.model import Dated


class Missing:
    """Nothing is recorded for that day."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING = Missing()


class Steps:
    """Values from day to day: `values[i]` holds from `starts[i]` until the next start. Before the first start: `before`."""

    __slots__ = ("before", "starts", "values")

    def __init__(self, starts: Sequence[date], values: Sequence[Any], before: Any = MISSING) -> None:
        self.starts = starts
        self.values = values
        self.before = before

    def on(self, day: date) -> Any:
        at = bisect_right(self.starts, day)
        return self.values[at - 1] if at else self.before

    def after(self, day: date) -> Sequence[date]:
        """The days after `day` on which the value changes."""
        return self.starts[bisect_right(self.starts, day) :]


def steps(pairs: Iterable[tuple[date, Any]], before: Any = MISSING) -> Steps:
    """Steps from (day, value) in order of days, equal neighbours merged."""
    starts: list[date] = []
    values: list[Any] = []
    last = before
    for day, value in pairs:
        if value is not last and value != last:
            starts.append(day)
            values.append(value)
            last = value
    return Steps(starts, values, before)


def compile_rows(rows: Sequence[Dated], known: datetime) -> Steps:
    """An attribute as known at a moment: of rows that overlap on a day the latest `known_at` counts (no `known_at` = always known;
    between equals the row that stands later)."""
    seen = [row for row in rows if row.known_at is None or row.known_at <= known]
    if len(seen) == 1:
        row = seen[0]
        if row.until_on is None:
            return Steps((row.from_on,), (row.value,))
        return Steps((row.from_on, row.until_on), (row.value, MISSING))
    ranked = sorted(range(len(seen)), key=lambda i: (seen[i].known_at is not None, seen[i].known_at or known, i))
    ordered = [seen[i] for i in ranked]
    return steps((day, _winner(ordered, day)) for day in _edges(seen))


def _edges(rows: Sequence[Dated]) -> list[date]:
    return sorted({row.from_on for row in rows} | {row.until_on for row in rows if row.until_on is not None})


def _winner(ordered: Sequence[Dated], day: date) -> Any:
    for row in reversed(ordered):
        if row.from_on <= day and (row.until_on is None or day < row.until_on):
            return row.value
    return MISSING


def holders(rows: Sequence[Dated], known: datetime, day: date) -> list[Any]:
    """All values held on a day by the rows known latest: for attributes that may hold several at once (successors)."""
    seen = [row for row in rows if row.known_at is None or row.known_at <= known]
    held = [row for row in seen if row.from_on <= day and (row.until_on is None or day < row.until_on)]
    stamps = [row.known_at for row in held if row.known_at is not None]
    latest = max(stamps) if stamps else None
    return [row.value for row in held if row.known_at == latest]


def joined(parts: Sequence[Steps], decide: Callable[[date], Any], before: Any = MISSING) -> Steps:
    """A value decided from several steps, asked again on each day on which one of them changes."""
    days = sorted({day for part in parts for day in part.starts})
    return steps(((day, decide(day)) for day in days), before)
