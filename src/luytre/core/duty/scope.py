"""Conditions in three values: True, False, or None where a fact is missing (listed as work, never shown as green)."""

import operator
from collections.abc import Callable
from typing import Any

from luytre.core.duty.steps import MISSING
from luytre.core.law.model import Scope

Ask = Callable[[str], Any]
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


def holds(scope: Scope, ask: Ask) -> bool | None:
    """Whether a condition holds; `ask` gives the value of a field, or MISSING."""
    if scope.op == "all":
        return _all([holds(part, ask) for part in scope.parts])
    if scope.op == "any":
        return negated(_all([negated(holds(part, ask)) for part in scope.parts]))
    if scope.op == "not":
        return negated(holds(scope.parts[0], ask))
    has = ask(scope.name)
    return None if has is MISSING or has is None else compare(scope.op, has, scope.value)


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def same(has: Any, wanted: Any) -> bool:
    """Equal, also where one side was written as text: layer "1" is layer 1. A flag is never a number."""
    if isinstance(has, bool) or isinstance(wanted, bool):
        return has is wanted
    return bool(has == wanted) or str(has) == str(wanted)


def _is_flag(value: Any) -> bool:
    return isinstance(value[0] if isinstance(value, list | tuple) and value else value, bool)


def compare(op: str, has: Any, wanted: Any) -> bool | None:
    """One comparison; None where the two can't be compared: a list with a number, "yes" with a flag."""
    if isinstance(has, list | dict) or _is_flag(has) != _is_flag(wanted):
        return None
    if op == "==":
        return same(has, wanted)
    if op == "!=":
        return not same(has, wanted)
    if op in ("in", "not_in"):
        return any(same(has, one) for one in wanted) == (op == "in")
    try:
        return _COMPARE[op](has, wanted)
    except TypeError:
        return None


def fields(scope: Scope | None) -> tuple[str, ...]:
    """The fields a condition asks for."""
    if scope is None:
        return ()
    return (scope.name,) if scope.name else tuple(dict.fromkeys(name for part in scope.parts for name in fields(part)))


def untold(scope: Scope | None, ask: Ask) -> tuple[str, ...]:
    """The fields for want of which a condition can't be told: nothing is recorded, or something that can't be compared."""
    if scope is None:
        return ()
    if scope.name:
        return (scope.name,) if holds(scope, ask) is None else ()
    return tuple(dict.fromkeys(name for part in scope.parts for name in untold(part, ask)))


def satisfied(scope: Scope | None) -> dict[str, Any]:
    """Field values under which a condition over a detail holds: what a proving fact has to carry."""
    if scope is None:
        return {}
    if scope.op == "all":
        return {name: value for part in scope.parts for name, value in satisfied(part).items()}
    if scope.op in ("any", "not"):
        return satisfied(scope.parts[0]) if scope.op == "any" else {}
    return {scope.name: scope.value[0] if scope.op == "in" else scope.value} if scope.op in ("==", "in", ">=", "<=") else {}
