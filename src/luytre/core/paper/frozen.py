"""An issued paper is frozen: its data in one form of bytes, its digest, and what a later issue of it changed."""

import hashlib
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import msgspec
from msgspec import Struct

from luytre.core.paper.model import Paper
from luytre.core.paper.reading import write


class Change(Struct, frozen=True):
    """One difference between two issues: path of the field, what it was, what it is now ("" = not there)."""

    path: str
    was: str
    now: str


def digest(paper: Paper) -> str:
    """SHA-256 of the paper's data, as hexadecimal digits; the same data always give the same digest."""
    return hashlib.sha256(write(paper)).hexdigest()


def changes(before: Paper, after: Paper) -> list[Change]:
    """What changed from one issue to the next, field by field; an inserted paragraph is one change, not a shift of all after it."""
    return list(_between(_plain(before), _plain(after), ""))


def _plain(paper: Paper) -> Any:
    return msgspec.json.decode(write(paper))


def _between(was: Any, now: Any, path: str) -> Iterator[Change]:
    if was == now:
        return
    if isinstance(was, dict) and isinstance(now, dict):
        for key in [*was, *(key for key in now if key not in was)]:
            yield from _between(was.get(key), now.get(key), f"{path}.{key}" if path else key)
    elif isinstance(was, list) and isinstance(now, list):
        yield from _lists(was, now, path)
    else:
        yield Change(path, _words(was), _words(now))


def _lists(was: list[Any], now: list[Any], path: str) -> Iterator[Change]:
    old, new = [_words(item) for item in was], [_words(item) for item in now]
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = min(b - a, d - c)
        for index in range(pairs):
            yield from _between(was[a + index], now[c + index], f"{path}[{c + index}]")
        yield from (Change(f"{path}[{index}]", old[index], "") for index in range(a + pairs, b))
        yield from (Change(f"{path}[{index}]", "", new[index]) for index in range(c + pairs, d))


def _words(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value, order="deterministic").decode()
