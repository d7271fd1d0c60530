"""Slots: which there are, what each listens to, and its whole history, judged at its epochs only.

`Slots` works on a whole register, or on the few things around one body: `core.duty.kin` names everything a slot may read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from luytre.core.duty import columns, history
from luytre.core.duty.bench import Library
from luytre.core.duty.columns import ALWAYS, FOREVER, NOTHING, STILL, Span
from luytre.core.duty.history import BEGINNING, Timelines
from luytre.core.duty.judge import Judge
from luytre.core.duty.kin import Kin
from luytre.core.duty.model import Dated, Fact, Thing
from luytre.core.duty.scope import holds
from luytre.core.duty.standings import BODY_MARKS, CONFIRMED, NUMBER, OWNER, SYSTEM_MARKS, TYPE, TYPE_CODE
from luytre.core.law.model import Coverage, Duty, Law, Rule, Scope, Version
from luytre.core.when import ONE_DAY, Period

Histories = dict[str, list[Span]]
Judging = Callable[[Law, Iterable[Thing], Iterable[Fact], Library], Timelines]
WAIVER = "waiver.granted"
CHANGE = "system.changed"


def hears(duty: Duty) -> frozenset[str]:
    """The verbs that may change a standing under this duty."""
    return frozenset({WAIVER}.union(*(_version_hears(version) for version in duty.versions)))


def _version_hears(version: Version) -> set[str]:
    rules = _rules(version)
    heard = {*version.needs.verbs, *version.evidence, *(verb for rule in rules for verb in _rule_hears(rule))}
    return heard | ({CHANGE} if any(evidence.on_change for evidence in version.evidence.values()) else set())


def _rule_hears(rule: Rule) -> set[str]:
    return {*rule.events, *(verb for verb in (rule.breach, rule.ended, rule.check) if verb)}


def proving(duty: Duty) -> dict[str, tuple[Scope, ...]]:
    """For verbs that can only prove this duty, and only where their detail says something (layer 3, say): those conditions."""
    found: dict[str, tuple[Scope, ...]] = {}
    other = {WAIVER, CHANGE, *(verb for version in duty.versions for rule in _rules(version) for verb in _rule_hears(rule))}
    for verb in {verb for version in duty.versions for verb in version.evidence} - other:
        held = [version.evidence[verb].when for version in duty.versions if verb in version.evidence]
        conditions = tuple(when for when in held if when is not None)
        if len(conditions) == len(held) == len(duty.versions):
            found[verb] = conditions
    return found


def _rules(version: Version) -> list[Rule]:
    return [version.rule, *(parallel.rule for parallel in version.parallel if parallel.rule)]


def is_beside(fact: Fact, conditions: Mapping[str, tuple[Scope, ...]]) -> bool:
    """Whether a fact of a verb the duty listens to says plainly that it proves something else."""
    asked = conditions.get(fact.verb)
    return asked is not None and all(holds(when, fact.detail.get) is False for when in asked)


def coverage(law: Law) -> Coverage | None:
    """How a body says that its register is complete; None where the law asks for no such word."""
    return next((instrument.coverage for instrument in law.instruments.values() if instrument.coverage), None)


def lines(law: Law, kind: str) -> tuple[str, ...]:
    """The duties judged for things of a kind, in the order of the law."""
    return tuple(duty.id for duty in law.duties.values() if duty.subject == kind)


def slot_keys(law: Law, kin: Kin, refs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every slot of some things: (ref, line)."""
    every = {"organisation": (*lines(law, "organisation"), *BODY_MARKS), "system": (*lines(law, "system"), *SYSTEM_MARKS)}
    for ref in refs:
        if ref in kin.things:
            yield from ((ref, line) for line in every.get(kin.things[ref].kind, ()))


def heard_by(law: Law, named: Iterable[str]) -> frozenset[str]:
    """The verbs that may change any of some lines (duties and marks)."""
    mark = coverage(law)
    heard = [hears(law.duties[line]) for line in named if line in law.duties]
    return frozenset({mark.by} if mark else set()).union(*heard)


