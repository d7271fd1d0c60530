"""The checks of a page are seen to fail on pages that are wrong: else they would prove nothing."""

from pathlib import Path
from typing import Any

import pytest
from paper_pdf import layout_faults, lost_words, needs_poppler, pages_of, run

from luytre.core.paper import pdf as maker
from luytre.core.paper.reading import read
from luytre.core.paper.sheet import sheet

SAMPLE = Path(__file__).parent / "samples" / "monthly.json"
LAYOUT = Path(maker.__file__).with_name("decree30.typ")
SPOILT = {
    "margins": ("left: 30mm, right: 15mm", "left: 24mm, right: 15mm", "margins"),
    "number on page 1": ("if n > 1 {", "if n > 0 {", "something stands above"),
    "number at the right": ("align(center + horizon, text(size: 13pt", "align(right + horizon, text(size: 13pt", "page number"),
    "motto broken": ("let right = measure(motto).width + 2mm", "let right = measure(motto).width - 20mm", "motto"),
    "signature alone": (
        "if doc.closing != \"\" { par(rich(doc.closing)) }\n      signature",
        "if doc.closing != \"\" { par(rich(doc.closing)) }\n    })\n    pagebreak()\n    block({ signature",
        "the signature stands alone",
    ),
}  # fmt: skip


def _made(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Path]:
    layout, out = tmp_path / "spoilt.typ", tmp_path / "paper.pdf"
    layout.write_text(source)
    monkeypatch.setattr(maker, "_LAYOUT", layout)
    paper = read(SAMPLE.read_bytes())
    out.write_bytes(maker.pdf(paper))
    return sheet(paper), out


@needs_poppler
@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_layout_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, says = SPOILT[name]
    source = LAYOUT.read_text()
    assert old in source
    page, out = _made(source.replace(old, new), tmp_path, monkeypatch)
    assert any(says in fault for fault in layout_faults(page, pages_of(out))), layout_faults(page, pages_of(out))


@needs_poppler
@pytest.mark.parametrize("gone", ["for b in doc.bases", "for r in doc.recipients", "for a in s.authority"])
def test_lost_words_are_named(gone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = LAYOUT.read_text()
    other = {"for b in doc.bases": "for b in ()", "for r in doc.recipients": "for r in ()", "for a in s.authority": "for a in ()"}[gone]
    if gone == "for b in doc.bases":
        monkeypatch.setitem(globals(), "SAMPLE", SAMPLE.with_name("level_decision.json"))
    source = (
        source.replace("for (i, a) in s.authority.enumerate()", "for (i, a) in ()") if "authority" in gone else source.replace(gone, other)
    )
    page, out = _made(source, tmp_path, monkeypatch)
    assert lost_words(page, run("pdftotext", str(out), "-"))
