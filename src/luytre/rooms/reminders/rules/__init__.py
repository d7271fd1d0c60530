"""Decisions of the room: the ladder (ladder), and what a digest says (letter)."""

from luytre.rooms.reminders.rules.ladder import (
    INSTRUCTION_LADDER,
    LADDER,
    RED,
    Heard,
    Matter,
    Said,
    above,
    is_instruction,
    is_said_again,
    place,
    reached,
)
from luytre.rooms.reminders.rules.letter import Digest, Group, Line, digest

__all__ = [
    "INSTRUCTION_LADDER",
    "LADDER",
    "RED",
    "Digest",
    "Group",
    "Heard",
    "Line",
    "Matter",
    "Said",
    "above",
    "digest",
    "is_instruction",
    "is_said_again",
    "place",
    "reached",
]
