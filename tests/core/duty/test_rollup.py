"""The owner's line is the worst of its systems, never greener; counts have their denominators."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from luytre.core.duty import rollup
from luytre.core.duty.rollup import CODE

grids = arrays.arrays(np.int8, st.tuples(st.integers(1, 12), st.just(3)), elements=st.integers(-1, 11))


def _roll(statuses: list[list[str]], owner: list[int], confirmed: list[bool]) -> rollup.Rolled:
    grid = np.array([[CODE[status] for status in row] for row in statuses], dtype=np.int8)
    return rollup.roll_up(grid, np.array(owner), np.array(confirmed), np.ones(len(confirmed), dtype=bool), np.ones(1, dtype=bool))


def test_worst_of_its_systems_and_the_ratio() -> None:
    rolled = _roll([["met"], ["overdue"], ["met_late"], ["not_applicable"]], [0, 0, 1, 1], [True, True])
    assert [rollup.STATUSES[code] for code in rolled.status[:, 0]] == ["overdue", "met_late"]
    assert rolled.done.tolist() == [[1], [1]]
    assert rolled.owed.tolist() == [[2], [1]]


def test_a_body_that_confirmed_nothing_is_never_green() -> None:
    rolled = _roll([["met"], ["overdue"], ["due_soon"]], [0, 1, 2], [False, False, False, False])
    assert [rollup.STATUSES[code] for code in rolled.status[:, 0]] == ["unknown", "overdue", "due_soon", "unknown"]


def test_a_duty_that_needs_no_confirmation_stands_as_it_is() -> None:
    grid, yes = np.array([[CODE["met"], CODE["met"]]], dtype=np.int8), np.ones(1, dtype=bool)
    rolled = rollup.roll_up(grid, np.array([0]), ~yes, yes, np.array([True, False]))
    assert [rollup.STATUSES[code] for code in rolled.status[0]] == ["unknown", "met"]


def test_a_confirmed_body_without_systems_owes_nothing() -> None:
    assert _roll([["met"]], [0], [True, True]).status[1, 0] == CODE["not_applicable"]


@given(grids, st.data())
def test_roll_up_equals_the_plain_reading(grid: np.ndarray, data: st.DataObject) -> None:
    owner = np.array(data.draw(st.lists(st.integers(-1, 3), min_size=len(grid), max_size=len(grid))))
    rolled = rollup.roll_up(grid, owner, *(np.ones(n, dtype=bool) for n in (4, 4, 3)))
    for body in range(4):
        for duty in range(3):
            mine = [int(grid[row, duty]) for row in range(len(grid)) if owner[row] == body and grid[row, duty] >= 0]
            mine = [code for code in mine if code not in (CODE["not_applicable"], CODE["not_open"])]
            worst = min((rollup.WORST_FIRST.index(rollup.STATUSES[code]) for code in mine), default=11)
            assert rollup.STATUSES[rolled.status[body, duty]] == rollup.WORST_FIRST[worst]
            assert rolled.owed[body, duty] == len(mine)
            assert rolled.done[body, duty] == sum(code in rollup.DONE for code in mine)


@given(grids, st.data())
def test_counts_equal_the_plain_reading(grid: np.ndarray, data: st.DataObject) -> None:
    groups = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=len(grid), max_size=len(grid))))
    table = rollup.counts(grid, groups, 3)
    for group in range(3):
        for duty in range(3):
            mine = grid[groups == group][:, duty].tolist()
            assert table[group, duty].tolist() == [mine.count(code) for code in range(12)]
