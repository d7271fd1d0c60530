"""What was known at a moment: things with their attributes, and the facts about each thing that still stand."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from luytre.core.duty.model import Dated, Fact, Thing
from luytre.core.duty.scope import holds
from luytre.core.duty.steps import MISSING, Steps, compile_rows, joined, steps
from luytre.core.law.model import Scope

Proof = tuple[date, Fact]  # the day from which a fact counts, and the fact
RETRACTING = ("entry.retracted", "evidence.rejected")
_NOTHING: tuple[Dated, ...] = ()


class Facts:
    """All facts ever written, by thing; retractions by what they take back."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self.by_ref: dict[str, list[Fact]] = {}
        self.by_id: dict[str, Fact] = {}
        self.retractions: dict[str, list[Fact]] = {}
        self._by_verb: dict[str, dict[str, list[Proof]]] = {}
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> set[str]:
        """Take a fact in; gives the refs whose standing may have changed. ValueError for an id that is already there."""
        if fact.id in self.by_id:
            raise ValueError(f"duplicate fact id: {fact.id}")
        self.by_id[fact.id] = fact
        if fact.retracts is not None:
            self.retractions.setdefault(fact.retracts, []).append(fact)
            return self._concerned(fact)
        for ref in fact.about:
            self.by_ref.setdefault(ref, []).append(fact)
            self._by_verb.pop(ref, None)
        return set(fact.about)

    def by_verb(self, ref: str) -> dict[str, list[Proof]]:
        """Everything ever written about a thing, by verb, in order of its days; whatever became of it."""
        found = self._by_verb.get(ref)
        if found is None:
            found = self._by_verb[ref] = {}
            for fact in self.by_ref.get(ref, ()):
                found.setdefault(fact.verb, []).append((fact.on, fact))
            for proofs in found.values():
                if len(proofs) > 1:
                    proofs.sort(key=lambda proof: (proof[0], proof[1].at is None, proof[1].at or proof[1].known_at, proof[1].id))
        return found

    def _concerned(self, retraction: Fact) -> set[str]:
        """Whom a retraction concerns: those of the fact at the end of the chain of retractions."""
        seen: set[str] = set()
        fact: Fact | None = retraction
        while fact is not None and fact.retracts is not None and fact.id not in seen:
            seen.add(fact.id)
            fact = self.by_id.get(fact.retracts)
        return set(fact.about) if fact is not None and fact.retracts is None else set()

    def stands(self, fact: Fact, ref: str, known: datetime, above: frozenset[str] = frozenset()) -> bool:
        """Whether a fact counts for a thing at a moment: known by then, and no retraction that itself stands takes it back."""
        if fact.known_at > known:
            return False
        taken = self.retractions.get(fact.id)
        if not taken or fact.id in above:
            return True
        chain = above | {fact.id}
        return not any(_names(r, ref, fact) and self.stands(r, ref, known, chain) for r in taken)


def _names(retraction: Fact, ref: str, fact: Fact) -> bool:
    """A retraction takes back the mentions it names; all of them where it names none of the fact's."""
    named = set(retraction.about)
    return not named or ref in named or not (named & set(fact.about))


