"""Questions of the rights room: the ground of a decision, the journal as its readers see it, what is kept about a person."""

from luytre.rooms.rights.queries.decision import Decision, decide, verb_choices
from luytre.rooms.rights.queries.people import Card, card, data_of, marks_of, may_erase, traces
from luytre.rooms.rights.queries.record import (
    Line,
    Shelf,
    heads,
    keeps_numbers_only,
    label_of,
    labelled,
    lines,
    may_label,
    may_read_journal,
    may_restrict,
    seats,
    system,
)

__all__ = [
    "Card",
    "Decision",
    "Line",
    "Shelf",
    "card",
    "data_of",
    "decide",
    "heads",
    "keeps_numbers_only",
    "label_of",
    "labelled",
    "lines",
    "marks_of",
    "may_erase",
    "may_label",
    "may_read_journal",
    "may_restrict",
    "seats",
    "system",
    "traces",
    "verb_choices",
]
