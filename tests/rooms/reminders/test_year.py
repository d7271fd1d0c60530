"""Weeks and a year of reminders, simulated day by day with the real judge, journal and post; facts are filed as it goes."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from luytre.register import actions as register
from luytre.register.book import Book
from luytre.rooms.duties import projection

from .conftest import LOADED, START, TODAY


def _load() -> ModuleType:
    """The simulation that the benchmark runs too."""
    spec = importlib.util.spec_from_file_location("reminders_year", Path(__file__).parents[3] / "benchmarks/reminders.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["reminders_year"] = module
    spec.loader.exec_module(module)
    return module


simulation = _load()


def check(year: object, allowed: int) -> None:
    """`allowed`: the longest run of days without a round, by days off and jobs stopped."""
    assert year.red > 10  # type: ignore[attr-defined]
    assert year.done > 10, "matters were closed as it went"  # type: ignore[attr-defined]
    assert year.letters > 10  # type: ignore[attr-defined]
    assert year.silent_red == [], "no red matter without a named head who was told, or the gap shown and the next rung told"  # type: ignore[attr-defined]
    assert max(year.waits) <= allowed  # type: ignore[attr-defined]
    assert max(year.turns) <= 2, "told by the very next round, or the one after where the digest of the day was out"  # type: ignore[attr-defined]
    assert year.told_though_closed == []  # type: ignore[attr-defined]
    assert (year.told_twice, year.two_a_day) == (0, 0)  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_five_weeks_in_a_little_province(little: None, settings: Any) -> None:
    """Days off kept; jobs stopped for four days, the mail server away for two, the clock set back once."""
    settings.LUYTRE_DIGEST_DAYS = "working"
    book = Book()
    book.put("system", "his")
    for table, value in (("name", "Hệ thống HIS"), ("owner", "so-y-te"), ("level", 3), ("phase", "operating")):
        book.add(f"system.{table}", "his", value, from_on=START, known_at=None)
    register.load(by="console", at=LOADED, book=book)
    projection.rebuild(on=TODAY)
    refs = ["org:so-y-te", "org:xa-a", "org:xa-b", "system:his"]
    check(simulation.simulate(refs, TODAY, 35, stopped=range(10, 14), mail_away=range(20, 22), back=(16,)), allowed=1 + 5)


@pytest.mark.slow
def test_a_year_on_the_sample_world(world_db: Path, settings: Any) -> None:
    settings.LUYTRE_DIGEST_DAYS = "working"
    refs = simulation.some_bodies(8)
    check(simulation.simulate(refs, TODAY, 365, stopped=range(100, 105), mail_away=range(150, 153), back=(200, 250)), allowed=1 + 9)
