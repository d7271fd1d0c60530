"""The verbs of the incidents room."""

from luytre.rooms.incidents.actions.cases import assess, close, detect, explain, merge, note, restore
from luytre.rooms.incidents.actions.desk import answer, attach, dismiss, merge_reports, split, take
from luytre.rooms.incidents.actions.evidence import accept_evidence, hand_over, take_evidence
from luytre.rooms.incidents.actions.mailbox import take_in
from luytre.rooms.incidents.actions.papers import draft, issue
from luytre.rooms.incidents.actions.receiving import Received, add, forget_contact, guess, receive
from luytre.rooms.incidents.actions.reminding import remind
from luytre.rooms.incidents.actions.tasks import finish, give, open_playbook

__all__ = [
    "Received",
    "accept_evidence",
    "add",
    "answer",
    "assess",
    "attach",
    "close",
    "detect",
    "dismiss",
    "draft",
    "explain",
    "finish",
    "forget_contact",
    "give",
    "guess",
    "hand_over",
    "issue",
    "merge",
    "merge_reports",
    "note",
    "open_playbook",
    "receive",
    "remind",
    "restore",
    "split",
    "take",
    "take_evidence",
    "take_in",
]
