"""`luytre judge` from files: output to the letter, exit codes, faults with file and line."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from judge_cast import edited

from luytre.cli import main

KEYS = [
    "duty",
    "clause",
    "bearer",
    "answerable",
    "window",
    "event",
    "due_on",
    "due_at",
    "status",
    "since",
    "flips_on",
    "evidence",
    "missing",
    "reasons",
    "says",
]
REGISTER = [
    {
        "id": "org:so-y-te",
        "kind": "organisation",
        "attributes": {"type": [["department", "2010-01-01", None]], "exists": [[True, "2010-01-01", None]]},
    },
    {
        "id": "system:his",
        "kind": "system",
        "attributes": {
            "owner": [["org:so-y-te", "2021-01-01", None]],
            "level": [[2, "2022-10-01", "2023-05-01"], [3, "2023-05-01", None]],
            "phase": [["operating", "2021-01-01", None]],
        },
    },
]
HUNT = {
    "id": "f1",
    "verb": "hunt.completed",
    "about": ["system:his"],
    "on": "2023-03-02",
    "known_at": "2023-03-05T08:00:00+07:00",
    "detail": {},
}


class Files:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("register", REGISTER)
        self.write("facts", [HUNT])

    def write(self, name: str, lines: list[Any]) -> None:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        (self.folder / f"{name}.jsonl").write_text(text, encoding="utf-8")

    def args(self, *more: str) -> list[str]:
        return ["judge", "--register", str(self.folder / "register.jsonl"), "--facts", str(self.folder / "facts.jsonl"), *more]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def judged(files: Files, capfdbinary: Any, *more: str, on: str = "2026-11-22") -> list[dict[str, Any]]:
    assert main(files.args("--on", on, *more)) == 0
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


def refused(files: Files, capfd: Any, *more: str, on: str = "2026-11-22") -> str:
    assert main(files.args("--on", on, *more)) == 2
    said = capfd.readouterr()
    assert said.out == ""
    return str(said.err)


def test_lines_carry_exactly_these_keys_and_are_sorted(files: Files, capfdbinary: Any) -> None:
    found = judged(files, capfdbinary)
    assert all(list(line) == KEYS for line in found)
    order = [(line["duty"], line["bearer"], (line["window"] or [""])[0]) for line in found]
    assert order == sorted(order)
    assert {line["duty"] for line in found} >= {f"D{n:02}" for n in (1, 7, 9, 36, 38, 48)}


def test_one_line_per_window_that_opened(files: Files, capfdbinary: Any) -> None:
    found = judged(files, capfdbinary, "--duty", "D09", on="2024-01-01")
    assert [line["window"] for line in found] == [["2023-01-01", "2023-07-01"], ["2023-07-01", "2024-01-01"], ["2024-01-01", "2024-07-01"]]
    first = found[0]
    assert (first["status"], first["evidence"], first["answerable"], first["due_on"]) == ("met", ["f1"], "org:so-y-te", "2023-06-30")
    assert {tuple(reason) for reason in first["reasons"]} == {("code", "params")}
    assert all(isinstance(line["says"], str) and line["says"] for line in found)


def test_applicable_leaves_out_what_does_not_apply(files: Files, capfdbinary: Any) -> None:
    whole = judged(files, capfdbinary, "--duty", "D38", "D07")
    kept = judged(files, capfdbinary, "--duty", "D38", "--duty", "D07", "--applicable")
    assert [line["status"] for line in whole if line["duty"] == "D38"] == ["not_applicable"]
    assert kept == [line for line in whole if line["status"] != "not_applicable"]


def test_known_and_moments(files: Files, capfdbinary: Any) -> None:
    def first(on: str, *more: str) -> str:
        return str(judged(files, capfdbinary, "--duty", "D09", *more, on=on)[0]["status"])

    assert first("2023-03-02") == "open"  # known by the end of that day
    assert first("2023-03-02", "--known", "2023-03-05T07:59:59+07:00") == "open"
    assert first("2023-03-02", "--known", "2023-03-05T08:00:00+07:00") == "met"
    assert first("2023-03-02T10:00:00+07:00", "--known", "2023-03-05") == "met"


def test_a_table_for_people(files: Files, capfd: Any) -> None:
    assert main(files.args("--on", "2023-08-01", "--duty", "D09", "--format", "table")) == 0
    assert "30/06/2023  met" in capfd.readouterr().out


def test_another_reading(files: Files, capfdbinary: Any) -> None:
    found = judged(files, capfdbinary, "--duty", "D09", "--reading", "i.half=rolling", on="2023-09-03")
    assert [(line["due_on"], line["status"], line["since"]) for line in found] == [("2023-09-02", "overdue", "2023-09-03")]


def test_it_says_so_in_english(files: Files, capfdbinary: Any) -> None:
    vi = judged(files, capfdbinary, "--duty", "D09")[0]["says"]
    assert judged(files, capfdbinary, "--duty", "D09", "--lang", "en")[0]["says"] != vi


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{not json", "JSON"),
        ("[1, 2]", "object"),
        ({**HUNT, "id": "f1"}, "duplicate"),
        ({**HUNT, "id": "f2", "verb": "hunt.dreamt"}, "unknown verb"),
        ({**HUNT, "id": "f2", "on": "2023-02-31"}, "not a date"),
        ({**HUNT, "id": "f2", "on": "31/02/2023"}, "not a date"),
        ({**HUNT, "id": "f2", "known_at": "yesterday"}, "not a moment"),
        ({**HUNT, "id": "f2", "about": "system:his"}, "list of refs"),
        ({**HUNT, "id": "f2", "detail": []}, "object"),
        ({**HUNT, "id": ""}, "missing"),
        ({key: value for key, value in HUNT.items() if key not in ("id", "on")} | {"id": "f2"}, "missing"),
        ({"id": "f2", "verb": "entry.retracted", "known_at": "2023-03-05T08:00:00+07:00"}, "retracts"),
    ],
)
def test_a_fact_that_cannot_be_read_is_refused_with_its_line(files: Files, capfd: Any, line: Any, says: str) -> None:
    files.write("facts", [HUNT, "", line])
    said = refused(files, capfd)
    assert "facts.jsonl:3:" in said and says in said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (REGISTER[1], "duplicate"),
        ({"id": "x", "kind": "ship"}, "not one of these"),
        ({"id": "x", "kind": "system", "attributes": {"level": [[2, "2024-01-01", "2023-01-01"]]}}, "until must lie after"),
        ({"id": "x", "kind": "system", "attributes": {"level": [[2]]}}, "each row"),
        ({"id": "x", "kind": "system", "attributes": {"level": 3}}, "list"),
        ({"id": "x", "kind": "system", "attributes": []}, "object"),
        ({"id": "x", "kind": "system", "attributes": {"level": [[2, "2024-01-01", None, "soon"]]}}, "not a moment"),
    ],
)
def test_a_thing_that_cannot_be_read_is_refused_with_its_line(files: Files, capfd: Any, line: Any, says: str) -> None:
    files.write("register", [*REGISTER, line])
    said = refused(files, capfd)
    assert "register.jsonl:3:" in said and says in said


def test_other_inputs_that_cannot_be_read(files: Files, capfd: Any, tmp_path: Path) -> None:
    assert "no such duty" in refused(files, capfd, "--duty", "D99")
    assert "not a moment" in refused(files, capfd, on="today")
    assert "31/02" not in refused(files, capfd, on="2026-02-31")
    assert "unknown reading" in refused(files, capfd, "--reading", "i.none=x")
    assert "no such folder" in refused(files, capfd, "--law", str(tmp_path / "none"))
    law = edited(tmp_path, {"13-CT-UBND-2022/duties/D09.yaml": ("modal: must", "modal: must\nfoo: 1")})
    assert "D09.yaml:" in refused(files, capfd, "--law", str(law))
    (tmp_path / "facts.jsonl").unlink()
    assert "can't read" in refused(files, capfd)


def test_facts_in_any_order_give_the_same(files: Files, capfdbinary: Any) -> None:
    more = [{**HUNT, "id": f"g{n}", "on": f"2024-0{n}-05", "known_at": f"2024-0{n}-06T08:00:00+07:00"} for n in range(1, 7)]
    taken = {"id": "r", "verb": "entry.retracted", "retracts": "g1", "known_at": "2024-03-01T08:00:00+07:00"}
    files.write("facts", [HUNT, *more, taken])
    forward = judged(files, capfdbinary)
    files.write("facts", [taken, *more[::-1], HUNT])
    assert judged(files, capfdbinary) == forward


def test_every_output_day_is_a_day(files: Files, capfdbinary: Any) -> None:
    for line in judged(files, capfdbinary):
        for key in ("due_on", "since", "flips_on"):
            assert line[key] is None or date.fromisoformat(line[key])
        assert line["flips_on"] is None or line["flips_on"] > "2026-11-22"


def test_help_and_judging_load_no_django(files: Files) -> None:
    code = "import sys; from luytre.cli import main; main(sys.argv[1:]); print([m for m in sys.modules if m.startswith('django')])"
    done = subprocess.run(
        [sys.executable, "-c", code, *files.args("--on", "2026-11-22", "--duty", "D09", "--format", "table")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
