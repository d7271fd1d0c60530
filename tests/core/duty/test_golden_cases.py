"""The cases worked by hand from the directive, each with its trap."""

from pathlib import Path

import pytest
from judge_cast import day, edited, fact, judge, line, lines, moment, org, system, window

from luytre.core.duty import STATUSES
from luytre.core.duty.bulk import Bulk
from luytre.core.law import load

SO, HIS = org("so"), system("his")
CT13 = "13-CT-UBND-2022"


def test_a_dossier_signed_on_the_day_named_is_late() -> None:
    found = line("D07", "system:his", "2022-12-10", [SO, HIS], [fact("dossier.approved", "system:his", "2022-12-01")])
    assert (found.status, found.due_on, found.since) == ("met_late", day("2022-11-30"), day("2022-12-01"))
    on_time = line("D07", "system:his", "2022-12-10", [SO, HIS], [fact("dossier.approved", "system:his", "2022-11-30")])
    assert on_time.status == "met"


def test_a_hunt_done_in_time_but_filed_later_is_missed_until_it_is_known() -> None:
    hunt = fact("hunt.completed", "system:his", "2023-06-30", known="2023-07-20T08:00:00", id="h")
    before = lines("D09", "system:his", "2023-07-05", [SO, HIS], [hunt], known="2023-07-05")
    missed = window(before, "2023-01-01")
    assert (missed.status, missed.missing, missed.since) == ("missed", ("hunt.completed",), day("2023-07-01"))
    known = window(lines("D09", "system:his", "2023-07-05", [SO, HIS], [hunt], known="2023-08-01"), "2023-01-01")
    assert (known.status, known.evidence, known.since) == ("met", ("h",), day("2023-06-30"))


def test_a_report_of_12_december_is_late_and_a_sunday_does_not_move_the_day() -> None:
    report = fact("annual_report.submitted", "org:so", "2023-12-12", year=2023)
    found = lines("D36", "org:so", "2023-12-20", [SO], [report])
    assert (window(found, "2023-01-01").status, window(found, "2023-01-01").due_on) == ("met_late", day("2023-12-11"))
    first = window(found, "2022-01-01")  # 11/12/2022 was a Sunday
    assert (first.due_on, first.status, first.since) == (day("2022-12-11"), "overdue", day("2022-12-12"))


def test_an_amendment_leaves_earlier_years_alone(tmp_path: Path) -> None:
    v2 = """  until: 2025-01-01
  supersedes: null"""
    tail = "  evidence: {annual_report.submitted: {period: year}}\n"
    amended = (
        tail
        + """- v: 2
  from: 2025-01-01
  until: null
  supersedes: 1
  ref: {clause: "1.28"}
  scope: null
  rule: {kind: each_year, before: "07-01", opens: "01-01", reading: [i.before, i.weekend]}
  new_subject: null
  needs: {all: [annual_report.submitted]}
  evidence: {annual_report.submitted: {period: year}}
"""
    )
    file = f"{CT13}/duties/D36.yaml"
    folder = edited(tmp_path, {file: ("  until: null\n  supersedes: null", v2)})
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(tail, amended), encoding="utf-8")
    found = lines("D36", "org:so", "2025-12-31", [SO], law=load(folder))
    assert [(r.window and r.window[0].year, r.due_on, r.version) for r in found] == [
        (2022, day("2022-12-11"), 1),
        (2023, day("2023-12-11"), 1),
        (2024, day("2024-12-11"), 1),
        (2025, day("2025-06-30"), 2),
    ]


@pytest.fixture
def five_days(tmp_path: Path) -> Path:
    """The law as if someone competent had set five days on 1 March 2023 (invented)."""
    old = "- {from: 2022-11-04, value: null, ref: \"'đồng thời', không nêu số ngày\"}"
    return edited(tmp_path, {f"{CT13}/instrument.yaml": (old, old + '\n    - {from: 2023-03-01, value: 5, ref: "giả định"}')})


