"""State secrets at the door: a marked file or text is refused before it touches disk or journal; talk of secrets passes."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.models import Aside, Attachment, Entry
from luytre.journal.store import Upload, put
from luytre.register import imports

from .test_filing import COMMUNE, URL, errors, form

pytestmark = pytest.mark.django_db
Reading = Callable[[str], Client]


def word(
    header: str, body: str = "Báo cáo kết quả đổi mật khẩu, vá lỗ hổng bảo mật. " * 6, name: str = "bao-cao.docx"
) -> SimpleUploadedFile:
    document, buffer = docx.Document(), io.BytesIO()
    document.sections[0].header.paragraphs[0].text = header
    document.add_paragraph(body)
    document.save(buffer)
    return SimpleUploadedFile(name, buffer.getvalue())


@pytest.fixture(autouse=True)
def nothing_written(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every file opened for writing while a request runs."""
    written: list[str] = []
    opened = Path.open

    def watched(self: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if set(mode) & set("wxa+"):
            written.append(str(self))
        return opened(self, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", watched)
    monkeypatch.setattr("tempfile._TemporaryFileWrapper.__init__", lambda *args, **kwargs: written.append("temporary file"))
    yield written


def _refused(page: Any, place: Path, written: list[str], marking: str) -> None:
    (said,) = [error for error in errors(page) if "dấu độ mật" in error]
    assert marking in said
    assert "không gửi lại qua mạng" in said.lower()
    assert page.status_code == 422
    assert not Entry.objects.filter(filed=True).exists()
    assert not Attachment.objects.exists()
    assert not Aside.objects.exists()
    assert written == []
    assert [file for file in place.rglob("*") if file.is_file() and file.parent.name != "projection" and "attachments" in str(file)] == []


def test_a_marked_file_is_refused_and_nothing_is_written(reading: Reading, place: Path, nothing_written: list[str]) -> None:
    page = reading("xa-a").post(URL, form(scans=word("TỐI MẬT")))
    _refused(page, place, nothing_written, "TỐI MẬT")


def test_a_marked_name_of_a_file_is_refused(reading: Reading, place: Path, nothing_written: list[str]) -> None:
    page = reading("xa-a").post(URL, form(scans=word("", name="Ke hoach 05 (MẬT).docx")))
    _refused(page, place, nothing_written, "MẬT")


@pytest.mark.parametrize("note", ["TUYỆT MẬT\nNội dung họp", "Độ mật: Tuyệt mật. Họp ngày 20", "T U Y Ệ T  M Ậ T", "tuyet mat"])
def test_a_marked_note_is_refused(reading: Reading, place: Path, nothing_written: list[str], note: str) -> None:
    page = reading("xa-a").post(URL, form(note=note))
    _refused(page, place, nothing_written, "TUYỆT MẬT")


def test_a_large_file_too_is_looked_at_before_it_touches_the_disk(reading: Reading, place: Path, nothing_written: list[str]) -> None:
    """Over two and a half megabytes Django would write to a temporary file first."""
    buffer = io.BytesIO(word("MẬT").read())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/anh.bin", bytes(3_000_000))
    page = reading("xa-a").post(URL, form(scans=SimpleUploadedFile("lon.docx", buffer.getvalue())))
    _refused(page, place, nothing_written, "MẬT")


def test_what_only_speaks_of_secrets_passes(reading: Reading) -> None:
    said = "Đã phổ biến Luật Bảo vệ bí mật nhà nước, ba độ Tuyệt mật, Tối mật, Mật; đổi mật khẩu quản trị."
    page = reading("xa-a").post(URL, form(note=said, scans=word("Quy chế bảo mật")))
    assert page.status_code == 302
    assert Entry.objects.get(filed=True).aside.text == {"note": said}


def test_files_ticked_again_while_choosing_are_looked_at_too(reading: Reading, place: Path, nothing_written: list[str]) -> None:
    page = reading("xa-a").post(URL, form(step="choose", scans=word("MẬT")))
    assert page.status_code == 200
    assert nothing_written == []
    assert "kept" not in page.content.decode().split('id="id_scans"')[0][-2000:]


def test_the_stores_own_door(place: Path, nothing_written: list[str]) -> None:
    for content in ("Số: 1/BC\nMẬT".encode(), io.BytesIO("TỐI MẬT\nSố: 1".encode())):
        with pytest.raises(Refusal, match="dấu độ mật"):
            put(Upload("a.txt", "text/plain", content))
    assert nothing_written == []
    with pytest.raises(Refusal, match="dấu độ mật"):
        imports.keep("so.xlsx", io.BytesIO("TUYỆT MẬT".encode()))
    assert not imports.folder().exists() or not list(imports.folder().rglob("*.*"))


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize("told", [{"aside": {"note": "TỐI MẬT\nBiên bản"}}, {"detail": {"number": "Độ mật: Mật"}}])
def test_the_journals_own_door(told: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    before = Entry.objects.count()
    row = journal.Row(
        verb="principles.taught",
        by="person:xa-a",
        at=datetime(2026, 11, 21, tzinfo=UTC),
        about=[COMMUNE],
        on=date(2026, 11, 20),
        filed=True,
        **told,
    )
    with pytest.raises(Refusal, match="dấu độ mật"):
        journal.record_many([row])
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("who", "address"), [("xa-a", URL), ("dieu-phoi", "/desk/register/import/"), ("chu-tich", "/desk/instructions/new/")]
)
def test_warning_and_declaration_stand_on_the_page(reading: Reading, who: str, address: str) -> None:
    page = reading(who).get(address).content.decode()
    assert "bí mật nhà nước" in page
    assert "xác nhận" in page
