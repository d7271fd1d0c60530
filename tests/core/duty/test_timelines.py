"""A timeline is the standing of every day: successions, waivers of a single day, levels that change beside a due date."""

from datetime import date, timedelta

import pytest
from judge_cast import EARLY, day, fact, judge, moment, org, rows, system

from luytre.core.duty import Fact, Thing

FIRST, LAST = day("2022-11-01"), day("2025-03-01")
KNOWN = moment("2026-01-01")


def differing(duty: str, bearer: str, things: list[Thing], facts: list[Fact]) -> list[tuple[date, str, str]]:
    """Days on which the timeline and the standing differ: (day, timeline, standing)."""
    one = judge(things, facts)
    steps = dict(one.timeline(duty, bearer, KNOWN, LAST))
    told: str | None = None
    found = []
    for on in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
        told = steps.get(on, told)
        line = one.standing(duty, bearer, on, KNOWN)
        if told != (line and line.status):
            found.append((on, str(told), str(line and line.status)))
    return found


def heir_of_a_day() -> list[Thing]:
    """A body of one day, and its parent that does not owe the duty itself until later."""
    late = rows(("enterprise", EARLY), ("department", "2022-12-25"))
    return [org("child", born="2022-11-30", ended="2022-12-01", parent=rows(("org:so", EARLY))), org("so", type=late)]


def three_in_a_row() -> list[Thing]:
    """A body taken over by one that ends in its turn and never owed the duty itself."""
    return [
        org("first", ended="2022-12-01", successor=rows(("org:second", EARLY))),
        org("second", type="enterprise", ended="2023-06-01", successor=rows(("org:third", EARLY))),
        org("third", type="commune"),
    ]


@pytest.mark.parametrize(("duty", "bearer"), [(d, b) for d in ("D01", "D15", "D34", "D36") for b in ("child", "so")])
def test_what_an_heir_took_over_moves_its_timeline(duty: str, bearer: str) -> None:
    assert differing(duty, f"org:{bearer}", heir_of_a_day(), []) == []


@pytest.mark.parametrize("bearer", ["first", "second", "third"])
@pytest.mark.parametrize("duty", ["D01", "D15", "D34", "D36"])
def test_a_chain_of_heirs_moves_every_timeline(duty: str, bearer: str) -> None:
    facts = [fact("waiver.granted", "org:second", "2022-12-20", duty=duty, until_on="2022-12-20")]
    assert differing(duty, f"org:{bearer}", three_in_a_row(), facts) == []


def test_a_middle_heir_stands_as_what_it_took_over() -> None:
    steps = judge(three_in_a_row()).timeline("D34", "org:second", KNOWN, LAST)
    assert steps[0] == (day("2022-11-04"), "not_applicable") and (day("2022-12-01"), "due_soon") in steps
    assert steps[-1] == (day("2023-06-01"), "not_applicable")


@pytest.mark.parametrize("until", ["2022-11-05", "2022-11-10"])
def test_a_waiver_of_a_single_day_yields_to_proof(until: str) -> None:
    """Taught once and filed twice, one copy taken back; a waiver on the day after the law came: proof counts before a waiver."""
    facts = [
        fact("principles.taught", "org:so", "2022-06-01", id="f0"),
        fact("principles.taught", "org:so", "2022-06-01", id="f1"),
        fact("entry.retracted", "", "2022-06-01", retracts="f0"),
        fact("waiver.granted", "org:so", "2022-11-05", duty="D01", until_on=until),
    ]
    assert differing("D01", "org:so", [org()], facts) == []
    line = judge([org()], facts).standing("D01", "org:so", day("2022-11-05"), KNOWN)
    assert line is not None and line.status == "met"


@pytest.mark.parametrize("duty", ["D07", "D08", "D10"])
def test_a_level_or_phase_that_changes_beside_the_due_date(duty: str) -> None:
    changing = system(
        born="2021-01-01",
        level=rows((2, "2021-01-01"), (3, "2024-05-05")),
        phase=rows(("building", "2021-01-01"), ("operating", "2023-02-02"), ("retired", "2024-12-12")),
    )
    assert differing(duty, "system:his", [org(), changing], []) == []


def test_a_line_foresees_the_day_another_instrument_begins_to_bind() -> None:
    """Built in September 2024, 60 days to approve its dossier; in use from October, when the earlier day of 09/CT-TTg binds too."""
    his = system(born="2024-09-01", phase=rows(("building", "2024-09-01"), ("operating", "2024-10-10")))
    one = judge([org(), his])
    (before,) = one.results("D07", "system:his", day("2024-10-05"), KNOWN)
    (after,) = one.results("D07", "system:his", day("2024-10-20"), KNOWN)
    assert (before.status, before.due_on, before.flips_on) == ("due_soon", day("2024-10-31"), day("2024-10-10"))
    assert (after.status, after.due_on, after.since) == ("overdue", day("2024-09-30"), day("2024-10-10"))


def test_before_the_rule_begins_there_is_no_timeline() -> None:
    assert judge([org(), system()]).timeline("D09", "system:his", KNOWN, day("2022-11-03")) == []
    assert judge([org(), system()]).timeline("D07", "system:his", KNOWN, day("2022-11-03")) == []
