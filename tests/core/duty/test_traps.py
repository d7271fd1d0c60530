"""The traps of the directive: windows, terms, proofs, prohibitions, gates, waivers. Each was a fault somewhere."""

from datetime import date
from pathlib import Path

import pytest
from judge_cast import LAW, after, day, edited, fact, judge, line, lines, moment, org, rows, system, window

from luytre.core.duty.bench import nth_windows
from luytre.core.law import load
from luytre.core.when import Period, period

SO, HIS, XA = org("so"), system("his"), org("xa", "commune", born="2025-07-01")
CT13 = "13-CT-UBND-2022"


# -- recurrence and windows -----------------------------------------------------------------------------------------------


def test_every_six_months_from_31_august_keeps_february_and_never_drifts() -> None:
    found = nth_windows(date(2023, 8, 31), period("P6M"), date(2023, 8, 31), None, date(2026, 1, 1))
    assert [first.isoformat() for first, _ in found] == ["2023-08-31", "2024-02-29", "2024-08-31", "2025-02-28", "2025-08-31"]


def test_half_years_are_fixed() -> None:
    found = lines("D09", "system:his", "2024-03-01", [SO, HIS])
    assert [r.window for r in found] == [
        (day("2023-01-01"), day("2023-07-01")),
        (day("2023-07-01"), day("2024-01-01")),
        (day("2024-01-01"), day("2024-07-01")),
    ]
    assert [r.due_on for r in found] == [day("2023-06-30"), day("2023-12-31"), day("2024-06-30")]  # the last two are Sundays


def test_due_days_do_not_depend_on_the_day_asked() -> None:
    for on in ("2023-02-01", "2023-06-30", "2023-07-01", "2025-12-31"):
        assert window(lines("D09", "system:his", on, [SO, HIS]), "2023-01-01").due_on == day("2023-06-30")


def test_one_hunt_serves_one_half_year_only() -> None:
    found = lines("D09", "system:his", "2024-08-01", [SO, HIS], [fact("hunt.completed", "system:his", "2023-03-02")])
    assert [r.status for r in found] == ["met", "missed", "missed", "open"]


def test_one_report_serves_the_year_it_names_even_when_late() -> None:
    report = fact("annual_report.submitted", "org:so", "2024-02-01", year=2023)
    found = lines("D36", "org:so", "2024-03-01", [SO], [report])
    assert [r.status for r in found] == ["overdue", "met_late", "open"]
    unnamed = lines("D36", "org:so", "2024-03-01", [SO], [fact("annual_report.submitted", "org:so", "2024-02-01")])
    assert [r.status for r in unnamed] == ["overdue", "overdue", "met"]


@pytest.mark.parametrize("month", ["2026-09", "09/2026", "2026-09-01"])
def test_a_monthly_report_serves_the_month_it_names(month: str) -> None:
    focal = org("dau-moi", "coordinator")
    found = lines("D45", "org:dau-moi", "2026-11-22", [focal], [fact("monthly_report.issued", "org:dau-moi", "2026-10-03", month=month)])
    assert window(found, "2026-09-01").status == "met"
    assert window(found, "2026-10-01").status == "undated"  # the law names no day: never green, never an invented red
    assert found[0].window == (day("2022-11-01"), day("2022-12-01"))


def test_a_system_is_asked_only_for_windows_it_lived_in() -> None:
    young = system("moi", born="2025-03-15")
    assert [r.window and r.window[0] for r in lines("D09", "system:moi", "2025-08-01", [SO, young])] == [
        day("2025-01-01"),
        day("2025-07-01"),
    ]


def test_a_retired_system_keeps_its_history_and_owes_nothing_new() -> None:
    retired = system("cu", phase=rows(("operating", "2021-01-01", "2023-09-01"), ("retired", "2023-09-01")))
    found = lines("D09", "system:cu", "2024-08-01", [SO, retired])
    assert [(r.window and r.window[0], r.status) for r in found] == [(day("2023-01-01"), "missed")]


def test_scope_is_read_on_the_last_day_of_a_closed_window() -> None:
    raised = system("his", level=rows((2, "2021-01-01", "2023-05-01"), (3, "2023-05-01", "2025-02-01"), (2, "2025-02-01")))
    found = lines("D13", "system:his", "2025-06-01", [SO, raised])
    assert [(r.window and r.window[0].year, r.status) for r in found] == [(2023, "missed"), (2024, "missed")]
    assert line("D13", "system:his", "2023-04-30", [SO, raised]).status == "not_applicable"


