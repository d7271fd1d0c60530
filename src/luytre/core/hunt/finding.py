"""What a hunt hands over: findings as lines, tallies for the summary, marks for correlation."""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
import orjson

TOP = 200  # findings a report shows one by one
LEVELS = ("critical", "high", "medium", "low", "informational")


class Finding(msgspec.Struct):
    """One finding, its line number still counted from the start of its piece."""

    head: bytes  # the JSON up to the line number
    tail: bytes  # and after it
    line: int | None
    rule: int  # number in the rule set; -1 for indicators and YARA
    moment: float | None

    def encoded(self, before: int | None) -> bytes:
        """The JSON line. `before` = events of the file ahead of this piece; None where damage makes counting impossible."""
        line = b"null" if self.line is None or before is None else str(self.line + before).encode()
        return self.head + line + self.tail


class Mark(msgspec.Struct, array_like=True):
    """A hit a correlation weighs: when, which rule, the values it groups and counts by, and where it stands."""

    moment: float
    rule: str
    values: dict[str, str | None]
    host: str | None
    record: Any
    line: int | None
    file: str = ""
    event: Any = None


class Spool:
    """Findings and marks that are too many to hold: kept in a file of batches until the parent has taken them."""

    def __init__(self) -> None:
        handle, self.path = tempfile.mkstemp(prefix="luytre-hunt-")
        os.close(handle)

    def add(self, batch: "Batch") -> None:
        data = msgspec.msgpack.encode(batch)
        with open(self.path, "ab") as stream:  # noqa: PTH123
            stream.write(len(data).to_bytes(8, "little") + data)

    def batches(self) -> "Iterator[Batch]":
        """All batches in order; the file is gone afterwards."""
        try:
            with open(self.path, "rb") as stream:  # noqa: PTH123
                while size := stream.read(8):
                    yield msgspec.msgpack.decode(stream.read(int.from_bytes(size, "little")), type=Batch)
        finally:
            os.unlink(self.path)  # noqa: PTH108


class Batch(msgspec.Struct):
    findings: list[Finding]
    marks: list[Mark]


class Tally(msgspec.Struct):
    """Counts over findings, enough for the report without keeping the findings."""

    findings: int = 0
    by_rule: dict[str, int] = {}
    by_level: dict[str, int] = {}
    by_host: dict[str, int] = {}
    by_attack: dict[str, int] = {}
    by_day: dict[str, dict[str, int]] = {}  # day → level → count
    first: float | None = None
    last: float | None = None

    def add(self, rule_id: str, level: str, host: str | None, attack: tuple[str, ...], moment: datetime | None) -> None:
        self.findings += 1
        _count(self.by_rule, rule_id)
        _count(self.by_level, level)
        if host:
            _count(self.by_host, host if host in self.by_host or len(self.by_host) < 10_000 else "…")
        for name in attack:
            _count(self.by_attack, name)
        if moment is not None:
            day = moment.isoformat()[:10]
            _count(self.by_day.setdefault(day if day in self.by_day or len(self.by_day) < 20_000 else "…", {}), level)
            stamp = moment.timestamp()
            self.first = stamp if self.first is None else min(self.first, stamp)
            self.last = stamp if self.last is None else max(self.last, stamp)

    def merge(self, other: "Tally") -> None:
        self.findings += other.findings
        for name in ("by_rule", "by_level", "by_host", "by_attack"):
            ours = getattr(self, name)
            for key, count in getattr(other, name).items():
                ours[key] = ours.get(key, 0) + count
        for day, levels in other.by_day.items():
            ours = self.by_day.setdefault(day, {})
            for level, count in levels.items():
                ours[level] = ours.get(level, 0) + count
        self.first = min((m for m in (self.first, other.first) if m is not None), default=None)
        self.last = max((m for m in (self.last, other.last) if m is not None), default=None)


def _count(table: dict[str, int], key: str) -> None:
    table[key] = table.get(key, 0) + 1


def encode(line: Any) -> bytes:
    """JSON as orjson writes it, with a way out for what it refuses: lone surrogates, numbers past 64 bits."""
    try:
        return orjson.dumps(line, option=orjson.OPT_NON_STR_KEYS)
    except (TypeError, ValueError, orjson.JSONEncodeError):
        return orjson.dumps(_tame(line), option=orjson.OPT_NON_STR_KEYS)


def _tame(value: Any, depth: int = 0) -> Any:
    if isinstance(value, dict):
        return {str(_tame(key)): _tame(part, depth + 1) for key, part in value.items()} if depth < 100 else "…"
    if isinstance(value, (list, tuple)):
        return [_tame(part, depth + 1) for part in value] if depth < 100 else "…"
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
        return str(value)
    return value if isinstance(value, (int, float, bool)) or value is None else str(value)


MARK = "\u0000line\u0000"


def split(line: dict[str, Any]) -> tuple[bytes, bytes]:
    """The encoded line around the place of its line number (source.line must be MARK)."""
    head, _, tail = encode(line).partition(b'"\\u0000line\\u0000"')
    return head, tail
