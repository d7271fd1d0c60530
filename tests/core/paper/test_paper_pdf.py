"""The PDF of every sample: nothing lost, Tinos only, the decree's measures kept, tagged PDF/A, the same bytes twice."""

import io
import subprocess
from pathlib import Path

import pytest
from paper_pdf import layout_faults, lost_words, needs_poppler, needs_qpdf, pages_of, run
from pypdf import PdfReader

from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import read
from luytre.core.paper.sheet import sheet

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


@needs_poppler
@each_sample
def test_sheet_keeps_the_decree(sample: Path, tmp_path: Path) -> None:
    paper = read(sample.read_bytes())
    out = tmp_path / "paper.pdf"
    out.write_bytes(pdf(paper))
    assert lost_words(sheet(paper), run("pdftotext", str(out), "-")) == []
    assert layout_faults(sheet(paper), pages_of(out)) == []
    fonts = run("pdffonts", str(out)).splitlines()[2:]
    assert fonts
    assert all("+Tinos" in row and " yes yes " in row for row in fonts), fonts


@each_sample
def test_metadata_tags_and_conformance(sample: Path) -> None:
    paper = read(sample.read_bytes())
    reader = PdfReader(io.BytesIO(pdf(paper)))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == paper.title
    assert paper.issued_on is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == paper.issued_on
    assert root["/Lang"] == "vi-VN"
    assert root["/MarkInfo"]["/Marked"]
    kinds = _tag_kinds(root["/StructTreeRoot"])
    assert {"/Document", "/P", "/H1" if paper.type else "/P"} <= kinds
    assert ("/Table" in kinds) == any('"kind": "table"' in line for line in sample.read_text().splitlines())
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp


def _tag_kinds(node: object) -> set[str]:
    kinds: set[str] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        here = here.get_object() if hasattr(here, "get_object") else here
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            kinds.add(str(here.get("/S", "")))
            waiting.append(here.get("/K", []))
    return kinds


@needs_qpdf
@each_sample
def test_qpdf_finds_no_fault(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    out.write_bytes(pdf(read(sample.read_bytes())))
    done = subprocess.run(["qpdf", "--check", str(out)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@each_sample
def test_two_builds_are_equal_to_the_byte(sample: Path) -> None:
    assert pdf(read(sample.read_bytes())) == pdf(read(sample.read_bytes()))
