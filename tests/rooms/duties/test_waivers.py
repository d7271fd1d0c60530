"""Waivers asked for: a body asks, the chair grants by a decision or refuses with a reason; the duty stands meanwhile."""

from collections.abc import Callable

import pytest
from django.test import Client

from luytre.journal.models import Entry
from luytre.register.models import Person
from luytre.rooms.duties import queries

from .conftest import TODAY

Reading = Callable[[str], Client]
ASK = {"duty": "D05", "about": "org:xa-a", "until_on": "31/03/2027", "reason": "Chưa được cấp kinh phí", "number": "", "signed_on": ""}
GRANT = {"duty": "D05", "about": "org:xa-a", "number": "41/QĐ-UBND", "signed_on": "21/11/2026", "until_on": "28/02/2027", "reason": ""}


@pytest.fixture
def asked(reading: Reading) -> int:
    """The number of a request of a commune."""
    assert reading("xa-a").post("/desk/duties/waivers/request/", ASK).status_code == 302
    return Entry.objects.get(verb="waiver.requested").pk


def held(who: str = "chu-tich") -> queries.WaiverAsked:
    (one,) = queries.waivers_asked(seen_by=Person.objects.get(code=who), on=TODAY)
    return one


def test_a_request_waits_and_keeps_its_reason_aside(asked: int) -> None:
    entry = Entry.objects.get(pk=asked)
    assert (entry.detail, entry.aside.text) == ({"duty": "D05", "until_on": "2027-03-31"}, {"reason": "Chưa được cấp kinh phí"})
    assert (held().state, held().name, held().reason) == ("waiting", "UBND xã Áng Mây", "Chưa được cấp kinh phí")


def test_granted_by_a_decision_that_answers_it(asked: int, reading: Reading) -> None:
    chair = reading("chu-tich")
    form = chair.get(f"/desk/duties/waivers/new/?request={asked}").content.decode()
    assert '<option value="D05" selected>' in form
    assert chair.post(f"/desk/duties/waivers/new/?request={asked}", GRANT).status_code == 302
    assert Entry.objects.get(verb="waiver.granted").detail["request"] == asked
    assert (held().state, held("xa-a").answer) == ("granted", "41/QĐ-UBND")


def test_refused_with_a_reason_the_body_reads_and_only_once(asked: int, reading: Reading) -> None:
    chair, address = reading("chu-tich"), f"/desk/duties/waivers/{asked}/refusal/"
    assert chair.post(address, {"reason": " "}).status_code == 422
    assert chair.post(address, {"reason": "Đã bố trí kinh phí"}).status_code == 302
    assert held().state == "refused"
    assert "Đã bố trí kinh phí" in reading("xa-a").get("/desk/duties/waivers/").content.decode()
    assert chair.post(address, {"reason": "lần nữa"}).status_code == 409


def test_others_do_not_see_it_nor_decide(asked: int, reading: Reading) -> None:
    assert "Áng Mây" not in reading("xa-b").get("/desk/duties/waivers/").content.decode()
    assert reading("xa-b").post(f"/desk/duties/waivers/{asked}/refusal/", {"reason": "thử"}).status_code == 404
    for who in ("dieu-phoi", "xa-a", "kiem-tra"):
        assert reading(who).post(f"/desk/duties/waivers/{asked}/refusal/", {"reason": "thử"}).status_code == 403
    assert held().is_waiting


@pytest.mark.parametrize(
    "change", [{"until_on": "01/01/2026"}, {"reason": ""}, {"duty": "D16"}, {"about": "org:xa-b"}, {"signed_on": "01/01/2027"}]
)
def test_a_faulty_request_is_told_and_nothing_written(change: dict[str, str], reading: Reading) -> None:
    assert reading("xa-a").post("/desk/duties/waivers/request/", {**ASK, **change}).status_code == 422
    assert not Entry.objects.filter(verb="waiver.requested").exists()


def test_whoever_works_for_no_body_cannot_ask(reading: Reading) -> None:
    for who in ("chu-tich", "kiem-tra"):
        assert reading(who).get("/desk/duties/waivers/request/").status_code == 403
