"""The projection of the duties room, built once from the seeded register and journal."""

import os

from luytre.rooms.duties import projection
from luytre.site.world import LAST_DAY


def build() -> None:
    """Judge every slot at every moment at which something became known, on all cores of this machine."""
    projection.rebuild(on=LAST_DAY, workers=min(8, os.cpu_count() or 1))
