"""Correlation: many hits that only together mean something. Hits are put in order of time on disk, so that memory stays bounded."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec

from luytre.core.hunt.finding import Mark
from luytre.core.hunt.moments import EPOCH, rfc3339
from luytre.core.hunt.ruleset import Correlation, Rule, RuleSet

SOURCES = 1_000  # places named in one finding
COMPARE = {
    "gte": lambda count, wanted: count >= wanted,
    "gt": lambda count, wanted: count > wanted,
    "eq": lambda count, wanted: count == wanted,
    "neq": lambda count, wanted: count != wanted,
    "lt": lambda count, wanted: count < wanted,
    "lte": lambda count, wanted: count <= wanted,
}
Key = tuple[str | None, ...]
Found = tuple[Mark, list[Mark], int]  # the last hit, the hits, the count that was reached


class Correlator:
    """Takes marks in any order; `results` gives findings, correlation by correlation, each in order of time."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._ids = {rule.id: rule for rule in rules.rules}
        self._base = sqlite3.connect("")  # a private file that goes when it is closed
        self._base.execute("create table mark (correlation text, moment real, file text, line integer, body blob)")

    def add(self, marks: list[Mark]) -> None:
        rows = [(mark.rule.partition("\0")[0], mark.moment, mark.file, mark.line or 0, msgspec.msgpack.encode(mark)) for mark in marks]
        self._base.executemany("insert into mark values (?, ?, ?, ?, ?)", rows)

    def results(self) -> Iterator[dict[str, Any]]:
        """Finding rows, ready to be encoded."""
        self._base.execute("create index by_time on mark (correlation, moment, file, line)")
        for correlation in in_order(self.rules.correlations):
            for last, hits, count in found_by(correlation, self._marks(correlation), self._names(correlation)):
                yield row_of(correlation, last, hits, count)
                self._pass_on(correlation, last)

    def _marks(self, correlation: Correlation) -> Iterator[Mark]:
        rows = self._base.cursor().execute("select body from mark where correlation = ? order by moment, file, line", (correlation.id,))
        for (body,) in rows:
            yield msgspec.msgpack.decode(body, type=Mark)

    def _names(self, correlation: Correlation) -> dict[str, str]:
        """rule id → the name under which the correlation speaks of it."""
        names: dict[str, str] = {}
        known: list[Rule | Correlation] = [*self.rules.rules, *self.rules.correlations]
        for one in known:
            for name in correlation.rules:
                if name in (one.id, one.name):
                    names[one.id] = name
        return names

    def _pass_on(self, correlation: Correlation, last: Mark) -> None:
        """A correlation's finding is a hit for correlations over it."""
        above = [one for one in self.rules.correlations if {correlation.id, correlation.name} & set(one.rules) - {""}]
        self.add([msgspec.structs.replace(last, rule=f"{one.id}\0{correlation.id}") for one in above])


def in_order(correlations: list[Correlation]) -> list[Correlation]:
    """Those over other correlations after these; rings are left as they come."""
    names = {name: one for one in correlations for name in (one.id, one.name) if name}
    done: list[Correlation] = []

    def put(one: Correlation, above: tuple[str, ...]) -> None:
        if one in done or one.id in above:
            return
        for name in one.rules:
            if name in names:
                put(names[name], (*above, one.id))
        done.append(one)

    for one in correlations:
        put(one, ())
    return done