class Slots:
    """The slots of some things, and the judge that fills them. `numbers`: ref of a body → its number; `until`: how far timelines reach."""

    def __init__(
        self, law: Law, things: Iterable[Thing], facts: Iterable[Fact], numbers: Mapping[str, int], until: date, judging: Judging = Judge
    ) -> None:
        self.law, self.numbers, self.until, self.judging = law, numbers, until, judging
        self.library = Library(law)
        self.kin = Kin(things)
        self.things = self.kin.things
        facts = list(facts)
        self.facts = history.by_thing(facts)
        self.verb_of = {fact.id: fact.verb for fact in facts}
        self.verb_of |= {fact.id: self.verb_of.get(fact.retracts, fact.verb) for fact in facts if fact.retracts}
        self.hears = {duty.id: hears(duty) for duty in law.duties.values()}
        self.proving = {duty.id: proving(duty) for duty in law.duties.values()}
        self.lines = {kind: lines(law, kind) for kind in ("organisation", "system")}
        self.marks = {"organisation": BODY_MARKS, "system": SYSTEM_MARKS}
        self.coverage = coverage(law)

    def keys(self, refs: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        """Every slot of some things, or of all: (ref, line)."""
        return slot_keys(self.law, self.kin, self.things if refs is None else refs)

    def histories(self, ref: str, since: Mapping[str, int] | None = None, before: Mapping[str, Sequence[Span]] | None = None) -> Histories:
        """The histories of all slots of one thing, or of the lines in `since`: there only what was learnt from that moment on is judged
        again, on top of `before`. One small judge sees what these slots read; at each epoch it judges the duties that learnt something."""
        thing = self.things[ref]
        starts = dict.fromkeys((*self.lines[thing.kind], *self.marks[thing.kind]), ALWAYS) if since is None else since
        found = {line: self._mark(thing, line) for line in starts if line.startswith("@")}
        duties = {line: start for line, start in starts.items() if line not in found}
        for line, start in duties.items():
            found[line] = history.forget((before or {}).get(line, ()), start) if start > ALWAYS else []
        judge = self.judging(self.law, self._read_by(ref), self._weighed_by(ref), self.library) if duties else None
        lessons = ((epoch, line) for line, start in duties.items() for epoch in self.epochs(ref, line) if epoch >= start)
        for epoch, line in sorted(lessons):
            assert judge is not None
            found[line] = history.learn(found[line], judge, line, ref, epoch, self.until)
        return found

    def _read_by(self, ref: str) -> list[Thing]:
        return [self.things[name] for name in sorted(self.kin.rows_of(ref) | self.kin.facts_of(ref)) if name in self.things]

    def _weighed_by(self, ref: str) -> list[Fact]:
        weighed = {fact.id: fact for name in sorted(self.kin.facts_of(ref)) for fact in self.facts.get(name, ())}
        return list(weighed.values())

    def epochs(self, ref: str, duty: str) -> list[int]:
        """The moments at which this slot may have learnt something, from when the thing itself was known."""
        found = history.row_epochs(self.things[name] for name in self.kin.rows_of(ref) if name in self.things)
        for name in self.kin.facts_of(ref):
            told = self.facts.get(name, ())
            if conditions := self.proving[duty]:
                told = [fact for fact in told if not is_beside(fact, conditions)]
            found |= history.fact_epochs(told, duty, self.hears[duty], self.verb_of)
        first = history.first_known(self.things[ref])
        return sorted({max(first, epoch) for epoch in found})

    # -- marks --

    def _mark(self, thing: Thing, line: str) -> list[Span]:
        if line == NUMBER:
            return [(0, FOREVER, ALWAYS, STILL, self.numbers.get(thing.id, NOTHING))]
        if line == OWNER:
            return history.attribute(thing.attributes.get("owner", ()), self.numbers)
        if line == TYPE:
            return self._type(thing)
        assert line == CONFIRMED
        return self._confirmed(thing.id)

    @staticmethod
    def _type(thing: Thing) -> list[Span]:
        """The type while the body exists; nothing before and after."""
        kinds, lives = thing.attributes.get("type", ()), thing.attributes.get("exists", ())
        spans: list[Span] = []
        for epoch in sorted({columns.moment_number(row.known_at) for row in (*kinds, *lives)}):
            known = columns.moment_of(epoch) or BEGINNING
            steps = _while(history.value_steps(kinds, known), history.value_steps(lives, known) if lives else [(date.min, True)])
            coded = ((day, TYPE_CODE.get(value, NOTHING)) for day, value in steps)
            spans = columns.supersede(spans, columns.partition(coded), epoch)
        return spans

    def _confirmed(self, ref: str) -> list[Span]:
        """The days on which the body's word that its register is complete is fresh."""
        if self.coverage is None:
            return [(0, FOREVER, ALWAYS, STILL, 1)]
        heard = [fact for fact in self.facts.get(ref, ()) if fact.verb == self.coverage.by]
        taken = [fact for fact in self.facts.get(ref, ()) if fact.verb in history.TAKES_BACK]
        spans: list[Span] = [(0, FOREVER, ALWAYS, STILL, 0)]
        for epoch in sorted({columns.moment_number(fact.known_at) for fact in (*heard, *taken)}):
            known = columns.moment_of(epoch) or BEGINNING
            gone = {fact.retracts for fact in taken if fact.known_at <= known}
            fresh = [
                Dated(1, fact.on, self._lapses(fact.on), fact.known_at) for fact in heard if fact.known_at <= known and fact.id not in gone
            ]
            steps = [(day, value or 0) for day, value in [(date.min, 0), *history.value_steps(fresh, known)]]
            spans = columns.supersede(spans, columns.partition(steps), epoch)
        return spans

    def _lapses(self, on: date) -> date | None:
        assert self.coverage is not None
        review = self.coverage.review
        if isinstance(review, Period):
            return review.after(on) + ONE_DAY
        params = (instrument.params.get(review) for instrument in self.law.instruments.values() if instrument.coverage is self.coverage)
        held = next((param.on(on) for param in params if param), None)
        return held.value.after(on) + ONE_DAY if held and isinstance(held.value, Period) else None


def _while(values: Sequence[tuple[date, Any]], alive: Sequence[tuple[date, Any]]) -> list[tuple[date, Any]]:
    days = sorted({day for day, _ in (*values, *alive)})
    return [(day, _held(values, day) if _held(alive, day) else None) for day in days]


def _held(steps: Sequence[tuple[date, Any]], day: date) -> Any:
    return next((value for start, value in reversed(steps) if start <= day), None)


def touched(law: Law, kin: Kin, facts: Iterable[Fact], verb_of: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """The slots some new facts may change, each with the moment (microseconds) from which it must be judged again.

    `verb_of`: id of a fact taken back → its verb. Changes of the register are not facts: for these see `Kin.rows_read_by`.
    """
    heard = {duty.id: hears(duty) for duty in law.duties.values()}
    every = {kind: lines(law, kind) for kind in ("organisation", "system")}
    mark = coverage(law)
    found: dict[tuple[str, str], int] = {}
    for fact in facts:
        verb = verb_of.get(fact.retracts or "", fact.verb)
        known = columns.moment_number(fact.known_at)
        for ref in {reader for thing in fact.about for reader in kin.readers_of(thing) if reader in kin.things}:
            kind = kin.things[ref].kind
            changed = [line for line in every.get(kind, ()) if _concerns(fact, verb, line, heard[line])]
            if mark and verb == mark.by and kind == "organisation":
                changed.append(CONFIRMED)
            for line in changed:
                found[ref, line] = min(known, found.get((ref, line), known))
    return found


def _concerns(fact: Fact, verb: str, duty: str, heard: frozenset[str]) -> bool:
    if verb == WAIVER and fact.verb == WAIVER:
        return fact.detail.get("duty") == duty
    return verb in heard
