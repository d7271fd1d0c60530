"""Old Office files (.doc, .xls, .ppt, .msg): runs of letters are enough to see a mark, never enough to say there is none."""

import re

from luytre.core.marking.reading.found import Reading
from luytre.core.marking.reading.plain import BREAKS
from luytre.core.marking.verdict import Line

_WIDE = re.compile(rb"(?:[\t\n\r\x07\x0b\x0c\x20-\xff]\x00|[\x00-\xff][\x01\x03\x1e\x20]){3,200000}", re.DOTALL)
_NARROW = re.compile(rb"[\t\n\r\x07\x0b\x0c\x20-\x7e\x80-\xff]{3,200000}")
_CELLS = re.compile(r"[\x07\x0c]")


def read_ole(content: bytes, reading: Reading, where: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        reading.close(f"{where}tệp đặt mật khẩu")
        return
    for at in (0, 1):  # text may begin on an odd byte
        for run in _WIDE.findall(content[at:]):
            _add(run.decode("utf-16-le", "replace"), reading, where)
    for run in _NARROW.findall(content):
        if b"\0" not in run and len(run) < 20_000:
            _add(run.decode("cp1258", "replace"), reading, where)
    reading.close(f"{where}tệp Office đời cũ, không đọc chắc được; hãy lưu lại dạng .docx, .xlsx")


def _add(text: str, reading: Reading, where: str) -> None:
    reading.add(Line(line, f"{where}thân tệp") for line in BREAKS.split(_CELLS.sub("\n", text)))
