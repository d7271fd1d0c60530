"""Photos that anyone sends: what says where and with what they were taken is cut out, the picture stays as it was, bit for bit. Pure.

JPEG, PNG and WebP are containers of named pieces: those with EXIF, XMP, IPTC and comments are left out; of EXIF only which way up is kept.
HEIC and others are no such lists: they are told as such, so that whoever takes them in can say so.
"""

import struct
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
PNG_DROPS = (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME")
WEBP_DROPS = (b"EXIF", b"XMP ")
SOS, APP0, APP1, APP2, APP14, APP15, COM = 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
BARE = {0x01, *range(0xD0, 0xDA)}  # markers without a length
OTHERS = ((4, b"ftypheic"), (4, b"ftypheix"), (4, b"ftypmif1"), (4, b"ftypavif"), (0, b"II*\0"), (0, b"MM\0*"))


def cleaned(content: bytes) -> bytes:
    """The same picture without what tells of its taking; anything that is no such picture comes back as it was."""
    try:
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
        if content.startswith(PNG):
            return _png(content)
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError, ValueError):
        return content  # a damaged picture shows nothing on any map either; it stays evidence as it is
    return content


def may_tell_where(content: bytes) -> bool:
    """A picture of a kind we cannot clean."""
    return any(content[place : place + len(mark)] == mark for place, mark in OTHERS)


def _jpeg(content: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    for marker, piece in _segments(content):
        if marker == SOS:
            kept.append(piece)
        elif marker == APP1 and piece[4:10] == b"Exif\0\0":
            kept.append(_which_way_up(piece[10:]))
        elif not (APP1 <= marker <= APP15 and marker not in (APP2, APP14)) and marker != COM:
            kept.append(piece)  # APP2 holds the colours, APP14 how they are coded
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, the whole segment); the last is everything from the scan on."""
    place = 2
    while True:
        if content[place] != 0xFF:
            raise ValueError("no marker")
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker == SOS:
            yield marker, content[place:]
            return
        elif marker in BARE:
            yield marker, content[place : place + 2]
            place += 2
        else:
            (length,) = struct.unpack(">H", content[place + 2 : place + 4])
            yield marker, content[place : place + 2 + length]
            place += 2 + length


def _which_way_up(tiff: bytes) -> bytes:
    """A new EXIF that says nothing but the orientation; none where the picture stands upright."""
    order = "<" if tiff[:2] == b"II" else ">"
    (start,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[start : start + 2])
    for number in range(count):
        entry = tiff[start + 2 + 12 * number : start + 14 + 12 * number]
        tag, _kind, _many, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == 0x0112 and 2 <= value <= 8:
            body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, value, 0) + b"\0\0\0\0"
            return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return b""


def _png(content: bytes) -> bytes:
    kept, place = [PNG], len(PNG)
    while place < len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        piece = content[place : place + 12 + length]
        if name not in PNG_DROPS:
            kept.append(piece)
        place += len(piece)
        if name == b"IEND":
            break  # whatever hangs behind the picture is no picture
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    kept, place = [], 12
    while place < len(content):
        name, length = struct.unpack("<4sI", content[place : place + 8])
        piece = content[place : place + 8 + length + length % 2]
        if name == b"VP8X":
            piece = piece[:8] + bytes([piece[8] & ~0x0C]) + piece[9:]  # it no longer holds EXIF, XMP
        if name not in WEBP_DROPS:
            kept.append(piece)
        place += 8 + length + length % 2
    if not kept:
        return content
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
