"""Answers to a form's fields: each kind checked and turned into the words that stand on the paper. Faults in Vietnamese by field."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from luytre.core.paper.chart import vi
from luytre.core.paper.forms.spec import FieldSpec
from luytre.core.paper.letters import Fault

BLANK = "………………………"  # an answer still to be written, on a draft
_PHONE = re.compile(r"^\+?[0-9][0-9 .()-]{5,30}( ?\(.{1,60}\))?$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


def words_of(field: FieldSpec, answer: Any, faults: list[Fault]) -> str:
    """The answer as one text; "" when there is none. Choices and tables have no single text and give ""."""
    if is_empty(answer) or field.type in ("choices", "table"):
        return ""
    says = _KINDS[field.type](field, answer)
    if isinstance(says, Fault):
        faults.append(says)
        return ""
    return says


def is_empty(answer: Any) -> bool:
    return answer is None or answer in ("", [], {}) or (isinstance(answer, str) and not answer.strip())


def picked(field: FieldSpec, answer: Any, faults: list[Fault]) -> list[tuple[bool, str]]:
    """Every option of a choice with its tick and its words: answer is an id, a list of ids, or {id: added words or true}."""
    chosen: dict[str, Any] = {}
    if isinstance(answer, str) and answer:
        chosen = {answer: True}
    elif isinstance(answer, list):
        chosen = {str(item): True for item in answer}
    elif isinstance(answer, dict):
        chosen = {key: value for key, value in answer.items() if value not in (False, None)}
    elif answer is not None:
        faults.append(Fault(field.id, f"“{field.label}”: chọn trong danh sách"))
    known = {option.id for option in field.options}
    for name in chosen.keys() - known:
        faults.append(Fault(field.id, f"“{field.label}”: không có lựa chọn “{name}”; các lựa chọn: {', '.join(sorted(known))}"))
    if field.type == "choice" and len(chosen) > 1:
        faults.append(Fault(field.id, f"“{field.label}”: chỉ chọn một"))
    return [(option.id in chosen, _with_words(option.label, option.free, chosen.get(option.id))) for option in field.options]


def _with_words(label: str, free: bool, added: Any) -> str:
    if isinstance(added, str) and added.strip():
        return f"{label}: {added.strip()}"
    return f"{label}: {BLANK}" if free and added is None else label


def rows_of(field: FieldSpec, answer: Any, faults: list[Fault]) -> list[list[str]]:
    """The rows of a table field as texts. Fixed rows: one answer per row, then the total; otherwise numbered as they come."""
    given = answer if isinstance(answer, list) else []
    if (answer is not None and not isinstance(answer, list)) or any(not isinstance(row, dict) for row in given):
        faults.append(Fault(field.id, f"“{field.label}”: phải là danh sách các dòng"))
        given = []
    if field.rows and len(given) > len(field.rows):
        faults.append(Fault(field.id, f"“{field.label}”: mẫu có {len(field.rows)} dòng, nhận được {len(given)}"))
    known = {column.id for column in field.columns}
    for index, row in enumerate(given):
        for name in row.keys() - known:
            faults.append(Fault(f"{field.id}[{index}]", f"không có cột “{name}”"))
    lines = list(field.rows) or [""] * len(given)
    rows = [_row(field, line, given[i] if i < len(given) else {}, i, faults) for i, line in enumerate(lines)]
    return rows + ([_total(field, given)] if field.rows else [])


def _row(field: FieldSpec, line: str, row: dict[str, Any], index: int, faults: list[Fault]) -> list[str]:
    first = [str(index + 1)] + ([line] if field.rows else [])
    return first + [_cell(field, column.id, column.number, row.get(column.id), index, faults) for column in field.columns]


def _cell(field: FieldSpec, name: str, number: bool, value: Any, index: int, faults: list[Fault]) -> str:
    if number:
        if is_empty(value):
            return "0" if field.rows else ""
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            faults.append(Fault(f"{field.id}[{index}].{name}", f"“{value}” phải là số nguyên từ 0 trở lên"))
            return ""
        return vi(value)
    return "" if is_empty(value) else str(value)


def _total(field: FieldSpec, given: list[dict[str, Any]]) -> list[str]:
    def added(name: str) -> str:
        counts = (row.get(name) for row in given)
        return vi(sum(count for count in counts if isinstance(count, int) and not isinstance(count, bool)))

    return ["", "Tổng số", *(added(column.id) if column.number else "" for column in field.columns)]


def _text(field: FieldSpec, answer: Any) -> str | Fault:
    return str(answer).strip() if isinstance(answer, str | int) else Fault(field.id, f"“{field.label}”: phải là chữ")


def _phone(field: FieldSpec, answer: Any) -> str | Fault:
    text = str(answer).strip()
    return text if _PHONE.match(text) else Fault(field.id, f"“{field.label}”: “{text[:40]}” không phải số điện thoại")


def _email(field: FieldSpec, answer: Any) -> str | Fault:
    text = str(answer).strip()
    return text if _EMAIL.match(text) else Fault(field.id, f"“{field.label}”: “{text[:40]}” không phải địa chỉ thư điện tử")


def _number(field: FieldSpec, answer: Any) -> str | Fault:
    if isinstance(answer, bool) or not isinstance(answer, int | float) or answer < 0:
        return Fault(field.id, f"“{field.label}”: phải là số từ 0 trở lên")
    return vi(answer)


def _date(field: FieldSpec, answer: Any) -> str | Fault:
    try:
        day = answer if isinstance(answer, date) else date.fromisoformat(str(answer))
    except ValueError:
        return Fault(field.id, f"“{field.label}”: “{answer}” không phải một ngày có thật; viết dạng 2026-11-05")
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _time(field: FieldSpec, answer: Any) -> str | Fault:
    try:
        at = answer if isinstance(answer, time) else time.fromisoformat(str(answer))
    except ValueError:
        return Fault(field.id, f"“{field.label}”: “{answer}” không phải giờ; viết dạng 06:40")
    return f"{at.hour:02d} giờ {at.minute:02d} phút"


def _level(field: FieldSpec, answer: Any) -> str | Fault:
    return f"Cấp độ {answer}" if answer in (1, 2, 3, 4, 5) else Fault(field.id, f"“{field.label}”: cấp độ từ 1 đến 5")


def _yes_no(field: FieldSpec, answer: Any) -> str | Fault:
    return ("Có" if answer else "Không") if isinstance(answer, bool) else Fault(field.id, f"“{field.label}”: chọn có hoặc không")


def _choice(field: FieldSpec, answer: Any) -> str | Fault:
    faults: list[Fault] = []
    ticked = [label for on, label in picked(field, answer, faults) if on]
    return faults[0] if faults else "; ".join(ticked)


def _lines(field: FieldSpec, answer: Any) -> str | Fault:
    if not isinstance(answer, list):
        return Fault(field.id, f"“{field.label}”: phải là danh sách các dòng")
    return "\n".join(f"- {str(line).strip().rstrip(';.')}{'.' if i + 1 == len(answer) else ';'}" for i, line in enumerate(answer))


_KINDS: dict[str, Callable[[FieldSpec, Any], str | Fault]] = {
    "line": _text,
    "text": _text,
    "phone": _phone,
    "email": _email,
    "number": _number,
    "date": _date,
    "time": _time,
    "level": _level,
    "yes_no": _yes_no,
    "choice": _choice,
    "lines": _lines,
}
