"""How long a workbook of 20,000 rows takes: unpacked, read, checked and written as one act; then the same file again; then export.

Run: uv run python -m benchmarks.register [--rows 20000]. Claim: under 5 s for reading, checking and writing on 2 cores (SQLite).
"""

import argparse
import os
import platform
import tempfile
import time
from io import BytesIO

from benchmarks.fresh import fresh_database


def workbook(rows: int) -> bytes:
    """Half the rows bodies, half systems, each with code, name, type or owner, level, phase and dates."""
    import xlsxwriter

    from luytre.register.sheets import SHEETS

    headings = {sheet.title: sheet.headings for sheet in SHEETS}
    out = BytesIO()
    made = xlsxwriter.Workbook(out)
    bodies, systems = made.add_worksheet("Đơn vị"), made.add_worksheet("Hệ thống")
    bodies.write_row(0, 0, headings["Đơn vị"])
    systems.write_row(0, 0, headings["Hệ thống"])
    for n in range(1, rows // 2 + 1):
        parent = "dv-1" if n > 1 else None
        bodies.write_row(n, 0, [f"dv-{n}", f"Đơn vị số {n}", "unit", parent, "có", "sample", "01/01/2021", None, None])
        line = [f"ht-{n}", f"Hệ thống số {n}", f"dv-{n}", f"dv-{n}", n % 5 + 1, "đang vận hành", "01/10/2022", None, None]
        systems.write_row(n, 0, line)
    made.close()
    return out.getvalue()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=20_000)
    rows = asked.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        fresh_database(folder)
        from django.utils import timezone

        from luytre.register import imports, workbook_out

        content = workbook(rows)
        print(f"{rows} rows, {len(content) / 1e6:.1f} MB of .xlsx; {os.cpu_count()} cores, Python {platform.python_version()}, SQLite")

        def bring() -> int:
            sha256 = imports.keep("so.xlsx", BytesIO(content))
            seen = imports.bring_in(by="console", at=timezone.now(), sha256=sha256)
            assert not seen.reading.faults, seen.reading.faults[:3]
            return seen.changes.rows

        for what, work in (
            ("import into an empty register", bring),
            ("the same file again", bring),
            ("export", lambda: len(workbook_out.export(workbook_out.whole_register()))),
        ):
            start = time.perf_counter()
            result = work()
            print(f"{what}: {time.perf_counter() - start:.2f} s ({result} {'bytes' if what == 'export' else 'rows written'})")


if __name__ == "__main__":
    main()
