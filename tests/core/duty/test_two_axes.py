"""What happened and when we knew: retractions, corrections of the register, succession, coverage."""

import pytest
from judge_cast import day, fact, judge, line, lines, moment, org, rows, system, window

SO, HIS, LIS = org("so"), system("his"), system("lis")


def hunt(id: str = "h", about: str | tuple[str, ...] = "system:his", on: str = "2023-03-02") -> object:
    return fact("hunt.completed", about, on, id=id)


def status(on: str, known: str, *facts: object, bearer: str = "system:his") -> str:
    return window(lines("D09", bearer, on, [SO, HIS, LIS], list(facts), known=known), "2023-01-01").status  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", ["entry.retracted", "evidence.rejected"])
def test_a_retraction_counts_from_when_it_was_known_whatever_its_day(verb: str) -> None:
    taken = fact(verb, (), "2023-03-02", known="2023-09-01T08:00:00", retracts="h")
    assert status("2023-08-01", "2023-08-31", hunt(), taken) == "met"
    assert status("2023-08-01", "2023-09-01", hunt(), taken) == "missed"  # the same day judged, known later
    early = fact(verb, (), "2023-12-31", known="2023-04-01T08:00:00", retracts="h")
    assert status("2023-08-01", "2023-08-01", hunt(), early) == "missed"


def test_a_retraction_may_name_part_of_the_mentions() -> None:
    both = hunt(about=("system:his", "system:lis"))
    part = fact("entry.retracted", "system:lis", "2023-04-01", retracts="h")
    assert status("2023-08-01", "2023-08-01", both, part) == "met"
    assert status("2023-08-01", "2023-08-01", both, part, bearer="system:lis") == "missed"


def test_a_retraction_of_a_retraction_brings_the_fact_back() -> None:
    taken = fact("entry.retracted", (), "2023-04-01", id="r", retracts="h")
    back = fact("entry.retracted", (), "2023-05-01", id="rr", retracts="r")
    assert status("2023-08-01", "2023-04-15", hunt(), taken, back) == "missed"
    assert status("2023-08-01", "2023-08-01", hunt(), taken, back) == "met"


def test_retractions_in_a_ring_do_not_hang() -> None:
    a = fact("entry.retracted", (), "2023-04-01", id="a", retracts="b")
    b = fact("entry.retracted", (), "2023-04-01", id="b", retracts="a")
    assert status("2023-08-01", "2023-08-01", hunt(), a, b) == "met"


def test_what_is_dated_after_the_day_judged_does_not_count_yet() -> None:
    assert status("2023-03-01", "2026-01-01", hunt()) == "open"
    assert window(lines("D09", "system:his", "2023-03-01", [SO, HIS], [hunt()], known="2026-01-01"), "2023-01-01").flips_on == day(
        "2023-03-02"
    )


def test_a_correction_of_the_register_changes_only_what_is_asked_with_later_knowledge() -> None:
    corrected = system("his", level=rows((2, "2021-01-01"), (3, "2021-01-01", None, "2024-02-01T08:00:00")))
    assert line("D13", "system:his", "2023-06-01", [SO, corrected], known="2024-01-31").status == "not_applicable"
    assert line("D13", "system:his", "2023-06-01", [SO, corrected], known="2024-02-01").status == "open"


def test_of_overlapping_rows_the_latest_known_counts_on_the_days_it_covers() -> None:
    his = system("his", level=rows((2, "2021-01-01"), (3, "2023-05-01", "2024-01-01", "2023-06-01T00:00:00")))
    found = lines("D13", "system:his", "2025-01-01", [SO, his])
    assert [(r.window and r.window[0].year, r.status) for r in found] == [(2023, "missed")]  # level 3 still on 31/12/2023
    assert line("D13", "system:his", "2023-12-01", [SO, his], known="2023-05-31").status == "not_applicable"
    assert line("D13", "system:his", "2023-12-02", [SO, his]).status == "due_soon"


def test_answerable_and_its_head_are_those_of_the_day() -> None:
    so = org("so", head=rows(("person:a", "2020-01-01", "2024-01-01"), ("person:b", "2024-01-01")))
    khac = org("khac")
    moved = system("his")
    moved.attributes["owner"] = rows(("org:so", "2021-01-01", "2024-03-01"), ("org:khac", "2024-03-01"))
    found = lines("D09", "system:his", "2024-08-01", [so, khac, moved])
    assert [r.answerable for r in found] == ["org:so", "org:so", "org:khac", "org:khac"]
    heads = [[x.params["head"] for x in r.reasons if x.code == "head"] for r in found]
    assert heads[:2] == [["person:a"], ["person:a"]]


