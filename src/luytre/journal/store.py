"""Where attachments lie: under their SHA-256, looked at before they are written, sealed, written once, read back as they came."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal import clamav, vault
from luytre.ui import marks

CHUNK = 256 * 1024


class Chunked(Protocol):
    """Django's uploaded file, as far as we use it."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: its own name and type, and its bytes (bytes, an open file, or Django's uploaded file)."""

    name: str
    media_type: str
    content: bytes | BinaryIO | Chunked


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies in the store."""

    name: str
    media_type: str
    sha256: str
    size: int


def put(upload: Upload, folder: Path | None = None) -> Stored:
    """Look at the file, write it under a passing name, then give it its final one; the same bytes are kept once. Refuses state secrets."""
    content = _whole(upload.content)
    fault = marks.fault_of_file(upload.name, content)
    if fault:
        raise Refusal(fault, field="attachments", status=422)
    clamav.check(content)
    folder = folder or Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{os.getpid()}.{secrets.token_hex(8)}"
    try:
        sha256, size = _copy(content, fresh)
        place = path(sha256, folder)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh.replace(place)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()
    return Stored(upload.name, upload.media_type, sha256, size)


LOOKED_AT = 50 * 1024 * 1024  # a file up to this size is looked at whole
HEAD = 8 * 1024 * 1024  # of a larger one, its name and so much of its beginning, before its first byte is written


def put_large(upload: Upload, most: int, folder: Path | None = None) -> Stored:
    """A file of any size, streamed: its name and its beginning are looked at, the rest is sealed as it comes and never held whole.

    A file no larger than what is looked at goes the way of all others (`put`). A larger one is not asked of the scanner, which takes no
    such files; it leaves again as a download only.
    """
    chunks, head = _chunks(upload.content), bytearray()
    for chunk in chunks:
        head += chunk
        if len(head) > LOOKED_AT:
            break
    else:
        return put(Upload(upload.name, upload.media_type, bytes(head)), folder)
    coming = Incoming(upload.name, bytes(head), most, folder)
    try:
        for chunk in chunks:
            coming.write(chunk)
        return coming.keep(upload.media_type)
    except BaseException:
        coming.drop()
        raise


class Incoming:
    """A large file on its way in: sealed under a passing name as it comes, then given its final one, or dropped."""

    def __init__(self, name: str, head: bytes, most: int, folder: Path | None = None) -> None:
        if fault := marks.fault_of_file(name, head[:HEAD]):
            raise Refusal(fault, field="attachments", status=422)
        self.name, self.most, self.folder = name, most, folder or Path(settings.MEDIA_ROOT)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.place = self.folder / f".{os.getpid()}.{secrets.token_hex(8)}"
        self.out = self.place.open("xb")
        self.sealing, self.digest, self.size = vault.Sealing(self.out), hashlib.sha256(), 0
        self.write(head)

    def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > self.most:
            self.drop()
            limit = self.most // (1024 * 1024)
            raise Refusal(_("Tệp lớn hơn %(limit)s MB. Đề nghị nén hoặc chia nhỏ rồi tải lại.") % {"limit": limit}, field="attachments")
        self.digest.update(chunk)
        self.sealing.write(chunk)

    def keep(self, media_type: str) -> Stored:
        self.sealing.close()
        self.out.flush()
        os.fsync(self.out.fileno())
        self.out.close()
        sha256 = self.digest.hexdigest()
        final = path(sha256, self.folder)
        if final.exists():
            self.place.unlink()
        else:
            final.parent.mkdir(parents=True, exist_ok=True)
            self.place.replace(final)
        return Stored(self.name, media_type, sha256, self.size)

    def drop(self) -> None:
        """Nothing of it stays."""
        self.out.close()
        self.place.unlink(missing_ok=True)


def exists(sha256: str, folder: Path | None = None) -> bool:
    return path(sha256, folder).is_file()


def read(sha256: str, folder: Path | None = None) -> bytes:
    """A whole file, plain."""
    return b"".join(vault.pieces(path(sha256, folder)))


def opened(sha256: str, folder: Path | None = None) -> BinaryIO:
    """A file to read from beginning to end, plain; it need not fit into memory."""
    return vault.opened(path(sha256, folder))


def size(sha256: str, folder: Path | None = None) -> int:
    return vault.size(path(sha256, folder))


def path(sha256: str, folder: Path | None = None) -> Path:
    """Where a file lies; its bytes are sealed there: `read` and `opened` give them plain."""
    return (folder or Path(settings.MEDIA_ROOT)) / sha256[:2] / sha256


def sha256_of(file: Path) -> str | None:
    """The digest of what a lying file holds, plain; "" where it can't be opened as it was sealed, None when it is gone."""
    digest = hashlib.sha256()
    try:
        for piece in vault.pieces(file):
            digest.update(piece)
    except FileNotFoundError:
        return None
    except vault.Damaged:
        return ""
    return digest.hexdigest()


def _whole(content: bytes | BinaryIO | Chunked) -> bytes:
    """All of a file, in memory: it is looked at before the first byte is written."""
    chunks, size = [], 0
    for chunk in _chunks(content):
        size += len(chunk)
        if size > settings.LUYTRE_MAX_UPLOAD:
            limit = settings.LUYTRE_MAX_UPLOAD // (1024 * 1024)
            raise Refusal(_("Tệp lớn hơn %(limit)s MB. Đề nghị nén hoặc chia nhỏ rồi tải lại.") % {"limit": limit}, field="attachments")
        chunks.append(chunk)
    return b"".join(chunks)


def _copy(content: bytes, target: Path) -> tuple[str, int]:
    with target.open("xb") as out:
        vault.seal((content,), out)
        out.flush()
        os.fsync(out.fileno())
    return hashlib.sha256(content).hexdigest(), len(content)


def _chunks(content: bytes | BinaryIO | Chunked) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif hasattr(content, "chunks"):
        yield from content.chunks(CHUNK)
    else:
        while chunk := content.read(CHUNK):
            yield chunk
