"""What every kind of rule asks of a slot: the facts that count, conditions on a day, the first day of a window."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from luytre.core.duty import proofs as proving
from luytre.core.duty.model import Fact
from luytre.core.duty.scope import holds
from luytre.core.duty.view import Proof
from luytre.core.law.model import Needs, Version

if TYPE_CHECKING:
    from luytre.core.duty.slot import Slot


def found_for(slot: "Slot", version: Version, needs: Needs) -> list[Sequence[Proof]]:
    """For each verb needed, the facts that count."""
    found: list[Sequence[Proof]] = []
    for verb in needs.verbs:
        facts = slot.facts(verb)
        evidence = version.evidence.get(verb)
        if facts and evidence is not None and evidence.asks:
            facts = [proof for proof in facts if proving.counts(evidence, proof[1])]
        if facts and evidence is not None and (apart := evidence.independent) is not None:
            facts = [proof for proof in facts if proving.is_independent(apart, proof[1], slot.facts(apart.of))]
        found.append(facts)
    return found


def asks(slot: "Slot", day: date, event: Fact | None = None) -> Callable[[Any], bool | None]:
    """A reader of conditions: fields of the event's detail first, then attributes of the bearer on a day."""

    def value(name: str) -> Any:
        if event is not None and name in event.detail:
            return event.detail[name]
        return slot.subject.field(name).on(day)

    return lambda scope: holds(scope, value)


def opening(slot: "Slot", version: Version) -> date:
    """The first day of an open-ended window: of the version, or of a bearer that came into being later."""
    born = slot.subject.born
    return version.from_on if born is None or born <= version.from_on else born


def current(slot: "Slot", horizon: date) -> Version | None:
    return slot.duty.on(horizon)
