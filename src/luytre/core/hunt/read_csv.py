"""Tables: Windows exports by their headings; firewall, DNS and proxy tables by a mapping file that names the columns."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

from luytre.core.hunt.read_json import kind_of_document
from luytre.core.hunt.read_text import Misses, Reader, Row
from luytre.core.hunt.shape import Fields

Lines = Iterator[tuple[int, str]]
CELL = 1 << 20


def table(lines: Lines, misses: Misses) -> Iterator[Row]:
    """Rows whose headings say what they are."""
    for position, row in rows(lines, misses):
        found = kind_of_document(row)
        if found is None:
            misses.add(position)
        else:
            yield (*found, position)


def rows(lines: Lines, misses: Misses) -> Iterator[tuple[int, Fields]]:
    """(position, row by heading). A cell may hold line ends; empty cells stand as empty texts."""
    numbered = ((number, line) for number, line in lines)
    first = next(((number, line) for number, line in numbered if line.strip() and not line.startswith("#TYPE")), None)
    if first is None:
        return
    csv.field_size_limit(CELL)
    separator = max(",;\t|", key=first[1].count)
    try:
        names = next(csv.reader([first[1]], delimiter=separator))
    except csv.Error as fault:
        raise ValueError(f"dòng tiêu đề hỏng ({fault})") from fault
    position = 0
    found = csv.reader((line + "\n" for _, line in numbered), delimiter=separator)
    while True:
        position += 1
        try:
            values = next(found)
        except StopIteration:
            return
        except csv.Error:
            misses.add(position)
            continue
        if not values:
            position -= 1
            continue
        if len(values) != len(names):
            misses.add(position)
        yield position, dict(zip(names, values, strict=False))


@dataclass
class Mapping:
    """What a mapping file says: which log source the rows are, which column is which field, for which files."""

    product: str = ""
    category: str = ""
    service: str = ""
    fields: dict[str, str] = field(default_factory=dict)  # column → Sigma field
    files: tuple[str, ...] = ("*",)

    @property
    def kind(self) -> str:
        if self.product == "windows":
            return "windows"
        return f"map:{self.product}|{self.category}|{self.service}"

    def event(self, row: Fields) -> Fields:
        return {**row, **{name: row[column] for column, name in self.fields.items() if column in row}}


class Mappings:
    """All entries of a --map file; the first whose file pattern fits is taken."""

    def __init__(self, document: Any) -> None:
        entries = document if isinstance(document, list) else [document]
        self.entries = [_entry(entry) for entry in entries]

    def of(self, name: str) -> Mapping | None:
        return next((one for one in self.entries if any(fnmatch(name, p) or fnmatch(name.rsplit("/", 1)[-1], p) for p in one.files)), None)

    def reader(self, form: str, name: str) -> Reader | None:
        """A reader of tables by this mapping; other formats keep their own."""
        one = self.of(name)
        if one is None or form != "csv":
            return None

        def read(lines: Lines, misses: Misses) -> Iterator[Row]:
            for position, row in rows(lines, misses):
                yield one.kind, one.event(row), position

        return read

    def document(self, name: str, document: Any) -> tuple[str, Fields] | None:
        """A JSON event by this mapping."""
        one = self.of(name)
        if one is None or not isinstance(document, dict):
            return None
        from luytre.core.hunt.shape import flattened

        return one.kind, one.event(flattened(document))


def _entry(entry: Any) -> Mapping:
    if not isinstance(entry, dict) or not isinstance(entry.get("logsource"), dict):
        raise ValueError("Tệp --map: mỗi mục cần logsource: {category: …} và fields: {cột: trường}")
    source = entry["logsource"]
    fields = entry.get("fields") or {}
    if not isinstance(fields, dict):
        raise ValueError("Tệp --map: fields phải là bảng “cột: trường”")
    files = entry.get("files") or ["*"]
    product, category, service = (str(source.get(part) or "").lower() for part in ("product", "category", "service"))
    return Mapping(
        product,
        category,
        service,
        fields={str(column): str(name) for column, name in fields.items()},
        files=tuple([files] if isinstance(files, str) else map(str, files)),
    )
