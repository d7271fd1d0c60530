"""From one fact in the journal to its cell on the board, in the seeded province, through the code that serves the pages.

Run: uv run luytre demo --data DIR --no-serve; uv run python -m benchmarks.fact DIR (works on a copy). Prints the wall time and the
processor time of taking the fact in and asking for the body's row and the totals again, and how many queries that took.
"""

import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median


def main() -> int:
    if len(sys.argv) != 2:
        sys.stderr.write((__doc__ or "") + "\n")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(shutil.copytree(sys.argv[1], Path(name) / "demo"))
        os.environ |= {"LUYTRE_DATA": str(folder), "LUYTRE_TODAY": "2026-11-22", "DJANGO_SETTINGS_MODULE": "luytre.site.settings"}
        measure()
    return 0


def measure() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from luytre import journal
    from luytre.journal import clock
    from luytre.rooms.duties import projection

    today = clock.today()
    held = projection.standings_of_all(today)
    projection.totals(today, today=today)
    bodies = [ref for ref, kind in zip(held.bodies.refs, held.day(today).type.tolist(), strict=True) if 0 <= kind <= 3]
    told = [("principles.taught", ref, ref, "D01") for ref in bodies[::25]]
    told += [("hunt.completed", ref, ref, "D09") for ref in held.systems.refs[::40]]
    walls, cpus, queries = [], [], []
    for verb, about, row, duty in told:
        journal.record(by="console", at=clock.now(), verb=verb, about=[about], on=today)
        with CaptureQueriesContext(connection) as asked:
            wall, cpu = time.perf_counter(), time.process_time()
            projection.catch_up(on=today)
            cell = projection.matrix([row], [duty], today, None, today).rows[row][0]
            projection.totals(today, today=today)
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
        queries.append(len(asked))
        assert cell.status in ("met", "met_late", "not_applicable", "unknown", "not_open"), (row, duty, cell.status)
    slots = held.bodies.columns.count + held.systems.columns.count
    things = f"{len(held.bodies.refs)} bodies, {len(held.systems.refs)} systems, {slots:,} slots"
    print(f"{platform.machine()}, Python {platform.python_version()}; {things}")
    print(f"  one fact on the board, {len(told)} facts: wall median {median(walls):.1f} ms, slowest {max(walls):.1f} ms")
    print(f"  {'processor':>37} median {median(cpus):.1f} ms, slowest {max(cpus):.1f} ms; {median(queries):.0f} queries")


if __name__ == "__main__":
    raise SystemExit(main())
