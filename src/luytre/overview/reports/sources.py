"""Reports counted lately, kept in memory while nothing new is known: a page, its rows and its paper share one count."""

from collections.abc import Hashable
from datetime import date, datetime

from luytre.journal import clock
from luytre.overview.board import kept
from luytre.overview.board.kept import Kept
from luytre.overview.reports.ground import Ground, ground
from luytre.overview.reports.monthly import Monthly
from luytre.overview.reports.yearly import Year
from luytre.rooms.duties import projection

GROUNDS: Kept[Ground] = Kept(4)
REPORTS: Kept[Monthly] = Kept(12)
YEARS: Kept[Year] = Kept(3)


def ground_at(known: datetime | None, today: date) -> Ground:
    """The ground as known at a moment, or by now."""
    projection.standings_of_all(today)
    return GROUNDS.get(_key(known, today), lambda: ground(known or clock.now(), today))


def monthly(first: date, known: datetime | None, today: date) -> Monthly:
    held = ground_at(known, today)
    return REPORTS.get((first, *_key(known, today)), lambda: Monthly(first, held))


def _key(known: datetime | None, today: date) -> tuple[Hashable, ...]:
    return (known, today, *kept.version())


def year(number: int, today: date) -> Year:
    """Every body's year, by now."""
    held = ground_at(None, today)
    return YEARS.get((number, *_key(None, today)), lambda: Year(number, held))
