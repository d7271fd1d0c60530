"""Figures of the cases one may read: the ten rows of Form 05 by period, times to notify, restore and close; each opens its rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from luytre.rooms.incidents.models import Incident
from luytre.rooms.incidents.queries.wording import length
from luytre.rooms.incidents.rules import severity
from luytre.verbs.incident import TYPES

MOMENTS = ("notified_at", "restored_at", "closed_at")
MOST = 1000  # cases looked at for a median: the latest


@dataclass(frozen=True)
class Span:
    """Days from one to another, the second not counted."""

    name: str
    first: date
    until: date

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    """A number and the rows it counts."""

    value: int
    type: str
    span: Span


@dataclass(frozen=True)
class Row:
    type: str
    words: str
    cells: Sequence[Figure]


@dataclass(frozen=True)
class Figures:
    spans: Sequence[Span]
    rows: Sequence[Row]
    totals: Sequence[Figure]
    months: Sequence[tuple[date, int]]
    times: Mapping[str, str]

    @property
    def most(self) -> int:
        return max((count for _, count in self.months), default=0) or 1


def spans(on: date) -> list[Span]:
    """This month, last month, the same month last year, the year so far: what the monthly report sets side by side."""
    this = on.replace(day=1)
    next_ = (this + timedelta(days=32)).replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    year_ago = this.replace(year=this.year - 1)
    year_ago_next = (year_ago + timedelta(days=32)).replace(day=1)
    return [
        Span("this", this, next_),
        Span("last", last, this),
        Span("year_ago", year_ago, year_ago_next),
        Span("year", this.replace(month=1), next_),
    ]


def figures(rows: "QuerySet[Incident]", on: date) -> Figures:
    """All of it in two questions to the database and one for the times."""
    real = rows.filter(what="incident").order_by()
    held = spans(on)
    first = min(span.first for span in held)
    counted = real.filter(on__gte=first).values_list("type", "on").annotate(n=Count("pk"))  # by day: from the index alone
    counts: Counter[tuple[str, date]] = Counter()
    for type_, day, number in counted:
        counts[(type_ if type_ in TYPES else "other", day.replace(day=1))] += number
    lang = "en" if (get_language() or "vi").startswith("en") else "vi"
    made = [Row(name, TYPES[name][lang], [_cell(counts, name, span) for span in held]) for name in sorted(TYPES, key=severity.row)]
    totals = [Figure(sum(row.cells[place].value for row in made), "", span) for place, span in enumerate(held)]
    return Figures(held, made, totals, _months(counts, on), _times(real))


def _cell(counts: Mapping[tuple[str, date], int], name: str, span: Span) -> Figure:
    return Figure(sum(n for (type_, month), n in counts.items() if type_ == name and span.first <= month < span.until), name, span)


def _months(counts: Mapping[tuple[str, date], int], on: date) -> list[tuple[date, int]]:
    """Thirteen months up to this one."""
    months = [on.replace(day=1)]
    while len(months) < 13:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    by_month: Counter[date] = Counter()
    for (_type, month), number in counts.items():
        by_month[month] += number
    return [(month, by_month[month]) for month in reversed(months)]


def _times(rows: "QuerySet[Incident]") -> dict[str, str]:
    """Median times from detection, over the latest cases that have come so far."""
    latest = list(rows.order_by("-detected_at").values_list("detected_at", *MOMENTS)[:MOST])
    found = {}
    for place, name in enumerate(MOMENTS, 1):
        spans_ = [(row[place] - row[0]).total_seconds() for row in latest if row[place]]
        found[name] = length(timedelta(seconds=median(spans_))) if spans_ else "–"
    return found
