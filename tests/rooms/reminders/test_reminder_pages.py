"""The pages: one's own notices, acknowledging by the button, the coordinator's silences and bulk reminders, who was told about a body."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from luytre import journal
from luytre.journal.models import Entry
from luytre.overview.things import profile
from luytre.post import worker
from luytre.post.models import Letter
from luytre.register.models import Person
from luytre.rooms.reminders import actions
from luytre.rooms.reminders.models import Acknowledgement, Followed, Notice

from .conftest import TODAY, at, matter

Reading = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def told(little: None) -> None:
    """A round ten days ago."""
    before = TODAY - timedelta(days=10)
    actions.remind(at=at(before), on=before, matters=[matter(days_late=20), matter("xa-b", days_late=20)])


def test_the_person_told_sees_the_notice_and_acknowledges_it(told: None, reading: Reading) -> None:
    client = reading("giam-doc")
    notice = Notice.objects.get(person="person:giam-doc")
    assert f"/desk/reminders/{notice.pk}/" in client.get("/desk/reminders/").content.decode()
    page = client.get(f"/desk/reminders/{notice.pk}/").content.decode()
    assert "Đã nhận, đang xử lý" in page
    assert "/desk/why/D01/org:so-y-te/" in page
    assert client.post(f"/desk/reminders/{notice.pk}/acknowledgement/").status_code == 302
    assert Acknowledgement.objects.get().by == "person:giam-doc"
    assert "Đã nhận, đang xử lý" not in client.get(f"/desk/reminders/{notice.pk}/").content.decode()


def test_anothers_notice_and_an_absent_one_look_alike(told: None, reading: Reading) -> None:
    other = Notice.objects.get(person="person:xa-b")
    for tail in ("", "acknowledgement/"):
        for method in ("get", "post"):
            answers = [getattr(reading("giam-doc"), method)(f"/desk/reminders/{number}/{tail}") for number in (other.pk, 987654)]
            assert [answer.status_code for answer in answers] in ([404, 404], [405, 405]), (tail, method)
    assert Acknowledgement.objects.count() == 0


def test_who_leads_reads_a_notice_but_does_not_acknowledge_it(told: None, reading: Reading) -> None:
    notice = Notice.objects.get(person="person:giam-doc")
    client = reading("chu-tich")
    assert "Đã nhận, đang xử lý" not in client.get(f"/desk/reminders/{notice.pk}/").content.decode()
    assert client.post(f"/desk/reminders/{notice.pk}/acknowledgement/").status_code == 403


def test_the_coordinator_sees_silences_and_gaps_and_reminds_those_ticked(told: None, reading: Reading) -> None:
    client = reading("dieu-phoi")
    page = client.get("/desk/reminders/").content.decode()
    assert "Sở Y tế" in page and "UBND xã Bến Đò" in page
    gaps = client.get("/desk/reminders/?show=gaps").content.decode()
    assert "Chưa có địa chỉ thư" in gaps and "Sở Y tế" not in gaps
    ticked = Followed.objects.get(ref="org:so-y-te").pk
    before = Letter.objects.count()
    assert client.post("/desk/reminders/", {"matters": [ticked], "note": "Gấp."}).status_code == 302
    assert Letter.objects.count() == before + 2


def test_nothing_ticked_or_something_foreign_is_said_in_words(told: None, reading: Reading) -> None:
    client = reading("dieu-phoi")
    answer = client.post("/desk/reminders/", {})
    assert (answer.status_code, "Chọn ít nhất một việc" in answer.content.decode()) == (422, True)
    assert client.post("/desk/reminders/", {"matters": ["987654"]}).status_code == 422
    assert client.post("/desk/reminders/", {"matters": ["x"]}).status_code == 422


def test_others_may_not_remind(told: None, reading: Reading) -> None:
    ticked = Followed.objects.get(ref="org:so-y-te").pk
    before = Letter.objects.count()
    assert reading("chu-tich").post("/desk/reminders/", {"matters": [ticked]}).status_code == 403
    reading("giam-doc").post("/desk/reminders/", {"matters": [ticked]})
    assert Letter.objects.count() == before


def test_words_and_numbers_narrow_the_list(told: None, reading: Reading) -> None:
    client = reading("dieu-phoi")
    found = client.get("/desk/reminders/?q=ben do").content.decode()
    assert "UBND xã Bến Đò" in found and "Sở Y tế" not in found
    assert "Sở Y tế" in client.get("/desk/reminders/?q=D01").content.decode()
    assert "Sở Y tế" not in client.get("/desk/reminders/?q=D02").content.decode()


def test_the_list_asks_as_many_questions_for_many_rows_as_for_few(
    little: None, reading: Reading, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    before = TODAY - timedelta(days=10)
    actions.remind(at=at(before), on=before, matters=[matter(duty=f"D{n:02}", days_late=20) for n in range(1, 7)])
    client = reading("dieu-phoi")
    with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
        client.get("/desk/reminders/")


def test_who_was_told_about_a_body(told: None, reading: Reading) -> None:
    page = reading("can-bo").get("/desk/reminders/about/org:so-y-te/").content.decode()
    assert "Người giam-doc" in page and "Người can-bo" in page
    assert reading("can-bo").get("/desk/reminders/about/org:xa-b/").status_code == 404
    part = reading("can-bo").get("/desk/reminders/about/org:so-y-te/?duty=D02", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "Chưa ai được báo" in part


def test_the_outbox_shows_what_waits_and_what_went_out_to_those_who_lead(told: None, reading: Reading) -> None:
    client = reading("dieu-phoi")
    assert "can-bo@so-y-te.example" in client.get("/desk/reminders/letters/").content.decode()
    worker.run(at(TODAY - timedelta(days=10), 9))
    assert "can-bo@so-y-te.example" not in client.get("/desk/reminders/letters/").content.decode()
    assert "can-bo@so-y-te.example" in client.get("/desk/reminders/letters/?show=sent").content.decode()
    for address in ("letters/", "sent/"):
        assert reading("giam-doc").get(f"/desk/reminders/{address}").status_code == 404
        assert client.get(f"/desk/reminders/{address}").status_code == 200


def test_reminders_do_not_push_the_deeds_out_of_what_happened(told: None) -> None:
    journal.record(by="person:can-bo", at=at(TODAY), verb="principles.taught", about=["org:so-y-te"], on=TODAY, detail={})
    assert Entry.objects.filter(verb="reminder.sent", mentions__thing="org:so-y-te").exists()
    happened, count = profile.history("org:so-y-te", seen_by=Person.objects.get(code="giam-doc"))
    titles = [one.title for one in happened]
    assert count == len(titles) >= 1
    assert "Thông báo nhắc việc" not in titles
