"""The judge's bench: law and caches that last (windows, fixed dates, conditions), and what is known at one moment."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from luytre.core.duty.due import Terms
from luytre.core.duty.heirs import Heirs
from luytre.core.duty.line import Span
from luytre.core.duty.model import Thing
from luytre.core.duty.scope import fields
from luytre.core.duty.view import Proof, Subject, View
from luytre.core.law.model import Duty, Law, Rule, Scope, Version
from luytre.core.when import Period

DAY = timedelta(days=1)
CHANGED = "system.changed"
HEARD_BY_ALL = ("waiver.granted", "register.confirmed", "entry.retracted", "evidence.rejected")


class Library:
    """What follows from the law alone, worked out once: conditions, windows, fixed dates."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.scopes: list[tuple[Scope | None, tuple[str, ...]]] = []
        self._keys: dict[tuple[str, int], int] = {}
        self._conditions: dict[tuple[str, int, int], int] = {}
        self._terms = {duty.id: Terms(law, duty) for duty in law.duties.values()}
        self._windows: dict[tuple[str, int, int, date], list[Span] | None] = {}
        self._fixed: dict[tuple[str, int, date], date] = {}
        self._index_scopes()

    def _index_scopes(self) -> None:
        numbers: dict[Scope, int] = {}
        for duty in self.law.duties.values():
            for version in duty.versions:
                scope = _with_bearers(duty, version)
                if scope not in numbers:
                    numbers[scope] = len(self.scopes)
                    self.scopes.append((scope, fields(scope)))
                self._keys[duty.id, version.v] = numbers[scope]
                for place, parallel in enumerate(version.parallel):
                    if parallel.when is not None:
                        self._conditions[duty.id, version.v, place] = len(self.scopes)
                        self.scopes.append((parallel.when, fields(parallel.when)))

    def listeners(self, verb: str) -> list[str]:
        """Duties whose lines a fact of this verb may change (waivers and retractions concern all)."""
        return [duty.id for duty in self.law.duties.values() if any(verb in _heard(version) for version in duty.versions)]

    def scope_key(self, duty: Duty, version: Version) -> int:
        return self._keys[duty.id, version.v]

    def conditions(self, duty: Duty, version: Version) -> list[int]:
        """Keys of the conditions under which other instruments bind with a rule of their own."""
        return [
            self._conditions[duty.id, version.v, place]
            for place, parallel in enumerate(version.parallel)
            if parallel.rule is not None and parallel.when is not None
        ]

    def terms(self, duty: Duty) -> Terms:
        return self._terms[duty.id]

    def fixed(self, duty: Duty, rule: Rule, edge: date) -> date:
        key = (duty.id, id(rule), edge)
        if key not in self._fixed:
            self._fixed[key] = self._terms[duty.id].fixed(rule, edge)
        return self._fixed[key]

    def windows(self, duty: Duty, version: Version, rule: Rule, horizon: date) -> list[Span] | None:
        """Windows (first day, first day after) opened by a day that belong to a version; None where their length is undecided."""
        key = (duty.id, version.v, id(rule), horizon)
        if key not in self._windows:
            if len(self._windows) > 20_000:
                self._windows.clear()
            found = self._grid(duty, version, rule, horizon) if rule.kind == "each_period" else _years(version, rule, horizon)
            self._windows[key] = [] if found and horizon < duty.versions[0].from_on else found
        return self._windows[key]

    def _grid(self, duty: Duty, version: Version, rule: Rule, horizon: date) -> list[Span] | None:
        if isinstance(rule.span, Period):
            return nth_windows(rule.anchor or version.from_on, rule.span, version.from_on, version.until_on, horizon)
        found: list[Span] = []
        for first, until, length in self._stretches(duty, str(rule.span), version):
            if length is None:
                return None
            found += nth_windows(rule.anchor or version.from_on, length, first, until, horizon)
        return found

    def _stretches(self, duty: Duty, name: str, version: Version) -> list[tuple[date, date | None, Period | None]]:
        """The stretches of a version in which a parameter has one value."""
        param = self.law.param(duty, name)
        starts = sorted({version.from_on, *(v.from_on for v in param.values if version.in_force_on(v.from_on))})
        ends: list[date | None] = [*starts[1:], version.until_on]
        terms = self._terms[duty.id]
        return [(first, until, terms.length(name, first)) for first, until in zip(starts, ends, strict=True)]


