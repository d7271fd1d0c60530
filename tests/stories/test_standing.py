"""What the judge says of the sample province: plausible totals, every status, a dip at the reform of 7/2025 and a climb since."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from luytre.core import law
from luytre.core.duty import Judge
from luytre.core.duty.model import STATUSES
from luytre.site.world import LAST_DAY, grow

BAD = ("overdue", "missed")


@cache
def judge() -> Judge:
    world = grow()
    return Judge(law.load(law.home()), world.things(), world.facts())


@cache
def standing(on: date) -> Counter[str]:
    """How many slots of Directive 13 stand how on a day."""
    told = judge()
    found: Counter[str] = Counter()
    for duty in (duty for duty in told.law.duties.values() if duty.id.startswith("D")):
        for ref, thing in told.things.items():
            result = told.standing(duty.id, ref, on) if thing.kind == duty.subject else None
            found.update([result.status] if result else [])
    return found


def share_of_bad(on: date) -> float:
    counts = standing(on)
    owed = sum(counts.values()) - counts["not_applicable"] - counts["not_open"]
    return sum(counts[status] for status in BAD) / owed


def test_every_status_occurs_on_the_last_day() -> None:
    assert [status for status in STATUSES if not standing(LAST_DAY)[status]] == []


def test_the_last_day_looks_like_a_province_on_its_way() -> None:
    counts = standing(LAST_DAY)
    owed = sum(counts.values()) - counts["not_applicable"] - counts["not_open"]
    assert 0.05 <= share_of_bad(LAST_DAY) <= 0.15
    assert 0.6 <= (counts["met"] + counts["met_late"]) / owed <= 0.9
    assert 0.01 <= counts["unknown"] / owed <= 0.08


def test_the_reform_of_districts_shows_and_wears_off() -> None:
    """Better until the reform of 1/7/2025, worse when what the new communes owe within sixty days fell due, better since."""
    before, after, now = (share_of_bad(on) for on in (date(2025, 6, 30), date(2025, 9, 15), LAST_DAY))
    assert share_of_bad(date(2023, 12, 31)) > before
    assert after > 1.4 * before
    assert now < after


@pytest.mark.parametrize("kind", ["department", "commune", "unit"])
def test_bodies_of_every_kind_differ(kind: str) -> None:
    """Some bodies have nothing overdue, some much: tempers differ within a kind."""
    told = judge()
    refs = [body.ref for body in grow().land.bodies if body.type == kind and body.lives(LAST_DAY)]
    duties = [duty.id for duty in told.law.duties.values() if duty.id.startswith("D") and duty.subject == "organisation"]
    overdue = [sum(bool((r := told.standing(duty, ref, LAST_DAY)) and r.status == "overdue") for duty in duties) for ref in refs]
    assert min(overdue) == 0
    assert max(overdue) >= 4
