"""YAML read with its line numbers: every fault says in which file and line it stands, and what was expected."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from luytre.core.law.model import LawFault
from luytre.core.when import Period, period

MAX_BYTES = 1_000_000
MAX_DEPTH = 200  # brackets open at once, or columns of indentation; the law needs a tenth of it
_NESTING = re.compile(rf"[\[\]{{}}]|^[ ?-]{{{MAX_DEPTH + 1},}}", re.MULTILINE)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}


class At:
    """One place in a YAML file. `.value` is its plain value; the readers below refuse anything of the wrong shape."""

    __slots__ = ("file", "node")

    def __init__(self, node: Any, file: str) -> None:
        self.node = node
        self.file = file

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def fault(self, says: str) -> LawFault:
        return LawFault(self.file, self.line, says)

    @property
    def is_null(self) -> bool:
        return bool(self.node.tag == "tag:yaml.org,2002:null")

    def mapping(self, required: Collection[str] = (), optional: Collection[str] = ()) -> dict[str, "At"]:
        """The keys of a mapping, each known and given once."""
        found = self.entries()
        for key, at in found.items():
            if key not in required and key not in optional:
                raise at.fault(f"khóa lạ “{key}” / unknown field; có thể dùng: {', '.join([*required, *optional])}")
        for key in required:
            if key not in found:
                raise self.fault(f"thiếu khóa “{key}” / missing field")
        return found

    def entries(self) -> dict[str, "At"]:
        """A mapping with free keys. The place of an entry is that of its value; a key given twice is refused."""
        if self.node.id != "mapping":
            raise self.fault("phải là các cặp khóa: giá trị / expected a mapping")
        found: dict[str, At] = {}
        for key, value in self.node.value:
            if key.id != "scalar":
                raise LawFault(self.file, key.start_mark.line + 1, "khóa phải là chữ / a key must be text")
            if key.value in found:
                raise LawFault(self.file, key.start_mark.line + 1, f"khóa “{key.value}” ghi hai lần / given twice")
            found[key.value] = At(value, self.file)
        return found

    def items(self) -> Iterator["At"]:
        if self.node.id != "sequence":
            raise self.fault("phải là danh sách / expected a list")
        return (At(node, self.file) for node in self.node.value)

    def text(self) -> str:
        if self.node.id != "scalar" or self.is_null:
            raise self.fault("phải là chữ / expected text")
        return str(self.node.value)

    def choice(self, options: Collection[str]) -> str:
        found = self.text()
        if found not in options:
            raise self.fault(f"“{found}” không có trong: {', '.join(options)} / not one of these")
        return found

    def words(self) -> dict[str, str]:
        """Text in Vietnamese and English."""
        found = self.mapping(required=("vi", "en"))
        return {language: at.text() for language, at in found.items()}

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.fault(f"“{self.node.value}” không phải là một ngày (năm-tháng-ngày) / not a date") from None

    def month_day(self) -> tuple[int, int]:
        try:
            found = date.fromisoformat(f"2023-{self.text()}")
        except ValueError:
            raise self.fault(f"“{self.node.value}” không phải là tháng-ngày / not a month and day (12-31)") from None
        return found.month, found.day

    def whole(self, least: int = 0) -> int:
        found = self.value
        if type(found) is not int or found < least:
            raise self.fault(f"phải là số nguyên từ {least} / expected a whole number from {least}")
        return found

    def flag(self) -> bool:
        found = self.value
        if type(found) is not bool:
            raise self.fault("phải là true hoặc false / expected true or false")
        return found

    def period(self) -> Period:
        try:
            return period(self.text())
        except ValueError:
            raise self.fault(f"“{self.node.value}” không phải là khoảng thời gian như P6M / not a period such as P6M") from None

    def texts(self) -> tuple[str, ...]:
        return tuple(at.text() for at in self.items())

    @property
    def value(self) -> Any:
        """The plain value: text, number, flag, date, None, list or mapping."""
        node = self.node
        if node.id == "sequence":
            return tuple(At(part, self.file).value for part in node.value)
        if node.id == "mapping":
            return {key: at.value for key, at in self.entries().items()}
        return self._scalar()

    def _scalar(self) -> Any:
        kind, text = self.node.tag.rpartition(":")[2], self.node.value
        if kind == "null":
            return None
        if kind == "bool":
            return _BOOLS[text.lower()]
        if kind == "timestamp":
            return self.day()
        try:
            return int(text) if kind == "int" else float(text) if kind == "float" else text
        except ValueError:
            raise self.fault(f"“{text}” không phải là số / not a number") from None


def optional(found: dict[str, At], key: str) -> At | None:
    """The place of a key that may be absent or null."""
    at = found.get(key)
    return None if at is None or at.is_null else at


def read(path: Path, shown: str) -> At:
    """The root of a YAML file. `shown` is the name printed in faults. One document, UTF-8, no aliases, at most 1 MB."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise LawFault(shown, 1, "tệp lớn hơn 1 MB / file larger than 1 MB")
        text = raw.decode("utf-8")
        _refuse_depth(text, shown)
        _refuse_aliases(text, shown)
        node = yaml.compose(text, Loader=_Loader)
    except UnicodeDecodeError:
        raise LawFault(shown, 1, "tệp không phải UTF-8 / not UTF-8") from None
    except OSError as error:
        raise LawFault(shown, 1, f"không đọc được tệp / can't read: {error.strerror}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "YAML"
        raise LawFault(shown, mark.line + 1 if mark else 1, f"YAML hỏng / broken YAML: {problem}") from None
    if node is None:
        raise LawFault(shown, 1, "tệp trống / empty file")
    return At(node, shown)


def _refuse_depth(text: str, shown: str) -> None:
    """The parser goes down one call a level and dies, without a word, on thousands of them."""
    depth = 0
    for found in _NESTING.finditer(text):
        mark = found.group()
        depth += 1 if mark in "[{" else -1 if mark in "]}" else 0
        if depth > MAX_DEPTH or len(mark) > MAX_DEPTH:
            raise LawFault(shown, text.count("\n", 0, found.start()) + 1, "lồng quá nhiều tầng / nested too deeply")


def _refuse_aliases(text: str, shown: str) -> None:
    """An alias repeats a part unseen, and nested ones grow without bound; the law is written out in full."""
    if "*" not in text or "&" not in text:
        return
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.AliasToken):
            raise LawFault(shown, token.start_mark.line + 1, "không dùng bí danh YAML (*) / YAML aliases are not accepted")
