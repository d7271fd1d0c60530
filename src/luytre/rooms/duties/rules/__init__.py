"""Pure decisions of the duties room: which papers prove a duty (evidence), and the text an officer may start from (texts)."""

from luytre.rooms.duties.rules.decisions import check_decision
from luytre.rooms.duties.rules.evidence import Delegation, Item, Proof, delegated_to, fileable_duties, items, proofs
from luytre.rooms.duties.rules.texts import model_text

__all__ = [
    "Delegation",
    "Item",
    "Proof",
    "check_decision",
    "delegated_to",
    "fileable_duties",
    "items",
    "model_text",
    "proofs",
]
