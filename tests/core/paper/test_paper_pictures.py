"""Pages as pictures against approved ones: a line moved, a table narrowed, a letter lost shows here.

To approve anew after looking at every page: LUYTRE_APPROVE=1 uv run pytest tests/core/paper/test_paper_pictures.py
"""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from paper_pdf import needs_poppler
from PIL import Image

from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import from_plain, read

HERE = Path(__file__).parent
APPROVED, DPI = HERE / "approved", 50
SAMPLES = sorted((HERE / "samples").glob("*.json"))
# Readers of PDF draw the edges of letters a little differently, so ink is compared by cells of six millimetres, not by pixels:
# another edge changes a cell by a few levels of grey, a word that is gone or moved by tens.
CELL, MAY_DIFFER = 12, 16


def _pages(document: bytes, folder: Path) -> list[np.ndarray]:
    source = folder / "paper.pdf"
    source.write_bytes(document)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-png", str(source), str(folder / "page")], check=True, capture_output=True)
    return [np.asarray(Image.open(path).convert("L"), dtype=np.int16) for path in sorted(folder.glob("page-*.png"))]


def _difference(page: np.ndarray, approved: np.ndarray) -> float:
    """The greatest difference of ink in one cell, in levels of 255; 255 when even the size differs."""
    return float(np.abs(_ink(page) - _ink(approved)).max()) if page.shape == approved.shape else 255.0


def _ink(page: np.ndarray) -> np.ndarray:
    high, wide = (side - side % CELL for side in page.shape)
    return page[:high, :wide].reshape(high // CELL, CELL, wide // CELL, CELL).mean(axis=(1, 3))


def _approved(name: str, number: int) -> Path:
    return APPROVED / f"{name}-{number}.png"


@needs_poppler
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_pages_look_as_approved(sample: Path, tmp_path: Path) -> None:
    pages = _pages(pdf(read(sample.read_bytes())), tmp_path)
    if os.environ.get("LUYTRE_APPROVE"):
        APPROVED.mkdir(exist_ok=True)
        for number, page in enumerate(pages, 1):
            Image.fromarray(page.astype(np.uint8)).quantize(16).save(_approved(sample.stem, number), optimize=True)
    assert len(list(APPROVED.glob(f"{sample.stem}-[0-9].png"))) == len(pages)
    for number, page in enumerate(pages, 1):
        approved = np.asarray(Image.open(_approved(sample.stem, number)).convert("L"), dtype=np.int16)
        assert _difference(page, approved) < MAY_DIFFER, f"page {number} of {sample.stem}"


SPOILT = {
    "a paragraph gone": lambda plain: plain["blocks"].pop(1),
    "another size": lambda plain: plain.update(size=13),
    "a lower signature": lambda plain: plain["signers"][0].update(gap_mm=38),
    "another column": lambda plain: plain["blocks"].insert(
        1, {"kind": "fields", "label_mm": 30, "rows": [{"label": "Chữ", "value": "lạ"}]}
    ),
}


@needs_poppler
@pytest.mark.parametrize("change", SPOILT)
def test_a_spoilt_page_is_seen(change: str, tmp_path: Path) -> None:
    import json

    plain = json.loads((HERE / "samples" / "level_decision.json").read_text())
    SPOILT[change](plain)
    pages = _pages(pdf(from_plain(plain)), tmp_path)
    worst = 0.0
    for number, page in enumerate(pages, 1):
        path = _approved("level_decision", number)
        approved = np.asarray(Image.open(path).convert("L"), dtype=np.int16) if path.exists() else np.zeros((1, 1), np.int16)
        worst = max(worst, _difference(page, approved))
    assert worst > 2 * MAY_DIFFER
