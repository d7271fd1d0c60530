"""The judge: law × register × facts × moment → one line for each duty, bearer and window. Pure: no clock, no I/O."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from luytre.core.duty import why
from luytre.core.duty.bench import Bench, Library, owned_by
from luytre.core.duty.cell import has_ended, is_out_of_scope, standing_line, timeline
from luytre.core.duty.coverage import OwnerStanding, coverage_line, coverage_timeline, owner_standing
from luytre.core.duty.green import facts_wanted, line_of
from luytre.core.duty.heirs import Heirs, may_end
from luytre.core.duty.line import Line
from luytre.core.duty.model import Fact, Result, Thing
from luytre.core.duty.slot import Slot
from luytre.core.duty.view import Facts, Register, View
from luytre.core.law.model import Duty, Law

BENCHES_KEPT = 4
REGISTERS_KEPT = 8


class Judge:
    """Judges duties. `on` is the day judged (or a moment of it), `known` the moment by which facts and register rows had reached us;
    without `known` the end of that day in the law's time zone."""

    def __init__(self, law: Law, things: Iterable[Thing], facts: Iterable[Fact] = (), library: Library | None = None) -> None:
        """`library`: what another judge of the same law has already worked out."""
        self.law = law
        self.things = {thing.id: thing for thing in things}
        self.facts = Facts(facts)
        self.library = library or Library(law)
        self._ending = may_end(self.things.values())
        self._owned = owned_by(self.things.values())
        self._benches: OrderedDict[datetime, Bench] = OrderedDict()
        rows = (row for thing in self.things.values() for held in thing.attributes.values() for row in held)
        self._changes = sorted({row.known_at for row in rows if row.known_at is not None})
        self._registers: OrderedDict[int, Heirs] = OrderedDict()

    def _register(self, known: datetime) -> Heirs:
        """The register as known at a moment, with its heirs; shared by all moments between two changes of the register."""
        turn = bisect_right(self._changes, known)
        if turn not in self._registers:
            self._registers[turn] = Heirs(Register(self.things, known, self.library.scopes), self._ending)
            while len(self._registers) > REGISTERS_KEPT:
                self._registers.popitem(last=False)
        self._registers.move_to_end(turn)
        return self._registers[turn]

    def bench(self, known: datetime) -> Bench:
        """What is known at a moment, kept for the next question about it."""
        found = self._benches.get(known)
        if found is None:
            heirs = self._register(known)
            found = self._benches[known] = Bench(self.library, View(heirs.register, self.facts, known), heirs, self._owned)
            while len(self._benches) > BENCHES_KEPT:
                self._benches.popitem(last=False)
        self._benches.move_to_end(known)
        return found

    def add(self, fact: Fact) -> set[str]:
        """Take in one more fact. Gives the refs (things) it concerns; everything else stands as it was."""
        refs = self.facts.add(fact)
        for bench in self._benches.values():
            bench.view.forget(refs)
        return refs

    def slot(self, duty_id: str, bearer: str, on: date | datetime, known: datetime | None = None) -> Slot | None:
        """One duty of one bearer; None where the register has no such bearer or the duty is not of its kind. KeyError: unknown duty."""
        day, _, known = self._moment(on, known)
        duty, bench = self.law.duties[duty_id], self.bench(known)
        subject = bench.view.subject(bearer)
        if subject is None or subject.thing.kind != duty.subject:
            return None
        return Slot(bench, duty, subject, day)

    def results(self, duty_id: str, bearer: str, on: date | datetime, known: datetime | None = None) -> list[Result]:
        """All lines of one duty of one bearer: every window that opened by the day judged, events, inherited matters; or the one
        `not_applicable` line. An owner's duty over systems it has none of: whether its register is known to be complete."""
        day, moment, known = self._moment(on, known)
        slot = self.slot(duty_id, bearer, day, known)
        if slot is not None:
            return self._of_slot(slot, day, moment)
        line = coverage_line(self.bench(known), self.law.duties[duty_id], bearer, day)
        return [] if line is None else [line]

    def _of_slot(self, slot: Slot, day: date, moment: datetime | None) -> list[Result]:
        lines = slot.lines(day)
        if moment is not None:
            lines = [line for line in lines if line.event is None or line.event.at is None or line.event.at <= moment]
        found = [(line, line.status_on(day, moment)) for line in [*lines, *slot.inherited()]]
        results = [why.result(line, day, moment, status) for line, status in found if status != "not_applicable"]
        if not results and day >= slot.duty.versions[0].from_on and is_out_of_scope(slot, day):
            return [why.out_of_scope(slot, day)]
        return sorted(results, key=_order)

    def all(self, on: date | datetime, known: datetime | None = None, duties: Iterable[str] | None = None) -> Iterator[Result]:
        """Every line of every duty and bearer, sorted by duty, bearer, window."""
        day, _, known = self._moment(on, known)
        bench = self.bench(known)
        for duty_id in sorted(set(self.law.duties if duties is None else duties)):
            for bearer in self.bearers(self.law.duties[duty_id], bench, day):
                yield from self.results(duty_id, bearer, on, known)

    def bearers(self, duty: Duty, bench: Bench, on: date) -> Sequence[str]:
        """Refs that may have a line under a duty, in order: things of its kind, and owners whose register must be complete."""
        kinds = (duty.subject,) if duty.subject == "organisation" else ("system", "organisation")
        return [ref for ref in sorted(self.things) if self.things[ref].kind in kinds]

    def standing(self, duty_id: str, bearer: str, on: date | datetime, known: datetime | None = None) -> Result | None:
        """The one line of a slot that a board cell shows. A slot in scope whose event never happened, or whose first window has not
        opened, gives `not_open`; a body that ended owes nothing any more (what it left open is counted at its successor), nor does a
        system that was retired; None where there is no such slot, or the rule is not yet in force."""
        day, _, known = self._moment(on, known)
        slot = self.slot(duty_id, bearer, day, known)
        if slot is None:
            return next(iter(self.results(duty_id, bearer, on, known)), None)
        if day < slot.duty.versions[0].from_on:
            return None
        if has_ended(slot, day):
            return why.ended(slot, day)
        found = standing_line(self.results(duty_id, bearer, on, known))
        if found is not None:
            return found
        return why.out_of_scope(slot, day) if is_out_of_scope(slot, day) else why.nothing_yet(slot, day)

    def timeline(self, duty_id: str, bearer: str, known: datetime, until: date) -> list[tuple[date, str]]:
        """The standing of a slot on every day, as known at one moment: (from this day on, status), in order, equal neighbours merged.
        Before the first entry there is no line. A day after the last entry up to `until` stands as the last entry."""
        _, _, known = self._moment(until, known)
        slot = self.slot(duty_id, bearer, until, known)
        if slot is not None:
            return timeline(slot, until, [subject.ended for subject in slot.bench.heirs.ended if subject.ended is not None])
        return coverage_timeline(self.bench(known), self.law.duties[duty_id], bearer, until)

    def turns_green(self, result: Result) -> list[Fact]:
        """The facts that would turn a result green on the day it was judged; empty where none can, or none is needed."""
        if result.on is None or result.known is None:
            raise ValueError("a result as the judge gave it carries the day it was judged")
        slot = self.slot(result.duty, result.bearer, result.on, result.known)
        if slot is None:
            verbs = result.missing if result.status == "unknown" else ()
            return [Fact(f"would:{result.duty}:{result.bearer}:{v}", v, (result.bearer,), result.on, result.known) for v in verbs]
        line = line_of([*slot.lines(result.on), *slot.inherited()], result)
        return [] if line is None else facts_wanted(line, result.on, result.known)

    def owner_standing(self, duty_id: str, org: str, on: date, known: datetime | None = None) -> OwnerStanding:
        """A duty over systems at their owner: the worst of its systems, how many are met of how many that owe; `unknown` while the
        body has not confirmed its register, unless something worse is known."""
        day, _, known = self._moment(on, known)
        bench, duty = self.bench(known), self.law.duties[duty_id]
        found = [self.standing(duty_id, system.thing.id, day, known) for system in bench.systems(org, day)]
        return owner_standing(bench, duty, org, day, [result for result in found if result is not None])

    def listeners(self, verb: str) -> list[str]:
        """Duties whose lines a fact of this verb may change."""
        return self.library.listeners(verb)

    def lines(self, duty_id: str, bearer: str, on: date, known: datetime | None = None, newest: int | None = None) -> list[Line]:
        """The unwritten lines of a slot (no reasons): what bulk work reads."""
        slot = self.slot(duty_id, bearer, on, known)
        return [] if slot is None else [*slot.lines(on, newest), *slot.inherited()]

    def _moment(self, on: date | datetime, known: datetime | None) -> tuple[date, datetime | None, datetime]:
        calendar = self.law.calendar
        moment = None
        if isinstance(on, datetime):
            moment = on if on.tzinfo is not None else on.replace(tzinfo=calendar.zone)
            on = moment.astimezone(calendar.zone).date()
        if known is None:
            known = calendar.end_of(on)
        return on, moment, known if known.tzinfo is not None else known.replace(tzinfo=calendar.zone)


def _order(result: Result) -> tuple[str, str, date, date, str]:
    first, until = result.window or (date.min, None)
    return result.duty, result.bearer, first, until or date.max, result.event or ""
