"""Rows whose height is known beforehand: the page is the same, to the byte, as where Typst measures every row."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from paper_pdf import strings_of

from luytre.core.paper import pdf as setting
from luytre.core.paper import rows
from luytre.core.paper.fonts import letters, reach_em
from luytre.core.paper.model import Paper
from luytre.core.paper.reading import from_plain

HERE = Path(__file__).parent
PLAIN = json.loads((HERE / "samples" / "form03.json").read_text())
WORDS = [word for line in strings_of(json.loads((HERE / "samples" / "monthly.json").read_text())) for word in line.split()]
ODD = [
    "Ủy ban nhân dân xã\ncó hai dòng",
    "số **05/BC-SKHCN** ngày",
    "x" * 40,
    "a-b/c-d " * 9,
    "06 giờ 40 phút " * 6,
    "",
    "T. A. V. “Y” ’A’ " * 5,
]


def _table(rng: random.Random, landscape: bool = False) -> Paper:
    widths = [rng.choice([None, 18, 25.5, 33]) for _ in range(3)] + [None]
    columns = [{"head": f"Cột {at}", "align": rng.choice(["left", "centre", "right"])} for at in range(4)]
    for column, width in zip(columns, widths, strict=True):
        if width:
            column["width_mm"] = width
    made = [[_cell(rng) for _ in columns] for _ in range(60)]
    block = {"kind": "table", "columns": columns, "rows": made, "size": rng.choice([9, 11, 12, 13])}
    return from_plain(PLAIN | {"annexes": [{"title": "BẢNG", "blocks": [block], "landscape": landscape}]})


def _cell(rng: random.Random) -> str:
    if rng.random() < 0.05:
        return rng.choice(ODD)
    at = rng.randrange(len(WORDS) - 30)
    return " ".join(WORDS[at : at + rng.randint(1, rng.choice([3, 8, 25]))])


@pytest.mark.parametrize("seed", range(30))
def test_known_rows_change_nothing_on_the_page(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = _table(random.Random(seed), landscape=seed % 3 == 0)
    known = setting.pdf(paper)
    assert _sure(setting.measured(setting.sheet(paper))) > 5
    monkeypatch.setattr(rows, "_lines", lambda *cell: None)
    assert _sure(setting.measured(setting.sheet(paper))) == 0
    assert known == setting.pdf(paper)


def _sure(page: dict[str, Any]) -> int:
    return sum(lines > 0 for annex in page["annexes"] for block in annex["blocks"] for lines in block["lines"])


def test_a_row_told_wrongly_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = _table(random.Random(1))
    right = setting.pdf(paper)
    monkeypatch.setattr(rows, "_filled", lambda words, room: 2)
    rows._lines.cache_clear()
    assert setting.pdf(paper) != right
    rows._lines.cache_clear()


def test_no_letter_stands_nearer_to_a_blank_than_allowed_for() -> None:
    shown = [chr(code) for code in letters() if chr(code).isprintable() and not chr(code).isspace()]
    assert len(shown) > 500
    assert max(abs(reach_em(letter)[-1] - reach_em(f"{letter} a")[1]) for letter in shown) < rows._DOUBT_EM
