"""The calendar of working days, year by year: days off, swapped days, and what is not yet decided."""

from datetime import date

import pytest

from luytre.core.law import home, load
from luytre.core.when import Period

CALENDAR = load(home()).calendar


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 9, 1),
        date(2023, 1, 26),
        date(2023, 5, 3),
        date(2024, 4, 29),
        date(2025, 5, 2),
        date(2025, 9, 1),
        date(2025, 9, 2),
        date(2026, 1, 2),
        date(2026, 8, 31),
        date(2026, 11, 24),
        date(2027, 5, 3),
        date(2026, 11, 22),
    ],
)
def test_days_off(day: date) -> None:
    assert CALENDAR.is_off(day)


@pytest.mark.parametrize(
    "day",
    [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22), date(2025, 11, 24), date(2025, 9, 3)],
)
def test_working_days(day: date) -> None:
    assert not CALENDAR.is_off(day)


def test_sixty_days_from_the_first_of_july_2025_end_after_national_day() -> None:
    """30/8/2025 is a Saturday, then Sunday, then National Day on 1 and 2 September."""
    assert CALENDAR.term(date(2025, 7, 1), Period(days=60)) == date(2025, 9, 3)


def test_years() -> None:
    assert CALENDAR.years == (2022, 2023, 2024, 2025, 2026, 2027)
