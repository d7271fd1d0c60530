"""Which facts prove a matter: by their verb, what they carry, the period they name, the event they answer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from luytre.core.duty.line import Line, Span
from luytre.core.duty.model import Fact
from luytre.core.duty.scope import holds
from luytre.core.duty.steps import MISSING
from luytre.core.duty.view import Proof
from luytre.core.fold import fold
from luytre.core.law.model import Evidence, Independent, Needs, Scope

FOREVER = date.max


def counts(evidence: Evidence | None, fact: Fact) -> bool:
    """Whether a fact carries what its verb must carry to prove this duty: every field named, and the condition."""
    if evidence is None:
        return True
    if any(fact.detail.get(name) in (None, "") for name in evidence.fields):
        return False
    return evidence.when is None or holds(evidence.when, lambda name: fact.detail.get(name, MISSING)) is True


def is_independent(rule: Independent, fact: Fact, others: Sequence[Proof]) -> bool:
    """Whether a proof comes from another hand than the latest fact it must be apart from; a hand nobody named is not held against it."""
    mine = _hand(fact, rule)
    theirs = [other for day, other in others if day <= fact.on and (rule.when is None or _fits(rule.when, other))]
    return not (mine and theirs and mine == _hand(theirs[-1], rule))


def _hand(fact: Fact, rule: Independent) -> str:
    return fold(str(fact.detail.get(rule.name) or ""))


def _fits(when: Scope, fact: Fact) -> bool:
    return holds(when, lambda name: fact.detail.get(name, MISSING)) is True


def named_period(evidence: Evidence | None, fact: Fact) -> date | None:
    """The first day of the year or month a paper names in its detail; None where it names none that can be read."""
    if evidence is None or evidence.period is None:
        return None
    detail = fact.detail
    if evidence.period == "year":
        return _year(detail.get("year"))
    return _month(detail.get("month"), detail.get("year"), fact.on)


def _year(value: Any) -> date | None:
    text = str(value)
    return date(int(text[:4]), 1, 1) if text[:4].isdigit() and 1900 <= int(text[:4]) <= 2200 and not isinstance(value, bool) else None


def _month(value: Any, year: Any, on: date) -> date | None:
    """A month as 2026-10, 10/2026, a day in it, or 10 beside a year; 10 alone is the latest October begun by the day of the paper."""
    text = str(value).strip()
    first, _, second = text.replace("/", "-").partition("-")
    second = second[:2] if len(first) == 4 else second
    if year is None and not second and len(first) <= 2 and first.isdigit():
        year = on.year - (int(first) > on.month)
    parts = (first, second) if len(first) == 4 else (second, first) if second else (str(year), first)
    if not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return None
    held = _year(parts[0])
    return None if held is None else held.replace(month=int(parts[1]))


def settle(line: Line, needs: Needs, found: Sequence[Sequence[Proof]], due: date | None, due_at: datetime | None = None) -> None:
    """Complete a line from the proofs found for each verb, each list in order of days."""
    firsts = [proofs[0] for proofs in found if proofs]
    if not firsts:
        return
    firsts.sort(key=_by_day)
    if needs.any_one:
        firsts = firsts[:1]
    elif len(firsts) < len(needs.verbs):
        line.partial = firsts
        return
    line.partial = line.proofs = firsts
    line.done_on = firsts[-1][0]
    line.done_at = max((f.at for day, f in firsts if f.at is not None and day == line.done_on), default=None)
    line.late = any(is_late(fact, due, due_at) for _, fact in firsts)


def _by_day(proof: Proof) -> tuple[date, str]:
    return proof[0], proof[1].id


def is_late(fact: Fact, due: date | None, due_at: datetime | None) -> bool:
    if due is None:
        return False
    if due_at is not None and fact.at is not None:
        return fact.at > due_at
    return fact.on > due


# -- cover: evidence that holds for a while -------------------------------------------------------------------------------


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans of days without gaps or overlaps between them."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and (joined[-1][1] == FOREVER or first <= joined[-1][1] + timedelta(days=1)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        elif last >= first:
            joined.append((first, last))
    return joined


def common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """The days in both."""
    return [(max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other if max(a[0], b[0]) <= min(a[1], b[1])]


def covers(needs: Needs, spans: Sequence[Sequence[Span]]) -> list[Span]:
    """The days on which the needs are covered, from the cover of each verb."""
    if needs.any_one:
        return merged(span for each in spans for span in each)
    held = merged(spans[0])
    for each in spans[1:]:
        held = common(held, merged(each))
    return held


# -- links: the event a fact answers --------------------------------------------------------------------------------------


def links(fact: Fact, key: str) -> set[str]:
    """What a fact names as its case: detail[key], and mentions such as `incident:17`."""
    named = {str(fact.detail[key]).removeprefix(f"{key}:")} if fact.detail.get(key) not in (None, "") else set()
    return named | {ref.partition(":")[2] for ref in fact.about if ref.startswith(f"{key}:")}


def answers(fact: Fact, event: Fact, later: Sequence[Fact], needs: Needs) -> bool:
    """Whether a fact answers an event. `later`: events of the same kind after this one, up to the fact.

    A fact that names its case answers that case only. One that names none answers the latest event before it, and only where the
    event names no case either, or the duty links loosely. Without `linked_by` whatever follows the event answers it: one updated plan
    covers all changes before it.
    """
    key = needs.linked_by
    if key is None:
        return True
    named = links(fact, key)
    if named:
        return bool(named & (links(event, key) | {event.id}))
    return not later and (needs.loosely or not links(event, key))