def test_the_stricter_frequency_wins_and_all_instruments_are_named() -> None:
    top = system("top", level=5)
    found = lines("D10", "system:top", "2026-11-22", [SO, top])
    assert [(r.window and r.window[0].isoformat()) for r in found][-3:] == ["2026-01-01", "2026-07-01", "2026-10-01"]
    assert {r.params["instrument"] for r in found[-1].reasons if r.code in ("clause", "parallel")} == {
        CT13,
        "18-CT-TTg-2022",
        "TCVN-14423-2026",
    }
    assert [r.window and r.window[1] for r in lines("D10", "system:his", "2026-11-22", [SO, HIS])][-1] == day("2027-01-01")


def test_the_rolling_reading_can_be_computed_beside_the_fixed_one() -> None:
    rolling = LAW.reading_as({"i.half": "rolling"})
    hunts = [fact("hunt.completed", "system:his", "2023-08-31")]
    found = line("D09", "system:his", "2024-02-01", [SO, HIS], hunts, law=rolling)
    assert (found.status, found.due_on, found.flips_on) == ("met", day("2024-02-29"), day("2024-03-01"))
    assert line("D09", "system:his", "2024-03-01", [SO, HIS], hunts, law=rolling).status == "overdue"


# -- fixed dates and terms ------------------------------------------------------------------------------------------------


def test_a_new_commune_owes_within_sixty_days_and_the_last_day_off_rolls() -> None:
    found = line("D15", "org:xa", "2025-08-01", [XA])
    assert found.due_on == day("2025-09-03")  # the 60th day, 30/8/2025, is a Saturday before National Day
    assert found.window == (day("2025-07-01"), None)


def test_a_body_born_just_before_a_fixed_date_keeps_the_fixed_date() -> None:
    late = org("moi", born="2022-12-20")
    assert line("D15", "org:moi", "2022-12-25", [late]).due_on == day("2022-12-30")
    later = org("sau", born="2022-12-31")
    assert line("D15", "org:sau", "2023-01-05", [later]).due_on == day("2023-03-01")


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-09-14", 5, "2026-09-21"),  # 19/9/2026 is a Saturday
        ("2024-04-29", 5, "2024-05-04"),  # a Saturday that was worked
        ("2026-08-17", 5, "2026-08-22"),  # likewise
        ("2026-11-19", 5, "2026-11-25"),  # 24/11 is a day off from 2026
    ],
)
def test_a_term_excludes_its_first_day_and_rolls_over_days_off(start: str, days: int, last: str) -> None:
    assert LAW.calendar.term(day(start), Period(days=days)) == day(last)


def test_due_soon_is_the_last_thirty_days() -> None:
    at = {on: line("D08", "system:his", on, [SO, HIS]) for on in ("2023-05-01", "2023-05-02", "2023-05-31", "2023-06-01")}
    assert [r.status for r in at.values()] == ["open", "due_soon", "due_soon", "overdue"]
    assert at["2023-05-01"].flips_on == day("2023-05-02") and at["2023-05-02"].flips_on == day("2023-06-01")
    assert at["2023-06-01"].flips_on is None and at["2023-06-01"].since == day("2023-06-01")


def test_due_soon_is_seven_days_where_the_window_is_a_month_or_less() -> None:
    assert line("D35", "org:so", "2022-11-22", [SO]).status == "open"
    assert line("D35", "org:so", "2022-11-23", [SO]).status == "due_soon"  # due 29/11


# -- standing -------------------------------------------------------------------------------------------------------------


def test_standing_is_open_in_its_first_window_then_overdue() -> None:
    assert line("D17", "org:so", "2023-10-01", [SO]).status == "open"
    assert line("D17", "org:so", "2023-11-03", [SO]).status == "due_soon"
    found = line("D17", "org:so", "2023-11-04", [SO])
    assert (found.status, found.since, found.due_on, found.window) == (
        "overdue",
        day("2023-11-04"),
        day("2023-11-03"),
        (day("2022-11-04"), None),
    )


def test_standing_is_met_while_the_evidence_holds_and_overdue_from_the_day_after() -> None:
    paper = [fact("contact.appointed", "org:so", "2023-03-01")]
    held = line("D17", "org:so", "2024-03-01", [SO], paper)
    assert (held.status, held.since, held.due_on, held.flips_on) == ("met", day("2023-03-01"), day("2024-03-01"), day("2024-03-02"))
    lapsed = line("D17", "org:so", "2024-03-02", [SO], paper)
    assert (lapsed.status, lapsed.since, lapsed.missing) == ("overdue", day("2024-03-02"), ("contact.appointed",))
    renewed = line("D17", "org:so", "2024-07-01", [SO], [*paper, fact("contact.appointed", "org:so", "2024-06-01")])
    assert (renewed.status, renewed.since) == ("met", day("2024-06-01"))