def nth_windows(anchor: date, length: Period, first: date, until: date | None, horizon: date) -> list[Span]:
    """Windows n-th from the anchor, opened by `horizon`, whose last day lies in [first, until). Never counted step by step."""
    found: list[Span] = []
    n = max(0, _months(anchor, first) // length.months - 1) if length.months and not length.days else 0
    while True:
        opens, closes = length.after(anchor, n), length.after(anchor, n + 1)
        last = closes - DAY
        if opens > horizon or (until is not None and last >= until):
            return found
        if last >= first:
            found.append((opens, closes))
        n += 1


def _months(one: date, other: date) -> int:
    return (other.year - one.year) * 12 + other.month - one.month


def _years(version: Version, rule: Rule, horizon: date) -> list[Span]:
    spans = [(date(year, *rule.opens), date(year + 1, *rule.opens)) for year in range(version.from_on.year - 1, horizon.year + 1)]
    return [span for span in spans if span[0] <= horizon and version.in_force_on(span[1] - DAY)]


def _heard(version: Version) -> tuple[str, ...]:
    rule = version.rule
    changed = (CHANGED,) if any(e.on_change for e in version.evidence.values()) else ()
    return (*version.needs.verbs, *rule.events, rule.breach, rule.ended, rule.check, *changed, *HEARD_BY_ALL)


def _with_bearers(duty: Duty, version: Version) -> Scope:
    """The condition of a version together with the types of body that owe the duty."""
    name = "type" if duty.subject == "organisation" else "owner.type"
    bearers = Scope("in", name, tuple(duty.bearers))
    return bearers if version.scope is None else Scope("all", parts=(bearers, version.scope))


class Bench:
    """One known moment: the view, the heirs, and the library of the law."""

    def __init__(self, library: Library, view: View, heirs: Heirs, owned: dict[str, list[str]]) -> None:
        self.library = library
        self.law = library.law
        self.view = view
        self.heirs = heirs
        self.owned = owned
        self.terms, self.windows, self.fixed, self.scope_key = library.terms, library.windows, library.fixed, library.scope_key

    def owner(self, system: Subject, on: date) -> str | None:
        """The owner of a system on a day, as the register has it."""
        owner = system.field("owner").on(on)
        return owner if isinstance(owner, str) else None

    def systems(self, owner: str, on: date) -> list[Subject]:
        """Systems in being on a day that a body owns (or took over with an owner that ended)."""
        found = (self.view.subject(ref) for ref in self.owned.get(owner, ()))
        return [s for s in found if s is not None and s.born is not None and s.born <= on and self.owner(s, on) == owner]

    def with_systems(self, bearer: str, verb: str, own: Sequence[Proof]) -> Sequence[Proof]:
        """Facts about a body, and those about its systems that name no body at all."""
        found = list(own)
        for ref in self.owned.get(bearer, ()):
            system = self.view.subject(ref)
            for proof in self.view.facts(ref).get(verb):
                if system is not None and self.owner(system, proof[0]) == bearer and not _names_a_body(proof):
                    found.append(proof)
        return found


def _names_a_body(proof: Proof) -> bool:
    return any(ref.startswith("org:") for ref in proof[1].about)


def owned_by(things: Iterable[Thing]) -> dict[str, list[str]]:
    """Owner → systems it owned on any day, as any row of the register has it."""
    owned: dict[str, list[str]] = {}
    for thing in things:
        for owner in dict.fromkeys(row.value for row in thing.attributes.get("owner", ()) if isinstance(row.value, str)):
            owned.setdefault(owner, []).append(thing.id)
    return owned
