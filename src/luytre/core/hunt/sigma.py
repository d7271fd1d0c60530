"""From pySigma's tree to ours: the only place that knows pySigma's types. The parser and the pipelines are pySigma's own."""

import re
from collections.abc import Iterator
from typing import Any

from sigma.conditions import ConditionAND, ConditionItem, ConditionNOT, ConditionOR
from sigma.rule import SigmaRule
from sigma.types import (
    Placeholder,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
    SigmaTimestampPart,
    SpecialChars,
)

from luytre.core.hunt.logic import Atom, Atoms, Tree, both, either, negate

STAR, ANY_ONE = SpecialChars.WILDCARD_MULTI, SpecialChars.WILDCARD_SINGLE


class Unanswered(Exception):
    """The rule asks for a list only the site can give (|expand). `name` is the list's name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotRun(Exception):
    """The rule says something this matcher does not do; `why` is a code and its detail."""


def tree_of(rule: SigmaRule, atoms: Atoms) -> Tree:
    """The rule's conditions (several are alternatives) as one tree over `atoms`.

    Raises Unanswered and NotRun; pySigma's own SigmaError passes through.
    """
    return either(_walk(condition.parse(), atoms) for condition in rule.detection.parsed_condition)


def _walk(node: Any, atoms: Atoms) -> Tree:
    if isinstance(node, ConditionItem):
        parts = [_walk(part, atoms) for part in node.args]
        if isinstance(node, ConditionNOT):
            return negate(parts[0])
        if isinstance(node, ConditionAND):
            return both(parts)
        if isinstance(node, ConditionOR):
            return either(parts)
        raise NotRun(f"condition:{type(node).__name__}")
    return _value(getattr(node, "field", None), node.value, atoms)


def _value(field: str | None, value: Any, atoms: Atoms) -> Tree:
    if isinstance(value, SigmaExpansion):
        return either([_value(field, one, atoms) for one in value.values])
    return atoms.number(_atom(field, value))


def _atom(field: str | None, value: Any) -> Atom:
    match value:
        case SigmaString():
            return _string(field, value)
        case SigmaTimestampPart():
            return Atom(field, "part", _text(value.number), extra=value.timestamp_part.name.lower())
        case SigmaNumber():
            return Atom(field, "eq" if field else "has", _text(value.number))
        case SigmaBool():
            return Atom(field, "eq" if field else "has", "true" if value.boolean else "false")
        case SigmaNull():
            return Atom(field, "null", "")
        case SigmaExists():
            return Atom(field, "exists", "true" if bool(value) else "false")
        case SigmaRegularExpression():
            return Atom(field, "re", _pattern(value), True, _flags(value))
        case SigmaCIDRExpression():
            return Atom(field, "cidr", str(value.network))
        case SigmaCompareExpression():
            return _comparison(field, value)
        case SigmaFieldReference():
            how = {(True, True): "has", (True, False): "starts", (False, True): "ends"}.get((value.starts_with, value.ends_with), "eq")
            return Atom(field, "ref", value.field, extra=how)
    raise NotRun(f"value:{type(value).__name__}")


def _text(number: float) -> str:
    return str(number)


def _comparison(field: str | None, value: SigmaCompareExpression) -> Atom:
    number = value.number
    part = number.timestamp_part.name.lower() if isinstance(number, SigmaTimestampPart) else ""
    return Atom(field, value.op.name.lower(), _text(number.number), extra=part)


def _pattern(value: SigmaRegularExpression) -> str:
    if value.regexp.contains_placeholder():
        raise Unanswered(_placeholder(value.regexp))
    return str(value.regexp)  # as pySigma itself compiles it


def _flags(value: SigmaRegularExpression) -> str:
    return "".join(sorted(flag.name[0].lower() for flag in value.flags))


def _placeholder(text: SigmaString) -> str:
    return next(part.name for part in text.s if isinstance(part, Placeholder))


def _string(field: str | None, value: SigmaString) -> Atom:
    cased = isinstance(value, SigmaCasedString)
    if value.contains_placeholder():
        raise Unanswered(_placeholder(value))
    parts = list(_merged(value.s))
    if field is None:  # keywords are contained in a value; stars at the ends add nothing
        parts = [*([] if parts and parts[0] is STAR else [STAR]), *parts, *([] if parts and parts[-1] is STAR else [STAR])]
    literals = [part for part in parts if isinstance(part, str)]
    if ANY_ONE in parts or len(literals) > 1:
        return Atom(field, "glob", _glob(parts), cased)
    literal = literals[0] if literals else ""
    if not literals:
        return Atom(field, "any", "") if STAR in parts else Atom(field, "eq", "", cased)
    op = {(False, False): "eq", (True, True): "has", (False, True): "starts", (True, False): "ends"}[parts[0] is STAR, parts[-1] is STAR]
    return Atom(field, op, literal, cased)


def _merged(parts: Any) -> Iterator[Any]:
    """The parts of a string without empty literals and without a star beside a star."""
    last: Any = None
    for part in parts:
        if part == "" or (part is STAR and last is STAR):
            continue
        last = part
        yield part


def _glob(parts: list[Any]) -> str:
    """Stars and question marks as written in Sigma; literal ones escaped by a backslash (the form fnmatch lacks)."""
    marks = {STAR: "*", ANY_ONE: "?"}
    return "".join(marks[part] if part in marks else re.sub(r"([*?\\])", r"\\\1", part) for part in parts)