def test_a_paper_from_before_the_directive_counts_while_it_holds() -> None:
    assert line("D17", "org:so", "2022-12-01", [SO], [fact("contact.appointed", "org:so", "2022-10-01")]).status == "met"


def test_a_published_contact_is_late_once_and_lapses_when_nobody_checks_it() -> None:
    seen = [fact("contact.published", "org:so", "2023-01-10")]
    assert line("D34", "org:so", "2023-06-01", [SO], seen).status == "met_late"
    assert line("D34", "org:so", "2024-01-11", [SO], seen).status == "overdue"


# -- prohibitions ---------------------------------------------------------------------------------------------------------


def test_a_prohibition_without_a_fresh_check_is_unknown_never_met() -> None:
    assert line("D23", "org:so", "2023-06-01", [SO]).status == "unknown"
    check = fact("check.done", "org:so", "2023-05-01", duty="D23")
    met = line("D23", "org:so", "2023-06-01", [SO], [check])
    assert (met.status, met.flips_on) == ("met", day("2024-05-02"))
    assert line("D23", "org:so", "2024-05-02", [SO], [check]).status == "unknown"
    assert line("D19", "org:so", "2023-06-01", [SO], [check]).status == "unknown"  # a check of another duty


def test_an_open_breach_is_red_from_its_day_until_it_ends() -> None:
    facts = [
        fact("check.done", "org:so", "2023-05-01", duty="D23"),
        fact("breach.found", "org:so", "2023-06-10", id="b", duty="D23"),
        fact("breach.ended", "org:so", "2023-06-20", duty="D23"),
    ]
    red = line("D23", "org:so", "2023-06-15", [SO], facts[:2])
    assert (red.status, red.since, red.missing, red.evidence) == ("overdue", day("2023-06-10"), ("breach.ended",), ("b",))
    assert line("D23", "org:so", "2023-06-09", [SO], facts).status == "met"
    assert line("D23", "org:so", "2023-06-19", [SO], facts).status == "overdue"
    assert line("D23", "org:so", "2023-06-20", [SO], facts).status == "met"


# -- gates ----------------------------------------------------------------------------------------------------------------


def gated(operating: str | None) -> list:
    phase = [("building", "2023-01-01", operating)] + ([("operating", operating)] if operating else [])
    return [SO, system("his", born="2023-01-01", phase=rows(*phase))]


def test_before_use_is_judged_at_the_gate() -> None:
    passed = [fact("assessment.passed", "system:his", "2024-06-01")]
    assert line("D48", "system:his", "2024-03-01", gated(None)).status == "open"
    assert line("D48", "system:his", "2024-07-01", gated("2024-06-01"), passed).status == "met"
    assert line("D48", "system:his", "2024-07-01", gated("2024-05-31"), passed).status == "met_late"
    red = line("D48", "system:his", "2024-06-01", gated("2024-06-01"))
    assert (red.status, red.since, red.due_on) == ("overdue", day("2024-06-01"), day("2024-06-01"))


def test_a_system_in_use_before_the_rule_owes_no_assessment() -> None:
    found = lines("D48", "system:his", "2024-01-01", [SO, HIS])
    assert [(r.status, r.window) for r in found] == [("not_applicable", None)]
    assert found[0].reasons[0].code == "in_use_before_rule"


def test_a_device_is_inspected_before_it_is_introduced() -> None:
    def at(*facts: object) -> str:
        return line("D20", "org:so", "2024-05-01", [SO], [fact("device.introduced", "org:so", "2024-04-10", device="M1"), *facts]).status  # type: ignore[list-item]

    assert at() == "overdue"
    assert at(fact("device.inspected", "org:so", "2024-04-01", device="M1")) == "met"
    assert at(fact("device.inspected", "org:so", "2024-04-20", device="M1")) == "met_late"
    assert at(fact("device.inspected", "org:so", "2024-04-01", device="M2")) == "overdue"


# -- recommended and waived -----------------------------------------------------------------------------------------------


def test_what_is_encouraged_is_never_red() -> None:
    assert line("D33", "org:so", "2026-01-01", [SO]).status == "recommended"
    assert line("D33", "org:so", "2026-01-01", [SO], [fact("campaign.held", "org:so", "2025-06-01")]).status == "met"


def test_a_waiver_is_bounded_by_duty_and_end() -> None:
    waiver = fact("waiver.granted", "org:so", "2023-11-01", duty="D36", until_on="2023-12-31")
    found = lines("D36", "org:so", "2024-12-20", [SO], [waiver])
    assert [r.status for r in found] == ["overdue", "waived", "overdue"]  # 2022, 2023, 2024: one waiver, one year
    assert line("D15", "org:so", "2023-11-15", [SO], [waiver]).status == "overdue"


