"""The ladder by itself: which rungs a matter has reached, who hears only after whom, what an acknowledgement holds back."""

from datetime import date, timedelta

import pytest

from luytre.core.law.model import Escalation
from luytre.rooms.reminders.rules import Heard, Matter, is_said_again, reached

LAW = (Escalation(-30, "contact"), Escalation(1, "head"), Escalation(15, "coordinator"), Escalation(30, "chair"))
DUE = date(2026, 6, 30)
MATTER = Matter("D09", "system:his", "2026-01-01", "org:so-y-te", DUE, "overdue")


def after(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "rungs"), [(-31, []), (-30, ["contact"]), (0, ["contact"]), (1, ["contact", "head"]), (14, ["contact", "head"])]
)
def test_contact_and_head_hear_by_the_days_of_the_law(day: int, rungs: list[str]) -> None:
    assert reached(LAW, MATTER, after(day), {}) == rungs


def test_day_by_day_the_matter_climbs_exactly() -> None:
    heard: dict[str, Heard] = {}
    first: dict[str, int] = {}
    for day in range(-40, 60):
        for rung in reached(LAW, MATTER, after(day), heard):
            if rung not in heard:
                heard[rung], first[rung] = Heard(after(day)), day
    assert first == {"contact": -30, "head": 1, "coordinator": 15, "chair": 30}


def test_after_an_outage_nobody_is_passed_over() -> None:
    """Nothing ran until 40 days after the due day: contact and head hear first, coordinator the day after, the chair the day after that."""
    heard: dict[str, Heard] = {}
    days = []
    for day in (40, 41, 42, 43):
        new = [rung for rung in reached(LAW, MATTER, after(day), heard) if rung not in heard]
        heard |= {rung: Heard(after(day)) for rung in new}
        days.append(new)
    assert days == [["contact", "head"], ["coordinator"], ["chair"], []]


def test_an_acknowledgement_keeps_the_next_rung_waiting_for_a_week_and_no_longer() -> None:
    heard = {"contact": Heard(after(-30)), "head": Heard(after(1), acknowledged_on=after(12))}
    assert "coordinator" not in reached(LAW, MATTER, after(18), heard)
    assert "coordinator" in reached(LAW, MATTER, after(19), heard)


def test_an_acknowledgement_of_the_head_does_not_hold_a_rung_told_before() -> None:
    heard = {"head": Heard(after(1), acknowledged_on=after(16)), "coordinator": Heard(after(15))}
    assert "coordinator" in reached(LAW, MATTER, after(17), heard)


@pytest.mark.parametrize(
    ("rung", "days", "acknowledged", "status", "again"),
    [
        ("head", 7, False, "overdue", True),
        ("head", 6, False, "overdue", False),
        ("head", 7, True, "overdue", False),
        ("contact", 9, False, "missed", True),
        ("contact", 9, False, "due_soon", False),
        ("chair", 90, False, "overdue", False),
        ("head", -3, False, "overdue", False),
    ],
)
def test_what_is_said_again(rung: str, days: int, acknowledged: bool, status: str, again: bool) -> None:
    assert is_said_again(rung, after(1), after(1 + days), acknowledged, status) is again
