"""The list of the day: due, waiting for others, done; what came back stands on top with its reason and its form; nothing foreign."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luytre import journal
from luytre.journal.models import Entry
from luytre.register.models import Account, Organisation, Person, Post
from luytre.rooms.duties import projection
from luytre.site.world import LAST_DAY

pytestmark = pytest.mark.usefixtures("world_db")
XA = "org:14980"
Reading = Callable[[str], Client]


@pytest.fixture(autouse=True)
def fresh_memory(world_db: Path) -> None:
    projection.forget()


@pytest.fixture
def reading(world_db: Path) -> Reading:
    def client(username: str) -> Client:
        signed_in = Client()
        signed_in.force_login(Account.objects.get(username=username))
        return signed_in

    return client


def filed(about: str = XA, days_ago: int = 0, number: str = "77/BC-THU") -> Entry:
    at = journal.clock.now() - timedelta(days=days_ago)
    return journal.record(by="console", at=at, verb="accounts.reviewed", about=[about], on=at.date(), detail={"number": number}, filed=True)


def test_each_line_opens_the_very_form(reading: Reading) -> None:
    client = reading("xa")
    items = client.get("/desk/mine/").context["work"].items
    assert len(items) >= 4
    for item in items:
        answer = client.get(item.url)
        assert answer.status_code == 200
        assert item.line.duty.id in {proof.duty.id for proof in answer.context["form"].ticked}, item.line.duty.id


def test_one_paper_for_several_duties(reading: Reading) -> None:
    client = reading("xa")
    page = client.get("/desk/mine/")
    duties = [item.line.duty.id for item in page.context["work"].combinable][:3]
    assert all(f'name="duty" value="{duty}"' in page.content.decode() for duty in duties)
    form = client.get("/desk/duties/file/", {"about": XA, "duty": duties}).context["form"]
    assert {proof.duty.id for proof in form.ticked} >= set(duties)


def test_what_was_sent_waits_until_somebody_looked_and_no_longer_than_the_queue(reading: Reading) -> None:
    client = reading("xa")
    before = {row.evidence.id for row in client.get("/desk/mine/?tab=waiting").context["waiting"]}
    fresh, old = filed(), filed(days_ago=60, number="78/BC-THU")
    page = client.get("/desk/mine/?tab=waiting")
    assert {row.evidence.id for row in page.context["waiting"]} == before | {fresh.pk}
    assert "77/BC-THU" in page.content.decode()
    journal.record(by="console", at=journal.clock.now(), verb="evidence.accepted", about=[XA], on=LAST_DAY, detail={"entry": fresh.pk})
    assert fresh.pk not in {row.evidence.id for row in client.get("/desk/mine/?tab=waiting").context["waiting"]}
    states = {key: {row.evidence.id for row in _history(client, key)} for key in ("waiting", "unseen", "accepted", "")}
    assert fresh.pk in states["accepted"]
    assert old.pk in states["unseen"]
    assert {fresh.pk, old.pk} <= states[""]
    assert fresh.pk not in states["waiting"] | states["unseen"]


def _history(client: Client, state: str) -> list[object]:
    rows: list[object] = []
    for number in range(1, 9):
        history = client.get("/desk/mine/", {"tab": "sent", "state": state, "page": number}).context["history"]
        rows += history.rows
        if not history.page.has_next():
            break
    return rows


def test_what_came_back_stands_on_top_with_its_reason_until_sent_again(reading: Reading) -> None:
    client, held = reading("xa"), filed()
    journal.retract(by="console", at=journal.clock.now(), entry=held, reason="Thiếu chữ ký", verb="evidence.rejected")
    page = client.get("/desk/mine/")
    (row,) = [one for one in page.context["returned"] if one.sent.evidence.id == held.pk]
    text = page.content.decode()
    assert text.index("Bị trả lại") < text.index("Đã quá hạn")
    assert "Thiếu chữ ký" in text
    assert client.get(row.again_url).status_code == 200
    assert held.pk in {one.evidence.id for one in _history(client, "rejected")}
    filed(number="79/BC-THU")
    assert held.pk not in {one.sent.evidence.id for one in client.get("/desk/mine/").context["returned"]}


def test_taken_back_stands_in_the_history(reading: Reading) -> None:
    held = filed()
    journal.retract(by="console", at=journal.clock.now(), entry=held, reason="Nhầm tệp")
    assert held.pk in {one.evidence.id for one in _history(reading("xa"), "retracted")}


def test_nothing_of_another_body_is_on_the_list(reading: Reading) -> None:
    held = filed("org:so-y-te", number="80/BC-KIN")
    journal.retract(by="console", at=journal.clock.now(), entry=held, reason="lý do kín", verb="evidence.rejected")
    for tab in ("", "waiting", "sent"):
        text = reading("xa").get("/desk/mine/", {"tab": tab}).content.decode()
        assert "80/BC-KIN" not in text
        assert "lý do kín" not in text


def test_who_works_at_two_bodies_chooses(reading: Reading) -> None:
    account = Account.objects.get(username="xa")
    assert isinstance(account.person, Person)
    Post.objects.create(of=account.person, organisation=Organisation.objects.get(code="so-y-te"), role="officer", from_on=LAST_DAY)
    client = reading("xa")
    assert client.get("/desk/mine/").context["work"].organisation.code == "14980"
    assert client.get("/desk/mine/?body=so-y-te").context["work"].organisation.code == "so-y-te"
    assert client.get("/desk/mine/?body=so-tai-chinh").context["work"].organisation.code == "14980", "not one's own"


def test_junk_is_answered(reading: Reading) -> None:
    for asked in ("tab=²", "tab=sent&state=²", "tab=sent&page=99999999999", "tab=sent&page=x", "body=²", "tab=waiting&page=-1"):
        assert reading("xa").get(f"/desk/mine/?{asked}").status_code == 200


def test_more_papers_ask_no_more_queries(reading: Reading) -> None:
    client = reading("xa")
    client.get("/desk/mine/?tab=sent")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/mine/?tab=sent")
        return len(asked)

    before = count()
    for number in range(25):
        filed(number=f"{number}/THEM")
    projection.follow(on=LAST_DAY)
    client.get("/desk/mine/")
    assert count() <= before
