"""Numbers and readings the law leaves open: what a decision would change is shown first, then it is recorded, then all is judged by it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from luytre import journal
from luytre.core.law.decided import Decision
from luytre.journal.models import Entry
from luytre.rooms.duties import projection, queries
from luytre.rooms.duties.projection import store

from .conftest import TODAY

Reading = Callable[[str], Client]
DIRECTIVE = "13-CT-UBND-2022"
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)  # before today at any hour of the day
DAYS = f"/desk/coordination/law/{DIRECTIVE}/fix_deadline_days/"
SAID = {"value": "5", "from_on": "01/01/2026", "number": "120/QĐ-UBND", "signed_on": "20/11/2026"}


@pytest.fixture
def weakness(little: None) -> None:
    """A weakness found on a system in March and never fixed: without a number of days nobody can say it is late."""
    detail = {"weakness": "W1", "allows_intrusion": True}
    on = date(2026, 3, 2)
    journal.record(by="console", at=NOW, verb="weakness.found", about=["system:his"], on=on, detail=detail)
    projection.rebuild(on=TODAY)


def status(duty: str = "D14", ref: str = "system:his") -> str | None:
    return projection.matrix([ref], [duty], TODAY).rows[ref][0].status


def test_what_nobody_decided_is_undated_and_a_decision_dates_it(weakness: None, reading: Reading) -> None:
    assert status() == "undated"
    coordinator = reading("dieu-phoi")
    preview = coordinator.post(DAYS, {**SAID, "step": "preview"})
    assert preview.status_code == 200
    assert [(flip.ref, flip.before, flip.after) for flip in preview.context["preview"].flips] == [("system:his", "undated", "overdue")]
    assert "Sở Y tế" in preview.content.decode()
    assert not Entry.objects.filter(verb="parameter.decided").exists(), "looking decides nothing"
    assert status() == "undated"
    assert coordinator.post(DAYS, {**SAID, "step": "record"}).status_code == 302
    assert status() == "overdue"
    desk = coordinator.get("/desk/coordination/").content.decode()
    assert "120/QĐ-UBND" in desk
    assert "5 ngày" in desk
    entry = Entry.objects.get(verb="parameter.decided")
    assert entry.detail == {
        "instrument": DIRECTIVE,
        "parameter": "fix_deadline_days",
        "value": "5",
        "from_on": "2026-01-01",
        "number": "120/QĐ-UBND",
        "signed_on": "2026-11-20",
    }


def test_what_the_projection_learnt_is_what_it_would_be_judged_anew(weakness: None, reading: Reading) -> None:
    reading("chu-tich").post(DAYS, {**SAID, "step": "record"})
    assert store.state().law == queries.law().digest
    assert projection.check(on=TODAY) == []


def test_another_process_hears_of_a_decision(weakness: None, reading: Reading) -> None:
    reading("chu-tich").post(DAYS, {**SAID, "step": "record"})
    assert status() == "overdue"
    decided = queries.law().digest
    projection.forget()
    assert queries.law().digest != decided, "a process that starts knows the law of the house only"
    assert status() == "overdue"
    assert queries.law().digest == decided


def test_a_retracted_decision_counts_no_more(weakness: None, reading: Reading) -> None:
    reading("chu-tich").post(DAYS, {**SAID, "step": "record"})
    journal.retract(by="console", at=NOW, entry=Entry.objects.get(verb="parameter.decided"))
    projection.follow(on=TODAY)
    assert status() == "undated"
    assert projection.check(on=TODAY) == []


def test_a_reading_is_chosen_among_its_options(weakness: None, reading: Reading) -> None:
    address = f"/desk/coordination/law/{DIRECTIVE}/i.half/"
    said = {"value": "rolling", "number": "7/HD", "signed_on": "20/11/2026"}
    assert reading("dieu-phoi").post(address, {**said, "step": "record"}).status_code == 302
    assert projection.check(on=TODAY) == []
    held = queries.opening(DIRECTIVE, "i.half", TODAY)
    assert held is not None
    assert (held.value, held.ref, held.house) == ("rolling", "7/HD", False)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "năm"}, "value"),
        ({"value": "-1"}, "value"),
        ({"from_on": "01/01/2020"}, "from_on"),
        ({"number": ""}, "number"),
        ({"signed_on": "01/01/2027"}, "signed_on"),
    ],
)
def test_a_faulty_decision_is_told_and_nothing_recorded(change: dict[str, str], field: str, weakness: None, reading: Reading) -> None:
    answer = reading("dieu-phoi").post(DAYS, {**SAID, **change, "step": "record"})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Entry.objects.filter(verb="parameter.decided").exists()


def test_only_chair_and_coordinator_decide(weakness: None, reading: Reading) -> None:
    assert reading("kiem-tra").get(DAYS).status_code == 200
    assert reading("kiem-tra").post(DAYS, {**SAID, "step": "record"}).status_code == 403
    for who in ("giam-doc", "xa-a", "doanh-nghiep"):
        for address in (DAYS, "/desk/coordination/", "/desk/coordination/law/", "/desk/coordination/unconfirmed/"):
            assert reading(who).get(address).status_code == 404
    assert not Entry.objects.filter(verb="parameter.decided").exists()


def test_what_a_text_says_is_not_offered_for_deciding(little: None) -> None:
    names = {(one.instrument.id, one.name) for one in queries.openings(TODAY)}
    assert (DIRECTIVE, "fix_deadline_days") in names
    given = queries.law().instruments["TCVN-14423-2026"].params
    assert given
    assert not {("TCVN-14423-2026", name) for name in given} & names


def test_the_preview_equals_what_recording_does(weakness: None, reading: Reading) -> None:
    decision = Decision(DIRECTIVE, "standing_review", "P3M", date(2023, 1, 1), "1/QĐ", date(2026, 11, 20))
    refs = ["org:so-y-te", "org:trung-tam", "org:xa-a", "org:xa-b"]
    foreseen = queries.what_if(decision, TODAY, NOW)
    before = {(ref, duty): status(duty, ref) for ref in refs for duty in foreseen.duties}
    address = f"/desk/coordination/law/{DIRECTIVE}/standing_review/"
    said = {"value": "P3M", "from_on": "01/01/2023", "number": "1/QĐ", "signed_on": "20/11/2026", "step": "record"}
    assert reading("chu-tich").post(address, said).status_code == 302
    changed = {key for key in before if status(key[1], key[0]) != before[key]}
    assert changed == {(flip.ref, flip.duty) for flip in foreseen.flips if flip.ref in refs}
