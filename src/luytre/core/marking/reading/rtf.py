"""RTF: control words away, letters in, headers and footers, text boxes and notes apart from the running text."""

import re

from luytre.core.marking.reading.found import Reading
from luytre.core.marking.verdict import Line

_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.IGNORECASE)
_SKIPPED = frozenset(
    re.findall(
        r"\S+",
        "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl themedata colorschememapping datastore latentstyles "
        "pict objdata generator xmlnstbl fldinst",
    )
)
_APART = frozenset(
    re.findall(
        r"\S+",
        "header headerl headerr headerf footer footerl footerr footerf footnote annotation shptxt shpinst title subject "
        "keywords doccomm comment info",
    )
)
_BREAKS = {"par", "line", "sect", "page", "row", "cell", "nestcell"}
_MAX_DEPTH = 2000


def read_rtf(content: bytes, reading: Reading, where: str) -> None:
    text = content.decode("latin-1")
    page = re.search(r"\\ansicpg(\d+)", text[:2000])
    _Flow(f"cp{page[1]}" if page and page[1] in ("1250", "1251", "1252", "1258", "874") else "cp1258").read(text, reading, where)


class _Flow:
    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._groups: list[tuple[bool, bool, int]] = []
        self._skipped = self._apart = False
        self._unicode, self._drop, self._star = 1, 0, False
        self._bytes = bytearray()
        self._words: list[str] = []
        self._lines: list[Line] = []
        self._where = ""

    def read(self, text: str, reading: Reading, where: str) -> None:
        self._where = where
        for token in _TOKEN.finditer(text):
            word, number, byte, symbol, brace, plain = token.groups()
            if byte:
                self._letter(bytes([int(byte, 16)]))
            elif plain:
                self._plain(plain)
            elif brace:
                if not self._brace(brace):
                    reading.close(f"{where}RTF lồng quá sâu")
                    break
            elif word:
                self._control(word, int(number) if number else None)
            elif symbol:
                self._symbol(symbol)
        self._end()
        reading.add(self._lines)

    def _brace(self, brace: str) -> bool:
        self._flush()
        if brace == "{":
            self._groups.append((self._skipped, self._apart, self._unicode))
            return len(self._groups) <= _MAX_DEPTH
        if self._groups:
            skipped, apart, self._unicode = self._groups.pop()
            if apart != self._apart:
                self._end()
            self._skipped, self._apart = skipped, apart
        return True

    def _control(self, word: str, number: int | None) -> None:
        if word in _SKIPPED:
            self._skipped = True
        elif word in _APART:
            self._end()
            self._apart, self._skipped = True, False
        elif self._star and not word.startswith("shp"):
            self._skipped = True
        elif word in _BREAKS:
            self._end()
        elif word == "tab":
            self._put("\t")
        elif word == "uc":
            self._unicode = number or 0
        elif word == "u" and number is not None:
            self._put(chr(number % 65536) if not 0xD800 <= number % 65536 < 0xE000 else "")
            self._drop = self._unicode
        elif word == "bin":
            self._drop = 0
        elif word in ("emspace", "enspace", "qmspace"):
            self._put(" ")
        self._star = False

    def _symbol(self, symbol: str) -> None:
        self._star = symbol == "*"
        if symbol in "\\{}":
            self._plain(symbol)
        elif symbol == "~":
            self._put(" ")
        elif symbol in "\r\n":
            self._end()
        elif symbol == "_":
            self._put("-")

    def _letter(self, byte: bytes) -> None:
        if self._drop:
            self._drop -= 1
        elif not self._skipped:
            self._bytes += byte

    def _plain(self, text: str) -> None:
        dropped = min(self._drop, len(text))
        self._drop -= dropped
        self._put(text[dropped:])

    def _put(self, text: str) -> None:
        self._flush()
        if not self._skipped:
            self._words.append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._words.append(self._bytes.decode(self._encoding, "replace"))
            self._bytes.clear()

    def _end(self) -> None:
        self._flush()
        text = "".join(self._words)
        self._words.clear()
        if text.strip():
            place = "đầu trang, chân trang hoặc hộp văn bản" if self._apart else f"đoạn {len(self._lines) + 1}"
            self._lines.append(Line(text, f"{self._where}{place}", "apart" if self._apart else "text"))
