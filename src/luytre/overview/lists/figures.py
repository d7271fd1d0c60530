"""Figures of bodies and systems for sorting and showing: what is late, what is open, when last hunted and scanned; without names."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Max, Q

from luytre.journal.models import Entry, Mention
from luytre.overview.asked import Asked
from luytre.overview.board.queries import CODE, Province
from luytre.overview.board.sources import nameless
from luytre.overview.reader import Reader
from luytre.ui.statuses import ORDER

LATE, OPEN = ("overdue", "missed"), ("overdue", "due_soon", "open")


def province(asked: Asked, who: Reader) -> Province:
    return nameless(asked, who.sees)


def counts(grid: Any, statuses: Collection[str]) -> Any:
    """How many cells of each row have one of some statuses."""
    return np.isin(grid, [CODE[status] for status in statuses]).sum(axis=1)


def by_code(refs: Collection[str], values: Any) -> dict[str, int]:
    return {ref.partition(":")[2]: value for ref, value in zip(refs, values.tolist(), strict=True)}


def system_rows(held: Province) -> Any:
    """Numbers of the systems whose owner on the day one may see."""
    return np.flatnonzero(np.isin(held.day.owner, held.rows))


def system_refs(held: Province, rows: Any) -> list[str]:
    return [held.standings.systems.refs[row] for row in rows.tolist()]


def statuses_of(grid: Any, row: int, lines: Collection[str]) -> dict[str, str]:
    return {line: ORDER[value] for line, value in zip(lines, grid[row].tolist(), strict=True) if value >= 0}


def last_days(verb: str, asked: Asked, refs: Collection[str] | None = None) -> dict[str, date]:
    """The last day on which something was done about each thing, as known: ref → day; what was taken back does not count."""
    rows = Mention.objects.filter(entry__verb=verb, entry__on__lte=asked.on)
    taken = Entry.objects.filter(verb__in=("entry.retracted", "evidence.rejected"), retracts__verb=verb)
    if asked.known:
        rows, taken = rows.filter(entry__at__lte=asked.known), taken.filter(at__lte=asked.known)
    if refs is not None:
        rows = rows.filter(thing__in=list(refs))
    rows = rows.exclude(Q(entry__in=taken.values("retracts")))
    return dict(rows.values_list("thing").annotate(last=Max("entry__on")))


def sorted_by(codes: list[str], values: Mapping[str, Any], *, turned: bool) -> list[str]:
    """Codes by a figure, the greatest first (turned: the least); without one last; the order they came in breaks ties."""
    some = [code for code in codes if values.get(code) is not None]
    some.sort(key=lambda code: values[code], reverse=not turned)
    return some + [code for code in codes if values.get(code) is None]
