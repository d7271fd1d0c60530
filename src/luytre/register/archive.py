"""An .xlsx file looked at before it is opened: a real workbook, of bearable size, without formulas. Against bombs and traps."""

import lzma
import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal

MOST_BYTES = 150 * 1024 * 1024  # unpacked, all parts together
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS = 100_000, 50
CHUNK = 1024 * 1024
OVERLAP = 400  # bytes kept between chunks, so that no cell tag is cut in two
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,8})["']""")
_FORMULA = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Z]{1,3}\d{1,8})["'][^>]*>\s*<(?:\w+:)?f\b""")


# what the readers of zip and of its kinds of squeezing raise over damaged bytes
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
)


def inspect(file: BinaryIO) -> None:
    """Refuse what is no workbook, unpacks to too much, spreads too far or holds formulas; unpacks in a stream and keeps nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise _no_workbook()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                raise _too_much()
            _walk(archive, parts)
    except DAMAGED as fault:
        raise _no_workbook() from fault
    finally:
        file.seek(0)


def _walk(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = 0
    for part in parts:
        is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
        kept = b""
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_BYTES:
                    raise _too_much()
                if is_sheet:
                    kept = (kept + chunk)[-len(chunk) - OVERLAP :]
                    _look(kept)


def _look(xml: bytes) -> None:
    for letters, digits in set(_CELL.findall(xml)):
        if int(digits) > MOST_ROWS or len(letters) > 2 or _column(letters) > MOST_COLUMNS:
            raise _too_much()
    if found := _FORMULA.search(xml):
        cell = found[1].decode()
        raise Refusal(_("Ô %(cell)s chứa công thức. Đề nghị dán giá trị thay cho công thức rồi tải lại.") % {"cell": cell}, field="file")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _no_workbook() -> Refusal:
    said = _("Tệp không phải sổ tính Excel (.xlsx) hoặc đã hỏng. Đề nghị tải tệp mẫu, điền lại rồi lưu dạng .xlsx.")
    return Refusal(said, field="file")


def _too_much() -> Refusal:
    said = _("Sổ tính quá lớn (tối đa 100.000 dòng, 50 cột). Đề nghị chia nhỏ; nếu bảng ngắn, hãy xóa các dòng, cột trống ở xa.")
    return Refusal(said, field="file")
