"""How fast the journal writes and is verified: acts one by one, the bulk door, a walk of the whole chain, facts for the judge.

Run: uv run python -m benchmarks.journal [--entries 50000]. With LUYTRE_DATABASE_URL it measures that (empty!) PostgreSQL database.
"""

import argparse
import os
import platform
import tempfile
import time
from datetime import date

from benchmarks.fresh import fresh_database

SINGLE = 1000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=50_000)
    entries = asked.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        fresh_database(folder)
        from django.db import connection
        from django.utils import timezone

        from luytre import journal

        print(f"{connection.vendor}, {os.cpu_count()} cores, Python {platform.python_version()}")
        at, on = timezone.now(), date(2026, 1, 1)

        start = time.perf_counter()
        for number in range(SINGLE):
            journal.record(by="console", at=at, verb="hunt.completed", about=[f"system:{number % 300}"], on=on)
        print(f"acts one by one: {SINGLE / (time.perf_counter() - start):.0f}/s")

        rows = [journal.Row(verb="hunt.completed", by="console", at=at, about=[f"system:{n % 300}"], on=on) for n in range(entries)]
        start = time.perf_counter()
        journal.record_many(rows)
        print(f"bulk door, {entries} entries: {time.perf_counter() - start:.2f} s")

        start = time.perf_counter()
        verdict = journal.verify(timezone.now())
        assert verdict.is_whole, verdict.broken
        print(f"verify, {verdict.checked} entries: {time.perf_counter() - start:.2f} s")

        start = time.perf_counter()
        count = sum(1 for _ in journal.queries.facts())
        print(f"facts for the judge, {count}: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
