"""Questions about one body or system: its standing duty by duty, judged exactly, and why a cell is as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from luytre.core.duty import Judge, columns, words
from luytre.core.duty.cell import WORST_FIRST
from luytre.core.duty.model import STATUSES, Fact, Result
from luytre.core.duty.standings import Cell
from luytre.core.law import Duty
from luytre.rooms.duties import queries
from luytre.rooms.duties.projection.memory import standings_of_all

LATEST = datetime(9000, 1, 1, tzinfo=UTC)  # known by now: later than anything recorded


@dataclass(frozen=True)
class Line:
    """One duty at a body or system: its cell on the board, the judged line it shows (for a duty owed per system: of the worst system),
    and, for a body, the standing of each of its systems."""

    duty: Duty
    cell: Cell
    result: Result | None
    systems: Mapping[str, Result] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """What was held about a slot: this status on these days, as known between these moments."""

    status: str
    from_on: date | None
    until_on: date | None
    known_from: datetime | None
    known_until: datetime | None


@dataclass(frozen=True)
class Why:
    """One cell explained: the judged lines, the one it shows first, the facts weighed, and all that was ever held."""

    line: Line
    results: Sequence[Result]
    explained: Mapping[str, Any] | None
    facts: Mapping[str, Fact]
    history: Sequence[Held]


def standings(ref: str, on: date, known: datetime | None = None, today: date | None = None) -> list[Line]:
    """Every duty that may concern a body or system, in the order of the law; a ref nobody knows has none."""
    return lines(ref, queries.law().duties, on, known, today)


def lines(ref: str, duties: Iterable[str], on: date, known: datetime | None = None, today: date | None = None) -> list[Line]:
    """Some duties of a body or system."""
    held = standings_of_all(today or on)
    asked = [duty for duty in duties if duty in held.column]
    cells = held.cells(held.day(on, known), [ref], asked).get(ref)
    if cells is None:
        return []
    judge = _judge_near(ref)
    return [_line(judge, duty, ref, cell, on, known) for duty, cell in zip(asked, cells, strict=True) if cell.status is not None]


def _judge_near(ref: str) -> Judge:
    things = queries.things_read_by(ref)
    return queries.judge(things, queries.facts_about([thing.id for thing in things]))


def _line(judge: Judge, duty_id: str, ref: str, cell: Cell, on: date, known: datetime | None) -> Line:
    duty = queries.law().duties[duty_id]
    if ref.startswith("org:") and duty.subject == "system":
        systems = _of_systems(judge, duty_id, ref, on, known)
        worst = judge.owner_standing(duty_id, ref, on, known or LATEST).worst
        return Line(duty, cell, worst or _shown(judge, duty_id, ref, on, known), systems)
    return Line(duty, cell, _shown(judge, duty_id, ref, on, known))


def _shown(judge: Judge, duty: str, ref: str, on: date, known: datetime | None) -> Result | None:
    return judge.standing(duty, ref, on, known or LATEST)


def _of_systems(judge: Judge, duty: str, owner: str, on: date, known: datetime | None) -> dict[str, Result]:
    """The standing of each system the body owns on the day, worst first; those the duty does not concern are left out."""
    owned = judge.bench(known or LATEST).systems(owner, on)
    shown = {system.thing.id: _shown(judge, duty, system.thing.id, on, known) for system in owned}
    concerned = {ref: result for ref, result in shown.items() if result is not None and result.status != "not_applicable"}
    return dict(sorted(concerned.items(), key=lambda pair: _badness(pair[1])))


def _badness(result: Result) -> int:
    return WORST_FIRST.index(result.status)


def why(duty: str, ref: str, on: date, known: datetime | None = None, window: date | str | None = None, lang: str = "vi") -> Why | None:
    """One cell explained; `window`: the first day of the window meant, or the id of its event. None where there is no such cell."""
    if duty not in queries.law().duties:
        return None
    held = standings_of_all(on)
    cells = held.cells(held.day(on, known), [ref], [duty]).get(ref)
    if not cells:
        return None
    judge = _judge_near(ref)
    line = _line(judge, duty, ref, cells[0], on, known)
    results = judge.results(duty, ref, on, known or LATEST) or list(line.systems.values())
    meant = next((result for result in results if _is_meant(result, window)), None) if window else line.result
    weighed = {entry for result in results for entry in result.evidence}
    facts = {fact.id: fact for fact in queries.facts_by_id(weighed)}
    explained = words.explain(meant, queries.law(), lang) if meant else None
    history = [_held(span) for span in held.history(ref, duty)]
    return Why(Line(line.duty, line.cell, meant, line.systems), results, explained, facts, history)


def _is_meant(result: Result, window: date | str | None) -> bool:
    return str(window) in (result.event, result.window[0].isoformat() if result.window else None)


def _held(span: columns.Span) -> Held:
    start, until, known_from, known_until, value = span
    status = STATUSES[value] if value >= 0 else "not_applicable"
    return Held(status, columns.day_of(start), columns.day_of(until), columns.moment_of(known_from), columns.moment_of(known_until))
