"""Reads a document's JSON into a Paper; every fault comes back in Vietnamese with the path of its field."""

import re
from typing import Any

import msgspec

from luytre.core.paper.letters import Fault, PaperRefused, clean
from luytre.core.paper.model import Paper
from luytre.core.paper.rules import faults_of

MAX_BYTES = 40_000_000  # a document with pictures; more is a mistake or an attack
_KINDS = {"str": "chữ", "int": "số nguyên", "float": "số", "bool": "true hoặc false", "object": "một nhóm trường { }"}
_KINDS |= {"array": "một danh sách [ ]", "date": "ngày dạng 2026-11-05", "bytes": "ảnh mã hóa base64", "null": "để trống"}
# what msgspec says → what we say; the groups are field names, kinds and bounds
_SAYINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Object missing required field `(.+)`"), "thiếu trường bắt buộc “{0}”"),
    (re.compile(r"Object contains unknown field `(.+)`"), "có trường lạ “{0}”; hãy bỏ hoặc sửa tên trường"),
    (re.compile(r"Expected `str` of length <= (\d+)"), "dài quá {0} ký tự; hãy rút gọn"),
    (re.compile(r"Expected `str` of length >= (\d+)"), "không được để trống"),
    (re.compile(r"Expected `bytes` of length <= (\d+)"), "ảnh lớn quá {0} byte; hãy thu nhỏ ảnh"),
    (re.compile(r"Expected `bytes` of length >= (\d+)"), "không phải ảnh"),
    (re.compile(r"Expected `array` of length <= (\d+)"), "có quá {0} mục; hãy tách ra phụ lục hoặc văn bản khác"),
    (re.compile(r"Expected `array` of length >= (\d+)"), "phải có ít nhất {0} mục"),
    (re.compile(r"Expected `\w+` >= (\S+)"), "phải từ {0} trở lên"),
    (re.compile(r"Expected `\w+` <= (\S+)"), "phải từ {0} trở xuống"),
    (re.compile(r"Invalid enum value (.+)"), "không nhận giá trị {0}"),
    (re.compile(r"Invalid value (.+)"), "không nhận giá trị {0}; xem các loại khối trong docs/papers.md"),
    (re.compile(r"Invalid RFC3339 encoded date"), "không phải một ngày có thật; viết dạng 2026-11-05"),
    (re.compile(r"Invalid base64 encoded string"), "ảnh không phải mã base64"),
)
_EXPECTED = re.compile(r"Expected `(.+)`, got `(.+)`")


def read(source: bytes) -> Paper:
    """A paper from the bytes of its JSON document. Refuses (PaperRefused) what is unreadable, unknown or against the decree."""
    if len(source) > MAX_BYTES:
        raise PaperRefused([Fault("", f"tệp dữ liệu lớn quá {MAX_BYTES // 1_000_000} MB")])
    try:
        plain = msgspec.json.decode(source)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PaperRefused([Fault("", f"tệp không phải JSON đọc được ({error}); hãy kiểm tra lại tệp dữ liệu")]) from None
    return from_plain(plain)


def from_plain(plain: Any) -> Paper:
    """A paper from builtins (dicts, lists, strings), with the same checks as `read`."""
    faults: list[Fault] = []
    try:
        tidy = clean(plain, "", faults)
    except RecursionError:
        raise PaperRefused([Fault("", "dữ liệu lồng nhau quá sâu")]) from None
    if faults:
        raise PaperRefused(faults)
    try:
        paper = msgspec.convert(tidy, Paper)
    except msgspec.ValidationError as error:
        raise PaperRefused([in_vietnamese(str(error))]) from None
    faults = faults_of(paper)
    if faults:
        raise PaperRefused(faults)
    return paper


def in_vietnamese(message: str) -> Fault:
    """A message of msgspec ("Expected `str`, got `int` - at `$.issuer[0]`") as a fault with path and Vietnamese words."""
    said, _, where = message.partition(" - at `")
    path = where.rstrip("`").removeprefix("$").removeprefix(".").replace("[...]", "[…]")
    for pattern, words in _SAYINGS:
        match = pattern.search(said)
        if match:
            return Fault(path, words.format(*match.groups()))
    match = _EXPECTED.search(said)
    if match:
        wanted = " hoặc ".join(_KINDS.get(kind.strip(), kind.strip()) for kind in match[1].split("|"))
        return Fault(path, f"phải là {wanted}, nhưng đang là {_KINDS.get(match[2], match[2])}")
    return Fault(path, f"không đọc được ({said})")


def write(paper: Paper) -> bytes:
    """The paper as JSON, always the same bytes for the same paper (keys sorted, defaults left out): what is hashed and kept."""
    return msgspec.json.encode(paper, order="deterministic")
