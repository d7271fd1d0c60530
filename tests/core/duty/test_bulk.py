"""The bulk judge gives what the pure judge gives, for every duty of every bearer of random provinces."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from judge_cast import LAW, day, fact, judge, org, system
from judge_chance import at_noon, days, provinces, slots

from luytre.core.duty import Fact, Judge, Thing
from luytre.core.duty.bulk import Bulk
from luytre.core.duty.bulk_columns import after, months_after
from luytre.core.duty.cell import current
from luytre.core.when import nth_month, period

Slot = tuple[str, str, list[Thing], list[Fact]]


def compare(one: Judge, on: date, known_on: date, duties: list[str]) -> int:
    known, told = at_noon(known_on), 0
    bulk = Bulk(one, known)
    for column in bulk.current(on, duties):
        for number, ref in enumerate(column.refs):
            found = one.standing(column.duty, ref, on, known)
            wanted = (None, None) if found is None else (found.status, found.due_on)
            assert column.at(number) == wanted, (column.duty, ref, on)
            told += 1
    return told


@settings(max_examples=120, deadline=None)
@given(slots(), days, days)
def test_bulk_equals_pure_where_facts_are_thick(slot: Slot, on: date, known_on: date) -> None:
    duty, _, things, facts = slot
    assert compare(judge(things, facts), on, known_on, [duty]) > 0


@settings(max_examples=25, deadline=None)
@given(provinces(), days, days)
def test_bulk_equals_pure_for_every_duty(province: tuple[list[Thing], list[Fact]], on: date, known_on: date) -> None:
    assert compare(judge(*province), on, known_on, list(LAW.duties)) > len(LAW.duties)


@settings(max_examples=120, deadline=None)
@given(slots(), days, days)
def test_the_lean_cell_equals_the_full_one(slot: Slot, on: date, known_on: date) -> None:
    duty, bearer, things, facts = slot
    one, known = judge(things, facts), at_noon(known_on)
    found, held = one.standing(duty, bearer, on, known), one.slot(duty, bearer, on, known)
    assert held is not None
    assert current(held, on) == ((None, None) if found is None else (found.status, found.due_on))


@given(st.lists(days, min_size=1), st.integers(0, 40))
def test_months_are_added_as_the_civil_code_does(given_days: list[date], months: int) -> None:
    import numpy as np

    numbers = np.array([each.toordinal() for each in given_days], dtype=np.int32)
    assert months_after(numbers, months).tolist() == [nth_month(each, months).toordinal() for each in given_days]
    length = period("P1Y3D")
    assert after(numbers, length).tolist() == [length.after(each).toordinal() for each in given_days]


def test_most_of_an_ordinary_province_is_judged_by_vectors() -> None:
    things = [*[org(f"o{n}") for n in range(40)], *[system(f"s{n}", owner=f"o{n % 40}") for n in range(60)]]
    facts = [fact("hunt.completed", f"system:s{n}", "2026-08-05") for n in range(0, 60, 2)]
    columns = Bulk(judge(things, facts), at_noon(day("2026-11-22"))).current(day("2026-11-22"))
    assert sum(column.odd for column in columns) == 0
