"""Laws of the judge on random provinces: flips and beginnings tell the truth, a timeline is the standing of every day."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from judge_cast import judge
from judge_chance import LAST, at_noon, days, slots

from luytre.core.duty import Fact, Judge, Result, Thing, standing

DAY = timedelta(days=1)
Slot = tuple[str, str, list[Thing], list[Fact]]


def same_line(one: Judge, result: Result, on: date, known: datetime) -> str:
    """The status of the same line on another day: not applicable where it is no longer printed."""
    inherited = [r.params for r in result.reasons if r.code == "inherited"]
    for found in one.results(result.duty, result.bearer, on, known):
        same = found.window is not None and result.window is not None and found.window[0] == result.window[0]
        if same and found.event == result.event and [r.params for r in found.reasons if r.code == "inherited"] == inherited:
            return found.status
    return "not_applicable"


@settings(max_examples=300, deadline=None)
@given(slots(), days, days)
def test_a_line_flips_on_the_day_it_says_and_not_before(slot: Slot, on: date, known_on: date) -> None:
    duty, bearer, things, facts = slot
    one, known = judge(things, facts), at_noon(known_on)
    for result in one.results(duty, bearer, on, known):
        if result.window is None:
            continue
        assert result.flips_on is None or result.flips_on > on
        if result.flips_on is not None and one.slot(duty, bearer, on, known).subject.ended in (None, ...):  # type: ignore[union-attr]
            assert same_line(one, result, result.flips_on, known) != result.status
            assert same_line(one, result, result.flips_on - DAY, known) == result.status
        assert result.since is not None and result.window[0] <= result.since <= on


@settings(max_examples=300, deadline=None)
@given(slots(), days, days)
def test_a_status_began_on_the_day_it_says(slot: Slot, on: date, known_on: date) -> None:
    duty, bearer, things, facts = slot
    one, known = judge(things, facts), at_noon(known_on)
    for result in one.results(duty, bearer, on, known):
        if result.window is None or result.since is None or is_taken_over(result):
            continue
        if one.law.duties[duty].on(result.since) is not one.law.duties[duty].on(on):
            continue  # an open-ended line belongs to the version of the day judged
        assert same_line(one, result, result.since, known) == result.status
        if result.since > max(result.window[0], one.law.duties[duty].versions[0].from_on):
            assert same_line(one, result, result.since - DAY, known) != result.status


def is_taken_over(result: Result) -> bool:
    return any(reason.code in ("inherited", "closed_with_bearer") for reason in result.reasons)


@settings(max_examples=300, deadline=None)
@given(slots(), days, st.lists(days, min_size=1, max_size=6))
def test_a_timeline_is_the_standing_of_every_day(slot: Slot, known_on: date, asked: list[date]) -> None:
    duty, bearer, things, facts = slot
    one, known = judge(things, facts), at_noon(known_on)
    steps = one.timeline(duty, bearer, known, LAST)
    assert [day for day, _ in steps] == sorted({day for day, _ in steps})
    assert all(before[1] != after[1] for before, after in pairwise(steps))
    for on in [*asked, *(day for day, _ in steps), *(day - DAY for day, _ in steps)]:
        if on > LAST:
            continue
        found = one.standing(duty, bearer, on, known)
        told = [status for day, status in steps if day <= on]
        assert (told[-1] if told else None) == (None if found is None else found.status), on


@settings(max_examples=100, deadline=None)
@given(slots(), days, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(slot: Slot, on: date, chance: object) -> None:
    duty, bearer, things, facts = slot
    mixed = list(facts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert judge(things, facts).results(duty, bearer, on) == judge(things, mixed).results(duty, bearer, on)


@settings(max_examples=100, deadline=None)
@given(slots(), days)
def test_what_is_learned_later_changes_nothing_known_before(slot: Slot, on: date) -> None:
    duty, bearer, things, facts = slot
    known = at_noon(on)
    past = [fact for fact in facts if fact.known_at <= known]
    assert judge(things, facts).results(duty, bearer, on, known) == judge(things, past).results(duty, bearer, on, known)


@settings(max_examples=100, deadline=None)
@given(slots(), days, days)
def test_lines_are_told_apart_and_the_cell_is_one_of_them(slot: Slot, on: date, known_on: date) -> None:
    duty, bearer, things, facts = slot
    one = judge(things, facts)
    results = one.results(duty, bearer, on, at_noon(known_on))
    own = [(r.window, r.event) for r in results if not is_taken_over(r) and r.window is not None]
    assert len(own) == len(set(own))
    if results:
        assert standing(results) in results
