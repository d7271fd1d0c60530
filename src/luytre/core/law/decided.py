"""What competent people decided where the law leaves a number or a reading open: laid over the law that came with the house."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from luytre.core.law.model import Duty, Law, Param, ParamValue, Reading, Rule, Version
from luytre.core.when import period

WHOLE = ("day", "month", "hour", "percent", "number")


class Decision(Struct, frozen=True):
    """One decision: the parameter or reading of an instrument, its value or option, from which day (a parameter's), by which paper."""

    instrument: str
    name: str
    value: str
    from_on: date | None = None  # None: a reading
    number: str = ""
    signed_on: date | None = None
    by: str = ""


def value_of(unit: str | None, said: str) -> Any:
    """A parameter's value from what was written: whole numbers for days and the like, P6M for periods. ValueError for anything else."""
    if unit == "period":
        period(said)
        return said
    number = int(said)
    if number < 0 or (unit == "percent" and number > 100) or number > 100_000:
        raise ValueError(said)
    return number


def with_params(params: Mapping[str, Param], decisions: Iterable[Decision]) -> dict[str, Param]:
    """The parameters with what was decided; a later decision for the same day stands in for the earlier one."""
    found = dict(params)
    for decision in decisions:
        param = found.get(decision.name)
        if param is None or decision.from_on is None:
            continue
        fresh = ParamValue(decision.from_on, value_of(param.unit, decision.value), decision.number, house_default=False)
        kept = [value for value in param.values if value.from_on != decision.from_on]
        values = tuple(sorted([*kept, fresh], key=lambda value: value.from_on))
        found[decision.name] = replace(param, values=values)
    return found


def with_readings(readings: Mapping[str, Reading], decisions: Iterable[Decision]) -> dict[str, Reading]:
    """The readings with what was decided; the last decision stands."""
    found = dict(readings)
    for decision in decisions:
        reading = found.get(decision.name)
        if reading is None or decision.from_on is not None or decision.value not in reading.options:
            continue
        who = {"by": decision.by, "on": decision.signed_on, "doc": decision.number}
        found[decision.name] = replace(reading, reading=decision.value, decided=who)
    return found


def under(law: Law, decisions: Iterable[Decision]) -> Law:
    """The law as decided: same instruments and duties, parameters and readings with what was decided. Its digest says so.

    Raises ValueError for a value that is none of its unit, or a day before the instrument.
    """
    told = list(decisions)
    if not told:
        return law
    instruments = dict(law.instruments)
    for name, held in law.instruments.items():
        mine = [decision for decision in told if decision.instrument == name]
        if mine:
            params, readings = with_params(held.params, mine), with_readings(held.readings, mine)
            instruments[name] = replace(held, params=params, readings=readings)
    total = hashlib.sha256(law.digest.encode())
    for decision in told:
        total.update(repr(decision).encode())
    return replace(law, instruments=instruments, digest=total.hexdigest())


def concerned(law: Law, instrument: str, name: str) -> list[str]:
    """The duties whose standing may hang on a parameter or reading of an instrument."""
    held = law.instruments[instrument]
    covered = held.coverage.duties if held.coverage and held.coverage.review == name else ()
    duties = [duty for duty in law.duties.values() if duty.instrument == instrument]
    if name in held.params:
        return [duty.id for duty in duties if duty.id in covered or _names(duty, name)]
    named = [duty.id for duty in duties if any(name in rule.readings for rule in _rules(duty))]
    return named or [duty.id for duty in duties]


def _rules(duty: Duty) -> list[Rule]:
    return [rule for version in duty.versions for rule in _version_rules(version)]


def _version_rules(version: Version) -> list[Rule]:
    return [version.rule, *(parallel.rule for parallel in version.parallel if parallel.rule)]


def _names(duty: Duty, param: str) -> bool:
    spans = [rule.span for rule in _rules(duty)]
    spans += [evidence.expires for version in duty.versions for evidence in version.evidence.values()]
    terms = [rule.within.param for rule in _rules(duty) if rule.within]
    return param in spans or param in terms
