"""Register and facts from JSON lines: each fault with file and line, and what to do about it."""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from luytre.core.duty.model import Dated, Fact, Thing

MAX_LINE = 1_000_000  # bytes; a line of the register or one fact is far shorter
KINDS = ("organisation", "system")
PHASES = ("planned", "building", "operating", "retired")
TAKING_BACK = ("entry.retracted", "evidence.rejected")
Day = TypeVar("Day", bound=date)
YEARS = range(1900, 3000)  # a day outside is a slip of the pen, and no term can be counted from the last day there is
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class InputFault(Exception):
    """An input that can't be read: file, line, what is wrong."""

    def __init__(self, file: str, line: int, says: str) -> None:
        super().__init__(f"{file}:{line}: {says}")


class _Wrong(Exception):
    """What is wrong with a line, before it is known where it stands."""


def read_register(path: Path, zone: ZoneInfo) -> list[Thing]:
    """Things of a register file. Refuses broken lines, unknown kinds, an id that stands twice, dates out of order."""
    things: list[Thing] = []
    seen: dict[str, int] = {}
    for number, data in _lines(path):
        with _At(path, number):
            thing = _thing(data, zone)
            if thing.id in seen:
                raise _Wrong(f"“{thing.id}” đã có ở dòng {seen[thing.id]} / duplicate id")
            seen[thing.id] = number
            things.append(thing)
    return things


def read_facts(path: Path, zone: ZoneInfo, verbs: Collection[str]) -> list[Fact]:
    """Facts of a file, in any order. Refuses broken lines, unknown verbs (where a vocabulary is given), an id that stands twice."""
    facts: list[Fact] = []
    seen: dict[str, int] = {}
    for number, data in _lines(path):
        with _At(path, number):
            fact = _fact(data, zone, verbs)
            if fact.id in seen:
                raise _Wrong(f"“{fact.id}” đã có ở dòng {seen[fact.id]} / duplicate id")
            seen[fact.id] = number
            facts.append(fact)
    return facts


class _At:
    """Turns what is wrong inside into a fault that says where."""

    def __init__(self, path: Path, line: int) -> None:
        self.path, self.line = path, line

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, _Wrong):
            raise InputFault(str(self.path), self.line, str(error)) from None


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    decode = msgspec.json.Decoder().decode
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), 1):
                if len(raw) > MAX_LINE:
                    raise InputFault(str(path), number, "dòng dài quá 1 MB / line longer than 1 MB")
                text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
                if text.strip():
                    yield number, _object(decode, text, path, number)
    except OSError as error:
        raise InputFault(str(path), 1, f"không đọc được tệp / can't read: {error.strerror}") from None


