"""Columns answer every (on, known) exactly as a naive reading of the spans does, before and after replacing, saving and loading."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from luytre.core.duty import columns

START = date(2022, 11, 4)
FIRST = datetime(2022, 11, 4, 1, tzinfo=UTC)
steps = st.lists(st.tuples(st.integers(0, 60), st.integers(-1, 11)), max_size=6).map(lambda s: sorted(dict(s).items()))
epochs = st.lists(st.tuples(st.integers(0, 60), steps), min_size=1, max_size=5).map(lambda e: sorted(dict(e).items()))
worlds = st.lists(epochs, min_size=1, max_size=6)


def _partition(some: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    return columns.partition((START + timedelta(days=day), value) for day, value in some)


def _history(knowledge: list[tuple[int, list[tuple[int, int]]]]) -> list[columns.Span]:
    spans: list[columns.Span] = []
    for hours, some in knowledge:
        spans = columns.supersede(spans, _partition(some), columns.moment_number(FIRST + timedelta(hours=hours)))
    return spans


def _expected(knowledge: list[tuple[int, list[tuple[int, int]]]], day: int, hour: int) -> int:
    """The plain reading: the last thing learnt by then, and in it the last step by that day."""
    learnt = [some for hours, some in knowledge if hours <= hour]
    held = [value for at, value in (learnt[-1] if learnt else []) if at <= day]
    return held[-1] if held else columns.NOTHING


def test_partition_covers_the_axis_and_merges() -> None:
    spans = columns.partition([(None, 3), (date(2023, 1, 1), 3), (date(2023, 2, 1), 5), (date(2023, 2, 1), 6)])
    february = columns.day_number(date(2023, 2, 1))
    assert spans == [(0, february, 3), (february, columns.FOREVER, 6)]


def test_superseding_keeps_what_stays_and_closes_what_changed() -> None:
    before = columns.supersede([], [(0, 10, 1), (10, columns.FOREVER, 2)], 100)
    after = columns.supersede(before, [(0, 10, 1), (10, columns.FOREVER, 3)], 200)
    assert after == [
        (0, 10, 100, columns.STILL, 1),
        (10, columns.FOREVER, 100, 200, 2),
        (10, columns.FOREVER, 200, columns.STILL, 3),
    ]
    assert columns.unpack(columns.pack(after)) == after


def test_days_and_moments_go_both_ways() -> None:
    assert columns.day_of(columns.day_number(date(2026, 11, 22))) == date(2026, 11, 22)
    assert columns.day_of(columns.day_number(None)) is None
    moment = datetime(2026, 11, 22, 8, 30, 0, 17, tzinfo=UTC)
    assert columns.moment_of(columns.moment_number(moment)) == moment
    assert columns.moment_of(columns.ALWAYS) is None


@settings(max_examples=150, deadline=None)
@given(worlds, worlds, st.integers(0, 61), st.integers(-1, 61))
def test_every_reading_equals_the_plain_one(world: list, later: list, day: int, hour: int) -> None:
    table = columns.Columns.build([columns.pack(_history(knowledge)) for knowledge in world])
    on, known = START + timedelta(days=day), FIRST + timedelta(hours=hour)
    assert table.at(on, known).tolist() == [_expected(k, day, hour) for k in world]
    assert table.at(on).tolist() == [_expected(k, day, 99) for k in world]
    changed = dict(zip(range(1, 20, 2), later, strict=False))  # replaces some slots and adds others past the end
    table.replace({slot: columns.pack(_history(k)) for slot, k in changed.items()})
    whole = [changed.get(slot, world[slot] if slot < len(world) else None) for slot in range(table.count)]
    plain = [columns.NOTHING if k is None else _expected(k, day, hour) for k in whole]
    assert table.at(on, known).tolist() == plain
    asked = np.array([[0, table.count - 1], [table.count - 1, table.count // 2]])
    assert table.some(asked, on, known).tolist() == np.array(plain)[asked].tolist()


@settings(max_examples=10, deadline=None)
@given(worlds)
def test_files_hold_the_same(tmp_path_factory, world: list) -> None:
    folder: Path = tmp_path_factory.mktemp("columns")
    table = columns.Columns.build([columns.pack(_history(knowledge)) for knowledge in world], "i4")
    table.save(folder)
    again = columns.Columns.load(folder)
    assert [again.spans(slot) for slot in range(again.count)] == [_history(k) for k in world]
    known = FIRST + timedelta(hours=30)
    assert again.at(START + timedelta(days=20), known).tolist() == table.at(START + timedelta(days=20), known).tolist()
