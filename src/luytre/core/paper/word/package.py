"""The zip around a .docx: read with limits, written the same way every time."""

import io
import zipfile

MAX_FILE, MAX_UNPACKED, MAX_PARTS = 20_000_000, 200_000_000, 2_000
_MOMENT = (1980, 1, 1, 0, 0, 0)


def packed(docx: bytes) -> bytes:
    """The same document with its parts in one order and one date: two builds are equal to the byte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            new.writestr(zipfile.ZipInfo(name, _MOMENT), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def parts_of(docx: bytes) -> dict[str, bytes] | str:
    """The parts by name, or in Vietnamese why the file is not opened: not a .docx, too big, a bomb."""
    if len(docx) > MAX_FILE:
        return f"tệp lớn quá {MAX_FILE // 1_000_000} MB"
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            infos = package.infolist()
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
                return "tệp khi giải nén quá lớn; có thể là tệp tấn công, không mở"
            if any(info.flag_bits & 1 for info in infos):
                return "tệp đặt mật khẩu; hãy lưu lại không mật khẩu"
            parts = {info.filename: _read(package, info) for info in infos}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        return "không phải tệp Word (.docx) đọc được; hãy lưu lại dạng .docx từ Word"
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        return "tệp nén này không phải tài liệu Word (.docx)"
    return parts


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with package.open(info) as part:
        data = part.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise ValueError("part longer than its directory says")
    return data
