"""One duty of one bearer: the facts that concern it, and the lines it has by a given day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from luytre.core.duty import kinds
from luytre.core.duty.line import Line
from luytre.core.duty.model import Fact
from luytre.core.duty.steps import Steps
from luytre.core.duty.view import Proof, Subject
from luytre.core.law.model import Duty, Version

if TYPE_CHECKING:
    from luytre.core.duty.bench import Bench

WAIVER = "waiver.granted"
INHERITABLE = ("overdue", "due_soon", "open", "undated")


class Slot:
    """Duty × bearer at one known moment. `before`: bodies that ended and whose duty this bearer took over."""

    __slots__ = ("bearer", "before", "bench", "duty", "is_should", "subject", "waivers")

    def __init__(self, bench: "Bench", duty: Duty, subject: Subject, on: date) -> None:
        self.bench = bench
        self.duty = duty
        self.subject = subject
        self.bearer = subject.thing.id
        self.is_should = duty.modal == "should"
        self.before: list[Subject] = []
        if bench.heirs.ended and duty.subject == "organisation":
            self.before = bench.heirs.before(self.bearer, duty.id, on)
        self._read_waivers()

    def _read_waivers(self) -> None:
        waivers = self.facts(WAIVER)
        self.waivers: list[Fact] = [fact for _, fact in waivers if fact.detail.get("duty") == self.duty.id] if waivers else []

    def scope(self, version: Version) -> Steps:
        return self.subject.scope(self.bench.scope_key(self.duty, version))

    def facts(self, verb: str) -> Sequence[Proof]:
        """Facts of a verb about the bearer, and those it took over with the duty (counting from the day of succession)."""
        own = self.bench.view.facts(self.subject.thing.id).get(verb)
        if not self.before:
            return own
        taken = [proof for subject in self.before for proof in self._taken(subject, verb)]
        return sorted([*own, *taken], key=lambda proof: (proof[0], proof[1].id)) if taken else own

    def _taken(self, subject: Subject, verb: str) -> Iterator[Proof]:
        ended = subject.ended
        assert ended is not None
        for day, fact in self.bench.view.facts(subject.thing.id).get(verb):
            if day < ended:
                yield ended, fact

    def lines(self, horizon: date, newest: int | None = None) -> list[Line]:
        """All lines whose window opened on or before `horizon`, oldest first; with `newest` only so many of the windows of a period."""
        born, ended = self.subject.born, self.subject.ended
        if born is not None and born > horizon:
            return []
        last = None if ended is None or ended > horizon else ended - timedelta(days=1)
        horizon = horizon if last is None else last
        make: Callable[[Slot, date, int | None], list[Line]] = kinds.BY_KIND[self.duty.versions[0].rule.kind]
        lines = make(self, horizon, newest)
        if last is not None:
            for line in lines:
                line.frozen_on = last
        return lines

    def events(self, verb: str) -> Sequence[Proof]:
        """Facts of a verb that may open a matter here: about the bearer, or about a system of the bearer and of no other body."""
        own = self.bench.view.facts(self.bearer).get(verb)
        return own if self.duty.subject == "system" else self.bench.with_systems(self.bearer, verb, own)

    def answers(self, event: Fact, verb: str) -> Sequence[Proof]:
        """Facts of a verb that may answer an event: about the bearer, or about the system or case the event mentions."""
        found = self.facts(verb)
        others = [ref for ref in event.about if ref != self.bearer and not ref.startswith("org:")]
        beside = [proof for ref in others for proof in self.bench.view.facts(ref).get(verb)]
        if not beside or self.duty.subject == "system":
            return found
        unique = {proof[1].id: proof for proof in [*beside, *found]}
        return sorted(unique.values(), key=lambda proof: (proof[0], proof[1].id))

    def inherited(self) -> list[Line]:
        """Matters that were open when a body ended, now this bearer's: its own later evidence cures them."""
        found: list[Line] = []
        for subject in self.before:
            assert subject.ended is not None
            eve = subject.ended - timedelta(days=1)
            for line in Joint(self, subject).lines(eve):
                if line.status_on(eve) in INHERITABLE:
                    line.frozen_on = None
                    line.inherited_from = subject.thing.id
                    found.append(line)
        return found

    def applies_on(self, day: date) -> bool | None:
        """Whether the duty applies to the bearer on a day; None where that can't be told. No version in force: it does not."""
        version = self.duty.on(day)
        return False if version is None else self.scope(version).on(day)


class Joint(Slot):
    """A slot of a body that ended, with the facts of who took it over added from the day of succession."""

    __slots__ = ("ended", "heir")

    def __init__(self, heir: Slot, subject: Subject) -> None:
        assert subject.ended is not None
        self.heir = heir
        self.ended = subject.ended
        super().__init__(heir.bench, heir.duty, subject, subject.ended - timedelta(days=1))
        self.bearer = heir.bearer

    def facts(self, verb: str) -> Sequence[Proof]:
        past = [proof for proof in super().facts(verb) if proof[0] < self.ended]
        later = [proof for proof in self.bench.view.facts(self.heir.bearer).get(verb) if proof[0] >= self.ended]
        return [*past, *later] if later else past

    def events(self, verb: str) -> Sequence[Proof]:
        past = self.bench.view.facts(self.subject.thing.id).get(verb)
        return [proof for proof in self.bench.with_systems(self.subject.thing.id, verb, past) if proof[0] < self.ended]
