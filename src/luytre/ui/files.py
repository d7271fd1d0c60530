"""The field for files: several at once, each of a kind we take by its first bytes, not too large, without marks of state secrets."""

import struct
import zipfile
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from luytre.ui import marks

MOST_PARTS = 10_000
OFFICE = {  # the part that only this kind has
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STARTS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
HEIC = (b"heic", b"heix", b"mif1", b"msf1", b"hevc")


def media_type(upload: Any) -> str | None:
    """What a file is by its first bytes, never by what the browser says; None for a kind we do not take."""
    upload.seek(0)
    head: bytes = upload.read(16)
    upload.seek(0)
    for start, kind in STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        return "image/heic"
    return _office(upload) if head.startswith(b"PK\x03\x04") else None


def _office(upload: Any) -> str | None:
    """Which office paper a zip is by the parts it holds; None for any other zip, a broken one, and one that carries macros."""
    parts = _packed(upload)
    if "[Content_Types].xml" not in parts or any(part.endswith(("vbaProject.bin", "vbaData.xml")) for part in parts):
        return None
    return next((kind for part, kind in OFFICE.items() if part in parts), None)


def _packed(upload: Any) -> set[str]:
    """The names in a zip, wherever in the file it begins; none where there is no zip, or one with more parts than any paper has."""
    try:
        with zipfile.ZipFile(upload) as held:
            return set(held.namelist()[:MOST_PARTS])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        return set()
    finally:
        upload.seek(0)


def is_two(upload: Any, kind: str) -> bool:
    """Whether a picture or PDF is a zip as well: something travels inside that neither a reader nor a scanner would see."""
    return kind not in OFFICE.values() and bool(_packed(upload))


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files at once, each of a kind we take and not too large."""

    widget = ManyFiles(attrs={"class": "inp", "accept": "application/pdf,image/*,.docx,.xlsx", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [self._checked(one) for one in given if one]

    def _checked(self, upload: "UploadedFile[Any]") -> "UploadedFile[Any]":
        named = {"name": upload.name}
        if not upload.size:
            raise forms.ValidationError(gettext("Tệp “%(name)s” rỗng. Chọn lại tệp.") % named)
        if upload.size > settings.LUYTRE_MAX_UPLOAD:
            most = filesizeformat(settings.LUYTRE_MAX_UPLOAD)
            says = gettext("Tệp “%(name)s” lớn hơn %(most)s. Giảm cỡ ảnh hoặc chia nhỏ bản quét rồi gửi lại.")
            raise forms.ValidationError(says % {**named, "most": most})
        kind = media_type(upload)
        if kind is None:
            says = gettext("Không nhận tệp “%(name)s”. Gửi PDF, ảnh (JPG, PNG, WebP, HEIC), Word (.docx) hoặc Excel (.xlsx).")
            raise forms.ValidationError(says % named)
        if is_two(upload, kind):
            says = gettext("Tệp “%(name)s” giấu một tệp nén bên trong. In lại ra PDF hoặc chụp lại ảnh rồi gửi.")
            raise forms.ValidationError(says % named)
        fault = marks.fault_of_file(upload.name or "", upload.read())
        upload.seek(0)
        if fault:
            raise forms.ValidationError(fault)
        return upload
