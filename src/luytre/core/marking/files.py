"""A file → a verdict. Its kind is told by its bytes, never by its name; what cannot be read is never called clean."""

import re

from luytre.core.marking.filename import mark_in_name
from luytre.core.marking.reading import mail, ole, package, pictures, plain, portable, rtf
from luytre.core.marking.reading.found import MAX_DEPTH, Reading
from luytre.core.marking.text import marks_in
from luytre.core.marking.verdict import CLEAN, Line, Verdict

MAX_FILE = 300_000_000
_MARKUP = re.compile(r"\s*(?:\ufeff)?<(?:!doctype|html|\?xml|svg|!--|body|head|div|p|table)\b", re.IGNORECASE)
_SQUEEZED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_CLOSED = {b"7z\xbc\xaf\x27\x1c": "tệp nén .7z", b"Rar!": "tệp nén .rar", b"MSCF": "tệp nén .cab"}


def judge_file(name: str, content: bytes) -> Verdict:
    """`secret` when the name, the text, a header, a property or a file inside bears a mark; `cannot_tell` when something stayed unread."""
    named = mark_in_name(name)
    if named:
        return Verdict("secret", named.marking, named.where)
    reading = Reading()
    if len(content) > MAX_FILE:
        reading.close(f"tệp lớn hơn {MAX_FILE // 1_000_000} MB")
    else:
        read_file(name, content, reading, "", 0)
    return _verdict(reading)


def _verdict(reading: Reading) -> Verdict:
    for inside, where in reading.names:
        found = mark_in_name(inside)
        if found:
            return Verdict("secret", found.marking, f"{where} ({inside})")
    for part in reading.parts:
        mark = next(marks_in(part.lines), None)
        if mark:
            return Verdict("secret", mark.marking, mark.where)
    return Verdict("cannot_tell", None, "; ".join(reading.unread[:3])) if reading.unread else CLEAN


def read_file(name: str, content: bytes, reading: Reading, where: str, depth: int) -> None:
    """Adds to the reading what this file says; one that breaks its reader is unread, never clean. Depth counts files within files."""
    try:
        _read_kind(name, content, reading, where, depth)
    except Exception:  # what a library may raise over a stranger's bytes cannot be listed: fuzzing found six kinds
        reading.close(f"{where}tệp bị hỏng")


def _read_kind(name: str, content: bytes, reading: Reading, where: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        reading.close(f"{where}lồng nhau quá {MAX_DEPTH} lớp")
    elif content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        package.read_zip(content, reading, where, depth, read_file)
    elif content.startswith(_SQUEEZED):
        package.read_squeezed(name, content, reading, where, depth, read_file)
    elif content[257:262] == b"ustar":
        package.read_tar(content, reading, where, depth, read_file)
    elif b"%PDF-" in content[:1024]:
        portable.read_pdf(content, reading, where, depth, read_file)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        ole.read_ole(content, reading, where)
    elif content.startswith(b"{\\rt"):
        rtf.read_rtf(content, reading, where)
    elif pictures.is_picture(content):
        pictures.read_picture(content, reading, where)
    elif mail.is_mail(content):
        mail.read_mail(content, reading, where, depth, read_file)
    else:
        _read_text(name, content, reading, where)


def _read_text(name: str, content: bytes, reading: Reading, where: str) -> None:
    closed = next((says for magic, says in _CLOSED.items() if content.startswith(magic)), None)
    text = None if closed else plain.decoded(content)
    if text is None:
        reading.close(f"{where}{closed or 'định dạng'} không đọc được")
    elif _MARKUP.match(text):
        plain.read_markup(text, reading, where)
    elif name.lower().endswith((".csv", ".tsv")):
        plain.read_table(text, reading, where)
    else:
        plain.read_text(text, reading, where)


def lines_of_properties(pairs: dict[str, str]) -> list[Line]:
    """Named free texts of a form as lines: each stands for itself."""
    return [Line(line, name) for name, text in pairs.items() for line in plain.BREAKS.split(text)]
