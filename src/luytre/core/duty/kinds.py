"""The kinds of rules: how each makes lines out of a slot's facts and dates."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from luytre.core.duty import proofs as proving
from luytre.core.duty.bench import CHANGED
from luytre.core.duty.due import Terms
from luytre.core.duty.line import DAY, Covered, Due, Forbidden, Line, Span
from luytre.core.duty.model import Fact
from luytre.core.duty.view import Proof
from luytre.core.law.model import Rule, Version
from luytre.core.when import Period

if TYPE_CHECKING:
    from luytre.core.duty.slot import Slot
from luytre.core.duty.asking import asks, current, found_for, opening
from luytre.core.duty.events import before_use, on_event

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