# -- succession -----------------------------------------------------------------------------------------------------------


PROVINCE = org("tinh", "coordinator")


def district(**more: object) -> object:
    return org("huyen", "district", ended="2025-07-01", **more)  # type: ignore[arg-type]


def test_open_windows_close_with_the_body_as_they_stand_and_pass_to_the_only_successor() -> None:
    things = [district(successor=rows(("org:xa", "2025-07-01"))), org("xa", "commune", born="2025-07-01")]
    found = lines("D36", "org:huyen", "2026-01-10", things)  # type: ignore[arg-type]
    assert [(r.window and r.window[1], r.status) for r in found][-1] == (day("2025-07-01"), "open")  # as it stood on 30/6/2025
    assert [x.params["to"] for x in found[-1].reasons if x.code == "closed_with_bearer"] == ["org:xa"]
    heir = lines("D36", "org:xa", "2026-01-10", things)  # type: ignore[arg-type]
    taken = [r for r in heir if any(x.code == "inherited" for x in r.reasons)]
    assert [(r.window and r.window[0].year, r.status, r.bearer) for r in taken] == [
        (2022, "overdue", "org:xa"),
        (2023, "overdue", "org:xa"),
        (2024, "overdue", "org:xa"),
        (2025, "overdue", "org:xa"),
    ]


def test_a_matter_is_counted_once_at_the_successor_named_for_it_else_at_the_parent() -> None:
    split = rows((["org:a", {"org": "org:b", "duty": "D15"}, "org:c"], "2025-07-01"))
    communes = [org(name, "commune", born="2025-07-01") for name in "abc"]
    things = [PROVINCE, district(parent=rows(("org:tinh", "2010-01-01")), successor=split), *communes]

    def holders(duty: str) -> list[str]:
        found = judge(things).all(day("2025-12-01"), duties=[duty])  # type: ignore[arg-type]
        return [r.bearer for r in found if any(x.code == "inherited" for x in r.reasons)]

    assert holders("D15") == ["org:b"]
    assert holders("D34") == ["org:tinh"]


@pytest.mark.parametrize("duty", ["D05", "D15", "D34"])
def test_judged_with_what_stands_near_it_alone_a_body_inherits_the_same(duty: str) -> None:
    split = rows((["org:a", {"org": "org:b", "duty": "D15"}, "org:c"], "2025-07-01"))
    ended, one, other = district(parent=rows(("org:tinh", "2010-01-01")), successor=split), *(org(x, "commune") for x in "ab")
    paper = fact("team.established", "org:huyen", "2024-05-05")
    everything, on = [PROVINCE, ended, one, other, org("c", "commune")], day("2025-12-01")
    for near in (one, other):
        ref = near.id  # type: ignore[attr-defined]
        over_all = judge(everything, [paper]).results(duty, ref, on)  # type: ignore[arg-type, list-item]
        assert judge([ended, near], [paper]).results(duty, ref, on) == over_all  # type: ignore[list-item]


def test_successors_may_stand_in_rows_of_their_own() -> None:
    two = district(successor=rows(("org:a", "2025-07-01"), ({"org": "org:b", "duties": ["D15"]}, "2025-07-01")))
    things = [two, org("a", "commune", born="2025-07-01"), org("b", "commune", born="2025-07-01")]
    found = judge(things).results("D15", "org:b", day("2025-12-01"))  # type: ignore[arg-type]
    assert [any(x.code == "inherited" for x in r.reasons) for r in found] == [True, False]


def test_the_successor_cures_what_it_took_over() -> None:
    things = [district(successor=rows(("org:xa", "2025-07-01"))), org("xa", "commune", born="2025-07-01")]
    team = fact("team.established", "org:xa", "2025-08-01", id="t")
    found = lines("D15", "org:xa", "2025-09-10", things, [team])  # type: ignore[arg-type, list-item]
    assert [(r.status, r.evidence, r.window and r.window[0]) for r in found] == [
        ("met_late", ("t",), day("2022-11-04")),  # the district's, since 2022
        ("met", ("t",), day("2025-07-01")),  # the commune's own sixty days
    ]
    assert lines("D15", "org:huyen", "2025-09-10", things, [team])[0].status == "overdue"  # type: ignore[arg-type, list-item]


