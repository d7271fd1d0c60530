"""Slips of the pen in registers and facts: refused with their line, or told as what nobody can tell; never a crash, never green."""

import json
from pathlib import Path
from typing import Any

import pytest

from luytre.cli import main

Line = dict[str, Any]
LAW = Path(__file__).parents[3] / "law"
BODY: Line = {"id": "org:p", "kind": "organisation", "attributes": {"type": [["unit", "2015-01-01", None]]}}
OWNED: Line = {"owner": [["org:p", "2021-01-01", None]], "phase": [["operating", "2021-01-01", None]]}
SYSTEM: Line = {"id": "system:s", "kind": "system", "attributes": OWNED}
HUNT: Line = {"id": "f1", "verb": "hunt.completed", "about": ["system:s"], "on": "2023-03-01", "known_at": "2023-03-01T08:00:00+07:00"}


@pytest.fixture
def judge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(register: list[Line], facts: list[Line], duty: str, on: str = "2023-06-01") -> tuple[int, list[Line], str]:
        for name, rows in (("r", register), ("f", facts)):
            (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        files = ["--law", str(LAW), "--register", str(tmp_path / "r"), "--facts", str(tmp_path / "f")]
        code = main(["judge", *files, "--on", on, "--duty", duty, "--applicable"])
        shown = capsys.readouterr()
        return code, [json.loads(line) for line in shown.out.splitlines()], shown.err

    return run


@pytest.mark.parametrize("on", ["9999-12-31", "0001-01-01", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+07:00"])
def test_a_day_from_which_nothing_can_be_counted_is_refused(judge: Any, on: str) -> None:
    code, lines, error = judge([BODY, SYSTEM], [HUNT], "D09", on)
    assert (code, lines) == (2, []) and "--on" in error


@pytest.mark.parametrize(
    "slip", [{"on": "9999-12-31"}, {"at": "9999-12-31T23:00:00-07:00"}, {"known_at": "0001-01-01T00:00:00+07:00"}, {"retracts": "f0"}]
)
def test_a_fact_with_a_slip_is_refused_with_its_line(judge: Any, slip: Line) -> None:
    code, lines, error = judge([BODY, SYSTEM], [{**HUNT, **slip}], "D09")
    assert (code, lines) == (2, []) and "f:1" in error


def test_a_phase_nobody_knows_is_refused(judge: Any) -> None:
    code, lines, error = judge([BODY, {**SYSTEM, "attributes": {**OWNED, "phase": [["live", "2021-01-01", None]]}}], [], "D09")
    assert (code, lines) == (2, []) and "r:2" in error and "operating" in error


def test_for_ever_ends_never_and_a_beginning_beyond_counting_is_refused(judge: Any) -> None:
    def of(first: str, until: str | None) -> Line:
        return {**BODY, "attributes": {"type": [["unit", first, until]]}}

    assert [line["status"] for line in judge([of("2015-01-01", "9999-12-31")], [], "D35")[1]] == ["overdue"]
    code, lines, error = judge([of("9999-06-01", None)], [], "D35")
    assert (code, lines) == (2, []) and "r:1" in error


def test_a_body_that_never_came_into_being_owes_nothing(judge: Any) -> None:
    never = {**BODY, "attributes": {**BODY["attributes"], "exists": [[False, "2015-01-01", None]]}}
    assert judge([never], [], "D15")[:2] == (0, [])


def test_a_successor_in_brackets_is_no_crash(judge: Any) -> None:
    life = {"exists": [[True, "2015-01-01", "2023-01-01"]], "successor": [[[[["org:q"]]], "2023-01-01", None]]}
    ended = {**BODY, "attributes": {**BODY["attributes"], **life}}
    assert judge([ended, {**BODY, "id": "org:q"}], [], "D35")[0] == 0


@pytest.mark.parametrize(
    ("until", "status"), [("9999-12-31", "waived"), ("2023-02-30", "due_soon"), ("x", "due_soon"), (20231231, "due_soon")]
)
def test_a_waiver_for_ever_waives_and_one_whose_end_nobody_can_read_does_not(judge: Any, until: Any, status: str) -> None:
    waiver = {**HUNT, "verb": "waiver.granted", "detail": {"duty": "D09", "until_on": until}}
    assert [line["status"] for line in judge([BODY, SYSTEM], [waiver], "D09")[1]] == [status]


@pytest.mark.parametrize("flag", ["yes", "true", 1, [True]])
def test_a_flag_written_as_anything_else_is_unknown_never_silent(judge: Any, flag: Any) -> None:
    found = {**HUNT, "verb": "weakness.found", "detail": {"allows_intrusion": flag, "weakness": "w"}}
    assert [line["status"] for line in judge([BODY, SYSTEM], [found], "D14")[1]] == ["unknown"]


@pytest.mark.parametrize(("month", "on", "opens"), [(1, "2023-02-03", "2023-01-01"), ("12", "2023-01-05", "2022-12-01")])
def test_a_month_without_a_year_is_the_latest_one_begun(judge: Any, month: Any, on: str, opens: str) -> None:
    focal = {**BODY, "attributes": {"type": [["coordinator", "2015-01-01", None]]}}
    paper = {**HUNT, "verb": "monthly_report.issued", "about": ["org:p"], "on": on, "known_at": on, "detail": {"month": month}}
    assert [line["window"][0] for line in judge([focal], [paper], "D45")[1] if line["status"] == "met"] == [opens]


def test_what_an_hour_has_not_yet_brought_is_not_shown(judge: Any) -> None:
    line = judge([BODY, SYSTEM], [{**HUNT, "at": "2023-03-01T15:00:00+07:00"}], "D09", "2023-03-01T14:00:00+07:00")[1][0]
    assert (line["status"], line["evidence"], line["missing"]) == ("open", [], ["hunt.completed"])


def test_a_mark_of_byte_order_before_an_empty_line_is_nothing(judge: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r").write_bytes(b"\xef\xbb\xbf\r\n" + json.dumps(BODY).encode() + b"\r\n")
    (tmp_path / "f").write_bytes(b"\xef\xbb\xbf")
    files = ["--law", str(LAW), "--register", str(tmp_path / "r"), "--facts", str(tmp_path / "f")]
    assert main(["judge", *files, "--on", "2023-06-01", "--duty", "D35"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
