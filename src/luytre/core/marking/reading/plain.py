"""Text files: whatever encoding, HTML and SVG without their tags, each value of a table a cell."""

import codecs
import csv
import io
import re
from html.parser import HTMLParser

from luytre.core.marking.reading.found import Reading
from luytre.core.marking.verdict import Line

BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLOCKS = frozenset(
    re.findall(
        r"\S+", "p div br li tr td th h1 h2 h3 h4 h5 h6 title header footer section article table ul ol pre text tspan desc body blockquote"
    )
)
_TOLD = ("alt", "title", "content", "placeholder", "value", "aria-label", "summary", "subject")
_HIDDEN = {"script", "style"}


def decoded(content: bytes) -> str | None:
    """The text of these bytes; None when they are no text. Old Vietnamese encodings come out as letters that letters.py knows."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    start = content[:4096]
    for encoding, half in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(start) >= 4 and half.count(0) > 0.3 * len(half) and not (len(content) % 2):
            text = content.decode(encoding, "replace")
            return text if _is_text(text) else None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1258", "replace")
    return text if _is_text(text) else None


def _is_text(text: str) -> bool:
    start = text[:20_000]
    odd = sum((c < " " and c not in "\t\n\r\f\x0b\x1b\x07") or c == "\ufffd" for c in start)
    return odd <= 0.01 * len(start)


def read_text(text: str, reading: Reading, where: str = "") -> None:
    reading.add(Line(line, f"{where}dòng {number}") for number, line in enumerate(BREAKS.split(text), 1))


def read_table(text: str, reading: Reading, where: str = "") -> None:
    """Separated values: each a cell."""
    csv.field_size_limit(10_000_000)
    separator = max(",;\t", key=text[:5000].count)
    try:
        rows = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=separator)
        cells = ((number, column, cell) for number, row in enumerate(rows, 1) for column, cell in enumerate(row, 1))
        reading.add(Line(line, f"{where}dòng {n}, cột {column}", "cell") for n, column, cell in cells for line in BREAKS.split(cell))
    except csv.Error:
        read_text(text, reading, where)


def read_markup(text: str, reading: Reading, where: str = "") -> None:
    """HTML, SVG and other markup: its words in lines, and the words of attributes a reader may see."""
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except (AssertionError, ValueError, RecursionError):
        reading.close("trang HTML bị hỏng")
        read_text(text, reading, where)
        return
    lines = BREAKS.split("".join(page.words))
    reading.add(Line(line, f"{where}dòng {number}") for number, line in enumerate(lines, 1))
    reading.add(Line(line, f"{where}thuộc tính {name}", "apart") for name, line in page.told)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.told: list[tuple[str, str]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag.rsplit(":", 1)[-1] in _BLOCKS:
            self.words.append("\n")
        self.told += [(name, value) for name, value in attrs if value and name in _TOLD]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag.rsplit(":", 1)[-1] in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)
