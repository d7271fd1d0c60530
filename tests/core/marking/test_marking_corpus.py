"""Recall and false alarms over the corpus: written by hand, made by chance with a fixed seed, files of every kind, names of files."""

import json
from collections.abc import Iterable
from pathlib import Path

import made
import pytest
from made_files import PLACES, old_word, scanned_pdf, tarred, zipped

from luytre.core.marking import judge_file, judge_text
from luytre.core.marking.filename import mark_in_name

HERE = Path(__file__).parent
WRITTEN = [json.loads(line) for line in (HERE / "written.jsonl").read_text(encoding="utf-8").splitlines()]
RECALL, FALSE_ALARMS = 0.98, 0.01
MARKS = ("TỐI MẬT", "tuyệt mật", "M Ậ T", "TOI MAT", "Độ mật: Mật")
WORDS = ("Lỗ hổng bảo mật", "Mật khẩu", "Quy chế bảo vệ bí mật nhà nước", "Mật độ dân số", "Tuyệt mật, Tối mật, Mật")
NAMES_SECRET = [
    "KH-05 (MẬT).pdf", "TOI_MAT.docx", "tuyet-mat-ke-hoach.xlsx", "bao cao toi mat.docx", "BAO CAO MAT.docx", "Kế hoạch MẬT.docx",
    "MẬT - Kế hoạch.docx", "Tối mật.pdf", "mat.docx", "[mat] ke hoach.pdf", "Ke hoach 05_MAT.pdf", "T_O_I_M_A_T.pdf",
    "báo cáo mật.docx", "độ mật - tối mật.docx", "bao_cao_toimat.zip", "TUYETMAT_2026.pdf", "MAT_Baocao.docx", "thu/muc/TỐI MẬT.txt",
    "kehoach_TốiMật.docx", "KH 15 (mat).doc", "BAO_CAO_MAT_2026.docx", "C:\\hoso\\TUYỆT MẬT.docx",
]  # fmt: skip
NAMES_CLEAN = [
    "mat-khau.txt", "quy che bao ve bi mat nha nuoc.docx", "bao-mat.docx", "mat_do_dan_so.xlsx", "mat-ong.jpg",
    "bi-mat-kinh-doanh.docx", "luat-bao-ve-bi-mat.pdf", "doi-mat.jpg", "mat-bang.pdf", "mat-tran-to-quoc.docx", "BAO MAT.docx",
    "Mặt bằng.pdf", "quy-dinh-tai-lieu-toi-mat.docx", "Huong dan quan ly van ban mat.docx", "an-mat.docx", "khuon mat.png",
    "MAT TRAN TO QUOC.docx", "BÍ MẬT.docx", "format.docx", "MATH.pdf", "tomato.png", "be mat.docx", "Mật khẩu wifi.txt", "Mật độ.xlsx",
    "co mat.xlsx", "vang mat.xlsx", "mat 1.jpg", "Danh sach co mat.xlsx", "report.mat", "ra mat san pham.docx", "MAT BANG TANG 1.pdf",
    "mat tien.jpg",
]  # fmt: skip


def texts() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(secret, clean): each (what it is, text)."""
    written = {kind: [(row["id"], row["text"]) for row in WRITTEN if row["verdict"] == kind] for kind in ("secret", "clean")}
    return [*written["secret"], *made.secret()], [*written["clean"], *made.clean()]


def _wrong(rows: Iterable[tuple[str, str]], right: str) -> list[str]:
    return [f"{what}: {text[:80]!r}" for what, text in rows if judge_text(text).verdict != right]


def test_the_corpus_is_large_enough_and_of_both_kinds() -> None:
    secret, clean = texts()
    assert len(WRITTEN) >= 300
    assert len({text for _, text in secret}) >= 300
    assert len({text for _, text in clean}) >= 300


def test_recall_and_false_alarms_on_texts() -> None:
    secret, clean = texts()
    missed, cried = _wrong(secret, "secret"), _wrong(clean, "clean")
    assert len(missed) <= (1 - RECALL) * len(secret), missed
    assert len(cried) <= FALSE_ALARMS * len(clean), cried


def test_the_degree_is_named_rightly() -> None:
    wrong = [(how, judge_text(text).marking) for how, text in made.secret() if judge_text(text).marking != how.split(",")[0]]
    assert wrong == []


@pytest.mark.parametrize("kind", PLACES)
def test_files_of_every_kind_at_every_place(kind: str) -> None:
    make, places = PLACES[kind]
    silent = "cannot_tell" if kind == "jpg" else "clean"  # a picture's own letters cannot be read
    wrong = []
    for at, place in enumerate(places):
        for words in (MARKS[at % len(MARKS)], MARKS[(at + 2) % len(MARKS)]):
            wrong += [(place, words)] if judge_file(f"bao-cao.{kind}", make(words, place)).verdict != "secret" else []
        for words in (WORDS[at % len(WORDS)], WORDS[(at + 2) % len(WORDS)]):
            wrong += [(place, words)] if judge_file(f"bao-cao.{kind}", make(words, place)).verdict != silent else []
    assert wrong == []


def test_names_of_files() -> None:
    assert [name for name in NAMES_SECRET if not mark_in_name(name)] == []
    assert [name for name in NAMES_CLEAN if mark_in_name(name)] == []


def test_files_inside_files_and_old_encodings() -> None:
    make, _ = PLACES["docx"]
    assert judge_file("a.zip", zipped({"b/c.docx": make("MẬT", "header")})).where == "b/c.docx: đầu trang"
    assert judge_file("a.zip", zipped({"b/TỐI MẬT.txt": b"x"})).marking == "TỐI MẬT"
    assert judge_file("a.zip", zipped({"b.zip": zipped({"c.docx": make("Mật khẩu", "header")})})).verdict == "clean"
    assert judge_file("a.tgz", tarred({"a.txt": "TỐI MẬT\nx".encode()})).verdict == "secret"
    assert judge_file("a.doc", old_word("MẬT")).verdict == "secret"
    for text, encoding in (("TỐI MẬT\nBáo cáo", "utf-16"), ("TèI MËT\nB¸o c¸o", "latin-1"), ("TOÁI MAÄT\nBaùo caùo", "latin-1")):
        assert judge_file("a.txt", text.encode(encoding)).marking == "TỐI MẬT"
    assert judge_file("a.csv", "Mã,Độ mật\n1,Tối mật\n".encode()).where == "dòng 2, cột 2"


UNREADABLE = {
    "scanned": scanned_pdf,
    "old office": lambda: old_word("Mật khẩu"),
    "7z": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "unknown": lambda: bytes(range(256)) * 40,
    "broken pdf": lambda: b"%PDF-1.4 rubbish",
    "too deep": lambda: _nested(6),
    "with a DTD": lambda: zipped({"[Content_Types].xml": b"<T/>", "word/document.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_never_called_clean(kind: str) -> None:
    verdict = judge_file("bao-cao.bin", UNREADABLE[kind]())
    assert verdict.verdict == "cannot_tell"
    assert verdict.where


def _nested(depth: int) -> bytes:
    content = b"abc"
    for _ in range(depth):
        content = zipped({"a.zip": content})
    return content
