"""When a matter falls due: fixed dates, terms, numbers left open; of several instruments the strictest."""

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from luytre.core.duty.line import Due, as_day
from luytre.core.law.grammar import as_period
from luytre.core.law.model import Duty, Law, Parallel, Rule, Span, Version, Within
from luytre.core.when import Period

Holds = Callable[[Any], bool | None]


class Terms:
    """The dates of one duty's rules, counted by the law's calendar and readings."""

    def __init__(self, law: Law, duty: Duty) -> None:
        self.law = law
        self.duty = duty

    def fixed(self, rule: Rule, edge: date) -> date:
        """The last good day of a fixed date. House readings: before D ends on D−1; a day off does not roll it."""
        inclusive = self.law.settles(self.duty, rule, "last_day_is_D")
        day = edge - timedelta(days=1) if rule.edge_excluded and not inclusive else edge
        return self.law.calendar.working_day_from(day) if self.law.settles(self.duty, rule, "fixed_date_rolls") else day

    def born(self, start: date, length: Period) -> Due:
        """A body or system that came into being after a fixed date: a term from its coming into being."""
        return self.term(start, length, "due_new_subject")

    def term(self, start: date, length: Period, code: str = "due_term") -> Due:
        plain = length.after(start)
        due = plain if plain == start else self.law.calendar.working_day_from(plain)  # no term at all: the day itself
        params: dict[str, Any] = {"start": start, "months": length.months, "days": length.days}
        if due != plain:
            params["rolled_from"] = plain
        return Due(due, how=(code, params))

    def after(self, within: Within, start: date, at: datetime | None = None, detail: dict[str, Any] | None = None) -> Due:
        """A term after an event (`at` its moment, where known)."""
        named = as_day((detail or {}).get(within.detail)) if within.detail else None
        if named is not None:
            return Due(named, how=("due_named", {"field": within.detail}))
        if within.hours is not None:
            return self.hours(within.hours, start, at)
        if within.length is not None:
            return self.term(start, within.length)
        if within.param is not None:
            return self.param(within.param, start, at)
        return Due(None, how=("no_number", {}))

    def hours(self, hours: int, start: date, at: datetime | None) -> Due:
        """A clock in hours: from the moment, or from the end of the day where no moment is known."""
        params: dict[str, Any] = {"hours": hours, "start": at or start}
        if at is None:
            return Due(start + timedelta(days=math.ceil(hours / 24)), how=("due_hours", params))
        due = (at + timedelta(hours=hours)).astimezone(self.law.calendar.zone)
        return Due(due.date(), due, how=("due_hours", params))

    def param(self, name: str, start: date, at: datetime | None = None) -> Due:
        """A term whose length is a dated parameter; no value = undated."""
        param = self.law.param(self.duty, name)
        value = param.on(start)
        if value is None or value.value is None:
            return Due(None, how=("no_number", {"param": name}))
        if param.unit == "hour":
            due = self.hours(int(value.value), start, at)
        else:
            length = as_period(value.value, param.unit)
            due = self.term(start, length) if length else Due(None)
        due.how = (due.how[0], {**due.how[1], "param": name, "value": value.value, "house_default": value.house_default, "ref": value.ref})
        return due

    def length(self, span: Span | None, day: date) -> Period | None:
        """A length that may be a parameter, as it stands on a day."""
        if span is None or isinstance(span, Period):
            return span
        param = self.law.param(self.duty, span)
        value = param.on(day) or (param.values[0] if param.values else None)
        return None if value is None else as_period(value.value, param.unit)

    def strictest(self, version: Version, day: date, base: Due, of: Callable[[Rule], Due], holds: Holds) -> Due:
        """The earliest of the base rule and the instruments that bind beside it on a day; all that bind are named."""
        due = base
        bound: list[tuple[Parallel, date | None]] = []
        unclear: list[Parallel] = []
        for parallel in version.parallel:
            if not parallel.binds_on(day):
                continue
            applies = True if parallel.when is None else holds(parallel.when)
            if applies is None:
                unclear.append(parallel)
            if applies is not True:
                continue
            other = base if parallel.rule is None else of(parallel.rule)
            bound.append((parallel, other.on))
            due = other if self._earlier(other, due) else due
        due.bound, due.unclear = bound, unclear
        return due

    def _earlier(self, one: Due, other: Due) -> bool:
        if one.on is None or other.on is None:
            return other.on is None and one.on is not None
        end = self.law.calendar.end_of
        return (one.at or end(one.on)) < (other.at or end(other.on))