def test_a_weakness_before_anyone_set_a_number_is_undated_after_it_has_a_day(five_days: Path) -> None:
    law = load(five_days)
    early = fact("weakness.found", "system:his", "2023-01-05", id="w1", allows_intrusion=True, weakness="A")
    later = fact("weakness.found", "system:his", "2023-04-01", id="w2", allows_intrusion=True, weakness="B")
    harmless = fact("weakness.found", "system:his", "2023-04-02", id="w3", allows_intrusion=False, weakness="C")
    fixed = fact("weakness.remediated", "system:his", "2023-04-03", id="r", weakness="B")
    routine = fact("hunt.completed", "system:his", "2023-04-04", id="h")  # answers no weakness
    found = judge([SO, HIS], [early, later, harmless, fixed, routine], law).results("D14", "system:his", day("2023-05-01"))
    assert [r.event for r in found] == ["w1", "w2"]
    assert found[0].status == "undated"
    assert (found[1].status, found[1].due_on, found[1].missing) == ("overdue", day("2023-04-06"), ("hunt.completed",))
    assert found[1].since == day("2023-04-07")


def test_undated_is_neither_green_nor_red_until_the_work_is_done() -> None:
    weakness = fact("weakness.found", "system:his", "2023-01-05", id="w1", allows_intrusion=True, weakness="A")
    done = [
        fact("weakness.remediated", "system:his", "2023-01-09", weakness="A"),
        fact("hunt.completed", "system:his", "2023-01-10", weakness="A"),
    ]
    assert line("D14", "system:his", "2026-01-01", [SO, HIS], [weakness]).status == "undated"
    assert line("D14", "system:his", "2026-01-01", [SO, HIS], [weakness, *done[:1]]).status == "undated"
    assert line("D14", "system:his", "2026-01-01", [SO, HIS], [weakness, *done]).status == "met"


def test_a_system_without_phase_is_unknown() -> None:
    found = lines("D09", "system:his", "2023-03-01", [SO, system("his", phase=None)])
    assert [r.status for r in found] == ["unknown"]
    assert [r.params["field"] for r in found[0].reasons if r.code == "scope_unknown"] == ["phase"]


def test_the_known_moment_defaults_to_the_end_of_the_day_judged() -> None:
    late_at_night = fact("hunt.completed", "system:his", "2023-03-02", known="2023-03-02T23:30:00")
    assert line("D09", "system:his", "2023-03-02", [SO, HIS], [late_at_night]).status == "met"
    after_midnight = fact("hunt.completed", "system:his", "2023-03-02", known="2023-03-03T00:10:00")
    assert line("D09", "system:his", "2023-03-02", [SO, HIS], [after_midnight]).status == "open"
    assert moment("2023-03-02").tzinfo is not None


def test_a_paper_without_a_field_the_law_asks_for_proves_nothing(tmp_path: Path) -> None:
    law = load(edited(tmp_path, {f"{CT13}/duties/D07.yaml": ("dossier.approved: {", "dossier.approved: {fields: [number, level], ")}))
    for detail, status in (({}, "overdue"), ({"number": "1/QĐ", "level": ""}, "overdue"), ({"number": "1/QĐ", "level": 2}, "met")):
        filed = [fact("dossier.approved", "system:his", "2022-11-20", **detail)]
        one = judge([SO, HIS], filed, law)
        found = one.standing("D07", "system:his", day("2022-12-10"))
        assert found is not None and found.status == status
        known = law.calendar.end_of(day("2022-12-10"))
        (column,) = Bulk(one, known).current(day("2022-12-10"), ["D07"])
        assert STATUSES[column.status[column.refs.index("system:his")]] == status
    open_line = judge([SO, HIS], [], law).standing("D07", "system:his", day("2022-12-10"))
    assert open_line is not None
    wanted = judge([SO, HIS], [], law).turns_green(open_line)
    assert {"number", "level"} <= wanted[0].detail.keys()
    cured = judge([SO, HIS], wanted, law).standing("D07", "system:his", day("2022-12-10"))
    assert cured is not None and cured.status == "met_late"
