"""The dossier of this very system says what the installation is, in Word and PDF, and leaves open what it cannot know."""

import io
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from luytre.site import asvs, dossier
from luytre.site.commands import dossier as command

pytestmark = pytest.mark.django_db


def words_of_word(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def words_of_pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize(("ending", "read"), [(".docx", words_of_word), (".pdf", words_of_pdf)])
def test_it_says_what_the_installation_is(ending: str, read: Any, settings: Any) -> None:
    settings.LUYTRE_STAFF_NETWORKS = (ip_network("10.77.0.0/16"),)
    settings.LUYTRE_MFA = "all"
    said = read(dossier.written(timezone.now(), ending))
    for part in (
        "Phần 1",
        "Phần 2",
        "Phần 3",
        "Phần 4",
        "Phần 5",
        "10.77.0.0/16",
        "bắt buộc với mọi người",
        "django",
        "journal.key",
        "[điền",
    ):
        assert part in said, part
    assert "HTTPS tắt" in said, "what the doctor finds stands in it"
    for row in asvs.rows():
        if row.status == "open":
            assert row.id in said


def test_no_secret_stands_in_it(settings: Any) -> None:
    settings.LUYTRE_SMTP = "smtps://nguoi:MatKhauThu@thu.example"
    settings.LUYTRE_SMS_URL, settings.LUYTRE_SMS_TOKEN = "https://sms.example/", "ThePhatTin"
    said = dossier.written(timezone.now(), ".json").decode()
    for word in ("MatKhauThu", "ThePhatTin", settings.SECRET_KEY):
        assert word not in said


def test_another_ending_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(tmp_path / "x.txt")]) == 2
    assert ".docx" in capsys.readouterr().err