def test_a_waived_single_duty_is_owed_again_when_the_waiver_ends() -> None:
    waiver = fact("waiver.granted", "system:his", "2022-11-15", duty="D07", until_on="2023-03-31")
    during = line("D07", "system:his", "2023-03-31", [SO, HIS], [waiver])
    assert (during.status, during.flips_on, during.since) == ("waived", day("2023-04-01"), day("2022-11-15"))
    past = line("D07", "system:his", "2023-04-01", [SO, HIS], [waiver])
    assert (past.status, past.since) == ("overdue", day("2023-04-01"))
    done = line("D07", "system:his", "2023-03-01", [SO, HIS], [waiver, fact("dossier.approved", "system:his", "2023-02-01")])
    assert done.status == "met_late"


def test_a_waiver_may_name_its_window() -> None:
    waiver = fact("waiver.granted", "system:his", "2024-02-01", duty="D09", window="2023-07-01", until_on="2024-12-31")
    found = lines("D09", "system:his", "2024-08-01", [SO, HIS], [waiver])
    assert [r.status for r in found] == ["missed", "waived", "missed", "open"]


def test_not_applicable_is_not_waived() -> None:
    assert line("D38", "org:so", "2024-01-01", [SO]).status == "not_applicable"


# -- incidents ------------------------------------------------------------------------------------------------------------


def incident(on: str, **more: object) -> list:
    return [fact("incident.detected", ("org:so", "system:his"), on, id="i", incident="SC-1", **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "more", "due_on", "due_at"),
    [
        ("2026-08-18", {}, "2026-08-24", None),  # five days: 23/8/2026 is a Sunday
        ("2026-08-19", {"at": "2026-08-19T10:00:00"}, "2026-08-22", "2026-08-22T10:00:00"),
        ("2026-09-01", {"at": "2026-09-01T10:00:00", "serious": True}, "2026-09-02", "2026-09-02T10:00:00"),
        ("2026-09-01", {"at": "2026-09-01T10:00:00", "grave": True}, "2026-09-01", "2026-09-01T10:00:00"),
        ("2026-09-01", {}, "2026-09-04", None),  # no moment: from the end of the day
        ("2026-03-02", {"personal_data": True, "at": "2026-03-02T08:00:00"}, "2026-03-05", "2026-03-05T08:00:00"),
        ("2026-03-02", {"at": "2026-03-02T08:00:00"}, "2026-03-09", None),  # 7/3/2026 is a Saturday
    ],
)
def test_incident_clocks_go_by_the_day_of_detection(on: str, more: dict, due_on: str, due_at: str | None) -> None:
    found = lines("D30", "org:so", on, [SO, HIS], incident(on, **more))
    assert [(r.event, r.due_on, r.due_at) for r in found] == [("i", day(due_on), moment(due_at) if due_at else None)]


def test_an_incident_has_one_line_under_d30_and_one_under_each_duty_of_its_own() -> None:
    facts = incident("2026-09-01", at="2026-09-01T10:00:00", serious=True)
    assert len(lines("D30", "org:so", "2026-09-01T10:00:00", [SO, HIS], facts)) == 1
    report = line("ND331.31.2d", "org:so", "2026-09-01", [SO, HIS], facts)
    assert report.due_at == moment("2026-09-04T10:00:00")
    assert {r.params["instrument"] for r in line("D30", "org:so", "2026-09-01", [SO, HIS], facts).reasons if r.code == "parallel"} == {
        "ND331-2026"
    }


def test_a_clock_in_hours_tips_at_the_moment() -> None:
    facts = incident("2026-09-01", at="2026-09-01T10:00:00", serious=True)
    before = line("D30", "org:so", "2026-09-02T09:59:59", [SO, HIS], facts)
    assert (before.status, before.flips_on) == ("due_soon", day("2026-09-02"))
    after_it = line("D30", "org:so", "2026-09-02T10:00:01", [SO, HIS], facts)
    assert (after_it.status, after_it.since) == ("overdue", day("2026-09-02"))
    in_time = fact("incident.notified", "org:so", "2026-09-02", known="2026-09-02T11:00:00", at="2026-09-02T09:00:00", incident="SC-1")
    late = fact("incident.notified", "org:so", "2026-09-02", at="2026-09-02T10:30:00", incident="SC-1")
    assert line("D30", "org:so", "2026-09-03", [SO, HIS], [*facts, in_time]).status == "met"
    assert line("D30", "org:so", "2026-09-03", [SO, HIS], [*facts, late]).status == "met_late"
    assert line("D30", "org:so", "2026-09-02T08:00:00", [SO, HIS], [*facts, in_time]).status == "due_soon"  # not yet sent


