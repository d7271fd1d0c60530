"""What would turn a line green is checked by adding exactly those facts, for every duty and every status it can have."""

from datetime import date, datetime, time

import pytest
from judge_cast import LAW, ZONE, fact, judge, org, rows, system

from luytre.core.duty import Fact, Judge, Result, Thing

TYPES = ("department", "commune", "district", "unit", "enterprise", "coordinator", "team")
CURABLE = {"overdue", "due_soon", "open", "undated", "waived", "recommended"}
DAYS = [date(2022, 11, 10), date(2022, 11, 28), date(2023, 5, 20), date(2024, 3, 1), date(2026, 9, 2), date(2026, 12, 5), date(2027, 2, 1)]
THINGS: list[Thing] = [
    *[org(type, type) for type in TYPES],
    *[system(f"level-{level}", owner="department", level=level) for level in (1, 2, 3, 4, 5)],
    system("new", owner="department", born="2023-01-01", phase=rows(("building", "2023-01-01", "2024-04-01"), ("operating", "2024-04-01"))),
    system("coming", owner="department", born="2023-01-01", phase=rows(("building", "2023-01-01"))),
]
EVENTS = {verb for duty in LAW.duties.values() for version in duty.versions for verb in version.rule.events}
DETAIL = {
    "allows_intrusion": True, "weakness": "W", "incident": "I", "device": "M", "request": "Q", "order": "L", "threat": "T",
    "advisory": "A", "change": "C", "serious": True, "personal_data": True, "customers_concerned": True,
}  # fmt: skip


def events() -> list[Fact]:
    """Every kind of event at every body and system, in two years."""
    refs = [thing.id for thing in THINGS]
    return [
        fact(verb, ref, on, **{**DETAIL, "duty": None}) for verb in sorted(EVENTS) for ref in refs for on in ("2023-03-01", "2026-08-31")
    ]


def waivers() -> list[Fact]:
    return [
        fact("waiver.granted", thing.id, "2024-01-01", duty=duty, until_on="2026-12-31")
        for thing in THINGS
        for duty in ("D01", "D07", "D09", "D36", "D38", "D45", "D48")
    ]


def breaches() -> list[Fact]:
    return [fact("breach.found", thing.id, "2024-02-01", duty=duty) for thing in THINGS for duty in ("D19", "D23")]


FACTS = [*events(), *waivers(), *breaches()]


def twin(result: Result, judge: Judge) -> Result:
    """The same line judged again."""
    assert result.on is not None
    found = judge.results(result.duty, result.bearer, result.on, result.known)
    return next(r for r in found if (r.window, r.event) == (result.window, result.event))


def is_past_cure(result: Result) -> bool:
    """A window that closed under a waiver: nothing is owed, and nothing done later serves it."""
    assert result.on is not None
    return result.status == "waived" and result.window is not None and (result.window[1] or date.max) <= result.on


@pytest.mark.parametrize("duty", sorted(LAW.duties))
def test_the_facts_it_names_turn_it_green(duty: str) -> None:
    plain = judge(THINGS, FACTS)
    seen: set[str] = set()
    for on in DAYS:
        known = datetime.combine(on, time(23, 59), ZONE)
        for result in plain.all(on, known, [duty]):
            wanted = plain.turns_green(result)
            seen.add(result.status)
            if result.status in CURABLE and not is_past_cure(result):
                assert wanted, result
            if wanted:
                turned = twin(result, judge(THINGS, [*FACTS, *wanted]))
                green = ("met", "met_late") if result.window is not None else ("not_applicable",)  # a confirmed register owes nothing
                assert turned.status in green, (result, wanted, turned)
            else:
                assert is_past_cure(result) or result.status in ("met", "met_late", "missed", "not_applicable", "unknown"), result
    assert seen & {*CURABLE, "met", "unknown"}, seen


def test_no_fact_is_asked_beyond_what_is_needed() -> None:
    """Leaving out any one of them, the line does not turn."""
    plain = judge(THINGS, FACTS)
    known = datetime.combine(DAYS[2], time(23, 59), ZONE)
    tried = 0
    for result in plain.all(DAYS[2], known, ["D14", "D30", "D19", "D45", "D01"]):
        wanted = plain.turns_green(result)
        for left_out in wanted if result.window is not None else ():
            rest = [each for each in wanted if each is not left_out]
            assert twin(result, judge(THINGS, [*FACTS, *rest])).status not in ("met", "met_late")
            tried += 1
    assert tried > 20


def test_nothing_cures_a_closed_half_year() -> None:
    plain = judge(THINGS, FACTS)
    missed = [r for r in plain.all(date(2026, 9, 2), duties=["D09"]) if r.status == "missed"]
    assert missed and all(plain.turns_green(result) == [] for result in missed)
