"""A body's report: drafted, before the head, signed and sent with its receipt, returned with points, sent again, accepted; who has sent."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from luytre.journal import clock
from luytre.journal.models import Entry
from luytre.overview.reports import actions as sums
from luytre.overview.reports import sources
from luytre.papers import queries as office
from luytre.register.models import Organisation, Person, Post
from luytre.rooms.duties import projection
from luytre.rooms.submissions import queries, rules
from luytre.rooms.submissions.models import Report

from ..duties.conftest import TODAY

Reading = Callable[[str], Client]
OWN = "/desk/reports/own/annual/2026/?body=so-y-te"
BOARD = "/desk/submissions/board/"


@pytest.fixture(autouse=True)
def fresh() -> None:
    sources.YEARS.held.clear()
    sources.GROUNDS.held.clear()


def state(kind: str = "annual") -> str:
    report = queries.held(kind, "org:so-y-te", 2026)
    return report.state if report else rules.NOTHING


def duty(body: str = "org:so-y-te", name: str = "D36") -> str:
    """How the latest window of a duty stands."""
    held = projection.why(name, body, TODAY)
    assert held is not None
    return held.results[-1].status


@pytest.fixture
def sent(reading: Reading) -> Report:
    """The annual report of an agency, drafted by the contact, signed by the head."""
    assert reading("can-bo").post(OWN, {"step": "present", "results": "Đã làm nhiều việc."}).status_code == 302
    assert reading("giam-doc").post(OWN, {"step": "sign"}).status_code == 302
    return Report.objects.get()


def test_a_draft_goes_to_the_head_is_signed_sent_and_gets_a_receipt(reading: Reading) -> None:
    officer, head = reading("can-bo"), reading("giam-doc")
    assert duty() == "due_soon"
    assert officer.post(OWN, {"step": "draft", "results": "Kết quả."}).status_code == 302
    assert state() == "draft"
    assert officer.post(OWN, {"step": "sign"}).status_code == 403
    officer.post(OWN, {"step": "present", "results": "Kết quả tốt."})
    assert state() == "presented"
    assert head.post(OWN, {"step": "sign"}).status_code == 302
    report = Report.objects.get()
    step = report.last
    assert step is not None
    assert (state(), step.receipt) == ("sent", "BN-2026-00001")
    assert step.paper is not None
    assert office.broken(step.paper) == []
    assert "Kết quả tốt." in step.paper.data
    entry = Entry.objects.get(verb="annual_report.submitted")
    assert (entry.pk, entry.detail["year"], entry.detail["number"]) == (step.entry, 2026, str(step.paper.number))
    assert [file.sha256 for file in entry.attachments.all()] == [step.paper.pdf_sha256]
    assert duty() == "met"


def test_the_head_hands_back_and_the_writer_reads_why(reading: Reading) -> None:
    officer, head = reading("can-bo"), reading("giam-doc")
    officer.post(OWN, {"step": "present", "results": "Sơ sài."})
    assert head.post(OWN, {"step": "hand_back", "points": ""}).status_code == 409
    head.post(OWN, {"step": "hand_back", "points": "Nêu rõ số cuộc diễn tập."})
    assert state() == "handed_back"
    assert "Nêu rõ số cuộc diễn tập." in officer.get(OWN).content.decode()
    officer.post(OWN, {"step": "present", "results": "Hai cuộc."})
    assert state() == "presented"


def test_a_returned_report_no_longer_counts_until_it_comes_again(sent: Report, reading: Reading) -> None:
    desk = reading("dieu-phoi")
    said = {"kind": "annual", "year": "2026", "reports": [str(sent.pk)]}
    assert desk.post(f"{BOARD}decisions/", {**said, "step": "return"}).status_code == 422
    assert desk.post(f"{BOARD}decisions/", {**said, "step": "return", "points": "Thiếu số hệ thống cấp độ 3."}).status_code == 302
    assert (state(), duty()) == ("returned", "due_soon")
    assert "Thiếu số hệ thống cấp độ 3." in reading("can-bo").get(OWN).content.decode()
    reading("can-bo").post(OWN, {"step": "present", "results": "Đã bổ sung."})
    reading("giam-doc").post(OWN, {"step": "sign"})
    steps = list(Report.objects.get().steps.order_by("pk"))
    first, again = [step.paper for step in steps if step.paper]
    assert again.replaces == first
    assert (state(), duty()) == ("sent", "met")
    assert desk.post(f"{BOARD}decisions/", {**said, "step": "accept"}).status_code == 302
    assert state() == "accepted"
    verbs = set(Entry.objects.filter(verb__startswith="submission.").values_list("verb", flat=True))
    assert verbs == {f"submission.{name}" for name in ("drafted", "presented", "signed", "returned", "accepted")}


def test_the_board_says_who_has_sent_by_the_system_on_paper_or_not_at_all(sent: Report, reading: Reading) -> None:
    from luytre import journal

    journal.record(
        by="console",
        at=clock.now(),
        verb="annual_report.submitted",
        about=["org:xa-a"],
        on=TODAY,
        detail={"year": 2026, "number": "9/BC"},
        filed=True,
    )
    ways = {way.ref: way.state for way in queries.ways("annual", 2026, seen_by=Person.objects.get(code="dieu-phoi"), on=TODAY)}
    assert ways == {"org:so-y-te": "sent", "org:xa-a": "outside", "org:xa-b": "nothing", "org:trung-tam": "nothing"}
    page = reading("dieu-phoi").get(BOARD).content.decode()
    assert "2 trên 4 đơn vị" in page
    assert "BN-2026-00001" in page
    assert [way.ref for way in queries.ways("annual", 2026, seen_by=Person.objects.get(code="xa-a"), on=TODAY)] == ["org:xa-a"]


def test_one_that_cannot_be_decided_stops_all(sent: Report, reading: Reading) -> None:
    reading("can-bo").post(OWN.replace("annual", "level"), {"step": "draft"})
    draft = Report.objects.get(kind="level")
    said = {"kind": "annual", "year": "2026", "reports": [str(sent.pk), str(draft.pk)], "step": "accept"}
    assert reading("dieu-phoi").post(f"{BOARD}decisions/", said).status_code == 409
    assert state() == "sent"


@pytest.mark.parametrize("who", ["giam-doc", "can-bo", "xa-a", "kiem-tra"])
def test_only_the_coordinator_decides(who: str, sent: Report, reading: Reading) -> None:
    said = {"kind": "annual", "year": "2026", "reports": [str(sent.pk)], "step": "accept"}
    assert reading(who).post(f"{BOARD}decisions/", said).status_code == 403
    assert state() == "sent"


def test_another_bodys_report_is_not_there_and_a_draft_is_its_writers_alone(reading: Reading) -> None:
    reading("can-bo").post(OWN, {"step": "draft", "results": "Chữ của riêng người soạn."})
    assert reading("xa-a").get(OWN).status_code == 404
    assert "Chữ của riêng người soạn." not in reading("dieu-phoi").get(OWN).content.decode()
    assert reading("dieu-phoi").post(OWN, {"step": "draft"}).status_code == 403
    assert reading("can-bo").get(OWN.replace("2026", "2035")).status_code == 404
    assert reading("can-bo").get(OWN.replace("annual", "khong-co")).status_code == 404


@pytest.mark.parametrize(("kind", "verb", "duty_id"), [("level", "level_report.submitted", "ND331.35"), ("plan", "plan.submitted", "D35")])
def test_form_08_and_the_plan_go_the_same_way(kind: str, verb: str, duty_id: str, reading: Reading) -> None:
    own = OWN.replace("annual", kind)
    reading("can-bo").post(own, {"step": "present", "tasks": "Diễn tập | Phòng CNTT | 30/11/2026\nRà quét | Tổ ƯCSC | 99/99"})
    assert reading("giam-doc").post(own, {"step": "sign"}).status_code == 302
    step = Report.objects.get().last
    assert step is not None
    assert step.paper is not None
    assert Entry.objects.filter(verb=verb, pk=step.entry).exists()
    assert ("Hệ thống his" if kind == "level" else "Phòng CNTT") in step.paper.data
    assert duty(name=duty_id) in ("met", "met_late")


def test_what_the_bodies_sent_is_added_up_and_issued(sent: Report, reading: Reading) -> None:
    told = sums.summed(sources.year(2026, TODAY), "annual_reports", seen_by=Person.objects.get(code="dieu-phoi"))
    assert {one.figure: one.part for one in told.sums}["systems"] == 2
    assert (len(told.come), len(told.missing)) == (1, 3)
    chair, desk = Person.objects.get(code="chu-tich"), Organisation.objects.get(code="dau-moi")
    Post.objects.create(of=chair, organisation=desk, role="head", from_on=date(2022, 1, 1))  # whoever signs it
    assert reading("dieu-phoi").post("/desk/reports/synthesis/annual_reports/2026/").status_code == 302
    entry = Entry.objects.get(verb="synthesis.issued")
    assert (entry.detail["of"], entry.detail["year"]) == ("annual_reports", 2026)
    issued = sums.issued_synthesis("annual_reports", 2026)
    assert issued is not None
    assert issued.organisation == desk
    assert "UBND xã Bến Đò" in issued.data


def test_a_receipt_is_given_once(sent: Report, reading: Reading) -> None:
    assert reading("giam-doc").post(OWN, {"step": "sign"}).status_code == 409
    assert Entry.objects.filter(verb="annual_report.submitted").count() == 1
    assert sent.at <= clock.now() + timedelta(minutes=1)
