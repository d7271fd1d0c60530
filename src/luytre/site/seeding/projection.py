"""The projection of the duties room, built once from the seeded register and journal."""

from luytre.rooms.duties import projection
from luytre.site.world import LAST_DAY


def build() -> None:
    """Judge every slot at every moment at which something became known."""
    projection.rebuild(on=LAST_DAY)
