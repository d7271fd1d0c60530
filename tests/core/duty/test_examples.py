"""The examples that stand beside the law, worked by hand from its text: the judge must say the same."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from luytre.core.duty import Judge
from luytre.core.duty.files import read_facts, read_register
from luytre.core.duty.model import Result
from luytre.core.law import home, load
from luytre.core.law.reading import read

LAW = load(home())
EXAMPLES = sorted((home() / "13-CT-UBND-2022" / "examples").glob("*.yaml"))
KEYS = {"duty", "bearer", "on", "known", "window", "event", "lines"}
EXPECTED = {"status", "due_on", "due_at", "since", "missing", "evidence", "answerable"}


def _json_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, default=str, ensure_ascii=False) + "\n" for row in rows))
    return path


def _judge(example: dict[str, Any], folder: Path) -> Judge:
    zone = LAW.calendar.zone
    things = read_register(_json_lines(folder / "register.jsonl", example["register"]), zone)
    facts = read_facts(_json_lines(folder / "facts.jsonl", example["facts"]), zone, LAW.verbs)
    return Judge(LAW, things, facts)


def _lines(judge: Judge, case: dict[str, Any]) -> list[Result]:
    known = datetime.fromisoformat(case["known"]) if "known" in case else None
    found = judge.results(case["duty"], case["bearer"], case["on"], known)
    if "window" in case:
        found = [line for line in found if line.window and line.window[0] == case["window"]]
    return [line for line in found if line.event == case["event"]] if "event" in case else found


def _said(line: Result, name: str) -> Any:
    value = getattr(line, name)
    if isinstance(value, datetime):
        return value.isoformat()
    return value


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path: Path, tmp_path: Path) -> None:
    example = read(path, path.name).value
    assert example["schema"] == "luytre-example/1"
    assert example["cases"]
    judge = _judge(example, tmp_path)
    for case in example["cases"]:
        assert set(case) <= KEYS | EXPECTED, case
        lines = _lines(judge, case)
        assert len(lines) == case.get("lines", 1), (case, lines)
        for name in EXPECTED & set(case):
            assert [_said(line, name) for line in lines[:1]] == [case[name]], (case, name, lines)


def test_every_duty_has_an_example() -> None:
    cases = [case for path in EXAMPLES for case in read(path, path.name).value["cases"]]
    assert set(LAW.duties) == {case["duty"] for case in cases}
    assert all(isinstance(case["on"], date) for case in cases)
