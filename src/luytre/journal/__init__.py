"""What happened: entries with mentions and attachments, written once by acts, chained and verifiable. Knows nobody above it.

    from luytre import journal

    @journal.act("incident.closed")                       # one transaction, one question, one entry
    def close(*, by, at, incident, lesson):
        ...
        return journal.Told(about=[incident.ref], on=..., detail={...}, result=closure)

    journal.record(by=person, at=now, verb="hunt.completed", about=["system:his"], on=day)       # the plain door beneath @act
    journal.record_many([journal.Row(verb=..., by=..., at=..., about=..., on=...), ...])         # the bulk door, same checks
    journal.retract(by=person, at=now, entry=17, mentions=["system:his"], reason="…")            # whole, or some mentions
    journal.queries.facts(after=seq)                      # what the judge reads
    journal.verify(now)                                   # names the first broken entry
    journal.clock.now(), journal.clock.today()            # the only clock of the house; windows read it and pass it down

`by` is a reference ("person:<code>", "key:<name>", "citizen", "clock", "console") or an object with a `ref`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luytre.journal import clock, queries
    from luytre.journal.acts import Told, act, erase_aside, record, retract, retraction
    from luytre.journal.bulk import Row, record_many
    from luytre.journal.gatehouse import Ask, gate, screen
    from luytre.journal.sealer import seal
    from luytre.journal.store import Stored, Upload
    from luytre.journal.verification import verify

# Models may only be imported once Django has started; so the doors open on first use (PEP 562).
# (No door has the name of a module: importing a module would shadow the door.)
_DOORS = {
    **dict.fromkeys(("Told", "act", "erase_aside", "record", "retract", "retraction"), "luytre.journal.acts"),
    **dict.fromkeys(("Row", "record_many"), "luytre.journal.bulk"),
    **dict.fromkeys(("Ask", "gate", "screen"), "luytre.journal.gatehouse"),
    **dict.fromkeys(("Stored", "Upload"), "luytre.journal.store"),
    "seal": "luytre.journal.sealer",
    "verify": "luytre.journal.verification",
}
__all__ = [
    "Ask",
    "Row",
    "Stored",
    "Told",
    "Upload",
    "act",
    "clock",
    "erase_aside",
    "gate",
    "queries",
    "record",
    "record_many",
    "retract",
    "retraction",
    "screen",
    "seal",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        return getattr(import_module(_DOORS[name]), name)
    if name in ("queries", "clock"):
        return import_module(f"luytre.journal.{name}")
    raise AttributeError(name)
