"""A late instruction climbs the ladder of reminders: contact and head, coordinator, chair; silent once answered or given more time."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from luytre import consequences
from luytre.journal.models import Entry
from luytre.post.models import Letter
from luytre.register.models import Person
from luytre.rooms.duties import projection
from luytre.rooms.instructions import actions, queries
from luytre.rooms.reminders.models import Followed, Told

from ..duties.conftest import TODAY

Reading = Callable[[str], Client]
DUE = TODAY + timedelta(days=8)


def at(on: date, hour: int = 7) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def given(little: None) -> str:
    """The number of an instruction to a commune with a contact officer and no head, due in eight days."""
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(email=f"{person.code}@so.example")
    projection.rebuild(on=TODAY)
    issuer = queries.province_of(Person.objects.get(code="chu-tich"), TODAY)
    assert issuer is not None
    told = actions.give(by="console", at=at(TODAY), issuer=issuer, bodies=["org:xa-a"], text="Làm ngay", due_on=DUE)
    return str(told.result)


def climb(number: str, days: range) -> dict[str, int]:
    """Rounds on days after the due day: when each rung was first told of the instruction."""
    for day in days:
        consequences.remind(at(DUE + timedelta(days=day)))
    said = Told.objects.filter(matter__duty=number, gap="", again=False)
    return {rung: (on - DUE).days for rung, on in said.order_by("-on").values_list("rung", "on")}


def test_it_climbs_by_days_and_each_step_is_an_entry(given: str) -> None:
    assert climb(given, range(-2, 9)) == {"contact": 1, "coordinator": 1, "chair": 7}, "no head is named: the rung above hears in its place"
    assert Told.objects.filter(matter__duty=given, rung="head", gap="nobody").count() == 1
    steps = Counter(entry.detail["rung"] for entry in Entry.objects.filter(verb="reminder.sent", mentions__thing="org:xa-a"))
    assert {"contact", "coordinator", "chair"} <= set(steps)


def test_the_letter_names_it_and_opens_the_form_and_the_page(given: str) -> None:
    climb(given, range(1, 8))
    mine = Letter.objects.filter(topic="reminders", to="xa-a@so.example").first()
    chairs = Letter.objects.filter(topic="reminders", to="chu-tich@so.example", text__contains=given).last()
    assert mine is not None
    assert f"Ý kiến chỉ đạo {given}" in mine.text
    assert f"/desk/instructions/{given}/answer/" in mine.text
    assert "Mục  ·" not in mine.text
    assert chairs is not None
    assert "Làm ngay" not in chairs.text, "what the chair said is read where one is signed in"


def test_answered_it_is_closed_and_more_time_begins_the_ladder_anew(given: str, reading: Reading) -> None:
    climb(given, range(1, 3))
    held = queries.one(given, seen_by="console", on=DUE + timedelta(days=2))
    assert held is not None
    actions.extend(by="console", at=at(DUE + timedelta(days=2), 9), held=held, due_on=DUE + timedelta(days=10))
    consequences.remind(at(DUE + timedelta(days=3)))
    assert Followed.objects.get(duty=given).closed_on == DUE + timedelta(days=3)
    climb(given, range(11, 13))
    later = Followed.objects.get(duty=given, due_on=DUE + timedelta(days=10))
    assert later.closed_on is None
    assert later.tellings.filter(rung="contact", again=False).count() == 1
    held = queries.one(given, seen_by="console", on=DUE + timedelta(days=12))
    assert held is not None
    actions.answer(by="console", at=at(DUE + timedelta(days=12), 9), held=held, body="org:xa-a", note="Đã làm")
    consequences.remind(at(DUE + timedelta(days=13)))
    later.refresh_from_db()
    assert later.closed_on == DUE + timedelta(days=13)


def test_answered_before_the_letter_left_its_line_falls_out(given: str) -> None:
    consequences.remind(at(DUE + timedelta(days=1)))
    letter = Letter.objects.get(topic="reminders", to="xa-a@so.example")
    held = queries.one(given, seen_by="console", on=DUE + timedelta(days=1))
    assert held is not None
    actions.answer(by="console", at=at(DUE + timedelta(days=1), 8), held=held, body="org:xa-a", note="Đã làm")
    words = consequences.reminder_as_it_reads(letter.key, at(DUE + timedelta(days=1), 9))
    assert words is None or given not in words.text


def test_pages_of_the_coordinator_and_the_body_tell_who_was_told(given: str, reading: Reading) -> None:
    late = DUE + timedelta(days=1)
    consequences.remind(at(late))
    page = reading("dieu-phoi").get("/desk/reminders/about/org:xa-a/").content.decode()
    assert f'href="/desk/instructions/{given}/"' in page
    assert f"Ý kiến chỉ đạo {given}" in page
