"""A deed: something a body did, and the moment the province came to know of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Any

from luytre.site.world.chance import Chance
from luytre.site.world.source import tree

ZONE = timezone(timedelta(hours=7))  # Asia/Ho_Chi_Minh, which knows no summer time


@dataclass(eq=False)
class Deed:
    """`by` = ref of the body that recorded it; `paper` = kind of document behind it (None: no paper);
    `note` = free text, kept apart from the detail."""

    verb: str
    about: tuple[str, ...]
    on: date
    known_at: datetime
    by: str
    detail: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    paper: str | None = None
    note: str = ""
    retracts: "Deed | None" = None
    id: str = ""


def filed(chance: Chance, on: date, mean_days: float = 4) -> datetime:
    """When a deed of a day is filed: in working hours, the same day or some days later (one in twelve a month and more)."""
    wait = chance.delay(mean_days) if chance.yes(0.92) else 20 + chance.delay(25)
    return datetime.combine(on + timedelta(days=wait), _office_hour(chance), ZONE)


def at_once(chance: Chance, moment: datetime, within_minutes: int = 90) -> datetime:
    """When something recorded by the system itself is known: minutes after it happened."""
    return moment + timedelta(minutes=chance.whole(2, within_minutes))


def moment(chance: Chance, on: date) -> datetime:
    return datetime.combine(on, time(chance.whole(0, 23), chance.whole(0, 59)), ZONE)


def _office_hour(chance: Chance) -> time:
    return time(chance.pick([7, 8, 8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16, 16]), chance.whole(0, 59), chance.whole(0, 59))


def mood(on: date) -> float:
    """How much likelier than usual things are late on a day: high at first and after the reform of 7/2025, lower since."""
    points = [(day, height) for day, height in tree("habits.yaml")["mood"]]
    if on <= points[0][0]:
        return float(points[0][1])
    for (left, low), (right, high) in pairwise(points):
        if on <= right:
            return float(low + (high - low) * (on - left).days / (right - left).days)
    return float(points[-1][1])


def done_on(chance: Chance, temper: dict[str, Any], opens: date, aim: date, strain: float) -> date:
    """The day a body gets a thing done that opened on a day and should be done by `aim`: in time, or so many days late."""
    if not chance.yes(late_chance(temper, aim, strain)):
        width = max(0, (aim - opens).days)
        return opens + timedelta(days=round(width * chance.share() ** 0.6))
    return aim + timedelta(days=1 + chance.delay(float(temper["days"])))


def late_chance(temper: dict[str, Any], aim: date, strain: float) -> float:
    return min(0.95, float(temper["late"]) * strain * mood(aim))


def paper_number(chance: Chance, kind: str, short: str) -> str:
    return f"{chance.whole(3, 480)}/{kind}-{short}"
