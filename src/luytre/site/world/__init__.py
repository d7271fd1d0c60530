"""The demo's province: four years of invented history on real units, grown from world/ by seeded chance. No Django, no clock.

`grow()` gives a World (things, deeds, people); `write.jsonl` writes it for `luytre judge`, `luytre.site.seeding` loads it into a database.
"""

from luytre.site.world.grow import World, grow
from luytre.site.world.land import LAST_DAY

__all__ = ["LAST_DAY", "World", "grow"]
