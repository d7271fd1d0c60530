"""The shape of an entry's detail, as the vocabulary lays it down; and text made clean before it is written."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from luytre.core.fold import written
from luytre.verbs import VOCABULARY, Field, Verb

if TYPE_CHECKING:
    from luytre.journal.bulk import Row

LONGEST = 300  # a detail holds numbers, days and names of papers; anything longer is free text and belongs in the aside


def checked_detail(row: "Row") -> dict[str, Any]:
    """The detail with days as ISO text; ValueError names what the vocabulary does not allow."""
    verb = VOCABULARY.get(row.verb)
    if verb is None:
        raise ValueError(f"{row.verb}: no such verb")
    if row.filed and not verb.fileable:
        raise ValueError(f"{row.verb}: may not be filed")
    detail = {key: clean(value) for key, value in row.detail.items() if value is not None}
    for fault in _faults(verb, detail):
        raise ValueError(f"{row.verb}: {fault}")
    return detail


def _faults(verb: Verb, detail: Mapping[str, Any]) -> list[str]:
    strange = [f"unknown detail {key!r}" for key in detail if key not in verb.detail]
    absent = [f"detail {key!r} is missing" for key, field in verb.detail.items() if field.required and key not in detail]
    wrong = [
        f"detail {key!r} = {detail[key]!r} is no {field.type}"
        for key, field in verb.detail.items()
        if key in detail and not _fits(field, detail[key])
    ]
    return strange + absent + wrong


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_FITS: dict[str, Callable[[Any], bool]] = {
    "day": _is_day,
    "month": lambda value: _is_whole(value) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}", value) is not None),
    "year": _is_whole,
    "whole": _is_whole,
    "flag": lambda value: isinstance(value, bool),
    "entry": lambda value: isinstance(value, int | str),
    "case": lambda value: isinstance(value, int | str),
}


def _fits(field: Field, value: Any) -> bool:
    if field.type == "choice":
        return value in field.choices
    if field.type in _FITS:
        return _FITS[field.type](value)
    return isinstance(value, str) and len(value) <= LONGEST


def clean(value: Any) -> Any:
    """Text in one Unicode form (NFC) without control characters, days as ISO text, whole numbers as such: the same on every database."""
    if isinstance(value, str):
        return written(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {clean(str(key)): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value
