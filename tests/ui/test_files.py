"""Files are what their bytes say: names and the browser's word count for nothing, and one file is one thing."""

import io
import zipfile

import docx
import pytest
import xlsxwriter
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from luytre.ui.files import OFFICE, Files, media_type

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Báo cáo kết quả thực hiện")
    document.save(out)
    return out.getvalue()


def sheet() -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    made.add_worksheet()
    made.close()
    return out.getvalue()


def kind(content: bytes, name: str = "a.pdf") -> str | None:
    return media_type(SimpleUploadedFile(name, content, "text/html"))


def test_a_kind_is_told_by_its_parts_whatever_the_name() -> None:
    assert kind(word(), "a.xlsx") == OFFICE["word/document.xml"]
    assert kind(sheet(), "a.docx") == OFFICE["xl/workbook.xml"]
    assert (kind(PNG), kind(PDF, "a.exe")) == ("image/png", "application/pdf")


@pytest.mark.parametrize(
    "content",
    [
        packed(**{"a.txt": "tre"}),
        packed(**{"word/document.xml": "<w/>"}),
        b"PK\x03\x04" + bytes(100),
        b"MZ" + bytes(100),
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        packed(**{"[Content_Types].xml": "<t/>", "word/document.xml": "<w/>", "word/vbaProject.bin": "x"}),
    ],
    ids=["zip", "half a paper", "broken zip", "program", "page", "drawing that runs", "macros"],
)
def test_what_is_no_paper_is_not_taken(content: bytes) -> None:
    assert kind(content, "van-ban.docx") is None


@pytest.mark.parametrize("start", [PNG, PDF], ids=["picture", "pdf"])
def test_two_files_in_one_are_not_taken(start: bytes) -> None:
    both = start + packed(**{"an.exe": "x" * 100})
    with pytest.raises(forms.ValidationError, match="giấu một tệp nén"):
        Files().clean([SimpleUploadedFile("anh.png", both)])


@pytest.mark.parametrize("content", [word(), PNG, PDF], ids=["word", "picture", "pdf"])
def test_ordinary_files_are_taken_whole(content: bytes) -> None:
    (taken,) = Files().clean([SimpleUploadedFile("../../etc/a.pdf", content)])
    assert (taken.read(), taken.name) == (content, "a.pdf")