def test_evidence_passes_on_with_the_duty() -> None:
    things = [district(successor=rows(("org:xa", "2025-07-01"))), org("xa", "commune", born="2025-07-01")]
    paper = fact("contact.appointed", "org:huyen", "2025-05-05")
    assert line("D17", "org:xa", "2025-10-01", things, [paper]).status == "met"  # type: ignore[arg-type, list-item]
    assert line("D17", "org:xa", "2026-05-06", things, [paper]).status == "open"  # type: ignore[arg-type, list-item]
    assert line("D17", "org:xa", "2026-07-01", things, [paper]).status == "overdue"  # type: ignore[arg-type, list-item]


def test_before_the_succession_nothing_is_inherited() -> None:
    xa = org("xa", "commune")
    things = [district(successor=rows(("org:xa", "2025-07-01"))), xa]
    assert len(lines("D15", "org:xa", "2025-06-30", things)) == 1  # type: ignore[arg-type]
    assert len(lines("D15", "org:xa", "2025-07-01", things)) == 2  # type: ignore[arg-type]


def test_a_system_of_an_ended_owner_is_answered_for_by_who_took_over() -> None:
    things = [district(successor=rows(("org:xa", "2025-07-01"))), org("xa", "commune", born="2025-07-01"), system("cu", owner="huyen")]
    found = lines("D09", "system:cu", "2025-12-01", things)  # type: ignore[arg-type]
    assert [r.answerable for r in found][-2:] == ["org:huyen", "org:xa"]


def test_a_body_not_yet_in_being_owes_nothing() -> None:
    found = lines("D15", "org:xa", "2025-06-30", [org("xa", "commune", born="2025-07-01")])
    assert [(r.status, r.window, r.flips_on) for r in found] == [("not_applicable", None, day("2025-07-01"))]


# -- coverage -------------------------------------------------------------------------------------------------------------


def test_a_body_that_registers_nothing_is_unknown_until_it_confirms() -> None:
    found = line("D09", "org:so", "2024-01-10", [SO])
    assert (found.status, found.missing, found.window) == ("unknown", ("register.confirmed",), None)
    said = [fact("register.confirmed", "org:so", "2024-01-05")]
    confirmed = line("D09", "org:so", "2024-01-10", [SO], said)
    assert (confirmed.status, confirmed.flips_on) == ("not_applicable", day("2025-01-06"))
    assert line("D09", "org:so", "2025-01-06", [SO], said).status == "unknown"
    assert lines("D09", "org:so", "2024-01-10", [SO, HIS]) == []  # its system speaks for it


def test_the_roll_up_names_the_worst_and_the_ratio() -> None:
    facts = [fact("dossier.approved", "system:his", "2022-11-20"), fact("register.confirmed", "org:so", "2022-12-01")]
    rolled = judge([SO, HIS, LIS], facts).owner_standing("D07", "org:so", day("2023-01-01"))
    assert (rolled.status, rolled.done, rolled.owed, rolled.confirmed) == ("overdue", 1, 2, True)
    alone = judge([SO, HIS], facts[:1]).owner_standing("D07", "org:so", day("2023-01-01"))
    assert (alone.status, alone.done, alone.owed) == ("unknown", 1, 1)  # all green, but nobody said these are all


# -- incremental ----------------------------------------------------------------------------------------------------------


def test_a_fact_added_later_reads_as_if_it_had_always_been_there() -> None:
    facts = [
        hunt(),
        fact("entry.retracted", (), "2023-04-01", id="r", retracts="h"),
        fact("entry.retracted", (), "2023-05-01", retracts="r"),
    ]
    for order in (facts, facts[::-1]):
        one = judge([SO, HIS])
        for each in order:
            one.results("D09", "system:his", day("2023-08-01"), moment("2023-08-01"))
            one.add(each)  # type: ignore[arg-type]
        whole = judge([SO, HIS], facts)  # type: ignore[arg-type]
        assert one.results("D09", "system:his", day("2023-08-01"), moment("2023-08-01")) == whole.results(
            "D09", "system:his", day("2023-08-01"), moment("2023-08-01")
        )


def test_a_fact_that_is_there_already_is_refused() -> None:
    one = judge([SO, HIS], [hunt()])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="duplicate"):
        one.add(hunt())  # type: ignore[arg-type]
