"""When the stages of a clock are told: each once, whatever the worker did meanwhile; late ones say that they are late. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

TOLERANCE = timedelta(minutes=15)  # told later than this after its moment, a reminder says so
LAST_CALL = timedelta(hours=4)  # before the due moment, or a quarter of the time where that is shorter


class Stage(NamedTuple):
    """One moment of a clock at which somebody is told. `key` is unique for ever."""

    key: str
    name: str  # "half" · "last" · "due"
    at: datetime


@dataclass(frozen=True)
class Running:
    """A clock as it runs."""

    incident: str
    duty: str
    event: str
    started_at: datetime
    due_at: datetime

    @property
    def name(self) -> str:
        return f"{self.incident}:{self.duty}:{self.event}"


def stages(clock: Running) -> list[Stage]:
    """The stages of a clock in order; one that runs out as it starts ("at once") has only its last."""
    length = clock.due_at - clock.started_at
    if length <= timedelta(minutes=1):
        return [_stage(clock, "due", clock.due_at)]
    last = clock.due_at - min(LAST_CALL, length / 4)
    found = [("half", clock.started_at + length / 2), ("last", last), ("due", clock.due_at)]
    return [_stage(clock, name, at) for name, at in found]


def _stage(clock: Running, name: str, at: datetime) -> Stage:
    # The due moment is part of the key: a clock that law or facts have moved is told anew, an unmoved one never twice.
    return Stage(f"{clock.name}:{clock.due_at:%Y%m%dT%H%M}:{name}", name, at)


def due(clock: Running, now: datetime, told: Collection[str]) -> list[Stage]:
    """What is to be told now: every stage whose moment has come and that was not told, however long ago it was."""
    return [stage for stage in stages(clock) if stage.at <= now and stage.key not in told]


def is_late(stage: Stage, now: datetime) -> bool:
    return now - stage.at > TOLERANCE


def all_due(clocks: Iterable[Running], now: datetime, told: Collection[str]) -> list[tuple[Running, Stage]]:
    return [(clock, stage) for clock in clocks for stage in due(clock, now, told)]
