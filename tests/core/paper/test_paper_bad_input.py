"""Bad documents: each is handled or refused in Vietnamese with the path of its field; nothing else comes out."""

import base64
import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from paper_pdf import needs_poppler, run
from pypdf import PdfReader

from luytre.core.paper.command import main
from luytre.core.paper.letters import PaperRefused
from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import from_plain, read
from luytre.core.paper.web import html
from luytre.core.paper.word import docx
from luytre.core.paper.word.trial import text_of

FORM = json.loads((Path(__file__).parent / "samples" / "form03.json").read_text())


def _spoilt(path: str, value: Any) -> Any:
    """A copy of the sample with one field (dots between keys) set; `None` takes the field away."""
    plain = copy.deepcopy(FORM)
    here: Any = plain
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in steps:
        here = here[step]
    if value is None:
        del here[last]
    else:
        here[last] = value
    return plain


TABLE = {"kind": "table", "columns": [{"head": "Loại"}, {"head": "Số", "sums": True, "width_mm": 20}], "total": True}
REFUSED: dict[str, tuple[Any, str, str]] = {
    "name too long": (_spoilt("signers.0.name", "A" * 10_000), "signers[0].name", "dài quá 120 ký tự"),
    "issuer too long": (_spoilt("issuer", ["Ơ" * 10_000]), "issuer[0]", "dài quá 120 ký tự"),
    "hidden turn": (_spoilt("closing", "Số \u202e1234"), "closing", "đổi chiều chữ (U+202E)"),
    "hebrew": (_spoilt("subject.0", "Báo cáo שלום"), "subject[0]", "từ phải sang trái"),
    "arabic": (_spoilt("closing", "سلام"), "closing", "từ phải sang trái"),
    "control": (_spoilt("closing", "a\x07b"), "closing", "ký tự điều khiển (U+0007)"),
    "nul": (_spoilt("closing", "a\x00b"), "closing", "ký tự điều khiển (U+0000)"),
    "no recipients": (_spoilt("recipients", []), "recipients", "nơi nhận đang trống"),
    "no archive": (_spoilt("recipients", ["Như trên"]), "recipients[0]", "Lưu: VT"),
    "empty recipient": (_spoilt("recipients", ["", "Lưu: VT"]), "recipients[0]", "đang trống"),
    "missing": (_spoilt("issuer", None), "", "thiếu trường bắt buộc “issuer”"),
    "unknown": (_spoilt("colour", "red"), "", "có trường lạ “colour”"),
    "wrong kind": (_spoilt("blocks.0.kind", "script"), "blocks[0].kind", "không nhận giá trị 'script'"),
    "number as text": (_spoilt("number", "9"), "number", "phải là số nguyên"),
    "no such day": (_spoilt("issued_on", "2026-02-31"), "issued_on", "không phải một ngày có thật"),
    "symbol": (_spoilt("symbol", "bc sgdđt"), "symbol", "phải viết hoa"),
    "both heads": (_spoilt("letter_subject", "việc khác"), "type", "đúng một trong hai"),
    "lower authority": (_spoilt("signers.0.authority", ["Giám đốc"]), "signers[0].authority[0]", "in hoa"),
    "rank": (_spoilt("signers.0.name", "Đại tá Người Ký"), "signers[0].name", "quân hàm"),
    "basis": (_spoilt("bases", ["Luật An ninh mạng"]), "bases[0]", "phải bắt đầu bằng"),
    "ragged": (_spoilt("blocks.0", TABLE | {"rows": [["a", "1"], ["b"]]}), "blocks[0].rows[1]", "có 1 ô, bảng có 2 cột"),
    "wrong sum": (_spoilt("blocks.0", TABLE | {"rows": [["a", "1"], ["b", "2"], ["Tổng", "4"]]}), "blocks[0].rows[2][1]", "cộng lại không"),
    "sum of words": (_spoilt("blocks.0", TABLE | {"rows": [["a", "x"], ["Tổng", "4"]]}), "blocks[0].rows[0][1]", "không phải số"),
    "too wide": (
        _spoilt("blocks.0", {"kind": "table", "columns": [{"head": "a", "width_mm": 200}], "rows": []}),
        "blocks[0].columns",
        "trang chỉ có 165 mm",
    ),
    "svg": (
        _spoilt("blocks.0", {"kind": "figure", "picture": base64.b64encode(b"<svg xmlns='x'>" + b" " * 30).decode(), "alt": "x"}),
        "blocks[0].picture",
        "chỉ nhận ảnh PNG hoặc JPEG",
    ),
    "huge picture": (
        _spoilt("blocks.0", {"kind": "figure", "alt": "x", "picture": base64.b64encode(
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\0\0\0\0").decode()}),
        "blocks[0].picture", "mỗi chiều tối đa 5000 điểm",
    ),
    "a list": ([], "", "phải là một nhóm trường"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_vietnamese_with_its_place(name: str) -> None:
    plain, path, says = REFUSED[name]
    with pytest.raises(PaperRefused) as refused:
        from_plain(plain)
    assert any(fault.path == path and says in fault.says for fault in refused.value.faults), refused.value.faults


@pytest.mark.parametrize("source", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000])
def test_unreadable_files_are_refused(source: bytes) -> None:
    with pytest.raises(PaperRefused, match="không phải JSON"):
        read(source)


def test_letters_the_font_lacks_are_refused() -> None:
    paper = from_plain(_spoilt("closing", "Xong 🎉."))
    for make in (pdf, docx):
        with pytest.raises(PaperRefused) as refused:
            make(paper)
        assert refused.value.faults[0].path == "closing"
        assert "không có chữ “🎉”" in refused.value.says


def test_a_picture_that_is_none_is_refused_when_set() -> None:
    fake = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (6).to_bytes(4, "big") * 2 + b"\x08\0\0\0\0" + b"rubbish"
    paper = from_plain(_spoilt("blocks.0", {"kind": "figure", "alt": "x", "picture": base64.b64encode(fake).decode()}))
    with pytest.raises(PaperRefused, match="ảnh"):
        pdf(paper)
    with pytest.raises(PaperRefused, match="ảnh"):
        docx(paper)


HARMLESS = "#panic() [x] $ 1 $ <b> & {{ nguoi_ky }} {% raw %} */ // \\ ``` @a _b_ =c"


def test_markup_in_the_data_comes_out_as_letters() -> None:
    paper = from_plain(_spoilt("closing", HARMLESS) | {"addressees": [HARMLESS]})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(paper))).pages)
    plain = "".join(text.split())
    assert plain.count("".join(HARMLESS.split())) == 2
    assert text_of(docx(paper)).count(HARMLESS) == 2
    assert "<b>" not in html(paper).replace("<body>", "")


def test_nfd_text_is_set_as_nfc() -> None:
    paper = from_plain(_spoilt("subject.0", "Ba\u0301o ca\u0301o"))
    assert paper.subject[0] == "Báo cáo"


@needs_poppler
def test_endless_words_break_within_the_margins(tmp_path: Path) -> None:
    block = {"kind": "table", "columns": [{"head": "Mã", "width_mm": 25}, {"head": "Ghi"}], "rows": [["x" * 300, "Ữ" * 10_000]]}
    pages = _pages_of(pdf(from_plain(_spoilt("blocks.0", block))), tmp_path)
    flow = "".join("".join(page.split()) for page in pages)
    assert flow.count("Ữ" * 300) >= 10  # page by page, nothing between
    assert "".join(flow.split("Ữ")).count("x") >= 300
    assert max(len(line) for page in pages for line in page.split("\n")) < 120


def _pages_of(document: bytes, folder: Path) -> list[str]:
    out = folder / "paper.pdf"
    out.write_bytes(document)
    return run("pdftotext", str(out), "-").split("\f")[:-1]


@needs_poppler
def test_5000_rows_keep_every_row_and_repeat_the_head(tmp_path: Path) -> None:
    rows = [[str(n), f"Hệ thống số {n}"] for n in range(1, 5001)]
    annex = {
        "title": "DANH SÁCH",
        "blocks": [{"kind": "table", "columns": [{"head": "TT", "width_mm": 15}, {"head": "TÊN HỆ THỐNG"}], "rows": rows}],
    }
    paper = from_plain(FORM | {"annexes": [annex]})
    texts = _pages_of(pdf(paper), tmp_path)
    assert all(f"Hệ thống số {n}" in "\n".join(texts) for n in (1, 2500, 5000))
    assert sum(text.count("Hệ thống số ") for text in texts) == 5000
    assert all("TÊN HỆ THỐNG" in text for text in texts[2:])
    assert text_of(docx(paper)).count("Hệ thống số ") == 5000


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, out = tmp_path / "d.json", tmp_path / "d.pdf"
    document.write_text(json.dumps(_spoilt("recipients", [])))
    assert main([str(document), "--pdf", str(out)]) == 1
    assert "recipients: nơi nhận đang trống" in capsys.readouterr().err
    assert not out.exists()
    assert main([str(tmp_path / "none.json"), "--pdf", str(out)]) == 2
    assert main([str(document)]) == 2
    document.write_text(json.dumps(FORM))
    assert main([str(document), "--pdf", str(out), "--docx", str(tmp_path / "d.docx"), "--html", str(tmp_path / "d.html")]) == 0
    assert out.read_bytes()[:5] == b"%PDF-"
    assert (tmp_path / "d.docx").read_bytes()[:2] == b"PK"
    assert "BÁO CÁO BAN ĐẦU" in (tmp_path / "d.html").read_text()


def test_the_command_sets_forms_and_checks_templates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = {
        "issuer": ["SỞ MINH HỌA"], "place": "Thanh Hóa", "code": "SMH", "recipients": ["Lưu: VT"],
        "signers": [{"authority": ["GIÁM ĐỐC"], "name": "A B"}],
    }  # fmt: skip
    answers, out, template = tmp_path / "a.json", tmp_path / "o.pdf", tmp_path / "t.docx"
    answers.write_text(json.dumps({"office": office, "answers": {}}))
    assert main([str(answers), "--form", "TT20.04", "--pdf", str(out)]) == 1
    assert "reporter: “Tên tổ chức, cá nhân báo cáo” là mục bắt buộc" in capsys.readouterr().err
    answers.write_text(json.dumps({"office": office, "answers": {}, "draft": True}))
    assert main([str(answers), "--form", "TT20.04", "--pdf", str(out)]) == 0
    assert out.read_bytes()[:5] == b"%PDF-"
    assert main([str(answers), "--form", "NONE", "--pdf", str(out)]) == 1
    assert "không có mẫu “NONE”" in capsys.readouterr().err
    assert main(["--original", str(template)]) == 0
    assert main(["--check-template", str(template)]) == 0
    assert (
        main([str(Path(__file__).parent / "samples" / "form03.json"), "--template", str(template), "--docx", str(tmp_path / "x.docx")]) == 0
    )
    template.write_bytes(b"PK")
    assert main(["--check-template", str(template)]) == 1
    assert "không phải tệp Word" in capsys.readouterr().err
    assert main([]) == 2
