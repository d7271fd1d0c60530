"""What a file gave: parts (texts whose lines belong together), names of files inside it, and why something could not be read."""

from collections.abc import Iterable
from typing import NamedTuple

from luytre.core.marking.verdict import Line

MAX_UNPACKED = 100_000_000  # bytes out of all the archives of one file
MAX_MEMBERS = 5_000
MAX_DEPTH = 4
MAX_LETTERS = 40_000_000
MAX_LINES = 2_000_000


class Part(NamedTuple):
    lines: list[Line]


class Reading:
    """Grows while a file is read; `unread` holds, in Vietnamese, what stayed closed to us."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.names: list[tuple[str, str]] = []  # name inside the file, where
        self.unread: list[str] = []
        self.unpacked = self.members = self.letters = self.lines = 0

    def add(self, lines: Iterable[Line]) -> None:
        kept: list[Line] = []
        for line in lines:
            self.letters += len(line.text)
            self.lines += 1
            if self.letters > MAX_LETTERS or self.lines > MAX_LINES:
                self.close("tệp có quá nhiều chữ để đọc hết")
                break
            if line.text and not line.text.isspace():
                kept.append(line)
        if kept:
            self.parts.append(Part(kept))

    def close(self, why: str) -> None:
        """Something stays unread, and why."""
        if why not in self.unread:
            self.unread.append(why)

    def room(self) -> int:
        """Bytes that may still be unpacked."""
        return MAX_UNPACKED - self.unpacked