def found_by(correlation: Correlation, marks: Iterator[Mark], names: dict[str, str]) -> Iterator[Found]:
    """The correlation over its hits in order of time, group by group. A burst is one finding: what counted is not counted again."""
    windows: dict[Key, deque[Mark]] = {}
    for mark in marks:
        key = tuple(mark.values.get(name) for name in correlation.group_by)
        if None in key:
            continue
        window = windows.setdefault(key, deque())
        if correlation.op in ("lt", "lte", "neq") and correlation.condition is None and window and is_past(correlation, window[0], mark):
            yield from few(correlation, window)
        while window and is_past(correlation, window[0], mark):
            window.popleft()
        window.append(slim(mark, window))
        if correlation.op in ("lt", "lte", "neq") and correlation.condition is None:
            continue
        count = reached(correlation, window, names)
        if count is not None:
            yield mark, list(window), count
            window.clear()
    if correlation.op in ("lt", "lte", "neq") and correlation.condition is None:
        for window in windows.values():
            yield from few(correlation, window)


def is_past(correlation: Correlation, first: Mark, now: Mark) -> bool:
    return now.moment - first.moment > correlation.seconds


def slim(mark: Mark, window: deque[Mark]) -> Mark:
    """The hit as kept in its window: only the newest keeps its event."""
    if window:
        window[-1].event = None
    return mark


def few(correlation: Correlation, window: deque[Mark]) -> Iterator[Found]:
    """Conditions of the form `fewer than`: asked when a window is over."""
    count = counted(correlation, window)
    if window and COMPARE[correlation.op](count, correlation.count):
        yield window[-1], list(window), count
    window.clear()


def reached(correlation: Correlation, window: deque[Mark], names: dict[str, str]) -> int | None:
    """The count that fulfils the condition; None while it is not fulfilled."""
    if correlation.kind in ("event_count", "value_count"):
        count = counted(correlation, window)
        return count if COMPARE[correlation.op](count, correlation.count) else None
    seen = [names.get(mark.rule.partition("\0")[2], "") for mark in window]
    if correlation.condition is not None:
        fulfilled = expressed(correlation.condition, set(seen))
        if correlation.kind == "temporal_ordered":
            fulfilled = fulfilled and ordered([name for name in correlation.rules if name in seen], seen)
        return len(set(seen)) if fulfilled else None
    if correlation.kind == "temporal_ordered":
        return len(correlation.rules) if ordered(list(correlation.rules), seen) else None
    count = len(set(seen))
    return count if COMPARE[correlation.op](count, correlation.count) else None


def counted(correlation: Correlation, window: deque[Mark]) -> int:
    if correlation.kind != "value_count":
        return len(window)
    values = {tuple(mark.values.get(name) for name in correlation.fields) for mark in window}
    return sum(None not in value for value in values)


def ordered(wanted: list[str], seen: list[str]) -> bool:
    """Do the names occur one after the other?"""
    left = iter(seen)
    return all(any(name == one for one in left) for name in wanted)


def expressed(condition: Any, seen: set[str]) -> bool:
    if isinstance(condition, str):
        return condition in seen
    head, *parts = condition
    if head == "!":
        return not expressed(parts[0], seen)
    return (all if head == "&" else any)(expressed(part, seen) for part in parts)


def row_of(correlation: Correlation, last: Mark, hits: list[Mark], count: int) -> dict[str, Any]:
    """The finding line of a correlation."""
    why: list[dict[str, Any]] = [
        {"field": name, "op": "group-by", "value": name, "seen": last.values.get(name)} for name in correlation.group_by
    ]
    wanted = f"{correlation.op} {correlation.count}" if correlation.condition is None else "condition"
    why.append(
        {
            "field": ", ".join(correlation.fields) or None,
            "op": correlation.kind,
            "value": f"{wanted} / {correlation.seconds}s",
            "seen": count,
        }
    )
    sources = [{"file": mark.file, "record": mark.record, "line": mark.line} for mark in hits]
    return {
        "kind": "correlation",
        "rule_id": correlation.id,
        "title": correlation.title,
        "level": correlation.level,
        "attack": correlation.attack,
        "time": rfc3339(EPOCH + timedelta(seconds=last.moment)),
        "host": last.host,
        "source": sources[-1],
        "sources": sources[-SOURCES:],
        "why": why,
        "event": last.event,
        "authors": correlation.authors,
    }