def test_an_incident_at_a_system_concerns_its_owner_and_facts_are_linked_liberally() -> None:
    at_system = [fact("incident.detected", "system:his", "2024-03-04", id="i")]
    assert line("D30", "org:so", "2024-03-05", [SO, HIS], at_system).event == "i"
    for told in (
        fact("incident.notified", "org:so", "2024-03-06", incident="i"),
        fact("incident.notified", ("system:his",), "2024-03-06"),
        fact("incident.reported", ("org:so", "incident:i"), "2024-03-06"),
    ):
        assert line("D30", "org:so", "2024-03-20", [SO, HIS], [*at_system, told]).status == "met", told
    other = fact("incident.notified", "org:so", "2024-03-06", incident="another")
    assert line("D30", "org:so", "2024-03-20", [SO, HIS], [*at_system, other]).status == "overdue"


def test_an_unlinked_notice_serves_the_latest_incident_only() -> None:
    facts = [
        fact("incident.detected", "org:so", "2024-03-04", id="a"),
        fact("incident.detected", "org:so", "2024-05-06", id="b"),
        fact("incident.notified", "org:so", "2024-05-07"),
    ]
    assert [(r.event, r.status) for r in lines("D30", "org:so", "2024-06-01", [SO], facts)] == [("a", "overdue"), ("b", "met")]


def test_an_event_that_does_not_say_whether_it_concerns_the_duty_is_unknown() -> None:
    found = line("D14", "system:his", "2024-01-05", [SO, HIS], [fact("weakness.found", "system:his", "2024-01-02", weakness="A")])
    assert (found.status, [r.params["field"] for r in found.reasons if r.code == "event_unclear"]) == ("unknown", ["allows_intrusion"])


def test_the_date_in_a_warning_is_its_due_day() -> None:
    warned = fact("advisory.received", "org:so", "2024-01-02", id="a", advisory="CB-1", due_on="2024-01-13")  # a Saturday stands
    found = line("D27", "org:so", "2024-01-05", [SO], [warned])
    assert (found.due_on, found.event, found.status) == (day("2024-01-13"), "a", "open")
    assert line("D27", "org:so", "2024-01-05", [SO], [fact("advisory.received", "org:so", "2024-01-02")]).status == "undated"


def test_an_order_issued_and_received_is_one_matter() -> None:
    firm = org("vnpt", "enterprise")
    facts = [
        fact("order.issued", "org:vnpt", "2024-01-02", order="L-1", due_on="2024-01-20"),
        fact("order.received", "org:vnpt", "2024-01-03", order="L-1", due_on="2024-01-20"),
    ]
    assert len(lines("D41", "org:vnpt", "2024-01-10", [firm], facts)) == 1


def test_each_request_has_its_own_line_and_answer() -> None:
    facts = [
        fact("report.requested", "org:so", "2024-01-02", id="q1", due_on="2024-01-20"),
        fact("report.requested", "org:so", "2024-02-02", id="q2", due_on="2024-02-20"),
        fact("report.submitted", "org:so", "2024-02-10", request="q2"),
    ]
    assert [(r.event, r.status) for r in lines("D37", "org:so", "2024-03-01", [SO], facts)] == [("q1", "overdue"), ("q2", "met")]


def test_an_enterprise_owes_the_earlier_date_of_two_instruments() -> None:
    found = line("D39", "org:vnpt", "2022-12-01", [org("vnpt", "enterprise")])
    assert (found.due_on, found.status) == (day("2022-10-30"), "overdue")
    assert {r.params["instrument"] for r in found.reasons if r.code in ("clause", "parallel")} == {CT13, "18-CT-TTg-2022"}


def test_an_amended_law_file_changes_only_what_it_says(tmp_path: Path) -> None:
    law = load(edited(tmp_path, {f"{CT13}/duties/D09.yaml": ("anchor: 2023-01-01", "anchor: 2023-08-31")}))
    found = lines("D09", "system:his", "2025-03-01", [SO, HIS], law=law)
    assert [r.window and r.window[0] for r in found] == [day("2023-08-31"), day("2024-02-29"), day("2024-08-31"), day("2025-02-28")]
    assert [r.due_on for r in found][:2] == [day("2024-02-28"), after(day("2024-08-31"), -1)]
    assert judge([SO, HIS], [], law).results("D10", "system:his", day("2023-03-01"))[0].window == (day("2023-01-01"), day("2023-07-01"))