def _object(decode: Any, raw: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        data = decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputFault(str(path), number, f"không phải JSON / not JSON: {error}") from None
    if not isinstance(data, dict):
        raise InputFault(str(path), number, "mỗi dòng phải là một đối tượng JSON / each line must be a JSON object")
    return data


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise _Wrong(f"thiếu “{key}” hoặc không phải chữ / missing or not text")
    return value


def parse_day(value: Any, name: str) -> date:
    """A day written as 2026-11-22. Raises for anything else, 31/02 included."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _Wrong(f"“{name}”: {value!r} không phải là ngày như 2026-11-22 / not a date")


def parse_moment(value: Any, name: str, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """A moment as ISO 8601; without an offset it is read in the law's zone; a bare day is its start (or its end)."""
    if isinstance(value, str):
        try:
            if _DAY.fullmatch(value):
                return datetime.combine(date.fromisoformat(value), time.max if end else time.min, zone)
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
        except (ValueError, OverflowError):
            pass
    raise _Wrong(f"“{name}”: {value!r} không phải là thời điểm như 2026-11-22T08:00:00+07:00 / not a moment")


def _thing(data: dict[str, Any], zone: ZoneInfo) -> Thing:
    kind = _text(data, "kind")
    if kind not in KINDS:
        raise _Wrong(f"“kind” phải là một trong {', '.join(KINDS)} / not one of these")
    attributes = data.get("attributes", {})
    if not isinstance(attributes, dict):
        raise _Wrong("“attributes” phải là đối tượng / must be an object")
    return Thing(_text(data, "id"), kind, {name: _rows(name, rows, zone) for name, rows in attributes.items()})


def _rows(name: str, rows: Any, zone: ZoneInfo) -> tuple[Dated, ...]:
    if not isinstance(rows, list):
        raise _Wrong(f"“{name}” phải là danh sách [giá trị, từ, đến] / must be a list of [value, from, until]")
    return tuple(_known_phase(name, _row(name, row, zone)) for row in rows)


def _known_phase(name: str, row: Dated) -> Dated:
    """A phase nobody knows would take the system out of every duty without a word."""
    if name == "phase" and row.value is not None and row.value not in PHASES:
        raise _Wrong(f"“phase”: {row.value!r} phải là một trong {', '.join(PHASES)} / not one of these")
    return row


def _row(name: str, row: Any, zone: ZoneInfo) -> Dated:
    if not isinstance(row, list) or not 3 <= len(row) <= 4:
        raise _Wrong(f"“{name}”: mỗi dòng là [giá trị, từ, đến, biết lúc] / each row is [value, from_on, until_on, known_at]")
    first = date.min if row[1] is None else parse_day(row[1], name)
    until = None if row[2] is None else parse_day(row[2], name)
    if until is not None and until <= first:
        raise _Wrong(f"“{name}”: ngày kết thúc phải sau ngày bắt đầu / until must lie after from")
    if first.year > YEARS[-1]:
        _sane(first, name)
    if until is not None and until.year > YEARS[-1]:
        until = None  # "for ever", as other systems write it
    known = None if len(row) == 3 or row[3] is None else parse_moment(row[3], name, zone)
    return Dated(row[0], first, until, known)


def _fact(data: dict[str, Any], zone: ZoneInfo, verbs: Collection[str]) -> Fact:
    verb = _text(data, "verb")
    if verbs and verb not in verbs:
        raise _Wrong(f"động từ lạ “{verb}” / unknown verb: not in the vocabulary")
    known = _sane(parse_moment(data.get("known_at"), "known_at", zone), "known_at")
    at = None if data.get("at") is None else _sane(parse_moment(data["at"], "at", zone), "at")
    retracts = data.get("retracts")
    detail = data.get("detail")
    if not isinstance(detail, dict | None):
        raise _Wrong("“detail” phải là đối tượng / must be an object")
    if retracts is not None and not isinstance(retracts, str):
        raise _Wrong("“retracts” phải là mã của một ghi nhận / must be the id of a fact")
    if retracts is not None and verb not in TAKING_BACK:
        raise _Wrong(f"{verb}: chỉ {', '.join(TAKING_BACK)} mới mang “retracts” / only these take another fact back")
    if retracts is None and verb in TAKING_BACK:
        raise _Wrong(f"{verb}: thiếu “retracts”, mã của ghi nhận bị rút / missing: the id of the fact taken back")
    return Fact(_text(data, "id"), verb, _about(data), _on(data, at, known, zone), known, at, detail or {}, retracts)


def _about(data: dict[str, Any]) -> tuple[str, ...]:
    about = data.get("about") or []
    if not isinstance(about, list) or not all(isinstance(ref, str) for ref in about):
        raise _Wrong("“about” phải là danh sách mã như system:his / must be a list of refs")
    return tuple(dict.fromkeys(about))


def _on(data: dict[str, Any], at: datetime | None, known: datetime, zone: ZoneInfo) -> date:
    """The day of the fact; where only its moment is given, that day; a retraction counts from when it was known anyway."""
    if data.get("on") is not None:
        return _sane(parse_day(data["on"], "on"), "on")
    if at is not None or data.get("retracts") is not None:
        return (at or known).astimezone(zone).date()
    raise _Wrong("thiếu “on”, ngày của ghi nhận / missing: the day of the fact")


def _sane(day: Day, name: str) -> Day:
    if day.year not in YEARS:
        raise _Wrong(f"“{name}”: năm {day.year} ngoài khoảng {YEARS[0]}–{YEARS[-1]} / year out of range")
    return day


def asked_moment(text: str, zone: ZoneInfo, *, end: bool) -> date | datetime:
    """What was asked on the command line: a day, or a moment. ValueError for anything else."""
    name = "--known" if end else "--on"
    try:
        if end:
            return parse_moment(text, name, zone, end=True)
        return _sane(parse_day(text, name) if _DAY.fullmatch(text) else parse_moment(text, name, zone), name)
    except _Wrong as wrong:
        raise ValueError(str(wrong)) from None
