"""The duty desk: shifts handed over, the log as a paper, alarms heard and put off, its own clock told once, two workers at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.models import Entry
from luytre.papers.models import IssuedPaper
from luytre.post.models import Letter
from luytre.register.models import Account
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.models import Alarm, Incident, Reminder, Report, Shift
from luytre.rooms.incidents.queries import alarms, shifts

from .test_case import opened, person, reported

Signed = Callable[[str], Client]
DESK = "org:doi"
HERE = "/desk/incidents/"


def late_report(minutes: int) -> Report:
    report = reported()
    Report.objects.filter(pk=report.pk).update(received_at=clock.now() - timedelta(minutes=minutes))
    return report


def test_a_shift_is_taken_handed_over_and_taken_again(signed: Signed) -> None:
    one, two = signed("truc"), signed("truc-hai")
    assert one.post(f"{HERE}shift/taking/").status_code == 302
    assert two.post(f"{HERE}shift/taking/").status_code == 409
    assert one.post(f"{HERE}shift/handing/", {"text": ""}).status_code == 422
    assert two.post(f"{HERE}shift/handing/", {"text": "của người khác"}).status_code == 403
    late_report(3)
    assert one.post(f"{HERE}shift/handing/", {"text": "Theo dõi tiếp máy chủ thư", "to": "person:truc-hai"}).status_code == 302
    assert "Theo dõi tiếp máy chủ thư" in two.get(f"{HERE}shift/").content.decode()
    assert two.post(f"{HERE}shift/taking/").status_code == 302
    first, second = Shift.objects.order_by("pk")
    assert (first.handed_at is not None, second.after) == (True, first.number)
    handed = Entry.objects.get(verb="shift.handed").detail
    assert (handed["new"], handed["open"]) == (1, 0)


def test_the_log_of_a_day_is_a_page_a_word_file_a_pdf_and_an_issued_paper(signed: Signed) -> None:
    desk = signed("truc")
    desk.post(f"{HERE}shift/taking/")
    report = reported("Trang lạ đòi mật khẩu, gọi tôi 0912 345 678")
    desk.post(f"{HERE}reports/{report.code}/taking/")
    opened()
    desk.post(f"{HERE}shift/handing/", {"text": "Không"})
    text = desk.get(f"{HERE}log/").content.decode()
    assert report.code in text
    assert "dan@thu.example" not in text
    day = f"{clock.today():%Y-%m-%d}"
    assert desk.get(f"{HERE}log/{day}.docx").content[:2] == b"PK"
    assert desk.get(f"{HERE}log/{day}.pdf").content[:5] == b"%PDF-"
    assert desk.post(f"{HERE}log/{day}/issue/").status_code == 302
    paper = IssuedPaper.objects.get()
    assert report.code in paper.data
    assert "dan@thu.example" not in paper.data
    assert desk.get(f"{HERE}log/khong-phai-ngay.docx").status_code == 404
    assert signed("can-bo").get(f"{HERE}log/").status_code == 403


def test_a_silent_report_rings_until_heard_and_comes_back_after_a_snooze(province: None) -> None:
    report, on = late_report(20), clock.today()
    by, now = person("truc"), clock.now()
    key = f"report:{report.code}"
    assert [ring.key for ring in alarms.ringing(seen_by=by, on=on, now=now)] == [key]
    actions.snooze(by=by, at=now, desk=DESK, key=key, minutes=15)
    assert alarms.loud(alarms.ringing(seen_by=by, on=on, now=now)) == 0
    assert alarms.loud(alarms.ringing(seen_by=by, on=on, now=now + timedelta(minutes=16))) == 1
    actions.hear(by=by, at=now, desk=DESK, key=key)
    actions_before = Entry.objects.filter(verb="alarm.acknowledged").count()
    assert alarms.ringing(seen_by=by, on=on, now=now) == []
    assert actions_before == 1
    assert Alarm.objects.get().acknowledged_by == by.ref
    with pytest.raises(Refusal):
        actions.hear(by=by, at=now, desk=DESK, key="report:XXXX-XXXX")


def test_a_taken_report_does_not_ring(province: None) -> None:
    report = late_report(20)
    actions.take(by=person("truc"), at=clock.now(), report=report)
    assert alarms.ringing(seen_by=person("truc"), on=clock.today(), now=clock.now()) == []


def test_a_notice_rings_at_once_and_is_acknowledged_to_the_body(signed: Signed) -> None:
    held = opened()
    assert signed("giam-doc").post(f"{HERE}{held.code}/papers/TT20.03/").status_code == 302
    rings = alarms.ringing(seen_by=person("truc"), on=clock.today(), now=clock.now() + timedelta(seconds=5))
    assert f"notice:{held.code}" in {ring.key for ring in rings}
    assert signed("giam-doc").post(f"{HERE}{held.code}/acknowledgement/").status_code == 403
    assert signed("truc").post(f"{HERE}{held.code}/acknowledgement/").status_code == 302
    assert signed("truc").post(f"{HERE}{held.code}/acknowledgement/").status_code == 409
    assert Incident.objects.get().acknowledged_at
    assert Letter.objects.filter(key__startswith=f"incident-notice:{held.code}", to="can-bo@so-y-te.example").count() == 1
    assert f"notice:{held.code}" not in {ring.key for ring in alarms.ringing(seen_by=person("truc"), on=clock.today(), now=clock.now())}


def test_the_desks_own_clock_is_told_once_to_who_is_on_duty_and_then_higher(province: None) -> None:
    actions.take_shift(by=person("truc-hai"), at=clock.now(), desk=DESK)
    report, now = late_report(20), clock.now()
    assert actions.remind(at=now) == 1
    assert actions.remind(at=now) == 0
    assert set(Letter.objects.values_list("to", flat=True)) == {"truc-hai@doi.example"}
    assert actions.remind(at=now + timedelta(hours=2)) == 1
    assert actions.remind(at=now - timedelta(hours=3)) == 0  # a clock that jumps back
    assert set(Reminder.objects.values_list("key", flat=True)) == {f"desk:report:{report.code}:{name}" for name in ("silence", "higher")}
    assert Reminder.objects.get(key__endswith="higher").is_late


def test_many_silent_reports_are_one_letter_a_round(province: None) -> None:
    for number in range(12):
        made = reported(f"báo cáo {number}")
        Report.objects.filter(pk=made.pk).update(received_at=clock.now() - timedelta(minutes=16))
    assert actions.remind(at=clock.now()) == 12
    assert Letter.objects.count() == 2  # truc and truc-hai, once each
    assert Letter.objects.first().subject.startswith("Bàn trực: 12 việc")  # type: ignore[union-attr]


def test_rights_of_the_desk(signed: Signed) -> None:
    for path in ("shift/", "alarms/"):
        assert signed("can-bo").get(f"{HERE}{path}").status_code == 403
    assert signed("can-bo").post(f"{HERE}alarms/answer/", {"alarm": "report:x"}).status_code == 403
    assert Account.objects.count() > 3
    assert shifts.current(DESK) is None
