"""Decisions of the ladder: which rungs a matter has reached, who may be told only after whom, when a line is said again. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luytre.core.law.model import Escalation

LADDER = ("contact", "head", "coordinator", "chair")
RED = ("overdue", "missed")
# House rules of the ladder until someone decides otherwise; the days of each rung stand in law/**/duties (escalate).
HOLD_DAYS = 7  # an acknowledgement keeps the next rung waiting so long, once
AGAIN_DAYS = 7  # what is red and unacknowledged is said again to contact and head
SAID_AGAIN = ("contact", "head")
# The chair's word climbs the same ladder once its day has passed; its days are a house rule, since no law names them.
INSTRUCTION = "YK-"  # how numbers of instructions begin
INSTRUCTION_LADDER = (Escalation(1, "contact"), Escalation(1, "head"), Escalation(3, "coordinator"), Escalation(7, "chair"))


@dataclass(frozen=True, slots=True)
class Matter:
    """One judged line that is due or late, or an instruction past its day (`duty`: its number).
    `window`: its first day or its event; `due_on`: the last good day (the eve of the breach
    where there is none); `answerable`: the body whose people are told, None where the register names none."""

    duty: str
    ref: str
    window: str
    answerable: str | None
    due_on: date
    status: str

    @property
    def key(self) -> tuple[str, str, str, date]:
        """A moved due day makes it a new matter: its ladder begins anew."""
        return self.duty, self.ref, self.window, self.due_on

    def days_late(self, on: date) -> int:
        return (on - self.due_on).days


@dataclass(frozen=True, slots=True)
class Heard:
    """A rung that was told of a matter: first on which day, and on which day acknowledged."""

    first_on: date
    acknowledged_on: date | None = None


def reached(steps: Sequence[Escalation], matter: Matter, on: date, heard: Mapping[str, Heard]) -> list[str]:
    """The rungs a matter has reached on a day, from below. Coordinator and chair hear of nothing that the rung beneath them was not told
    of on an earlier day; an acknowledgement beneath keeps a rung waiting for HOLD_DAYS."""
    found: list[str] = []
    below: str | None = None
    for step in sorted(steps, key=lambda step: LADDER.index(step.to)):
        if matter.due_on + timedelta(days=step.days) > on:
            continue
        if step.to in heard or _may_hear(step.to, below, on, heard):
            found.append(step.to)
        below = step.to
    return found


def _may_hear(rung: str, below: str | None, on: date, heard: Mapping[str, Heard]) -> bool:
    if below is None:
        return True
    told = heard.get(below)
    if told is None:
        return rung == "head"  # contact and head hear together where the contact was never told
    if rung in ("coordinator", "chair") and told.first_on >= on:
        return False
    held = told.acknowledged_on
    return held is None or on >= held + timedelta(days=HOLD_DAYS)


def is_instruction(duty: str) -> bool:
    """Whether what is followed is the chair's word rather than a duty of the law."""
    return duty.startswith(INSTRUCTION)


def place(duty: str, ref: str, rung: str = "") -> str:
    """The page of a matter; for the contact officer, who does the work, the very form."""
    if is_instruction(duty):
        return f"/desk/instructions/{duty}/answer/" if rung == "contact" else f"/desk/instructions/{duty}/"
    return f"/desk/duties/file/?duty={duty}&about={ref}" if rung == "contact" else f"/desk/why/{duty}/{ref}/"


def above(rung: str) -> str | None:
    """The next rung up."""
    place = LADDER.index(rung)
    return LADDER[place + 1] if place + 1 < len(LADDER) else None


def is_said_again(rung: str, last_on: date, on: date, acknowledged: bool, status: str) -> bool:
    """Whether a red line is repeated to someone who did not acknowledge it."""
    return status in RED and rung in SAID_AGAIN and not acknowledged and (on - last_on).days >= AGAIN_DAYS


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a digest: a matter told to someone at a rung, for the first time or again."""

    matter: Matter
    rung: str
    again: bool = False
