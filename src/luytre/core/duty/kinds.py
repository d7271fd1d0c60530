"""The kinds of rules: how each makes lines out of a slot's facts and dates."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from luytre.core.duty import proofs as proving
from luytre.core.duty.bench import CHANGED
from luytre.core.duty.due import Terms
from luytre.core.duty.line import DAY, Covered, Due, Forbidden, Line, Span
from luytre.core.duty.model import Fact
from luytre.core.duty.scope import holds
from luytre.core.duty.steps import MISSING
from luytre.core.duty.view import Proof
from luytre.core.law.model import Needs, Rule, Version
from luytre.core.when import Period

if TYPE_CHECKING:
    from luytre.core.duty.slot import Slot


def found_for(slot: "Slot", version: Version, needs: Needs) -> list[Sequence[Proof]]:
    """For each verb needed, the facts that count."""
    found: list[Sequence[Proof]] = []
    for verb in needs.verbs:
        facts = slot.facts(verb)
        evidence = version.evidence.get(verb)
        if facts and evidence is not None and evidence.when is not None:
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


# -- once -------------------------------------------------------------------------------------------------------------


def once(slot: "Slot", horizon: date, newest: int | None) -> list[Line]:
    version = current(slot, horizon)
    if version is None:
        return []
    opens = opening(slot, version)
    terms = slot.bench.terms(slot.duty)
    due = _once_due(slot, version, version.rule, opens, terms)
    if version.parallel:
        due = terms.strictest(version, horizon, due, lambda rule: _once_due(slot, version, rule, opens, terms), asks(slot, horizon))
    found = found_for(slot, version, version.needs)
    if any(e.expires is not None or e.on_change for e in version.evidence.values()):
        return [_lapsing(slot, version, opens, due, found, terms)]
    line = Line(slot, version, opens, None, due)
    proving.settle(line, version.needs, found, due.on)
    return [line]


def _once_due(slot: "Slot", version: Version, rule: Rule, opens: date, terms: Terms) -> Due:
    if rule.edge is None:
        return terms.after(rule.within, opens) if rule.within is not None else Due(None)
    assert isinstance(rule.edge, date)
    due = slot.bench.fixed(slot.duty, rule, rule.edge)
    born = slot.subject.born
    if born is not None and born > due and version.new_subject is not None:
        return terms.born(born, version.new_subject)
    return Due(due, how=("due_fixed", {"edge": rule.edge, "before": rule.edge_excluded}))


def _lapsing(slot: "Slot", version: Version, opens: date, due: Due, found: Sequence[Sequence[Proof]], terms: Terms) -> Line:
    spans = [_held(slot, version, verb, facts, None, terms) for verb, facts in zip(version.needs.verbs, found, strict=True)]
    line = Covered(slot, version, opens, due, proving.covers(version.needs, spans))
    proving.settle(line, version.needs, found, due.on)
    line.partial = sorted((proof for facts in found for proof in facts), key=lambda proof: (proof[0], proof[1].id))
    return line


def _held(slot: "Slot", version: Version, verb: str, facts: Sequence[Proof], review: Period | None, terms: Terms) -> list[Span]:
    """How long each fact of a verb holds: its own expiry, or the review; until a change where the evidence lapses on change."""
    evidence = version.evidence.get(verb)
    spans: list[Span] = []
    for day, fact in facts:
        length = review
        if evidence is not None and evidence.expires is not None:
            length = terms.length(evidence.expires, fact.on)
        last = proving.FOREVER if length is None else length.after(fact.on)
        if evidence is not None and evidence.on_change:
            changes = [changed for changed, _ in slot.facts(CHANGED) if changed > fact.on]
            last = min([last, *changes[:1]])
        spans.append((day, last))
    return spans


# -- windows ----------------------------------------------------------------------------------------------------------


def each_period(slot: "Slot", horizon: date, newest: int | None) -> list[Line]:
    lines: list[Line] = []
    for version in slot.duty.versions:
        if slot.bench.law.settles(slot.duty, version.rule, "rolling", everywhere=False):
            lines += _rolling(slot, version, horizon)
            continue
        windows = slot.bench.windows(slot.duty, version, version.rule, horizon)
        lines += _undated_span(slot, version, horizon) if windows is None else _windows(slot, version, windows, horizon, newest)
    return sorted(lines, key=lambda line: line.opens) if len(slot.duty.versions) > 1 else lines


def _windows(slot: "Slot", version: Version, windows: Sequence[Span], horizon: date, newest: int | None) -> list[Line]:
    """Lines of windows given as (first day, first day after)."""
    born = slot.subject.born
    kept = [window for window in windows if born is None or window[1] > born]
    kept = _with_shorter(slot, version, kept, horizon) if version.parallel else kept
    pools = found_for(slot, version, version.needs)
    named = any(e.period is not None for e in version.evidence.values())
    if newest is not None and not named:
        kept = kept[-newest:]
    return [_window(slot, version, opens, closes, pools, named, horizon) for opens, closes in kept]


def _window(
    slot: "Slot", version: Version, opens: date, closes: date, pools: Sequence[Sequence[Proof]], named: bool, horizon: date
) -> Line:
    terms = slot.bench.terms(slot.duty)
    due = _window_due(version.rule, closes, terms)
    if version.parallel:
        day = min(horizon, closes - DAY)
        due = terms.strictest(version, day, due, lambda rule: _parallel_window(rule, closes, terms), asks(slot, day))
    line = Line(slot, version, opens, closes, due)
    line.shut = "overdue" if named or version.rule.within is not None else "missed"
    _serve(line, version, pools)
    return line


def _serve(line: Line, version: Version, pools: Sequence[Sequence[Proof]]) -> None:
    opens, closes = line.opens, line.closes
    assert closes is not None
    found = []
    for verb, facts in zip(version.needs.verbs, pools, strict=True):
        evidence = version.evidence.get(verb)
        if evidence is None or evidence.period is None:
            found.append([proof for proof in facts if opens <= proof[1].on < closes])
        else:
            found.append([proof for proof in facts if _serves(proving.named_period(evidence, proof[1]), proof[1].on, line)])
    proving.settle(line, version.needs, found, line.due.on, line.due.at)


def _serves(named: date | None, on: date, line: Line) -> bool:
    """A paper serves the window it names (a year is that in which the window opens); one that names none, the window of its day."""
    assert line.closes is not None
    if named is not None and line.version.rule.kind == "each_year":
        return named.year == line.opens.year
    return line.opens <= (named or on) < line.closes


def _window_due(rule: Rule, closes: date, terms: Terms) -> Due:
    last = closes - DAY
    if rule.within is None:
        return Due(last, how=("due_window_end", {}))
    return terms.after(rule.within, last)


def _parallel_window(rule: Rule, closes: date, terms: Terms) -> Due:
    return Due(closes - DAY, how=("due_window_end", {})) if rule.within is None else terms.after(rule.within, closes - DAY)


def _with_shorter(slot: "Slot", version: Version, windows: Sequence[Span], horizon: date) -> list[Span]:
    """Where another instrument wants it more often, its shorter windows stand in place of the longer ones."""
    kept, extra = list(windows), []
    terms = slot.bench.terms(slot.duty)
    for parallel in version.parallel:
        if parallel.rule is None or parallel.rule.kind != "each_period" or not _shorter(parallel.rule, version.rule, terms, horizon):
            continue

        def binds(window: Span, parallel: Any = parallel) -> bool:
            day = min(horizon, window[1] - DAY)
            return parallel.binds_on(day) and (parallel.when is None or asks(slot, day)(parallel.when) is True)

        kept = [window for window in kept if not binds(window)]
        born = slot.subject.born
        beside = slot.bench.windows(slot.duty, version, parallel.rule, horizon) or []
        extra += [window for window in beside if binds(window) and (born is None or window[1] > born)]
    return sorted({*kept, *extra})


def _shorter(one: Rule, other: Rule, terms: Terms, day: date) -> bool:
    a, b = terms.length(one.span, day), terms.length(other.span, day)
    return a is not None and (b is None or a.after(day) < b.after(day))


def _undated_span(slot: "Slot", version: Version, horizon: date) -> list[Line]:
    """A period whose length nobody has decided: one undated line."""
    if not version.in_force_on(horizon):
        return []
    line = Line(slot, version, opening(slot, version), None, Due(None, how=("no_number", {"param": str(version.rule.span)})))
    proving.settle(line, version.needs, found_for(slot, version, version.needs), None)
    return [line]


def _rolling(slot: "Slot", version: Version, horizon: date) -> list[Line]:
    """The rolling reading: never longer than the period since the last time."""
    if not version.in_force_on(horizon):
        return []
    terms = slot.bench.terms(slot.duty)
    length = terms.length(version.rule.span, horizon)
    begins = max(opening(slot, version), version.rule.anchor or version.from_on)
    if length is None or begins > horizon:
        return []
    return [_covered(slot, version, begins, length, terms)]


def _covered(slot: "Slot", version: Version, opens: date, review: Period, terms: Terms) -> Covered:
    found = found_for(slot, version, version.needs)
    spans = [_held(slot, version, verb, facts, review, terms) for verb, facts in zip(version.needs.verbs, found, strict=True)]
    due = Due(review.after(opens) - DAY, how=("due_review", {"months": review.months, "days": review.days}))
    line = Covered(slot, version, opens, due, proving.covers(version.needs, spans))
    line.partial = sorted((proof for facts in found for proof in facts), key=lambda proof: (proof[0], proof[1].id))
    return line


def each_year(slot: "Slot", horizon: date, newest: int | None) -> list[Line]:
    lines: list[Line] = []
    for version in slot.duty.versions:
        windows = slot.bench.windows(slot.duty, version, version.rule, horizon) or []
        pools = found_for(slot, version, version.needs)
        lines += [line for window in windows if (line := _year(slot, version, window, pools, horizon)) is not None]
    return lines


def _year(slot: "Slot", version: Version, window: Span, pools: Sequence[Sequence[Proof]], horizon: date) -> Line | None:
    opens, closes = window
    born = slot.subject.born
    if born is not None and closes <= born:
        return None
    terms = slot.bench.terms(slot.duty)
    due = _year_due(slot, version.rule, opens, terms)
    if due.on is not None and due.on < version.from_on and version.supersedes is None:
        return None
    if due.on is not None and born is not None and born > due.on:
        if version.new_subject is None:
            return None
        due = terms.born(born, version.new_subject)
    if version.parallel:
        day = min(horizon, closes - DAY)
        due = terms.strictest(version, day, due, lambda rule: _year_due(slot, rule, opens, terms), asks(slot, day))
    line = Line(slot, version, opens, closes, due)
    line.shut = "overdue" if any(e.period is not None for e in version.evidence.values()) else "missed"
    _serve(line, version, pools)
    return line


def _year_due(slot: "Slot", rule: Rule, opens: date, terms: Terms) -> Due:
    if rule.edge is None:
        return terms.after(rule.within, opens) if rule.within is not None else Due(None)
    assert isinstance(rule.edge, tuple)
    edge = date(opens.year, *rule.edge)
    if edge < opens or (edge == opens and rule.edge_excluded):
        edge = date(opens.year + 1, *rule.edge)
    return Due(slot.bench.fixed(slot.duty, rule, edge), how=("due_fixed", {"edge": edge, "before": rule.edge_excluded}))


# -- standing and forbidden -------------------------------------------------------------------------------------------


def standing(slot: "Slot", horizon: date, newest: int | None) -> list[Line]:
    version = current(slot, horizon)
    if version is None:
        return []
    terms = slot.bench.terms(slot.duty)
    review = terms.length(version.rule.span, horizon)
    ask = asks(slot, horizon)
    beside = [p for p in version.parallel if p.rule is not None and p.binds_on(horizon) and (p.when is None or ask(p.when) is True)]
    lengths = [terms.length(p.rule.span, horizon) for p in beside if p.rule is not None]
    opens = opening(slot, version)
    known = [length for length in (review, *lengths) if length is not None]
    if not known:
        line = Line(slot, version, opens, None, Due(None, how=("no_number", {"param": str(version.rule.span)})))
        line.partial = [facts[-1] for facts in found_for(slot, version, version.needs) if facts]
        return [line]
    line = _covered(slot, version, opens, min(known, key=lambda length: length.after(opens)), terms)
    bound = Due(None)
    terms.strictest(version, horizon, bound, lambda rule: Due(None), ask)
    line.due.bound, line.due.unclear = bound.bound, bound.unclear
    return [line]


def prohibited(slot: "Slot", horizon: date, newest: int | None) -> list[Line]:
    version = current(slot, horizon)
    if version is None:
        return []
    rule, terms = version.rule, slot.bench.terms(slot.duty)
    checks = [proof for proof in slot.facts(rule.check) if proof[1].detail.get("duty") == slot.duty.id]
    spans: list[Span] = []
    for day, fact in checks:
        length = terms.length(rule.span, fact.on)
        if length is not None:
            spans.append((day, length.after(fact.on)))
    line = Forbidden(slot, version, opening(slot, version), proving.merged(spans), _breaches(slot, rule))
    line.checks = checks
    return [line]


def _breaches(slot: "Slot", rule: Rule) -> list[tuple[date, date, Fact]]:
    """Each breach with its first and last day. One that names no duty counts for every prohibition: red errs on the safe side."""
    mine = (None, "", slot.duty.id)
    ends = [fact for _, fact in slot.facts(rule.ended) if fact.detail.get("duty") in mine]
    found = []
    for day, fact in slot.facts(rule.breach):
        if fact.detail.get("duty") not in mine:
            continue
        ended = next((end.on for end in ends if end.on >= fact.on and _ends(end, fact)), None)
        found.append((day, proving.FOREVER if ended is None else max(ended - DAY, day - DAY), fact))
    return found


def _ends(end: Fact, breach: Fact) -> bool:
    named = proving.links(end, "breach")
    return not named or bool(named & (proving.links(breach, "breach") | {breach.id}))


def should(slot: "Slot", horizon: date, newest: int | None) -> list[Line]:
    version = current(slot, horizon)
    if version is None:
        return []
    opens, due = opening(slot, version), Due(None, how=("recommended", {}))
    found = found_for(slot, version, version.needs)
    if any(e.expires is not None for e in version.evidence.values()):
        return [_lapsing(slot, version, opens, due, found, slot.bench.terms(slot.duty))]
    line = Line(slot, version, opens, None, due)
    proving.settle(line, version.needs, found, None)
    return [line]


# -- gates and events -------------------------------------------------------------------------------------------------


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
    from luytre.core.duty.scope import fields

    if rule.when is None or asks(slot, event.on, event)(rule.when) is not None:
        return ()
    return tuple(name for name in fields(rule.when) if event.detail.get(name, MISSING) in (MISSING, None))


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
    return [facts if e is None or e.when is None else [p for p in facts if proving.counts(e, p[1])] for e, facts in found]


def _follows(fact: Fact, event: Fact, everything: Sequence[Fact], needs: Needs) -> bool:
    if fact.on < event.on or (fact.at is not None and event.at is not None and fact.at < event.at):
        return needs.early and bool(proving.links(fact, str(needs.linked_by)) & (proving.links(event, str(needs.linked_by)) | {event.id}))
    place = everything.index(event)
    later = [other for other in everything[place + 1 :] if other.on <= fact.on and other.on - event.on >= timedelta(0)]
    return proving.answers(fact, event, later, needs)


BY_KIND: dict[str, Callable[["Slot", date, int | None], list[Line]]] = {
    "once": once,
    "each_period": each_period,
    "each_year": each_year,
    "on_event": on_event,
    "before_use": before_use,
    "standing": standing,
    "prohibited": prohibited,
    "should": should,
}
