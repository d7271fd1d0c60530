"""How grave an incident is: computed from what was answered, the level of the system hit and the law in force on the day of detection.

Reads data/classification.yaml, where every number stands with its clause; gives the severity and the reasons it rests on.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[1] / "data"
ORDER = ("critical", "high", "medium", "low", "info")
# What an officer is asked, yes or no; the words stand in the form.
ASKED = (
    "interrupted",
    "grave_interruption",
    "secret_leaks",
    "integrity_lost",
    "control_lost",
    "spreads",
    "beyond_ability",
    "order_harmed",
    "personal_data",
    "damage",
)
NOTHING_HAPPENED = {"near_miss": "low", "threat": "low", "false_alarm": "info"}


@dataclass(frozen=True)
class Ground:
    """One reason: a code ("serious", "grave", "level", "answers", "what"), the clause where the law says so, what fitted."""

    code: str
    instrument: str = ""
    clause: str = ""
    fitted: tuple[str, ...] = ()
    level: int | None = None


@dataclass(frozen=True)
class Severity:
    """What came out, and why."""

    severity: str
    serious: bool
    grave: bool
    grounds: tuple[Ground, ...]


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((DATA / "classification.yaml").read_text(encoding="utf-8"))
    return found


def rsit(type_: str) -> str:
    """The reference taxonomy's code for one of the ten types of Form 05."""
    return str(table()["types"][type_]["rsit"])


def row(type_: str) -> int:
    """The row of Form 05."""
    return int(table()["types"][type_]["row"])


def offered(kind: str) -> str:
    """The type offered first for what anyone said was happening."""
    return str(table()["kinds"].get(kind, "other"))


def compute(answers: Collection[str], level: int | None, on: date, what: str = "incident") -> Severity:
    """`answers`: the questions answered yes; `level`: of the system hit (None: none, or not approved); `on`: the day of detection."""
    if what in NOTHING_HAPPENED:
        return Severity(NOTHING_HAPPENED[what], False, False, (Ground("what", fitted=(what,)),))
    yes = frozenset(answers) & frozenset(ASKED)
    serious, grave = _ground("serious", yes, level, on), _ground("grave", yes, level, on)
    found = tuple(ground for ground in (serious, grave) if ground)
    flags = {"serious": serious is not None, "grave": grave is not None}
    severity, ground = _ranked(yes, level, flags)
    return Severity(severity, flags["serious"], flags["grave"], found or (ground,))


def _ground(name: str, yes: frozenset[str], level: int | None, on: date) -> Ground | None:
    for rule in table()[name]:
        fitted = tuple(sorted(yes & set(rule["any"])))
        asked = set(rule.get("and", ()))
        if _in_force(rule, on) and fitted and asked <= yes and ("levels" not in rule or level in rule["levels"]):
            return Ground(name, rule["instrument"], rule["clause"], (*fitted, *sorted(asked - set(fitted))), level)
    return None


def _in_force(rule: Mapping[str, Any], on: date) -> bool:
    return bool(rule["from"] <= on and (rule["until"] is None or on < rule["until"]))


def _ranked(yes: frozenset[str], level: int | None, flags: Mapping[str, bool]) -> tuple[str, Ground]:
    for rule in table()["severity"]:
        fitted = tuple(sorted(yes & set(rule.get("any", ()))))
        if "any" in rule and not fitted:
            continue
        if not all(flags[flag] for flag in rule.get("when", ())):
            continue
        if rule.get("level_from") and (level or 0) < rule["level_from"]:
            continue
        return str(rule["severity"]), Ground("level" if rule.get("level_from") else "answers", fitted=fitted, level=level)
    raise AssertionError("the last line of the table takes whatever is left")


def worse(one: str, other: str) -> str:
    return min(one, other, key=ORDER.index)


def from_report(kind: str, damage: str, happened: str) -> Sequence[str]:
    """What a report by anyone already answers."""
    found = {"damage"} if damage == "yes" else set()
    if kind == "leak":
        found.add("personal_data")
    if kind == "takeover":
        found.add("control_lost")
    return sorted(found)
