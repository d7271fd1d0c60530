"""Gates and events: lines that something opened, and which facts answer it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from luytre.core.duty import proofs as proving
from luytre.core.duty.line import Due, Line
from luytre.core.duty.model import Fact
from luytre.core.duty.steps import MISSING
from luytre.core.duty.view import Proof
from luytre.core.law.model import Needs, Rule, Version

if TYPE_CHECKING:
    from luytre.core.duty.slot import Slot


from luytre.core.duty.asking import asks, current, found_for, opening


def before_use(slot: "Slot", horizon: date, newest: int | None) -> list[Line]:
    version = current(slot, horizon)
    if version is not None and version.rule.gate_phase is None:
        return [_gate_event(slot, version, *found) for found in events_of(slot, horizon)]
    if version is None:
        return []
    gate = gate_of(slot, version)
    if gate is not None and gate <= slot.duty.versions[0].from_on:
        return []
    line = Line(slot, version, opening(slot, version), None, Due(gate, how=("due_gate", {"phase": version.rule.gate_phase})))
    _set_gate(line, gate)
    proving.settle(line, version.needs, found_for(slot, version, version.needs), gate)
    return [line]


def gate_of(slot: "Slot", version: Version) -> date | None:
    """The first day of the phase at the gate; None while it has not come."""
    phase = slot.subject.field("phase")
    return next((day for day, value in zip(phase.starts, phase.values, strict=True) if value == version.rule.gate_phase), None)


def _set_gate(line: Line, gate: date | None) -> None:
    line.gate = True
    line.over_from = gate


def _gate_event(slot: "Slot", version: Version, event: Fact, day: date, rest: Sequence[Fact]) -> Line:
    """Proof is wanted before the event: one that names the case, or, where none is named, one since the event before this one."""
    line = Line(slot, version, day, None, Due(event.on, how=("due_gate", {"event": event.id})), event)
    _set_gate(line, event.on)
    line.when_unknown = _unclear(slot, version.rule, event)
    earlier = max((other.on for other in rest if other.on < event.on), default=None)
    found = [
        [proof for proof in facts if _before_gate(proof[1], event, earlier, version.needs)]
        for facts in found_for(slot, version, version.needs)
    ]
    proving.settle(line, version.needs, found, event.on)
    if line.done_on is not None:
        line.done_on = max(line.done_on, day)
    return line


def _before_gate(fact: Fact, event: Fact, earlier: date | None, needs: Needs) -> bool:
    if needs.linked_by is not None:
        named = proving.links(fact, needs.linked_by)
        if named:
            return bool(named & (proving.links(event, needs.linked_by) | {event.id}))
        if proving.links(event, needs.linked_by) and not needs.loosely:
            return False
    return earlier is None or fact.on > earlier


def on_event(slot: "Slot", horizon: date, newest: int | None) -> list[Line]:
    return [_event(slot, *found) for found in events_of(slot, horizon)]


def events_of(slot: "Slot", horizon: date) -> Iterable[tuple[Fact, date, list[Fact]]]:
    """Events that opened a matter by a day: each with the day it counts from and all events of its kind."""
    rules = {verb: version for version in slot.duty.versions for verb in version.rule.events}
    happened = [proof for verb in rules for proof in slot.events(verb)]
    happened.sort(key=lambda proof: (proof[1].on, proof[1].at is None, proof[1].at or proof[1].known_at, proof[1].id))
    kept = _once_each(slot, [proof for proof in happened if _opens(slot, proof[1])])
    everything = [fact for _, fact in kept]
    return [(fact, fact.on, everything) for day, fact in kept if fact.on <= horizon]


def _opens(slot: "Slot", event: Fact) -> bool:
    version = slot.duty.on(event.on)
    if version is None or event.verb not in version.rule.events:
        return False
    when = version.rule.when
    return when is None or asks(slot, event.on, event)(when) is not False


def _once_each(slot: "Slot", happened: Sequence[Proof]) -> list[Proof]:
    """A case reported under two verbs (an order issued, then received) is one matter."""
    key = slot.duty.versions[0].needs.linked_by
    seen: dict[str, str] = {}
    kept = []
    for day, fact in happened:
        cases = proving.links(fact, key) if key else set()
        if any(seen.get(case, fact.verb) != fact.verb for case in cases):
            continue
        seen.update(dict.fromkeys(cases, fact.verb))
        kept.append((day, fact))
    return kept


def _unclear(slot: "Slot", rule: Rule, event: Fact) -> tuple[str, ...]:
    """The fields without which nobody can tell whether the event opens the matter."""
    from luytre.core.duty.scope import untold

    if rule.when is None or asks(slot, event.on, event)(rule.when) is not None:
        return ()
    return untold(rule.when, lambda name: event.detail.get(name, MISSING))


def _event(slot: "Slot", event: Fact, day: date, everything: Sequence[Fact]) -> Line:
    version = slot.duty.on(event.on)
    assert version is not None
    terms = slot.bench.terms(slot.duty)
    ask = asks(slot, event.on, event)

    def due_by(rule: Rule) -> Due:
        assert rule.within is not None
        return terms.after(rule.within, event.on, event.at, event.detail)

    due = terms.strictest(version, event.on, due_by(version.rule), due_by, ask) if version.parallel else due_by(version.rule)
    line = Line(slot, version, day, None, due, event)
    line.when_unknown = _unclear(slot, version.rule, event)
    found = [
        [proof for proof in facts if _follows(proof[1], event, everything, version.needs)] for facts in _answering(slot, version, event)
    ]
    proving.settle(line, version.needs, found, due.on, due.at)
    if line.done_on is not None:
        line.done_on = max(line.done_on, day)
    return line


def _answering(slot: "Slot", version: Version, event: Fact) -> list[Sequence[Proof]]:
    found = [(version.evidence.get(verb), slot.answers(event, verb)) for verb in version.needs.verbs]
    return [facts if e is None or not e.asks else [p for p in facts if proving.counts(e, p[1])] for e, facts in found]


def _follows(fact: Fact, event: Fact, everything: Sequence[Fact], needs: Needs) -> bool:
    if fact.on < event.on or (fact.at is not None and event.at is not None and fact.at < event.at):
        return needs.early and bool(proving.links(fact, str(needs.linked_by)) & (proving.links(event, str(needs.linked_by)) | {event.id}))
    place = everything.index(event)
    later = [other for other in everything[place + 1 :] if other.on <= fact.on and other.on - event.on >= timedelta(0)]
    return proving.answers(fact, event, later, needs)
