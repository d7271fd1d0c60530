"""Speed of the paper engine: a form, a report with charts, a 200-page annex; as PDF, Word and HTML; reading and signing.

    uv run python -m benchmarks.paper

Figures come with the machine's count of processors; each is the best of several runs after one that loads fonts and modules.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from luytre.core.paper.model import Paper
from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import from_plain, read, write
from luytre.core.paper.returned import examine
from luytre.core.paper.signing import pkcs12, sign
from luytre.core.paper.web import html
from luytre.core.paper.word import docx

HERE = Path(__file__).resolve().parents[1] / "tests" / "core" / "paper"
COLUMNS = [
    {"head": "TT", "width_mm": 12, "align": "centre"},
    {"head": "Hệ thống thông tin"},
    {"head": "Cấp độ", "width_mm": 20, "align": "centre"},
    {"head": "Tình trạng", "width_mm": 40},
]


def annexed(rows: int) -> Paper:
    """The form with a table of so many rows as an annex; no two runs use equal rows, so that nothing is remembered."""
    made = [[str(n), f"Hệ thống quản lý văn bản và điều hành số {n} của xã", str(n % 5 + 1), "Đã được phê duyệt"] for n in range(rows)]
    plain = json.loads((HERE / "samples" / "form03.json").read_text())
    plain["annexes"] = [{"title": "DANH SÁCH HỆ THỐNG", "blocks": [{"kind": "table", "columns": COLUMNS, "rows": made}]}]
    return from_plain(plain)


def varied(paper: Paper, turn: int) -> Paper:
    plain = json.loads(write(paper))
    plain["closing"] = f"{plain.get('closing', '')} (lần {turn})"
    return from_plain(plain)


def measure(name: str, work: Callable[[int], Any], target: float | None = None, times: int = 5) -> None:
    """The quickest of some runs: seconds by the clock, and seconds of processor time, which other work on the machine changes less."""
    work(0)
    best, spent = min(_once(work, turn) for turn in range(1, times + 1))
    aim = f"  (aim ≤ {target:g} s)" if target else ""
    sys.stdout.write(f"{name:<58}{best:8.3f} s{spent:8.3f} s{aim}\n")


def _once(work: Callable[[int], Any], turn: int) -> tuple[float, float]:
    start, spent = time.perf_counter(), time.process_time()
    work(turn)
    return time.perf_counter() - start, time.process_time() - spent


def main() -> None:
    sys.stdout.write(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    form = read((HERE / "samples" / "form03.json").read_bytes())
    first, spent = _once(lambda turn: pdf(form), 0)
    sys.stdout.write(f"{'':<58}{'clock':>8}{'processor':>12}\n")
    sys.stdout.write(f"{'a form, first of the process (fonts, layout)':<58}{first:8.3f} s{spent:8.3f} s  (aim ≤ 0.3 s)\n")
    report = read((HERE / "samples" / "monthly.json").read_bytes())
    measure("a form (2 pages), PDF/A-2a", lambda turn: pdf(varied(form, turn)), 0.3)
    measure("a form, Word", lambda turn: docx(varied(form, turn)), 0.3)
    measure("a form, HTML", lambda turn: html(varied(form, turn)))
    measure("the monthly report (5 pages, 6 tables, 2 charts), PDF", lambda turn: pdf(varied(report, turn)))
    measure("the monthly report, Word", lambda turn: docx(varied(report, turn)))
    long = annexed(5000)
    pages = len(PdfReader(BytesIO(pdf(long))).pages)
    measure(f"an annex of {pages - 2} pages (5,000 rows), PDF/A-2a, tagged", lambda turn: pdf(varied(long, turn)), 3, times=6)
    measure("the same, Word", lambda turn: docx(varied(long, turn)), times=2)
    measure("the same, reading and checking its JSON", lambda turn: read(write(long)), times=3)
    signing(form)


def signing(form: Paper) -> None:
    sys.path.insert(0, str(HERE))
    from paper_pki import AT, PASSPHRASE, Authority

    authority, frozen = Authority("Root"), pdf(form)
    key = authority.pkcs12("Signer")

    def signed(turn: int) -> bytes:
        with pkcs12(key, PASSPHRASE) as signer:
            return sign(frozen, signer, at=datetime(2026, 11, 16, 3, 0, turn, tzinfo=UTC), field="ChuKy1")

    returned = signed(0)
    measure("signing a form (PKCS#12, RSA 2048)", signed)
    measure("examining the signed form (bound, whole, trusted)", lambda turn: examine(frozen, returned, [authority.root], AT))


if __name__ == "__main__":
    main()
