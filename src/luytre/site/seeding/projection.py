"""The projections, built once from the seeded journal: of the duties room in two processes with its files; of the incidents room."""

from luytre.site.world import LAST_DAY


def build() -> None:
    from luytre.rooms.duties import projection

    projection.rebuild(on=LAST_DAY, workers=2)
    projection.standings_of_all(LAST_DAY)


def build_cases() -> None:
    """The cases of the incidents room, read from the same journal; and what people reported in the last days."""
    from luytre.rooms.incidents import projection
    from luytre.site.seeding import reported

    projection.rebuild()
    reported.load()
