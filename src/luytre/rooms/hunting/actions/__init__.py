"""The verbs of the hunting room."""

from luytre.rooms.hunting.actions.hunts import ask_run, cancel, start
from luytre.rooms.hunting.actions.kits import give as give_kit
from luytre.rooms.hunting.actions.kits import take_bundle
from luytre.rooms.hunting.actions.report import Conclusion, complete
from luytre.rooms.hunting.actions.running import run
from luytre.rooms.hunting.actions.triage import Confirmed, judge, when_confirmed
from luytre.rooms.hunting.actions.uploads import drop, open_upload, take_file, take_part

__all__ = [
    "Conclusion",
    "Confirmed",
    "ask_run",
    "cancel",
    "complete",
    "drop",
    "give_kit",
    "judge",
    "open_upload",
    "run",
    "start",
    "take_bundle",
    "take_file",
    "take_part",
    "when_confirmed",
]
