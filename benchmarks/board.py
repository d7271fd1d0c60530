"""How fast the board answers: 10,000 bodies × 30 duties and 100,000 systems × 20, any day, any knowledge; one fact on the board.

Run: uv run python -m benchmarks.board [--small]. The histories are synthetic (seeded chance, six spans a slot and a few superseded);
they are written, mapped and read by the code the boards use. What one request asks: the day, its totals, a page of 200 bodies × 50
duties, and the ten worst. "Cold" asks for a day nobody has asked for yet; "kept" is the second request for the same day.
"""

import argparse
import platform
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from luytre.core.duty import columns
from luytre.core.duty.columns import Columns
from luytre.core.duty.rollup import CODE
from luytre.core.duty.standings import BODY_MARKS, SYSTEM_MARKS, Day, Plane, Standings

SPANS = 6
START, END = date(2022, 11, 4), date(2026, 11, 22)
FIRST = datetime(2022, 11, 4, tzinfo=UTC)


def synthetic(refs: list[str], lines: tuple[str, ...], rng: np.random.Generator, values: tuple[int, int], kind: str) -> Plane:
    """A plane with SPANS spans a slot; in one slot of three the last two were learnt later and replaced one superseded span."""
    slots = len(refs) * len(lines)
    low, high = columns.day_number(START), columns.day_number(END) + 400
    cuts = np.sort(rng.integers(low, high, (slots, SPANS - 1), dtype=np.uint16), axis=1)
    edge = np.zeros((slots, 1), dtype=np.uint16)
    starts, ends = np.hstack([edge, cuts]), np.hstack([cuts, edge + columns.FOREVER])
    later = rng.random(slots) < 1 / 3
    learnt = columns.moment_number(FIRST) + rng.integers(0, 4 * 365 * 86_400, slots) * 1_000_000
    rows = np.zeros((slots, SPANS), dtype=columns.ROW)
    rows["valid_from"], rows["valid_until"] = starts, ends
    rows["known_from"], rows["known_until"] = columns.ALWAYS, columns.STILL
    rows["known_from"][later, -2:] = learnt[later, None]
    rows["value"] = rng.integers(*values, (slots, SPANS))
    older = np.zeros(int(later.sum()), dtype=columns.ROW)
    older["valid_from"], older["valid_until"] = starts[later, -2], columns.FOREVER
    older["known_from"], older["known_until"] = columns.ALWAYS, learnt[later]
    older["value"] = rng.integers(*values, len(older))
    numbers = np.arange(slots, dtype=np.int32)
    order = np.argsort(np.concatenate([np.repeat(numbers, SPANS), numbers[later]]), kind="stable")
    where = np.concatenate([np.repeat(numbers, SPANS), numbers[later]])[order]
    return Plane(refs, lines, Columns.from_rows(slots, where, np.concatenate([rows.ravel(), older])[order], kind))


def constant(refs: list[str], lines: tuple[str, ...], values: np.ndarray) -> Plane:
    """Marks that never change: values of shape (refs, lines)."""
    rows = np.zeros(values.size, dtype=columns.ROW)
    rows["valid_until"], rows["known_from"], rows["known_until"] = columns.FOREVER, columns.ALWAYS, columns.STILL
    rows["value"] = values.ravel()
    return Plane(refs, lines, Columns.from_rows(values.size, np.arange(values.size), rows, "i4"))


def province(bodies: int, systems: int) -> Standings:
    rng = np.random.default_rng(13)
    orgs, machines = [f"org:{n}" for n in range(bodies)], [f"system:{n}" for n in range(systems)]
    marks = np.stack([rng.integers(0, 4, bodies), rng.integers(0, 2, bodies), np.arange(bodies)], axis=1)
    return Standings(
        synthetic(orgs, tuple(f"D{n:02}" for n in range(1, 31)), rng, (0, 12), "i1"),
        constant(orgs, BODY_MARKS, marks),
        synthetic(machines, tuple(f"S{n:02}" for n in range(1, 21)), rng, (0, 12), "i1"),
        constant(machines, SYSTEM_MARKS, rng.integers(0, bodies, (systems, 1))),
    )


def request(board: Standings, on: date, known: datetime | None) -> Day:
    """What one board page asks."""
    day = board.day(on, known)
    board.counts(day)
    board.cells(day, board.bodies.refs[:200], board.duties)
    red = board.per_body(day)[:, [CODE["overdue"], CODE["missed"]]].sum(axis=1)
    np.argsort(-red, kind="stable")[:10]
    return day


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def one_fact(board: Standings, on: date, ref: str, duty: str) -> None:
    """A history of one slot replaced, and the page asked again."""
    fresh = columns.supersede(board.history(ref, duty), columns.partition([(START, CODE["met"])]), columns.moment_number(datetime.now(UTC)))
    board.replace({(ref, duty): columns.pack(fresh)})
    assert board.cells(board.day(on), [ref], [duty])[ref][0].status == "met"
    board.counts(board.day(on))


def report(bodies: int, systems: int) -> None:
    made = province(bodies, systems)
    with tempfile.TemporaryDirectory() as name:
        wrote = timed(lambda: made.save(Path(name), {"turn": 1}))
        size = sum(path.stat().st_size for path in Path(name).rglob("*.npy")) / 1e6
        board, _ = Standings.load(Path(name))
        request(board, END, None)  # pages of the files into memory
        days = [END - timedelta(days=37 * n) for n in range(1, 12)]
        now = [timed(lambda on=on: request(board, on, None)) for on in days]
        kept = [timed(lambda on=on: request(board, on, None)) for on in days]
        past = [timed(lambda on=on: request(board, on, FIRST + timedelta(days=500, hours=on.day))) for on in days]
        board._days.clear()
        board.day(END)
        facts = [timed(lambda n=n: one_fact(board, END, f"system:{n}", "S07")) for n in range(5, 25)]
    slots = board.bodies.columns.count + board.systems.columns.count
    print(f"{bodies:,} bodies × 30 + {systems:,} systems × 20 = {slots:,} slots, {slots * SPANS:,} spans, {size:.0f} MB on disk")
    print(f"  write the files {wrote:8.0f} ms")
    for says, figures in (("page, known = now, cold", now), ("page, known = now, kept", kept), ("page, any known, cold", past)):
        print(f"  {says:<25} median {median(figures):6.1f} ms, slowest {max(figures):6.1f} ms")
    print(f"  {'one slot on the board':<25} median {median(facts):6.1f} ms, slowest {max(facts):6.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the size")
    scale = 10 if parser.parse_args().small else 1
    print(f"{platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    report(10_000 // scale, 100_000 // scale)


if __name__ == "__main__":
    main()
