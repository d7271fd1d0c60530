"""Excel sheets: cells with their addresses, headers and footers of the printed page, names of sheets."""

import re

from luytre.core.marking.reading.found import Reading
from luytre.core.marking.reading.plain import BREAKS
from luytre.core.marking.reading.xml import XmlRefused, parse
from luytre.core.marking.verdict import Line

_CODES = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z])")  # "&C&\"Arial,Bold\"&14MẬT": places and fonts of a header

_CELL_TEXT, _WORDS, _PRINTED = frozenset({"v", "is"}), frozenset({"v", "t"}), ("Header", "Footer")


def shared_strings(content: bytes, reading: Reading) -> list[str]:
    strings: list[str] = []
    inside: list[str] = []
    open_: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        open_.append(name)
        if name == "si":
            inside.clear()

    def words(text: str) -> None:
        if open_[-1] == "t":
            inside.append(text)

    def end(name: str) -> None:
        open_.pop()
        if name == "si":
            strings.append("".join(inside))

    try:
        parse(content, start, words, end)
    except XmlRefused as refused:
        reading.close(f"bảng chữ của tệp Excel: {refused}")
    return strings


def read_sheet(name: str, content: bytes, strings: list[str], reading: Reading, where: str) -> None:
    sheet = _Sheet(where, name, strings)
    try:
        parse(content, sheet.start, sheet.words, sheet.end)
    except XmlRefused as refused:
        reading.close(f"{where}trang tính {name}: {refused}")
    reading.add(sheet.headers)
    reading.add(sheet.lines)


class _Sheet:
    def __init__(self, where: str, name: str, strings: list[str]) -> None:
        self.lines: list[Line] = []
        self.headers: list[Line] = []
        self._where, self._name, self._strings = where, name, strings
        self._open: list[str] = []
        self._text: list[str] = []
        self._ref = self._kind = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        if name == "c":
            self._ref, self._kind = attributes.get("r", ""), attributes.get("t", "")
        elif name in _CELL_TEXT or name.endswith(_PRINTED):
            self._text.clear()

    def words(self, text: str) -> None:
        if self._open[-1] in _WORDS or self._open[-1].endswith(_PRINTED):
            self._text.append(text)

    def end(self, name: str) -> None:
        self._open.pop()
        if name in _CELL_TEXT:
            self._end_cell(name, "".join(self._text))
        elif name.endswith(_PRINTED) and self._text:
            self._end_printed(name, "".join(self._text))
            self._text.clear()

    def _end_cell(self, name: str, text: str) -> None:
        if name == "v" and self._kind == "s":
            at = int(text) if text.isdigit() else -1
            self._cell(self._strings[at] if 0 <= at < len(self._strings) else "")
        elif name == "is" or self._kind == "str":
            self._cell(text)

    def _end_printed(self, name: str, text: str) -> None:
        for part in re.split(r"&[LCR]", text):
            place = "đầu trang in" if name.endswith("Header") else "chân trang in"
            self.headers += [Line(line, f"{self._where}{place}, {self._name}", "apart") for line in BREAKS.split(_CODES.sub(" ", part))]

    def _cell(self, text: str) -> None:
        for line in BREAKS.split(text):
            if line.strip():
                self.lines.append(Line(line, f"{self._where}ô {self._ref}, {self._name}", "cell"))
