"""Where the board's figures come from: the projection of the duties room, with names of the day."""

from luytre.core.duty.standings import Standings
from luytre.overview.asked import Asked
from luytre.overview.board.page import month_ends
from luytre.overview.board.queries import Province
from luytre.overview.bodies import Bodies, bodies_on
from luytre.rooms.duties import projection
from luytre.ui.charts import Point

MONTHS = 24


def province(said: Asked, sees: frozenset[str] | None = None) -> Province:
    return Province(projection.standings_of_all(said.today), said, bodies_on(said.on, said.known), sees)


def nameless(said: Asked, sees: frozenset[str] | None = None) -> Province:
    """The province where only figures are asked: no question to the register."""
    return Province(projection.standings_of_all(said.today), said, Bodies({}), sees)


def trend(said: Asked, sees: frozenset[str] | None = None) -> list[Point]:
    """The last 24 month ends and the day itself; each point is the board of that day."""
    held = projection.standings_of_all(said.today)
    return [_point(held, Asked(on, said.known, said.today), sees) for on in month_ends(said.on, MONTHS)]


def _point(held: Standings, said: Asked, sees: frozenset[str] | None) -> Point:
    tally = Province(held, said, Bodies({}), sees).tally()
    return Point(said.on, tally.late, tally.whole)
