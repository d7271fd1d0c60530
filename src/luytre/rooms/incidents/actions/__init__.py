"""The verbs of the incidents room."""

from luytre.rooms.incidents.actions.cases import assess, close, detect, explain, merge, note, restore
from luytre.rooms.incidents.actions.desk import answer, attach, dismiss, merge_reports, split, take
from luytre.rooms.incidents.actions.evidence import accept_evidence, hand_over, refuse_evidence, take_evidence
from luytre.rooms.incidents.actions.mailbox import take_in
from luytre.rooms.incidents.actions.papers import breach_of, draft, issue, versions
from luytre.rooms.incidents.actions.reading import tell_read
from luytre.rooms.incidents.actions.receiving import Received, add, forget_contact, guess, receive
from luytre.rooms.incidents.actions.reminding import remind
from luytre.rooms.incidents.actions.shifts import acknowledge, hand_shift, hear, issue_log, log_paper, snooze, take_shift
from luytre.rooms.incidents.actions.tasks import finish, give, open_playbook
from luytre.rooms.incidents.actions.work import add_asset, add_cost, change_asset, complete

__all__ = [
    "Received",
    "accept_evidence",
    "acknowledge",
    "add",
    "add_asset",
    "add_cost",
    "answer",
    "assess",
    "attach",
    "breach_of",
    "change_asset",
    "close",
    "complete",
    "detect",
    "dismiss",
    "draft",
    "explain",
    "finish",
    "forget_contact",
    "give",
    "guess",
    "hand_over",
    "hand_shift",
    "hear",
    "issue",
    "issue_log",
    "log_paper",
    "merge",
    "merge_reports",
    "note",
    "open_playbook",
    "receive",
    "refuse_evidence",
    "remind",
    "restore",
    "snooze",
    "split",
    "take",
    "take_evidence",
    "take_in",
    "take_shift",
    "tell_read",
    "versions",
]
