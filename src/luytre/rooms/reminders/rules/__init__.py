"""Decisions of the room: the ladder (ladder), and what a digest says (letter)."""

from luytre.rooms.reminders.rules.ladder import LADDER, RED, Heard, Matter, Said, above, is_said_again, reached
from luytre.rooms.reminders.rules.letter import Digest, Group, Line, digest

__all__ = ["LADDER", "RED", "Digest", "Group", "Heard", "Line", "Matter", "Said", "above", "digest", "is_said_again", "reached"]
