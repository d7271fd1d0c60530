"""Reminders exactly once, late ones marked, whatever the worker does; the peer's algorithm fails the very same test."""

import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luytre.rooms.incidents.rules.clockwork import TOLERANCE, Running, due, is_late, stages

START = datetime(2026, 11, 19, 2, 54, tzinfo=UTC)
Sent = list[tuple[str, datetime, bool]]
Worker = Callable[[Sequence[Running], datetime, Sent], None]


def ours(clocks: Sequence[Running], now: datetime, sent: Sent) -> None:
    """One run of a worker: what was told is kept under its unique key."""
    known = {key for key, _at, _late in sent}
    for clock in clocks:
        for stage in due(clock, now, known):
            sent.append((stage.key, now, is_late(stage, now)))


def by_equal_hours(clocks: Sequence[Running], now: datetime, sent: Sent) -> None:
    """The negative control: an hourly job that sends when the whole hours since the start equal the delay (SERIMA, commit 46be1ef)."""
    for clock in clocks:
        for stage in stages(clock):
            delay = math.floor((stage.at - clock.started_at).total_seconds() / 3600)
            if math.floor((now - clock.started_at).total_seconds() / 3600) == delay:
                sent.append((stage.key, now, False))


def told(worker: Worker, clocks: Sequence[Running], runs: Sequence[datetime]) -> Sent:
    """What the worker sent over its runs, by key: when, and whether it was marked late."""
    sent: Sent = []
    for now in runs:
        worker(clocks, now, sent)
    return sorted(sent)


def wanted(clocks: Sequence[Running], runs: Sequence[datetime]) -> Sent:
    """Each stage whose moment came, once, at the first run after it, and marked late if that was late."""
    first = [(stage, next((now for now in runs if now >= stage.at), None)) for clock in clocks for stage in stages(clock)]
    return sorted((stage.key, now, now - stage.at > TOLERANCE) for stage, now in first if now is not None)


MINUTES = st.integers(0, 60 * 24 * 8)
CLOCKS = st.lists(st.tuples(st.integers(0, 600), st.sampled_from([0, 24, 72, 120, 5 * 24])), min_size=1, max_size=4)


def made(clocks: Sequence[tuple[int, int]]) -> list[Running]:
    return [
        Running(f"SC-2026-{number:04}", "D30", str(number), START + timedelta(minutes=late), START + timedelta(minutes=late, hours=hours))
        for number, (late, hours) in enumerate(clocks)
    ]


@settings(max_examples=300, deadline=None)
@given(CLOCKS, st.lists(MINUTES, max_size=12))
def test_any_schedule(clocks: Sequence[tuple[int, int]], runs: Sequence[int]) -> None:
    """Runs at any moments in any order: pauses, two workers one after another, a clock set forward and back."""
    moments = [START + timedelta(minutes=run) for run in runs]
    assert told(ours, made(clocks), moments) == wanted(made(clocks), moments)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CLOCKS, st.lists(MINUTES, max_size=12))
def test_ten_thousand_schedules(clocks: Sequence[tuple[int, int]], runs: Sequence[int]) -> None:
    moments = [START + timedelta(minutes=run) for run in runs]
    assert told(ours, made(clocks), moments) == wanted(made(clocks), moments)


def test_a_worker_stopped_across_three_deadlines_tells_each_once_and_says_late() -> None:
    clocks = made([(0, 24), (30, 72), (60, 120)])
    runs = [START, START + timedelta(days=7), START + timedelta(days=7, minutes=1)]
    assert told(ours, clocks, runs) == wanted(clocks, runs)


@pytest.mark.parametrize(
    "runs",
    [
        [START + timedelta(days=7)],  # stopped across every deadline: never sent
        [START + timedelta(hours=12, minutes=1), START + timedelta(hours=12, minutes=30)],  # twice within the hour: sent twice
        [START + timedelta(hours=24, minutes=5), START + timedelta(hours=11), START + timedelta(hours=24, minutes=10)],
    ],
)
def test_the_negative_control_fails_the_same_test(runs: Sequence[datetime]) -> None:
    clocks = made([(0, 24)])
    assert told(ours, clocks, runs) == wanted(clocks, runs)
    assert told(by_equal_hours, clocks, runs) != wanted(clocks, runs)
