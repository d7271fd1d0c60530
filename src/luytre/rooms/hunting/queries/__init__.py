"""Questions of the hunting room."""

from luytre.rooms.hunting.queries.scope import may_hunt, offered_bodies, systems_of
from luytre.rooms.hunting.queries.shelf import hunt, hunts, last_run, lead, upload

__all__ = ["hunt", "hunts", "last_run", "lead", "may_hunt", "offered_bodies", "systems_of", "upload"]
