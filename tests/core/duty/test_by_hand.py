"""The judge against cases worked by hand from the directive and the calendar, through the public command only.

Nothing here knows how the judge is built: a register and facts go in as files, lines come out.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from luytre.cli import main

Line = dict[str, Any]
LAW = Path(__file__).parents[3] / "law"


def org(code: str, kind: str = "department", since: str = "2015-01-01", until: str | None = None, **more: Any) -> Line:
    attributes = {"type": [[kind, since, None]], "exists": [[True, since, until]], "head": [["person:a", since, None]], **more}
    return {"id": f"org:{code}", "kind": "organisation", "attributes": attributes}


def system(code: str = "his", owner: str = "so-y-te", since: str = "2021-01-01", level: Any = 2, **more: Any) -> Line:
    attributes: Line = {"owner": [[f"org:{owner}", since, None]], "phase": [["operating", since, None]]}
    if level is not None:
        attributes["level"] = level if isinstance(level, list) else [[level, since, None]]
    return {"id": f"system:{code}", "kind": "system", "attributes": {**attributes, **more}}


def fact(number: int, verb: str, about: str, on: str, known: str | None = None, **more: Any) -> Line:
    return {"id": f"f{number}", "verb": verb, "about": [about], "on": on, "known_at": known or f"{on}T17:00:00+07:00", "detail": {}, **more}


@pytest.fixture
def judge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(register: list[Line], facts: list[Line], on: str, *more: str) -> list[Line]:
        for name, rows in (("register.jsonl", register), ("facts.jsonl", facts)):
            (tmp_path / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        files = ["--law", str(LAW), "--register", str(tmp_path / "register.jsonl"), "--facts", str(tmp_path / "facts.jsonl")]
        code = main(["judge", *files, "--on", on, *more])
        out = capsys.readouterr().out
        assert code == 0, out
        return [json.loads(line) for line in out.splitlines()]

    return run


def only(lines: list[Line], **wanted: Any) -> Line:
    found = [line for line in lines if all(line[key] == value for key, value in wanted.items())]
    assert len(found) == 1, f"{len(found)} lines for {wanted} in {lines}"
    return found[0]


BODY = [org("so-y-te"), system()]


def test_a_dossier_signed_on_the_day_named_is_late(judge: Any) -> None:
    line = only(judge(BODY, [fact(1, "dossier.approved", "system:his", "2022-12-01")], "2022-12-05", "--duty", "D07"), bearer="system:his")
    assert (line["status"], line["due_on"], line["evidence"], line["window"][1]) == ("met_late", "2022-11-30", ["f1"], None)
    assert line["answerable"] == "org:so-y-te"


def test_a_dossier_in_time_is_met_and_none_is_overdue_from_the_first(judge: Any) -> None:
    early = [fact(1, "dossier.approved", "system:his", "2022-11-30")]
    assert only(judge(BODY, early, "2022-12-05", "--duty", "D07"), bearer="system:his")["status"] == "met"
    late = only(judge(BODY, [], "2022-12-01", "--duty", "D07"), bearer="system:his")
    assert (late["status"], late["since"], late["missing"]) == ("overdue", "2022-12-01", ["dossier.approved"])
    assert only(judge(BODY, [], "2022-11-30", "--duty", "D07"), bearer="system:his")["status"] == "due_soon"


HUNT = fact(1, "hunt.completed", "system:his", "2023-06-30", "2023-07-20T08:00:00+07:00")


def test_two_time_axes(judge: Any) -> None:
    window = ["2023-01-01", "2023-07-01"]
    then = only(judge(BODY, [HUNT], "2023-07-05", "--duty", "D09"), bearer="system:his", window=window)
    assert (then["status"], then["missing"], then["due_on"]) == ("missed", ["hunt.completed"], "2023-06-30")
    later = judge(BODY, [HUNT], "2023-07-05", "--known", "2023-08-01T00:00:00+07:00", "--duty", "D09")
    assert only(later, bearer="system:his", window=window)["status"] == "met"
    assert only(later, bearer="system:his", window=["2023-07-01", "2024-01-01"])["status"] == "open"


def test_a_retraction_counts_from_the_moment_it_was_known(judge: Any) -> None:
    back = {
        "id": "r1",
        "verb": "entry.retracted",
        "about": [],
        "on": "2023-03-01",
        "known_at": "2023-08-10T09:00:00+07:00",
        "retracts": "f1",
    }
    facts = [fact(1, "hunt.completed", "system:his", "2023-03-01"), {**back, "detail": {}}]
    window = ["2023-01-01", "2023-07-01"]
    before = judge(BODY, facts, "2023-08-10", "--known", "2023-08-10T08:59:59+07:00", "--duty", "D09")
    after = judge(BODY, facts, "2023-08-05", "--known", "2023-08-10T09:00:00+07:00", "--duty", "D09")
    assert only(before, window=window)["status"] == "met"
    assert only(after, window=window)["status"] == "missed"


def test_every_window_that_opened_is_printed(judge: Any) -> None:
    lines = [line for line in judge(BODY, [], "2026-11-22", "--duty", "D10") if line["bearer"] == "system:his"]
    assert [line["window"][0] for line in lines] == [f"{year}-{month}" for year in (2023, 2024, 2025, 2026) for month in ("01-01", "07-01")]
    assert [line["status"] for line in lines] == ["missed"] * 7 + ["open"]


def test_a_fixed_date_does_not_roll_over_a_sunday(judge: Any) -> None:
    reports = [
        fact(1, "annual_report.submitted", "org:so-y-te", "2022-12-12"),
        fact(2, "annual_report.submitted", "org:so-y-te", "2023-12-11"),
    ]
    lines = judge(BODY, reports, "2024-06-01", "--duty", "D36")
    first = only(lines, window=["2022-01-01", "2023-01-01"])
    assert (first["due_on"], first["status"]) == ("2022-12-11", "met_late")
    assert only(lines, window=["2023-01-01", "2024-01-01"])["status"] == "met"
    assert only(lines, window=["2024-01-01", "2025-01-01"])["status"] == "open"


def test_a_late_paper_that_names_its_year_serves_that_year(judge: Any) -> None:
    late = fact(1, "annual_report.submitted", "org:so-y-te", "2024-01-15", detail={"year": 2023})
    lines = judge(BODY, [late], "2024-06-01", "--duty", "D36")
    assert only(lines, window=["2023-01-01", "2024-01-01"])["status"] == "met_late"
    assert only(lines, window=["2024-01-01", "2025-01-01"])["status"] == "open"


def test_no_number_in_the_law_means_undated(judge: Any) -> None:
    found = fact(1, "weakness.found", "system:his", "2023-01-05", detail={"allows_intrusion": True, "weakness": "w1"})
    line = only(judge(BODY, [found], "2024-01-05", "--duty", "D14", "--applicable"), bearer="system:his")
    assert (line["status"], line["event"], line["due_on"], sorted(line["missing"])) == (
        "undated",
        "f1",
        None,
        ["hunt.completed", "weakness.remediated"],
    )
    harmless = fact(1, "weakness.found", "system:his", "2023-01-05", detail={"allows_intrusion": False, "weakness": "w1"})
    assert [line for line in judge(BODY, [harmless], "2024-01-05", "--duty", "D14", "--applicable") if line["bearer"] == "system:his"] == []


def test_fix_and_hunt_of_another_weakness_do_not_count(judge: Any) -> None:
    facts = [
        fact(1, "weakness.found", "system:his", "2023-01-05", detail={"allows_intrusion": True, "weakness": "w1"}),
        fact(2, "weakness.remediated", "system:his", "2023-01-06", detail={"weakness": "w1"}),
        fact(3, "hunt.completed", "system:his", "2023-01-06", detail={"weakness": "w2"}),
    ]
    assert only(judge(BODY, facts, "2023-02-01", "--duty", "D14"), event="f1")["missing"] == ["hunt.completed"]
    facts[2]["detail"]["weakness"] = "w1"
    assert only(judge(BODY, facts, "2023-02-01", "--duty", "D14"), event="f1")["status"] == "met"


def test_a_missing_fact_is_unknown_never_green(judge: Any) -> None:
    bare = {"id": "system:his", "kind": "system", "attributes": {"owner": [["org:so-y-te", "2021-01-01", None]]}}
    lines = judge([org("so-y-te"), bare], [fact(1, "hunt.completed", "system:his", "2023-03-01")], "2023-04-01", "--duty", "D09")
    assert {line["status"] for line in lines if line["bearer"] == "system:his"} == {"unknown"}


def test_scope_is_read_on_the_day_judged_while_the_window_runs(judge: Any) -> None:
    climbing = [org("so-y-te"), system(level=[[2, "2021-01-01", "2023-05-01"], [3, "2023-05-01", None]])]
    spring = [line for line in judge(climbing, [], "2023-03-01", "--duty", "D13") if line["bearer"] == "system:his"]
    assert [(line["status"], line["window"]) for line in spring] == [("not_applicable", None)]
    summer = only(judge(climbing, [], "2023-06-01", "--duty", "D13", "--applicable"), bearer="system:his")
    assert (summer["status"], summer["window"], summer["due_on"]) == ("open", ["2023-01-01", "2024-01-01"], "2023-12-31")


def test_a_new_commune_has_sixty_days_and_a_term_rolls_over_days_off(judge: Any) -> None:
    # 60 days from 1 July 2025 end on Saturday 30 August; Sunday, and the two days of the National Day follow.
    commune = org("xa-moi", "commune", "2025-07-01")
    line = only(judge([commune], [], "2025-09-03", "--duty", "D15"), bearer="org:xa-moi")
    assert (line["due_on"], line["status"]) == ("2025-09-03", "due_soon")
    assert only(judge([commune], [], "2025-09-04", "--duty", "D15"), bearer="org:xa-moi")["status"] == "overdue"


def test_one_waiver_does_not_waive_every_half_year(judge: Any) -> None:
    waiver = fact(1, "waiver.granted", "system:his", "2023-02-01", detail={"duty": "D09", "until_on": "2023-07-01"})
    lines = judge(BODY, [waiver], "2023-12-31", "--duty", "D09")
    assert only(lines, window=["2023-07-01", "2024-01-01"])["status"] == "due_soon"
    inside = judge(BODY, [waiver], "2023-05-01", "--duty", "D09")
    assert only(inside, window=["2023-01-01", "2023-07-01"])["status"] == "waived"


def test_the_monthly_report_has_no_day_in_the_law(judge: Any) -> None:
    coordinator = [org("dau-moi", "coordinator")]
    issued = fact(1, "monthly_report.issued", "org:dau-moi", "2023-02-03", detail={"month": "2023-01"})
    lines = judge(coordinator, [issued], "2023-02-15", "--duty", "D45", "--applicable")
    assert only(lines, window=["2023-01-01", "2023-02-01"])["status"] == "met"
    assert only(lines, window=["2022-12-01", "2023-01-01"])["status"] == "undated"


def test_incident_clocks_follow_the_law_of_the_day_of_detection(judge: Any) -> None:
    old = fact(1, "incident.detected", "system:his", "2023-03-07", detail={"incident": "SC-1"})
    term = only(judge(BODY, [old], "2023-03-08", "--duty", "D30", "--applicable"), event="f1")
    assert (term["bearer"], term["due_on"]) == ("org:so-y-te", "2023-03-13")  # five days end on Sunday the 12th
    moment = {"on": "2026-09-01", "at": "2026-09-01T08:00:00+07:00", "known_at": "2026-09-01T09:00:00+07:00"}
    new = {"id": "f1", "verb": "incident.detected", "about": ["system:his"], **moment, "detail": {"incident": "SC-2"}}
    line = only(judge(BODY, [new], "2026-09-02", "--duty", "D30", "--applicable"), event="f1")
    assert line["due_at"].startswith("2026-09-04T08:00:00")
    assert "331" in json.dumps(line["reasons"])


def test_parallel_instruments_take_the_earlier_date(judge: Any) -> None:
    line = only(judge([org("vien-thong", "enterprise")], [], "2023-06-01", "--duty", "D39", "--applicable"), bearer="org:vien-thong")
    assert (line["due_on"], line["status"]) == ("2022-10-30", "overdue")
    named = json.dumps(line["reasons"], ensure_ascii=False)
    assert "18-CT-TTg-2022" in named and "13-CT-UBND-2022" in named


def test_prohibitions_need_a_fresh_check(judge: Any) -> None:
    assert only(judge(BODY, [], "2023-06-01", "--duty", "D19"), bearer="org:so-y-te")["status"] == "unknown"
    check = fact(1, "check.done", "org:so-y-te", "2023-05-01", detail={"duty": "D19"})
    assert only(judge(BODY, [check], "2023-06-01", "--duty", "D19"), bearer="org:so-y-te")["status"] == "met"
    breach = fact(2, "breach.found", "org:so-y-te", "2023-05-20", detail={"duty": "D19"})
    red = only(judge(BODY, [check, breach], "2023-06-01", "--duty", "D19"), bearer="org:so-y-te")
    assert (red["status"], red["since"]) == ("overdue", "2023-05-20")
    stale = only(judge(BODY, [check], "2024-06-01", "--duty", "D19"), bearer="org:so-y-te")
    assert stale["status"] == "unknown"


def test_a_gate_before_use(judge: Any) -> None:
    phases = [["building", "2023-01-01", "2023-06-01"], ["operating", "2023-06-01", None]]
    new = [org("so-y-te"), system(since="2023-01-01", phase=phases), system("cu")]
    lines = judge(new, [], "2023-03-01", "--duty", "D48")
    assert only(lines, bearer="system:his")["status"] == "open"
    assert only(lines, bearer="system:cu")["status"] == "not_applicable"
    assert only(judge(new, [], "2023-07-01", "--duty", "D48"), bearer="system:his")["status"] == "overdue"
    passed = fact(1, "assessment.passed", "system:his", "2023-06-01")
    assert only(judge(new, [passed], "2023-07-01", "--duty", "D48"), bearer="system:his")["status"] == "met"
    passed["on"] = "2023-06-02"
    assert only(judge(new, [passed], "2023-07-01", "--duty", "D48"), bearer="system:his")["status"] == "met_late"


def test_encouragement_is_never_red(judge: Any) -> None:
    assert only(judge(BODY, [], "2026-06-01", "--duty", "D16"), bearer="org:so-y-te")["status"] == "recommended"


def test_standing_duties_lapse_the_day_after(judge: Any) -> None:
    taught = fact(1, "principles.taught", "org:so-y-te", "2023-01-10")
    statuses = {
        on: only(judge(BODY, [taught], on, "--duty", "D01"), bearer="org:so-y-te") for on in ("2022-12-01", "2023-01-10", "2024-01-31")
    }
    assert [line["status"] for line in statuses.values()] == ["open", "met", "overdue"]
    assert statuses["2024-01-31"]["window"][1] is None


def test_lines_are_sorted_and_complete(judge: Any) -> None:
    lines = judge(BODY, [], "2026-11-22")
    keys = ["duty", "clause", "bearer", "answerable", "window", "event", "due_on", "due_at", "status", "since", "flips_on"]
    assert list(lines[0]) == [*keys, "evidence", "missing", "reasons", "says"]
    assert [line["duty"] for line in lines] == sorted(line["duty"] for line in lines)
    happens = {"D12", "D14", "D20", "D21", "D22", "D27", "D30", "D31", "D37"}  # owed only when something happens: one line an event
    owed = {line["duty"] for line in judge(BODY, [], "2026-11-22", "--applicable") if line["duty"].startswith("D")}
    assert owed == {f"D{n:02}" for n in range(1, 38)} - happens - {"D13"}  # a level 2 system owes no drill
    assert all(line["says"] for line in lines)


@pytest.mark.parametrize(
    "broken",
    ["{", '{"id":"f1","verb":"no.such","about":[],"on":"2023-01-01","known_at":"2023-01-01T00:00:00+07:00","detail":{}}', '{"id":"f1"}'],
)
def test_unreadable_facts_are_refused_with_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str) -> None:
    (tmp_path / "r.jsonl").write_text(json.dumps(BODY[0]) + "\n")
    (tmp_path / "f.jsonl").write_text("\n" + broken + "\n")
    code = main(
        ["judge", "--law", str(LAW), "--register", str(tmp_path / "r.jsonl"), "--facts", str(tmp_path / "f.jsonl"), "--on", "2023-01-01"]
    )
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert "f.jsonl:2" in captured.err
