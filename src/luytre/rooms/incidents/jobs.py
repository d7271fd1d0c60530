"""What runs by itself: the clocks of incidents are told."""

from datetime import datetime

from luytre.rooms.incidents import actions


def clocks(now: datetime) -> int:
    return actions.remind(at=now)
