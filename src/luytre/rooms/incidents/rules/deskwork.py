"""The desk's own clock: whoever tells us something is answered at once; what waits rings, first for the officer on duty, then higher. Pure.

Circular 20/2017 Art. 10 has the receiving body acknowledge at once, without a number of minutes. These minutes are this house's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SILENCE = timedelta(minutes=15)  # a report nobody has taken: the desk is told
HIGHER = timedelta(minutes=60)  # and then the head of the desk's body
NOTICE_DAYS = timedelta(days=3)  # a notice older than this is a matter of the next report, not of an alarm
SOON, GONE = timedelta(hours=1), timedelta(hours=24)  # clocks that ring: an hour before they run out, and a day after
SNOOZES = (5, 15, 60)  # minutes


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the desk since a moment."""

    key: str  # "report:7K4M-92QX", "notice:SC-2026-0137"
    code: str
    since: datetime


@dataclass(frozen=True)
class Call:
    """One stage of what waits: told once, to the desk or higher."""

    key: str
    code: str
    at: datetime
    higher: bool


def calls(waiting: Waiting, now: datetime) -> list[Call]:
    """The stages that have come by now; each key is unique for ever, so that whoever writes its row first tells it."""
    stages = [("silence", SILENCE, False), ("higher", HIGHER, True)]
    if waiting.key.startswith("notice:"):
        stages.insert(0, ("at-once", timedelta(0), False))
    found = [Call(f"desk:{waiting.key}:{name}", waiting.code, waiting.since + after, high) for name, after, high in stages]
    return [call for call in found if call.at <= now]
