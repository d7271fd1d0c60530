"""Periods of reports: a month, a half-year, a year, each between two days; and those set beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luytre.core.when import nth_month

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
FIRST = date(2022, 11, 1)  # the month of the directive


@dataclass(frozen=True)
class Span:
    """Days from `first` on, `until` not counted; `on` is the last day on which it is looked at (today, in a period still running)."""

    name: str
    first: date
    until: date
    on: date

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)


def span(name: str, first: date, until: date, today: date) -> Span:
    return Span(name, first, until, min(until - timedelta(days=1), today))


def month_of(period: str) -> date | None:
    """The first day of "2026-10"; None where it says no month."""
    found = MONTH.fullmatch(period)
    return date(int(found[1]), int(found[2]), 1) if found else None


def beside(first: date, today: date) -> Sequence[Span]:
    """This month, last month, the same month last year, the year so far."""
    until, last, year_ago = nth_month(first, 1), nth_month(first, -1), nth_month(first, -12)
    return (
        span("this", first, until, today),
        span("last", last, first, today),
        span("year_ago", year_ago, nth_month(year_ago, 1), today),
        span("year", first.replace(month=1), until, today),
    )


def thirteen(first: date, today: date) -> list[Span]:
    """Thirteen months up to this one, the oldest first."""
    return [span("month", nth_month(first, -back), nth_month(first, 1 - back), today) for back in range(12, -1, -1)]


def year(number: int, today: date) -> Span:
    return span("year", date(number, 1, 1), date(number + 1, 1, 1), today)


def half(number: int, second: bool, today: date) -> Span:
    """A half-year as Form 05 counts it."""
    first, until = (date(number, 7, 1), date(number + 1, 1, 1)) if second else (date(number, 1, 1), date(number, 7, 1))
    return span("half", first, until, today)


def months_offered(today: date) -> list[date]:
    """Months one may ask for, the latest first."""
    found, first = [], today.replace(day=1)
    while first >= FIRST:
        found.append(first)
        first = nth_month(first, -1)
    return found
