"""Pictures: what their metadata say (PNG text, EXIF, IPTC, XMP, comments). The picture itself cannot be read."""

import re
import struct
import zlib
from collections.abc import Iterator

from luytre.core.marking.reading.found import Reading
from luytre.core.marking.verdict import Line

_MAGIC = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"\0\0\1\0",
    b"8BPS",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\0\0\0l\0\0\0",
)
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r"=\s*\"([^\"]*)\"|=\s*'([^']*)'")
_MAX_TEXT = 1_000_000


def is_picture(content: bytes) -> bool:
    return (
        content.startswith(_MAGIC)
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or (content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"msf1"))
    )


def read_picture(content: bytes, reading: Reading, where: str) -> None:
    for block in _blocks(content):
        for text in _texts(block):
            reading.add([Line(text, f"{where}thông tin kèm ảnh", "apart")])
    for packet in _XMP.findall(content[:20_000_000]):
        said = packet.decode("utf-8", "replace")
        values = [*_TAG.sub("\n", said).split("\n"), *(a or b for a, b in _VALUE.findall(said))]
        for value in values:
            reading.add([Line(value, f"{where}thông tin kèm ảnh (XMP)", "apart")])
    reading.close(f"{where}ảnh không đọc được chữ")


def _blocks(content: bytes) -> Iterator[bytes]:
    """The metadata blocks of the picture; the whole of what has no blocks we know, up to a megabyte."""
    if content.startswith(b"\x89PNG"):
        yield from _png(content)
    elif content.startswith(b"\xff\xd8"):
        yield from _jpeg(content)
    elif content[:4] == b"RIFF":
        yield from _riff(content)
    else:
        yield content[:_MAX_TEXT]
        yield content[_MAX_TEXT:][-_MAX_TEXT:]


def _png(content: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + size]
        if kind == b"tEXt" or kind == b"eXIf":
            yield data
        elif kind in (b"zTXt", b"iTXt"):
            yield from _png_text(kind, data)
        elif kind == b"IEND":
            yield content[at + 12 :][:_MAX_TEXT]  # what someone hung on behind the end
            return
        at += 12 + size


def _png_text(kind: bytes, data: bytes) -> Iterator[bytes]:
    key, _, rest = data.partition(b"\0")
    if kind == b"zTXt":
        yield _inflated(rest[1:])
    elif rest[:1] == b"\1":
        yield _inflated(rest[2:].split(b"\0", 2)[-1])
    else:
        yield rest[2:].split(b"\0", 2)[-1]
    yield key


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MAX_TEXT)
    except zlib.error:
        return b""


def _jpeg(content: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        kind, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if kind == 0xDA:
            break
        if 0xE1 <= kind <= 0xEF or kind == 0xFE:
            yield content[at + 4 : at + 2 + size]
        at += 2 + size
    tail = content.rfind(b"\xff\xd9")
    if tail >= 0:
        yield content[tail + 2 :][:_MAX_TEXT]


def _riff(content: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(content):
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if kind in (b"EXIF", b"XMP "):
            yield content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


_RUN8 = re.compile(rb"(?:[\x20-\x7e\t]|[\xc2-\xf4][\x80-\xbf]{1,3}|\xcc[\x80-\xbf]){3,}")
_RUN16 = {
    "utf-16-le": re.compile(rb"(?:[\t\n\r\x20-\xff]\x00|[\x00-\xff][\x01\x03\x1e\x20]){3,}", re.DOTALL),
    "utf-16-be": re.compile(rb"(?:\x00[\t\n\r\x20-\xff]|[\x01\x03\x1e\x20][\x00-\xff]){3,}", re.DOTALL),
}


def _texts(block: bytes) -> Iterator[str]:
    """Runs of letters in the bytes, as UTF-8 and as UTF-16."""
    for run in _RUN8.findall(block):
        yield from run.decode("utf-8", "replace").splitlines()
    for encoding, runs in _RUN16.items():
        for run in runs.findall(block):
            yield from run.decode(encoding, "replace").splitlines()
