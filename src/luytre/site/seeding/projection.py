"""The projection of the duties room, built once from the seeded journal: judged in two processes, its files written."""

from luytre.site.world import LAST_DAY


def build() -> None:
    from luytre.rooms.duties import projection

    projection.rebuild(on=LAST_DAY, workers=2)
    projection.standings_of_all(LAST_DAY)
