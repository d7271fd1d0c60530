"""Packages in a zip: office documents part by part, any other archive file by file; encrypted, oversized and too deep ones stay unread."""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from luytre.core.marking.reading import cells, office
from luytre.core.marking.reading.found import MAX_DEPTH, MAX_MEMBERS, Reading

Open = Callable[[str, bytes, Reading, str, int], None]  # reads a file inside: name, bytes, where, depth
_SHEET = re.compile(r"xl/worksheets/sheet[^/]*\.xml$")
_EMBEDDED = re.compile(r"(?:^|/)(?:media|embeddings|Pictures|ObjectReplacements|attachments)/|^Object \d")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    lzma.LZMAError,
    tarfile.TarError,
    RuntimeError,
    KeyError,
)


def read_zip(content: bytes, reading: Reading, where: str, depth: int, open_: Open) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = [info.filename for info in archive.infolist()]
    except _BROKEN:
        reading.close(f"{where}tệp nén bị hỏng")
        return
    kind = _kind(archive, names)
    files = list(_members(archive, reading, where))
    before = reading.letters
    if kind == "xlsx":
        _read_workbook(files, reading, where)
    for name, data in files:
        if kind and office.is_part(name):
            if not (kind == "xlsx" and (_SHEET.search(name) or name.endswith("sharedStrings.xml"))):
                office.read_part(name, data, reading, where, kind == "odf")
        elif kind and name in ("mimetype",):
            continue
        elif not kind or _EMBEDDED.search(name):
            if not kind:
                reading.names.append((name, f"{where}tên tệp bên trong"))
            _inside(name, data, reading, f"{where}{name}: ", depth, open_, quiet=bool(kind) and reading.letters - before > 200)


def _inside(name: str, data: bytes, reading: Reading, where: str, depth: int, open_: Open, quiet: bool) -> None:
    """A file inside; where the document has text of its own, a picture in it (a logo, a chart) does not make the whole unreadable."""
    if depth >= MAX_DEPTH:
        reading.close(f"{where}lồng nhau quá {MAX_DEPTH} lớp")
        return
    closed = list(reading.unread)
    open_(name, data, reading, where, depth + 1)
    if quiet and name.lower().endswith(
        (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".bmp", ".tif", ".tiff", ".webp", ".wdp", ".bin")
    ):
        reading.unread[:] = closed


def _kind(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names:
        with_type = archive.getinfo("mimetype")
        if with_type.file_size < 200 and not with_type.flag_bits & 1:
            try:
                return "odf" if b"opendocument" in archive.read("mimetype") else ""
            except _BROKEN:
                return ""
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    return ""


def _members(archive: zipfile.ZipFile, reading: Reading, where: str) -> Iterator[tuple[str, bytes]]:
    for info in archive.infolist():
        if info.is_dir():
            continue
        reading.members += 1
        if reading.members > MAX_MEMBERS:
            reading.close(f"{where}có quá {MAX_MEMBERS} tệp bên trong")
            return
        if info.flag_bits & 1:
            reading.names.append((info.filename, f"{where}tên tệp bên trong"))
            reading.close(f"{where}{info.filename} đặt mật khẩu")
            continue
        try:
            with archive.open(info) as stream:
                data = _limited(stream, reading)
        except _BROKEN:
            reading.close(f"{where}{info.filename} bị hỏng")
            continue
        if data is None:
            reading.close(f"{where}giải nén ra quá lớn")
            return
        yield info.filename, data


def _limited(stream: IO[bytes], reading: Reading) -> bytes | None:
    """The bytes of a member; None when all members together come to more than is opened."""
    data = stream.read(reading.room() + 1)
    reading.unpacked += len(data)
    return data if reading.room() >= 0 else None


def _read_workbook(files: list[tuple[str, bytes]], reading: Reading, where: str) -> None:
    strings: list[str] = []
    for name, data in files:
        if name.endswith("sharedStrings.xml"):
            strings = cells.shared_strings(data, reading)
    for name, data in files:
        if _SHEET.search(name):
            cells.read_sheet(name.rsplit("/", 1)[-1].removesuffix(".xml"), data, strings, reading, where)


def read_tar(content: bytes, reading: Reading, where: str, depth: int, open_: Open) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for member in archive:
                reading.members += 1
                stream = archive.extractfile(member) if member.isfile() else None
                if reading.members > MAX_MEMBERS:
                    reading.close(f"{where}có quá {MAX_MEMBERS} tệp bên trong")
                    return
                if stream is None:
                    continue
                data = _limited(stream, reading)
                if data is None:
                    reading.close(f"{where}giải nén ra quá lớn")
                    return
                reading.names.append((member.name, f"{where}tên tệp bên trong"))
                _inside(member.name, data, reading, f"{where}{member.name}: ", depth, open_, quiet=False)
    except _BROKEN:
        reading.close(f"{where}tệp nén bị hỏng")


def read_squeezed(name: str, content: bytes, reading: Reading, where: str, depth: int, open_: Open) -> None:
    """One file squeezed by gzip, bzip2 or xz."""
    openers: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}  # type: ignore[dict-item]
    try:
        data = _limited(openers[content[:2]](io.BytesIO(content)), reading)
    except _BROKEN:
        reading.close(f"{where}tệp nén bị hỏng")
        return
    if data is None:
        reading.close(f"{where}giải nén ra quá lớn")
        return
    _inside(re.sub(r"\.(gz|bz2|xz|tgz)$", "", name), data, reading, where, depth, open_, quiet=False)
