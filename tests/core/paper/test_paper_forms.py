"""Statutory forms: each takes typed answers and comes out as a paper with every label and answer; wrong answers are named by field."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from paper_forms import OFFICE, answer_to, filled
from paper_pdf import layout_faults, letters_only, needs_poppler, pages_of, run
from pypdf import PdfReader

from luytre.core.paper.forms import answer, load, names
from luytre.core.paper.letters import PaperRefused
from luytre.core.paper.model import Annex, Checks, Fields, Table
from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import read, write
from luytre.core.paper.sheet import sheet
from luytre.core.paper.word import docx
from luytre.core.paper.word.trial import text_of

each_form = pytest.mark.parametrize("name", names())


@needs_poppler
@each_form
def test_every_answer_stands_on_the_paper(name: str, tmp_path: Path) -> None:
    spec, paper, out = load(name), filled(name), tmp_path / "form.pdf"
    out.write_bytes(pdf(paper))
    text = run("pdftotext", str(out), "-")
    flow, words = letters_only(text), set(re.findall(r"\w+", text))
    word = letters_only(text_of(docx(paper)))
    shown = {f for part in spec.body for f in part.of}
    for field in spec.fields:
        given = answer_to(field)
        if field.type in ("line", "text"):
            assert letters_only(given) in flow, field.id
            assert letters_only(given) in word, field.id
        if field.id in shown and field.type != "table":
            assert set(re.findall(r"\w+", field.label)) <= words, field.id
    assert layout_faults(sheet(paper), pages_of(out)) == []
    assert read(write(paper)) == paper


@each_form
def test_a_draft_leaves_room_to_write(name: str) -> None:
    paper = answer(load(name), {}, OFFICE, draft=True)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(paper))).pages)
    assert "……" in text


@each_form
def test_marks_of_wording_stay_in_the_data(name: str) -> None:
    spec, paper = load(name), filled(name)
    marks = set()
    for part in [paper, *paper.annexes]:
        for block in part.blocks:
            marks.add(block.wording)
            for item in block.rows if isinstance(block, Fields) else block.items if isinstance(block, Checks) else ():
                marks.add(item.wording)
    assert marks <= {"verified", "ours"}
    assert spec.source
    assert not re.search(r"\b(verified|ours)\b", text_of(docx(paper)))


@each_form
def test_a_missing_required_answer_is_named(name: str) -> None:
    required = [field.id for field in load(name).fields if field.required]
    with pytest.raises(PaperRefused) as refused:
        answer(load(name), {}, OFFICE)
    assert required
    assert {fault.path for fault in refused.value.faults} >= set(required)


def test_form_05_has_its_ten_rows_and_adds_up() -> None:
    table = next(block for block in filled("TT20.05").blocks if isinstance(block, Table))
    assert len(table.rows) == 11
    assert table.rows[5][1] == "Mã hóa phần mềm, dữ liệu, thiết bị"
    assert table.rows[-1][1:4] == ("Tổng số", "55", "55")


def test_form_08_has_its_twelve_columns_on_a_landscape_annex() -> None:
    annex: Annex = filled("ND331.08").annexes[0]
    assert annex.landscape
    assert isinstance(annex.blocks[0], Table)
    assert len(annex.blocks[0].columns) == 12


def test_forms_are_all_there() -> None:
    assert set(names()) >= {f"ND331.0{n}" for n in range(1, 9)} | {f"TT20.0{n}" for n in (1, 3, 4, 5, 6)} | {
        "ND331.24H",
        "ND331.72H",
        "L91.23",
    }


WRONG = [
    ("TT20.03", "reporter_email", "không có", "thư điện tử"),
    ("TT20.03", "detected_on", "2026-02-30", "không phải một ngày có thật"),
    ("TT20.03", "detected_at", "25:70", "không phải giờ"),
    ("TT20.03", "level", 6, "từ 1 đến 5"),
    ("TT20.03", "status", ["handled", "handling"], "chỉ chọn một"),
    ("TT20.03", "found_by", {"dream": True}, "không có lựa chọn “dream”"),
    ("TT20.03", "reporter_phone", "gọi tôi", "không phải số điện thoại"),
    ("TT20.03", "attacked", "có", "chọn có hoặc không"),
    ("TT20.03", "no_such", "x", "không có trường"),
    ("TT20.05", "incidents", [{"count": -1}], "số nguyên từ 0"),
    ("TT20.05", "incidents", [{"colour": 1}], "không có cột"),
    ("TT20.05", "incidents", [{}] * 11, "mẫu có 10 dòng"),
    ("ND331.08", "total", -1, "từ 0 trở lên"),
]


@pytest.mark.parametrize(("name", "field", "value", "says"), WRONG)
def test_wrong_answers_are_named(name: str, field: str, value: Any, says: str) -> None:
    answers = {f.id: answer_to(f) for f in load(name).fields} | {field: value}
    with pytest.raises(PaperRefused) as refused:
        answer(load(name), answers, OFFICE)
    assert any(fault.path.startswith(field) and says in fault.says for fault in refused.value.faults), refused.value.faults
