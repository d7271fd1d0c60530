"""The field for files: several at once, each of a kind we take by its first bytes, not too large, without marks of state secrets."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from luytre.ui import marks

OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
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
    suffix = "." + str(upload.name or "").lower().rpartition(".")[2]
    return OFFICE.get(suffix) if head.startswith(b"PK\x03\x04") else None


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
        if media_type(upload) is None:
            says = gettext("Không nhận tệp “%(name)s”. Gửi PDF, ảnh (JPG, PNG, WebP, HEIC), Word (.docx) hoặc Excel (.xlsx).")
            raise forms.ValidationError(says % named)
        fault = marks.fault_of_file(upload.name or "", upload.read())
        upload.seek(0)
        if fault:
            raise forms.ValidationError(fault)
        return upload
