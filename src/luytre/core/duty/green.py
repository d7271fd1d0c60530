"""What would turn a line green: the facts still missing, as they would have to be written."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from luytre.core.duty.line import DONE, Forbidden, Line
from luytre.core.duty.model import Fact, Result
from luytre.core.duty.proofs import links
from luytre.core.duty.scope import satisfied

TO_TELL = "…"  # whatever the paper says: the law asks only that it stands there
CURABLE = ("overdue", "due_soon", "open", "undated", "waived", "recommended", "unknown")


def facts_wanted(line: Line, on: date, known: datetime, moment: datetime | None = None) -> list[Fact]:
    """The facts that, added, make a line `met` or `met_late` on `on` as known at `known`; empty where none can (a closed window, a
    scope nobody can tell) or none is needed. Each is dated `on`; its detail carries what the law asks of it."""
    status = line.status_on(on, moment)
    if status in DONE or status not in CURABLE or line.when_unknown or (line.frozen_on is not None and on > line.frozen_on):
        return []
    if status == "unknown" and not isinstance(line, Forbidden):
        return []
    if line.closes is not None and on >= line.closes and line.shut == "missed":
        return []
    verbs = line.missing(on)
    return [_fact(line, verb, number, on, known, moment) for number, verb in enumerate(verbs, 1)]


def _fact(line: Line, verb: str, number: int, on: date, known: datetime, moment: datetime | None) -> Fact:
    name = f"would:{line.slot.duty.id}:{line.slot.bearer}:{line.opens}:{number}"
    detail = {key: value for key, value in _detail(line, verb) if value is not None}
    return Fact(name, verb, (line.slot.bearer,), on, known, at=moment, detail=detail)


def _detail(line: Line, verb: str) -> Iterator[tuple[str, Any]]:
    version = line.version
    evidence = version.evidence.get(verb)
    if evidence is not None:
        yield from ((name, TO_TELL) for name in evidence.fields)
        yield from satisfied(evidence.when).items()
        if evidence.period == "year":
            yield "year", line.opens.year
        elif evidence.period == "month":
            yield "month", line.opens.isoformat()[:7]
    if version.needs.linked_by is not None and line.event is not None:
        key = version.needs.linked_by
        yield key, min(links(line.event, key), default=line.event.id)
    if verb in (version.rule.check, version.rule.ended) and verb:
        yield "duty", line.slot.duty.id


def line_of(lines: list[Line], result: Result) -> Line | None:
    """The line a result was written from."""
    if result.window is None:
        return None
    inherited = next((reason.params.get("from") for reason in result.reasons if reason.code == "inherited"), None)
    for line in lines:
        event = None if line.event is None else line.event.id
        if line.opens == result.window[0] and event == result.event and line.inherited_from == inherited:
            return line
    return None
