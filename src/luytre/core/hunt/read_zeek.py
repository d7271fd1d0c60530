"""Zeek's tab-separated logs, with their own heading."""

from collections.abc import Iterator

from luytre.core.hunt.read_text import Misses, Row
from luytre.core.hunt.shape import Fields

Lines = Iterator[tuple[int, str]]


def zeek(lines: Lines, misses: Misses) -> Iterator[Row]:
    separator, names, path, unset = "\t", [], "conn", "-"
    for number, line in lines:
        if line.startswith("#"):
            word, _, value = line.partition(" " if line.startswith("#separator") else separator)
            if word == "#separator":
                separator = value.encode().decode("unicode_escape") if value.startswith("\\x") else value or "\t"
            elif word == "#fields":
                names = value.split(separator)
            elif word == "#path":
                path = value
            elif word == "#unset_field":
                unset = value
            continue
        values = line.split(separator)
        if not names or len(values) != len(names):
            if line.strip():
                misses.add(number)
            continue
        event: Fields = {name: value for name, value in zip(names, values, strict=True) if value != unset}
        yield f"zeek/{path}", event, number
