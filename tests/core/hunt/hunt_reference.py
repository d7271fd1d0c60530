"""The slow reference: pySigma's own tree, every string an expression, no index, no memory. What the matcher must agree with."""

import re
from ipaddress import ip_address
from typing import Any

from sigma.conditions import ConditionAND, ConditionItem, ConditionNOT
from sigma.pipelines.sysmon import sysmon_pipeline
from sigma.pipelines.windows import windows_logsource_pipeline
from sigma.rule import SigmaRule
from sigma.types import (
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
    SpecialChars,
)


def texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in texts(part)]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def expression(value: SigmaString) -> re.Pattern[str]:
    parts = [{SpecialChars.WILDCARD_MULTI: ".*", SpecialChars.WILDCARD_SINGLE: "."}.get(part) or re.escape(str(part)) for part in value.s]
    return re.compile("".join(parts), re.DOTALL | (0 if isinstance(value, SigmaCasedString) else re.IGNORECASE))


def one(value: Any, seen: Any, event: dict[str, Any]) -> bool:
    found = texts(seen)
    if isinstance(value, SigmaExpansion):
        return any(one(part, seen, event) for part in value.values)
    if isinstance(value, SigmaNull):
        return not found or "" in found
    if isinstance(value, SigmaExists):
        return (seen is not None) == bool(value)
    if isinstance(value, SigmaString):
        return any(expression(value).fullmatch(text) for text in found)
    if isinstance(value, SigmaRegularExpression):
        flags = 0
        for flag in value.flags:
            flags |= value.sigma_to_python_flags[flag]
        return any(re.search(str(value.regexp), text, flags) for text in found)
    if isinstance(value, SigmaNumber):
        return str(value.number) in found
    if isinstance(value, SigmaBool):
        return ("true" if value.boolean else "false") in [text.lower() for text in found]
    if isinstance(value, SigmaCIDRExpression):
        return any(inside(text, value) for text in found)
    if isinstance(value, SigmaCompareExpression):
        ask = {"LT": "__lt__", "LTE": "__le__", "GT": "__gt__", "GTE": "__ge__"}[value.op.name]
        return any(getattr(float(text), ask)(float(value.number.number)) for text in found if re.fullmatch(r"-?\d+(\.\d+)?", text))
    if isinstance(value, SigmaFieldReference):
        others = texts(event.get(value.field))
        return any(a.lower() == b.lower() for a in found for b in others)
    raise NotImplementedError(type(value))


def inside(text: str, value: SigmaCIDRExpression) -> bool:
    try:
        return ip_address(text) in value.network
    except ValueError:
        return False


def holds(node: Any, event: dict[str, Any]) -> bool:
    if isinstance(node, ConditionItem):
        if isinstance(node, ConditionNOT):
            return not holds(node.args[0], event)
        join = all if isinstance(node, ConditionAND) else any
        return join(holds(part, event) for part in node.args)
    field = getattr(node, "field", None)
    if field is None:
        words = expression(node.value) if isinstance(node.value, SigmaString) else re.compile(re.escape(str(node.value.number)))
        return any(words.search(text) for value in event.values() for text in texts(value))
    return one(node.value, event.get(field), event)


class Reference:
    """Windows rules from parsed YAML documents."""

    def __init__(self, documents: list[dict[str, Any]]) -> None:
        pipeline = sysmon_pipeline() + windows_logsource_pipeline()
        self.rules = []
        for document in documents:
            rule = SigmaRule.from_dict(document)
            pipeline.apply(rule)
            self.rules.append((str(rule.id), [condition.parse() for condition in rule.detection.parsed_condition]))

    def fires(self, event: dict[str, Any]) -> set[str]:
        return {rule_id for rule_id, trees in self.rules if any(holds(tree, event) for tree in trees)}
