"""Word, Excel, PowerPoint (.docx, .xlsx, .pptx) and their OpenDocument brothers: every place where words may stand.

Headers, footers, text boxes, watermarks, footnotes, comments, deleted text, alternative texts, properties, names of sheets.
"""

import re

from luytre.core.marking.reading.found import Reading
from luytre.core.marking.reading.plain import BREAKS
from luytre.core.marking.reading.xml import XmlRefused, parse
from luytre.core.marking.verdict import Line, Zone

_PLACES = (
    (re.compile(r"(^|/)header\d*\.xml$"), "đầu trang"),
    (re.compile(r"(^|/)footer\d*\.xml$"), "chân trang"),
    (re.compile(r"(^|/)footnotes\.xml$"), "chú thích cuối trang"),
    (re.compile(r"(^|/)endnotes\.xml$"), "chú thích cuối văn bản"),
    (re.compile(r"comment"), "ghi chú"),
    (re.compile(r"(^|/)(slideMaster|slideLayout)"), "nền trang chiếu"),
    (re.compile(r"notesSlide"), "ghi chú trang chiếu"),
    (re.compile(r"(^|/)drawing"), "hình vẽ"),
    (re.compile(r"vmlDrawing"), "hình vẽ"),
    (re.compile(r"(^|/)(docProps/|meta\.xml)"), "thuộc tính tệp"),
    (re.compile(r"(^|/)styles\.xml$"), "đầu trang, chân trang"),
)
_PARAGRAPHS = {"p", "h", "text"}  # "text": a comment of Excel
_BOXES = frozenset(
    re.findall(
        r"\S+", "txbxContent text-box custom-shape annotation note-body header footer header-left header-first footer-left footer- first"
    )
)
_TOLD = {
    "textpath": ("string",),
    "docPr": ("descr", "title", "name"),
    "cNvPr": ("descr", "title"),
    "shape": ("alt",),
    "table": ("name",),
    "sheet": ("name",),
}


def is_part(name: str) -> bool:
    """A member of the package that may hold words (everything but sheets of cells, which cells.py reads)."""
    return name.lower().endswith((".xml", ".vml", ".rels")) and not name.endswith(
        (".rels", "[Content_Types].xml", "theme1.xml", "fontTable.xml", "manifest.xml")
    )


def read_part(name: str, content: bytes, reading: Reading, where: str = "", open_document: bool = False) -> None:
    """One XML member of the package."""
    place = next((said for rule, said in _PLACES if rule.search(name)), "")
    if "docProps/" in name or name.endswith("meta.xml"):
        _read_properties(content, reading, where)
        return
    flow = _Flow(where, place, open_document)
    try:
        parse(content, flow.start, flow.words, flow.end)
    except XmlRefused as refused:
        reading.close(f"{where}{name}: {refused}")
    reading.add(flow.lines)


class _Flow:
    """Paragraphs in their order, a paragraph within a paragraph (a text box) on its own."""

    def __init__(self, where: str, place: str, open_document: bool) -> None:
        self.lines: list[Line] = []
        self._where, self._place, self._odf = where, place, open_document
        self._open: list[list[str]] = []
        self._names: list[str] = []
        self._boxes = self._cells = self._number = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._names.append(name)
        self._boxes += name in _BOXES
        self._cells += name in ("tc", "table-cell")
        if name in _PARAGRAPHS:
            self._open.append([])
        elif name in ("tab", "s") and self._open:
            self._open[-1].append(
                "\t" if name == "tab" else " " * min(int(attributes.get("c", "1") or 1) if attributes.get("c", "1").isdigit() else 1, 50)
            )
        elif name in ("br", "cr", "line-break") and self._open:
            self._open[-1].append("\n")
        for key in _TOLD.get(name, ()):
            if attributes.get(key):
                said = "hình mờ" if name == "textpath" else "tên trang tính" if name in ("sheet", "table") else "mô tả hình"
                self.lines.append(Line(attributes[key], f"{self._where}{said}", "apart"))

    def words(self, text: str) -> None:
        if self._open and (self._odf or self._names[-1] in ("t", "delText")):
            self._open[-1].append(text)

    def end(self, name: str) -> None:
        self._names.pop()
        if name in _PARAGRAPHS and self._open:
            self._close("".join(self._open.pop()))
        self._boxes -= name in _BOXES
        self._cells -= name in ("tc", "table-cell")

    def _close(self, text: str) -> None:
        self._number += 1
        place = self._place or ("hộp văn bản" if self._boxes else "ô bảng" if self._cells else f"đoạn {self._number}")
        zone: Zone = "apart" if self._place or self._boxes else "cell" if self._cells else "text"
        self.lines += [Line(line, f"{self._where}{place}", zone) for line in BREAKS.split(text) if line.strip()]


def _read_properties(content: bytes, reading: Reading, where: str) -> None:
    """Title, subject, keywords and the rest: each its own line."""
    lines: list[Line] = []
    names: list[str] = []

    def words(text: str) -> None:
        if names and text.strip():
            lines.append(Line(text, f"{where}thuộc tính tệp ({names[-1]})", "apart"))

    def end(name: str) -> None:
        names.pop()

    try:
        parse(content, lambda name, attributes: names.append(name), words, end)
    except XmlRefused as refused:
        reading.close(f"{where}thuộc tính tệp: {refused}")
    for line in lines:  # each stands alone: a list of keywords explains nothing
        reading.add([line])
