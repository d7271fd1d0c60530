"""Why a line stands as it does: reasons as codes and parameters (sentences are made in `words`).

Codes: clause · parallel · parallel_unclear · due_fixed · due_new_subject · due_window_end · due_term · due_hours · due_named · due_gate ·
due_review · no_number · prohibited · recommended · reading · house_default · evidence · missing · breach · waiver · lapsed ·
scope_unknown · event_unclear · out_of_scope · not_bearer · not_yet · no_version · in_use_before_rule · no_systems · register_unconfirmed ·
no_event · not_open · not_independent · inherited · closed_with_bearer · answerable_succeeded · head · no_owner
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from luytre.core.duty.line import DONE, Covered, Line, as_day
from luytre.core.duty.model import Reason, Result
from luytre.core.duty.proofs import counts, is_independent
from luytre.core.duty.scope import holds, untold
from luytre.core.duty.steps import MISSING
from luytre.core.duty.stretches import flips_on, since
from luytre.core.law.model import Scope, Version

if TYPE_CHECKING:
    from luytre.core.duty.slot import Slot

DAY = timedelta(days=1)


def result(line: Line, on: date, moment: datetime | None, status: str) -> Result:
    """The full line of a matter on a day."""
    slot = line.slot
    read = on if line.frozen_on is None else min(on, line.frozen_on)
    shown = line.read_by(read, moment)
    held_until = line.closes
    ended = slot.subject.ended
    if ended is not None and on >= ended and (held_until is None or held_until > ended):
        held_until = ended
    answers, reasons = answerable(slot, line.day(read) if line.inherited_from is None else on, line.inherited_from)
    pending = status == "unknown" and (line.when_unknown or slot.scope(line.version).on(line.day(read)) is None)
    return Result(
        duty=slot.duty.id,
        clause=line.version.clause,
        bearer=slot.bearer,
        answerable=answers,
        window=(line.opens, held_until),
        event=None if line.event is None else line.event.id,
        due_on=line.due_on(read),
        due_at=line.due.at,
        status=status,
        since=since(line, read, moment),
        flips_on=None if read < on else flips_on(line, on, moment),
        evidence=tuple(fact.id for _, fact in line.shown(shown)),
        missing=() if pending else line.missing(shown),
        reasons=(*_of_line(line, shown, status), *reasons),
        version=line.version.v,
        readings=readings(slot, line.version),
        on=on,
        known=slot.bench.view.known,
    )


def readings(slot: "Slot", version: Version) -> tuple[str, ...]:
    """The readings a version rests on, its own first."""
    return version.rule.readings


def _of_line(line: Line, on: date, status: str) -> Iterator[Reason]:
    slot, version = line.slot, line.version
    instrument = slot.bench.law.instruments[slot.duty.instrument]
    yield Reason("clause", {"instrument": instrument.id, "number": instrument.number, "clause": version.clause})
    for parallel, due in line.due.bound:
        named = slot.bench.law.instruments.get(parallel.instrument)
        number = parallel.instrument if named is None else named.number
        yield Reason("parallel", {"instrument": parallel.instrument, "number": number, "clause": parallel.clause, "due_on": due})
    for parallel in line.due.unclear:
        yield Reason("parallel_unclear", {"instrument": parallel.instrument, "clause": parallel.clause})
    yield Reason(*line.due.how)
    for name in version.rule.readings:
        reading = instrument.readings[name]
        yield Reason("reading", {"reading": name, "as": reading.reading, "house_default": reading.decided is None})
    yield from _house_defaults(line, on)
    yield from _weighed(line, on, status)
    yield from _changed_hands(line, on)


def _house_defaults(line: Line, on: date) -> Iterator[Reason]:
    span = line.version.rule.span
    if isinstance(span, str):
        value = line.slot.bench.law.param(line.slot.duty, span).on(on)
        if value is not None and value.house_default:
            yield Reason("house_default", {"param": span, "value": value.value})


def _weighed(line: Line, on: date, status: str) -> Iterator[Reason]:
    if status == "unknown":
        yield from _unknown(line, on)
    if status == "waived":
        for fact in line.slot.waivers:
            if line.waives(fact, on):
                yield Reason(
                    "waiver", {"fact": fact.id, "number": fact.detail.get("number"), "until_on": as_day(fact.detail.get("until_on"))}
                )
    for _, fact in line.shown(on):
        broken = fact.verb == line.version.rule.breach
        yield Reason("breach" if broken else "evidence", {"fact": fact.id, "verb": fact.verb, "on": fact.on})
    if status == "overdue" and isinstance(line, Covered) and line.shown(on) and line.due.on is not None:
        yield Reason("lapsed", {"on": line.due_on(on)})
    if status not in DONE:
        yield from _same_hand(line, on)
        for verb in line.missing(on):
            yield Reason("missing", {"verb": verb})


def _same_hand(line: Line, on: date) -> Iterator[Reason]:
    """Proof of this window that did not count because it came from the hand it had to be independent of."""
    for verb, evidence in line.version.evidence.items():
        apart = evidence.independent
        if apart is None:
            continue
        for _, fact in line.slot.facts(verb):
            mine = counts(evidence, fact) and line.opens <= fact.on <= on and (line.closes is None or fact.on < line.closes)
            if mine and not is_independent(apart, fact, line.slot.facts(apart.of)):
                yield Reason("not_independent", {"fact": fact.id, "verb": verb, "on": fact.on, "hand": fact.detail.get(apart.name)})


def _unknown(line: Line, on: date) -> Iterator[Reason]:
    for name in line.when_unknown:
        yield Reason("event_unclear", {"field": name, "event": None if line.event is None else line.event.id})
    day = line.day(on)
    if line.inherited_from is None and line.slot.scope(line.version).on(day) is None:
        for name in unknown_fields(line.slot, line.version, day):
            yield Reason("scope_unknown", {"field": name, "on": day})


def _changed_hands(line: Line, on: date) -> Iterator[Reason]:
    ended = line.slot.subject.ended
    if line.inherited_from is not None:
        yield Reason("inherited", {"from": line.inherited_from, "on": ended})
    elif line.frozen_on is not None and ended is not None:
        to = line.slot.bench.heirs.living(line.slot.bearer, line.slot.duty.id, ended)
        yield Reason("closed_with_bearer", {"on": ended, "to": to})


def answerable(slot: "Slot", on: date, inherited_from: str | None = None) -> tuple[str | None, tuple[Reason, ...]]:
    """Who answers for a slot on a day: the bearer itself or the owner of the system, and its head that day."""
    if slot.duty.answerable == "self" or slot.duty.subject == "organisation":
        held: str | None = slot.bearer
    else:
        owner = slot.bench.owner(slot.subject, on)
        held = slot.bench.heirs.living(owner, slot.duty.id, on)
        if owner is None:
            return None, (Reason("no_owner", {"on": on}),)
        if held is None:
            return owner, (Reason("head", {"org": owner, "head": None}),)
        if held != owner:
            return held, (Reason("answerable_succeeded", {"from": owner, "to": held}), _head(slot, held, on))
    assert held is not None
    return held, (_head(slot, held, on),)


def _head(slot: "Slot", org: str, on: date) -> Reason:
    subject = slot.bench.view.subject(org)
    head = MISSING if subject is None else subject.field("head").on(on)
    return Reason("head", {"org": org, "head": None if head is MISSING else head})


def unknown_fields(slot: "Slot", version: Version, on: date) -> list[str]:
    """The fields without which nobody can tell whether the duty applies."""
    scope = slot.bench.view.scopes[slot.bench.scope_key(slot.duty, version)][0]
    return list(untold(scope, lambda name: slot.subject.field(name).on(on)))


def out_of_scope(slot: "Slot", on: date) -> Result:
    """The one line of a slot to which the duty does not apply."""
    day = on if slot.subject.ended is None else min(on, slot.subject.ended - DAY)
    version = slot.duty.on(day)
    born = slot.subject.born
    answers: str | None = slot.bearer
    if born is not None and born > on:
        reasons = (Reason("not_yet", {"from_on": None if born == date.max else born}),)
    else:
        answers, _ = answerable(slot, day)
        reasons = (no_duty(slot, version, day),)
    shown = version or slot.duty.versions[-1]
    return Result(
        duty=slot.duty.id,
        clause=shown.clause,
        bearer=slot.bearer,
        answerable=answers,
        window=None,
        event=None,
        due_on=None,
        due_at=None,
        status="not_applicable",
        flips_on=_begins_after(slot, on),
        reasons=reasons,
        version=shown.v,
        readings=shown.rule.readings,
        on=on,
        known=slot.bench.view.known,
    )


def nothing_yet(slot: "Slot", on: date) -> Result:
    """The cell of a slot that owes nothing yet: its event never happened, or its first window has not opened."""
    version = slot.duty.on(on) or slot.duty.versions[-1]
    answers, reasons = answerable(slot, on)
    code = "no_event" if version.rule.events else "not_open"
    return Result(
        duty=slot.duty.id,
        clause=version.clause,
        bearer=slot.bearer,
        answerable=answers,
        window=None,
        event=None,
        due_on=None,
        due_at=None,
        status="not_open",
        reasons=(Reason(code, {"events": version.rule.events}), *reasons),
        version=version.v,
        readings=version.rule.readings,
        on=on,
        known=slot.bench.view.known,
    )


def ended(slot: "Slot", on: date) -> Result:
    """The cell of a body that is no more: what it left open is shown at who took it over."""
    found = out_of_scope(slot, on)
    day = slot.subject.ended
    assert day is not None
    to = slot.bench.heirs.living(slot.bearer, slot.duty.id, on)
    found.reasons = (Reason("closed_with_bearer", {"on": day, "to": to}),)
    found.flips_on = None
    return found


def _begins_after(slot: "Slot", on: date) -> date | None:
    """The next day on which the duty applies, by what the register already says."""
    for day in sorted({day for version in slot.duty.versions for day in slot.scope(version).after(on)}):
        if slot.applies_on(day) is not False and slot.lines(day):
            return day
    return None


def no_duty(slot: "Slot", version: Version | None, on: date) -> Reason:
    """Why a duty does not apply on a day."""
    if version is None:
        return Reason("no_version", {"until_on": slot.duty.versions[-1].until_on})
    scope = slot.bench.view.scopes[slot.bench.scope_key(slot.duty, version)][0]
    failing = _failing(slot, scope, on) if scope is not None else None
    if failing is None:
        return Reason("in_use_before_rule", {"phase": version.rule.gate_phase})
    has = slot.subject.field(failing.name).on(on)
    params: dict[str, Any] = {"field": failing.name, "has": None if has is MISSING else has, "op": failing.op, "value": failing.value}
    return Reason("not_bearer" if failing.name in ("type", "owner.type") else "out_of_scope", params)


def _failing(slot: "Slot", scope: Scope, on: date) -> Scope | None:
    """The first comparison that keeps a duty from applying."""
    if scope.name:
        return scope if holds(scope, lambda name: slot.subject.field(name).on(on)) is False else None
    found = (_failing(slot, part, on) for part in scope.parts)
    return next((part for part in found if part is not None), None)
