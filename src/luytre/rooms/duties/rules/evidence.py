"""Pure decisions about evidence: which papers prove a duty, what each must say, and how one paper serves several duties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luytre.core.law.model import Duty, Law, Scope, Version
from luytre.verbs import VOCABULARY, Field

Detail = Mapping[str, Any]
ASKED_ONCE = ("number", "signed_on")  # the form asks these for the paper as a whole
TYPES_WITH_SYSTEMS = ("department", "commune", "district", "unit")


@dataclass(frozen=True)
class Proof:
    """One way to prove one duty: a verb, the details that are given by the duty itself, the details a person must or may fill in."""

    duty: Duty
    verb: str
    fixed: Mapping[str, Any]
    asked: Mapping[str, Field]
    required: frozenset[str]
    linked_by: str | None = None

    @property
    def key(self) -> str:
        return f"{self.duty.id}:{self.verb}"

    @property
    def on_systems(self) -> bool:
        return self.duty.subject == "system"

    @property
    def wants_systems(self) -> bool:
        """Whether nothing can be written down before a system is named."""
        return self.on_systems or "organisation" not in VOCABULARY[self.verb].about

    @property
    def needs_number(self) -> bool:
        return "number" in self.required


def proofs(duty: Duty, on: date) -> list[Proof]:
    """The papers by which a duty can be proved as it reads on a day; empty where nothing can be filed from outside."""
    version = duty.on(on) or duty.versions[-1]
    return [_proof(duty, version, verb) for verb in proving_verbs(version) if VOCABULARY[verb].fileable]


def proving_verbs(version: Version) -> tuple[str, ...]:
    """The verbs that prove a version: what it needs, or the check of a prohibition."""
    verbs = version.needs.verbs or ((version.rule.check,) if version.rule.check else ())
    return tuple(verb for verb in verbs if verb in VOCABULARY)


def _proof(duty: Duty, version: Version, verb: str) -> Proof:
    shape = VOCABULARY[verb].detail
    evidence = version.evidence.get(verb)
    fixed: dict[str, Any] = dict(_constants(evidence.when)) if evidence else {}
    fixed |= {name: duty.id for name, field in shape.items() if field.type == "duty"}
    asked = {name: field for name, field in shape.items() if name not in fixed and name not in ASKED_ONCE}
    wanted = {name for name, field in shape.items() if field.required} | set(evidence.fields if evidence else ())
    if version.needs.linked_by and not version.needs.loosely and version.needs.linked_by in asked:
        wanted.add(version.needs.linked_by)
    return Proof(duty, verb, fixed, asked, frozenset(wanted - fixed.keys()), version.needs.linked_by)


def _constants(when: Scope | None) -> Iterable[tuple[str, Any]]:
    """What a condition fixes outright: `layer == 3`."""
    if when is None:
        return
    if when.op == "==":
        yield when.name, when.value
    elif when.op == "all":
        for part in when.parts:
            yield from _constants(part)


def fileable_duties(law: Law, body_type: str | None, on: date) -> list[Duty]:
    """The duties a body of this type owes and can prove by a paper, in the order of the law."""
    owed = (duty for duty in law.duties.values() if body_type in duty.bearers)
    return [duty for duty in owed if proofs(duty, on)]


@dataclass(frozen=True)
class Item:
    """One entry to write: a verb, whom it is about, its detail, the duties it is filed for."""

    verb: str
    about: tuple[str, ...]
    detail: Detail
    duties: tuple[str, ...]


def items(chosen: Sequence[Proof], body: str, systems: Sequence[str], filled: Mapping[str, Detail], paper: Detail) -> list[Item]:
    """The entries one paper makes: proofs that say the same of the same things become one entry serving several duties.

    `filled`: verb → details filled in; `paper`: number and day of signing. Only details the verb knows are kept.
    """
    made: dict[tuple[str, tuple[str, ...], str], Item] = {}
    for proof in chosen:
        about = _about(proof, body, systems)
        shape = VOCABULARY[proof.verb].detail
        said = {**paper, **filled.get(proof.verb, {}), **proof.fixed}
        detail = {name: value for name, value in said.items() if name in shape and value not in (None, "")}
        key = (proof.verb, about, repr(sorted(detail.items())))
        before = made.get(key)
        made[key] = Item(proof.verb, about, detail, (*(before.duties if before else ()), proof.duty.id))
    return list(made.values())


def _about(proof: Proof, body: str, systems: Sequence[str]) -> tuple[str, ...]:
    kinds = VOCABULARY[proof.verb].about
    if proof.on_systems and "system" in kinds:
        return tuple(systems)
    if "organisation" in kinds:
        return (body, *(systems if "system" in kinds else ()))
    return tuple(systems)


@dataclass(frozen=True)
class Delegation:
    """A letter by which `unit` lets `to` file for it."""

    unit: str
    to: str
    from_on: date
    until_on: date | None


def delegated_to(delegations: Iterable[Delegation], to: str, on: date) -> list[str]:
    """The bodies that let `to` file for them on a day."""
    return [d.unit for d in delegations if d.to == to and d.from_on <= on and (d.until_on is None or on <= d.until_on)]