class Subject:
    """A thing as known at one moment, its attributes as step functions."""

    __slots__ = ("_fields", "_scopes", "born", "ended", "register", "thing")

    def __init__(self, thing: Thing, register: "Register") -> None:
        self.thing = thing
        self.register = register
        self._fields: dict[str, Steps] = {}
        self._scopes: dict[int, Steps] = {}
        self.born, self.ended = self._life()

    def _life(self) -> tuple[date | None, date | None]:
        """First day, and the day on which it no longer is. A system begins with its first phase, an organisation by `exists`."""
        if self.thing.kind != "organisation":
            starts = self.field("phase").starts
            return (starts[0] if starts else None), None
        if "exists" not in self.thing.attributes:
            return None, None
        alive = self.field("exists")
        first = next((day for day, value in zip(alive.starts, alive.values, strict=True) if value), None)
        if first is None:
            return date.max, None
        return first, (alive.starts[-1] if not alive.values[-1] else None)

    def field(self, name: str) -> Steps:
        """An attribute over time; `owner.type` reads the owner's (of an owner that ended: as it last was)."""
        found = self._fields.get(name)
        if found is None:
            found = self._owners(name[6:]) if name.startswith("owner.") else self._rows(name)
            self._fields[name] = found
        return found

    def _rows(self, name: str) -> Steps:
        return compile_rows(self.thing.attributes.get(name, _NOTHING), self.register.known)

    def _owners(self, name: str) -> Steps:
        owner = self.field("owner")
        held = [self.register.subject(ref) for ref in owner.values if isinstance(ref, str)]
        parts = [owner, *(subject.field(name) for subject in held if subject is not None)]

        def ask(day: date) -> Any:
            subject = self.register.subject(owner.on(day))
            if subject is None:
                return MISSING
            last = subject.ended - timedelta(days=1) if subject.ended is not None else day
            return subject.field(name).on(min(day, last))

        return joined(parts, ask)

    def scope(self, key: int) -> Steps:
        """The condition of a duty's version (by its key) as steps of True, False and None."""
        found = self._scopes.get(key)
        if found is None:
            found = self._scopes[key] = self._scope(*self.register.scopes[key])
        return found

    def _scope(self, scope: Scope | None, names: tuple[str, ...]) -> Steps:
        parts = [self.field(name) for name in names]
        always = date.min if self.born is None else self.born
        if always == date.max:  # it never came into being
            return Steps((), (), before=False)

        def ask(day: date) -> bool | None:
            return True if scope is None else holds(scope, lambda name: self.field(name).on(day))

        days = sorted({always, *(day for part in parts for day in part.starts if day > always)})
        return steps(((day, ask(day)) for day in days), before=False)


class Register:
    """Things as known at one moment. It stays the same until a row of the register becomes known: most moments share one."""

    def __init__(self, things: dict[str, Thing], known: datetime, scopes: list[tuple[Scope | None, tuple[str, ...]]]) -> None:
        self.things = things
        self.known = known
        self.scopes = scopes
        self._subjects: dict[str, Subject] = {}

    def subject(self, ref: Any) -> Subject | None:
        found = self._subjects.get(ref) if isinstance(ref, str) else None
        if found is None and isinstance(ref, str) and ref in self.things:
            found = self._subjects[ref] = Subject(self.things[ref], self)
        return found

    def subjects(self, kind: str) -> Iterator[Subject]:
        for ref in sorted(self.things):
            if self.things[ref].kind == kind:
                subject = self.subject(ref)
                if subject is not None:
                    yield subject


class Told:
    """The facts about a thing that stand at a moment, by verb, in order of their days; read when a verb is first asked for."""

    __slots__ = ("_facts", "_kinds", "_known", "_ref", "_standing")

    def __init__(self, facts: Facts, ref: str, known: datetime) -> None:
        self._facts, self._ref, self._known = facts, ref, known
        self._kinds = facts.by_verb(ref)
        self._standing: dict[str, Sequence[Proof]] = {}

    def get(self, verb: str) -> Sequence[Proof]:
        found = self._standing.get(verb)
        if found is None:
            found = self._standing[verb] = self._read(self._kinds[verb]) if verb in self._kinds else ()
        return found

    def _read(self, proofs: Sequence[Proof]) -> Sequence[Proof]:
        stands, ref, known = self._facts.stands, self._ref, self._known
        return [proof for proof in proofs if stands(proof[1], ref, known)]


class View:
    """Register and facts as known at one moment. Facts of a thing are read when first asked for."""

    def __init__(self, register: Register, facts: Facts, known: datetime) -> None:
        self.register = register
        self.subject = register.subject
        self.things, self.scopes = register.things, register.scopes
        self.all_facts = facts
        self.known = known
        self._facts: dict[str, Told] = {}

    def facts(self, ref: str) -> Told:
        """Facts about a thing that stand."""
        found = self._facts.get(ref)
        if found is None:
            found = self._facts[ref] = Told(self.all_facts, ref, self.known)
        return found

    def forget(self, refs: Iterable[str]) -> None:
        """Facts about these changed: read them again when asked."""
        for ref in refs:
            self._facts.pop(ref, None)
