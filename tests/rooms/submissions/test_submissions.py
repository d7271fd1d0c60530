"""Ad hoc reports: asked for by a day, owed from then on, answered by number; and the cooperation log as evidence."""

from collections.abc import Callable

import pytest
from django.test import Client

from luytre.journal.models import Entry
from luytre.register.models import Person
from luytre.rooms.duties import projection
from luytre.rooms.submissions import queries

from ..duties.conftest import TODAY

Reading = Callable[[str], Client]
ASK = {"text": "Báo cáo số camera đang dùng.", "due_on": "30/11/2026", "number": "215/CV", "signed_on": "21/11/2026"}


@pytest.fixture
def asked(reading: Reading) -> Entry:
    """A request to both communes."""
    assert reading("dieu-phoi").post("/desk/submissions/new/", {**ASK, "groups": ["commune"]}).status_code == 302
    return Entry.objects.get(verb="report.requested")


def one(entry: Entry, who: str = "dieu-phoi") -> queries.Request:
    held = queries.request(entry.pk, seen_by=Person.objects.get(code=who), on=TODAY)
    assert held is not None
    return held


def test_a_request_makes_the_duty_fall_due_on_its_own_day(asked: Entry) -> None:
    assert asked.detail["request"] == "YC-2026-001"
    line = next(line for line in projection.standings("org:xa-a", TODAY) if line.duty.id == "D37")
    assert line.result is not None
    assert (str(line.result.due_on), line.result.event) == ("2026-11-30", str(asked.pk))


def test_the_report_filed_from_the_bodys_list_answers_it(asked: Entry, reading: Reading) -> None:
    client = reading("xa-a")
    form = client.get(f"/desk/duties/file/?duty=D37&about=org:xa-a&event={asked.pk}").content.decode()
    assert "YC-2026-001" in form
    said = {"body": "org:xa-a", "proofs": ["D37:report.submitted"], "number": "9/BC", "on": "22/11/2026", "declared": "on"}
    assert client.post("/desk/duties/file/", {**said, "report.submitted.request": "YC-2026-001"}).status_code == 302
    parts = {part.ref: part for part in one(asked).parts}
    assert (parts["org:xa-a"].status, parts["org:xa-a"].number, parts["org:xa-b"].reported_on) == ("met", "9/BC", None)
    line = next(line for line in projection.standings("org:xa-a", TODAY) if line.duty.id == "D37")
    assert line.cell.status == "met"


def test_a_body_sees_its_own_part_only(asked: Entry, reading: Reading) -> None:
    text = reading("xa-a").get(f"/desk/submissions/{asked.pk}/").content.decode()
    assert "Áng Mây" in text
    assert "Bến Đò" not in text
    assert reading("giam-doc").get(f"/desk/submissions/{asked.pk}/").status_code == 404
    assert [held.entry for held in queries.requests(seen_by=Person.objects.get(code="giam-doc"), on=TODAY)] == []


@pytest.mark.parametrize("who", ["giam-doc", "xa-a", "kiem-tra", "doanh-nghiep"])
def test_only_coordinator_and_chair_ask(who: str, reading: Reading) -> None:
    assert reading(who).post("/desk/submissions/new/", {**ASK, "to": ["org:xa-a"]}).status_code == 403
    assert reading(who).post("/desk/submissions/cooperation/new/", {"to": ["org:xa-a"], "on": "20/11/2026", "note": "x"}).status_code == 403


@pytest.mark.parametrize("change", [{"text": ""}, {"due_on": "01/01/2026"}, {"number": ""}, {"signed_on": "01/01/2027"}, {"groups": []}])
def test_a_faulty_request_is_told_and_nothing_written(change: dict[str, object], reading: Reading) -> None:
    assert reading("dieu-phoi").post("/desk/submissions/new/", {**ASK, "groups": ["commune"], **change}).status_code == 422
    assert not Entry.objects.filter(verb="report.requested").exists()


def test_the_cooperation_log_is_evidence_for_each_body(reading: Reading) -> None:
    said = {"to": ["org:xa-a", "org:so-y-te"], "on": "20/11/2026", "note": "Diễn tập chung", "number": "12/BB"}
    assert reading("dieu-phoi").post("/desk/submissions/cooperation/new/", said).status_code == 302
    entry = Entry.objects.get(verb="cooperation.recorded")
    assert entry.aside.text == {"note": "Diễn tập chung"}
    for ref in ("org:xa-a", "org:so-y-te"):
        line = next(line for line in projection.standings(ref, TODAY) if line.duty.id == "D18")
        assert line.cell.status in ("met", "met_late")
    shown = reading("xa-a").get("/desk/submissions/cooperation/").content.decode()
    assert "Diễn tập chung" in shown
    assert "Sở Y tế" not in shown
    assert "Diễn tập chung" not in reading("xa-b").get("/desk/submissions/cooperation/").content.decode()
