"""Files on their way in stay in memory: nothing is written to disk, not even for a moment, before the file has been looked at."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """Keeps a file in memory up to the largest size taken; of a larger one only the size, which its form then refuses.

    A request holds a few such files at most: EarlyMiddleware turns larger ones away by their own word before anything is read.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._kept, self._size = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size <= settings.LUYTRE_MAX_UPLOAD:
            self._kept.write(raw_data)
        else:
            self._kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._kept.seek(0)
        return InMemoryUploadedFile(
            self._kept, self.field_name, self.file_name or "", self.content_type, self._size, self.charset, self.content_type_extra
        )
