"""Where the board's figures come from: the projection of the duties room, with names of the day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from luytre.core.duty.standings import Standings
from luytre.core.when import nth_month
from luytre.overview.asked import Asked, end_of
from luytre.overview.board import kept
from luytre.overview.board.changes import Changes
from luytre.overview.board.page import month_ends
from luytre.overview.board.queries import Province
from luytre.overview.bodies import Bodies, bodies_on
from luytre.rooms.duties import projection
from luytre.ui.charts import Point

MONTHS = 48


def settle(said: Asked) -> Standings:
    """The province as far as the journal has come: asked once a request and handed on."""
    return projection.standings_of_all(said.today)


def province(said: Asked, sees: frozenset[str] | None = None, held: Standings | None = None) -> Province:
    return Province(held or settle(said), said, bodies_on(said.on, said.known), sees)


def nameless(said: Asked, sees: frozenset[str] | None = None, held: Standings | None = None) -> Province:
    """The province where only figures are asked: no question to the register."""
    return Province(held or settle(said), said, Bodies({}), sees)


def trend(said: Asked, sees: frozenset[str] | None = None, held: Standings | None = None) -> list[Point]:
    """The last 48 month ends and the day itself; each point is the board of that day. Points are kept while nothing new is known."""
    province = held or settle(said)
    version = kept.version()

    def point(on: date) -> Callable[[], Point]:
        return lambda: _point(province, Asked(on, said.known, said.today), sees)

    return [kept.POINTS.get((version, on, said.known, sees), point(on)) for on in month_ends(said.on, MONTHS)]


def _point(held: Standings, said: Asked, sees: frozenset[str] | None) -> Point:
    tally = Province(held, said, Bodies({}), sees).tally()
    return Point(said.on, tally.late, tally.whole)


def known_at(said: Asked) -> datetime | None:
    """What had reached us by the end of the day asked about; None (all of it) for today."""
    return said.known or (end_of(said.on) if said.on < said.today else None)


def as_known(said: Asked) -> Asked:
    """The same day, with what had reached us by its end."""
    return Asked(said.on, known_at(said), said.today)


def changes(
    first: Asked, last: Asked, bodies: Bodies, sees: frozenset[str] | None = None, held: Standings | None = None, reader: object = None
) -> Changes:
    """What changed between two days, each as known at its end."""
    return Changes(held or settle(last), (first.on, known_at(first)), (last.on, known_at(last)), bodies, sees, last.tail, reader)


def day_before(said: Asked) -> Asked:
    return Asked(said.on - timedelta(days=1), None, said.today)


def month_earlier(said: Asked) -> Asked:
    return Asked(nth_month(said.on, -1), None, said.today)
