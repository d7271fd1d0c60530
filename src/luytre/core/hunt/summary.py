"""The summary of a hunt as one table: what was looked at, what was not and why, and by which rules."""

from collections import Counter
from typing import Any

from luytre.core.hunt.indicators import Indicators
from luytre.core.hunt.kinds import has_reader
from luytre.core.hunt.moments import EPOCH, rfc3339
from luytre.core.hunt.ruleset import RuleSet
from luytre.core.hunt.run import Outcome


def summary_of(
    rules: RuleSet, outcome: Outcome, indicators: Indicators | None = None, bad: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """JSON-ready. Stable keys: events, findings, levels, inputs, inputs_not_parsed, rules."""
    tally = outcome.tally
    return {
        "events": outcome.events,
        "findings": tally.findings,
        "levels": tally.by_level,
        "first": _moment(tally.first),
        "last": _moment(tally.last),
        "interrupted": outcome.interrupted,
        "inputs": [_input(one) for one in outcome.looked],
        "inputs_not_parsed": [{"file": one.file, "why": one.faults} for one in outcome.looked if one.faults],
        "times_without_zone": sum(one.naive for one in outcome.looked),
        "rules": _rules(rules),
        "indicators": None if indicators is None else {"used": len(indicators), "skipped": indicators.skipped},
        "sources_not_used": bad or [],
    }


def _input(one: Any) -> dict[str, Any]:
    found = {
        "file": one.file,
        "sha256": one.sha256,
        "bytes": one.bytes,
        "format": one.format,
        "events": one.events,
        "findings": one.findings,
    }
    if one.inside:
        found["archive"] = one.inside
    if one.notes:
        found["notes"] = one.notes
    if one.naive:
        found["times_without_zone"] = one.naive
    return found


def _rules(rules: RuleSet) -> dict[str, Any]:
    unread = [rule for rule in rules.rules if not has_reader(rule)]
    not_run = [
        {"rule_id": problem.rule_id, "title": problem.title, "file": problem.file, "code": problem.code, "why": problem.why}
        for problem in rules.problems
        if problem.code != "duplicate"
    ]
    return {
        "source": rules.source,
        "digest": rules.digest,
        "newest": _moment(rules.newest or None),
        "files": rules.files,
        "pipelines": list(rules.pipelines),
        "run": len(rules.rules) - len(unread) + len(rules.correlations),
        "not_run": not_run,
        "no_reader": dict(Counter("/".join(part or "*" for part in (rule.product, rule.category, rule.service)) for rule in unread)),
        "duplicates": sum(problem.code == "duplicate" for problem in rules.problems),
    }


def _moment(stamp: float | None) -> str | None:
    from datetime import timedelta

    return None if stamp is None else rfc3339(EPOCH + timedelta(seconds=stamp))
