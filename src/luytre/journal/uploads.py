"""Large files by HTTP: looked at by their beginning, then sealed into the store as they come; plain bytes never touch the disk."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from luytre.journal.store import LOOKED_AT, Incoming, Stored

if TYPE_CHECKING:  # generic for the type checker only
    _Uploaded = UploadedFile[Any]
else:
    _Uploaded = UploadedFile


class StoredUpload(_Uploaded):
    """A file that lies in the store already."""

    def __init__(self, stored: Stored) -> None:
        super().__init__(BytesIO(), stored.name, stored.media_type, stored.size)
        self.stored = stored


class Streamed(FileUploadHandler):
    """For the windows of evidence: a small file stays in memory as everywhere, a large one goes into the store. To be set by the window
    itself, before anything reads the request; whatever is not told of in the journal afterwards is found by `luytre files`."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._head, self._coming = BytesIO(), None

    _coming: Incoming | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._coming is not None:
            self._coming.write(raw_data)
            return
        self._head.write(raw_data)
        if self._head.tell() > LOOKED_AT:
            self._coming = Incoming(str(self.file_name or "")[-150:], self._head.getvalue(), settings.LUYTRE_MAX_EVIDENCE)
            self._head = BytesIO()

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        kind = self.content_type or "application/octet-stream"
        if self._coming is not None:
            coming, self._coming = self._coming, None
            return StoredUpload(coming.keep(kind))
        size = self._head.tell()
        self._head.seek(0)
        return InMemoryUploadedFile(self._head, self.field_name, self.file_name or "", kind, size, self.charset, self.content_type_extra)

    def upload_interrupted(self) -> None:
        if self._coming is not None:
            self._coming.drop()
