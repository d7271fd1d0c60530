"""A day of the province equals the plain reading of its slots; replacing slots equals building anew; files hold the same."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from luytre.core.duty import columns
from luytre.core.duty.standings import BODY_MARKS, CONFIRMED, NUMBER, OWNER, SYSTEM_MARKS, TYPE, Plane, Standings

ON, KNOWN = date(2024, 3, 1), datetime(2024, 2, 1, tzinfo=UTC)
BODY_DUTIES, SYSTEM_DUTIES = ("D01", "D15", "D36"), ("D07", "D09")
BODIES = [f"org:{number}" for number in range(7)]
SYSTEMS = [f"system:{number}" for number in range(15)]
Histories = dict[tuple[str, str], bytes]


def _slot(rng: random.Random, values: range, steps: int) -> bytes:
    spans: list[columns.Span] = []
    for epoch in sorted(rng.sample(range(800), rng.randint(1, 3))):
        turns = sorted((date(2022, 11, 4) + timedelta(days=rng.randrange(900)), rng.choice(values)) for _ in range(rng.randint(1, steps)))
        known = columns.moment_number(datetime(2022, 11, 4, tzinfo=UTC) + timedelta(days=epoch))
        spans = columns.supersede(spans, columns.partition(turns), known)
    return columns.pack(spans)


def _histories(rng: random.Random, bodies: list[str], systems: list[str]) -> Histories:
    table = {(ref, duty): _slot(rng, range(12), 5) for ref in bodies for duty in BODY_DUTIES}
    table |= {(ref, TYPE): _slot(rng, range(-1, 7), 2) for ref in bodies} | {(ref, CONFIRMED): _slot(rng, range(2), 3) for ref in bodies}
    always = columns.ALWAYS, columns.STILL
    table |= {(ref, NUMBER): columns.pack([(0, columns.FOREVER, *always, 90 - number)]) for number, ref in enumerate(bodies)}
    table |= {(ref, duty): _slot(rng, range(12), 5) for ref in systems for duty in SYSTEM_DUTIES}
    return table | {(ref, OWNER): _slot(rng, range(90 - len(bodies), 91), 2) for ref in systems}


def _build(table: Histories, bodies: list[str], systems: list[str]) -> Standings:
    def plane(refs: list[str], lines: tuple[str, ...], kind: str = "i1") -> Plane:
        return Plane.build(refs, lines, [table[ref, line] for ref in refs for line in lines], kind)

    return Standings(
        plane(bodies, BODY_DUTIES),
        plane(bodies, BODY_MARKS, "i4"),
        plane(systems, SYSTEM_DUTIES),
        plane(systems, SYSTEM_MARKS, "i4"),
        covered=["D07"],
    )


def _same(one: Standings, other: Standings, on: date, known: datetime | None) -> None:
    left, right = one.day(on, known), other.day(on, known)
    for name in ("grid", "done", "owed", "type", "confirmed", "systems", "owner"):
        assert np.array_equal(getattr(left, name), getattr(right, name)), name
    refs, duties = [*BODIES, *SYSTEMS], [*BODY_DUTIES, *SYSTEM_DUTIES]
    assert one.cells(left, refs, duties) == other.cells(right, refs, duties)
    assert one.counts(left).tolist() == other.counts(right).tolist()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("known", [None, KNOWN])
def test_replacing_equals_building_anew(seed: int, known: datetime | None) -> None:
    rng = random.Random(seed)
    table = _histories(rng, BODIES, SYSTEMS)
    live = _build(table, BODIES[:5], SYSTEMS[:12])
    live.day(ON, known)  # a day kept ready, to be brought up to date
    later = _histories(rng, BODIES, SYSTEMS)
    known_slots = [key for key in later if key[0] in (*BODIES[:5], *SYSTEMS[:12])]
    change = {key: later[key] for key in rng.sample(known_slots, 9)}
    live.replace(change)
    table |= change
    _same(live, _build(table, BODIES[:5], SYSTEMS[:12]), ON, known)
    live.replace({key: blob for key, blob in table.items() if key not in known_slots})  # and things never seen before
    _same(live, _build(table, BODIES, SYSTEMS), ON, known)


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_the_cells(seed: int) -> None:
    live = _build(_histories(random.Random(seed), BODIES, SYSTEMS), BODIES, SYSTEMS)
    day = live.day(ON)
    cells = live.cells(day, BODIES, live.duties)
    alive = [ref for ref, kind in zip(BODIES, day.type, strict=True) if kind >= 0]
    assert live.counts(day).sum() == sum(cell.status is not None for ref in alive for cell in cells[ref])
    assert live.per_body(day).sum() == live.counts(day).sum()
    assert live.counts(day, np.array([0, 1])).sum() == sum(c.status is not None for ref in BODIES[:2] if ref in alive for c in cells[ref])


def test_files_hold_the_same(tmp_path: Path) -> None:
    live = _build(_histories(random.Random(3), BODIES, SYSTEMS), BODIES, SYSTEMS)
    live.save(tmp_path, {"turn": 7})
    again, about = Standings.load(tmp_path)
    assert about["turn"] == 7
    _same(live, again, ON, KNOWN)
    assert again.history("system:3", "D09") == live.history("system:3", "D09") != []
    assert again.history("org:nowhere", "D09") == []
