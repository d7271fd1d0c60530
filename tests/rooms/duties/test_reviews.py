"""Looking at evidence: accepted, turned back with a reason, retracted; waivers; what strangers see; the matrix as a workbook."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.models import Entry
from luytre.journal.store import Upload, put
from luytre.register import actions as register
from luytre.register.book import Book
from luytre.rooms.duties import actions, projection, queries, rules

from .conftest import TODAY

pytestmark = pytest.mark.django_db
Reading = Callable[[str], Client]
COMMUNE = "org:xa-a"
OFFICER, COORDINATOR = "person:xa-a", "person:dieu-phoi"


def filed(days_ago: int = 0) -> Entry:
    """The commune's paper on the two principles, filed some days ago."""
    on = TODAY - timedelta(days=days_ago)
    item = rules.Item("principles.taught", (COMMUNE,), {"number": "12/BB"}, ("D01",))
    upload = Upload("bien-ban.pdf", "application/pdf", b"%PDF-1.7 paper")
    return actions.file(by=OFFICER, at=clock.now() - timedelta(days=days_ago), items=[item], on=on, attachments=[put(upload)], note="n")[0]


def url(entry: Entry, tail: str = "") -> str:
    return f"/desk/duties/evidence/{entry.pk}/{tail}"


def status() -> str | None:
    return projection.matrix([COMMUNE], ["D01"], TODAY, None, TODAY).rows[COMMUNE][0].status


def test_turned_back_evidence_counts_no_more_and_says_why(reading: Reading) -> None:
    entry = filed()
    assert status() == "met"
    assert reading("dieu-phoi").post(url(entry, "rejection/"), {"reason": "Thiếu chữ ký"}).status_code == 302
    assert status() == "overdue"
    page = reading("xa-a").get(url(entry)).content.decode()
    assert "Không chấp nhận" in page
    assert "Thiếu chữ ký" in page


def test_a_reason_is_asked_for(reading: Reading) -> None:
    entry = filed()
    page = reading("dieu-phoi").post(url(entry, "rejection/"), {"reason": " "})
    assert page.status_code == 422
    assert "Ghi lý do" in page.content.decode()
    assert not Entry.objects.filter(verb="evidence.rejected").exists()


def test_accepted_evidence_leaves_the_queue(reading: Reading) -> None:
    entry, other = filed(), filed(1)
    client = reading("dieu-phoi")
    page = client.get("/desk/duties/reviews/").content.decode()
    assert "12/BB" in page
    assert f'href="{url(entry)}"' in page
    assert client.post(url(entry, "acceptance/")).status_code == 302
    assert [row.pk for row in queries.queue(seen_by=COORDINATOR, now=clock.now()) or ()] == [other.pk]
    held = queries.evidence(entry.pk, seen_by=COORDINATOR, on=TODAY)
    assert held is not None
    assert held.standing == "accepted"


def test_several_at_once_and_the_queue_narrows_by_days(reading: Reading) -> None:
    days = queries.REVIEW_DAYS[0]
    entries = [filed(), filed(2), filed(days + 1)]
    whole = queries.queue(seen_by=COORDINATOR, now=clock.now())
    assert whole is not None
    assert {entry.pk for entry in whole} == {entry.pk for entry in entries}, "nobody has looked at the old one either"
    waiting = queries.queue(seen_by=COORDINATOR, now=clock.now(), days=days)
    assert waiting is not None
    assert {entry.pk for entry in waiting} == {entry.pk for entry in entries[:2]}
    client, both = reading("dieu-phoi"), [entry.pk for entry in entries[:2]]
    assert client.post("/desk/duties/reviews/", {"entries": both, "verdict": "reject"}).status_code == 422
    assert client.post("/desk/duties/reviews/", {"entries": [], "verdict": "accept"}).status_code == 422
    assert client.post("/desk/duties/reviews/", {"entries": ["x", "99999"], "verdict": "accept"}).status_code == 422
    assert client.post("/desk/duties/reviews/", {"entries": both, "verdict": "reject", "reason": "Mờ"}).status_code == 302
    assert Entry.objects.filter(verb="evidence.rejected").count() == 2


def test_only_the_coordinator_reviews(reading: Reading) -> None:
    entry = filed()
    assert reading("xa-a").get("/desk/duties/reviews/").status_code == 404
    assert reading("xa-a").post(url(entry, "acceptance/")).status_code == 403
    assert reading("xa-b").post(url(entry, "acceptance/")).status_code == 404


def test_who_filed_takes_it_back_once(reading: Reading) -> None:
    entry = filed()
    assert reading("xa-a").post(url(entry, "retraction/"), {"reason": "Nộp nhầm"}).status_code == 302
    assert status() == "overdue"
    assert reading("xa-a").post(url(entry, "retraction/"), {"reason": "Lần nữa"}).status_code == 409
    with pytest.raises(Refusal, match="đã được rút lại"):
        actions.reject(by=COORDINATOR, at=clock.now(), entries=[entry.pk], reason="x")


def test_absent_and_foreign_look_the_same(reading: Reading) -> None:
    entry = filed()
    file = entry.attachments.get()
    stranger = reading("xa-b")
    for path in (
        url(entry),
        url(entry, f"files/{file.pk}/"),
        "/desk/duties/evidence/999999/",
        f"/desk/duties/evidence/999999/files/{file.pk}/",
    ):
        assert stranger.get(path).status_code == 404
    assert Client().get(url(entry)).status_code == 302  # to the sign-in


def test_a_file_comes_back_as_a_download(reading: Reading) -> None:
    entry = filed()
    page = reading("dieu-phoi").get(url(entry, f"files/{entry.attachments.get().pk}/"))
    assert b"".join(page.streaming_content) == b"%PDF-1.7 paper"  # type: ignore[attr-defined]
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_an_erased_note_is_said_to_be_erased(reading: Reading) -> None:
    entry = filed()
    journal.erase_aside(by="console", at=clock.now(), entry=entry, order="5/QĐ")
    assert "Đã xóa theo yêu cầu" in reading("xa-a").get(url(entry)).content.decode()


def test_a_waiver_has_a_decision_and_an_end(reading: Reading) -> None:
    good = {"duty": "D01", "about": COMMUNE, "number": "7/QĐ-UBND", "signed_on": "01/11/2026", "until_on": "31/12/2026", "reason": ""}
    client = reading("chu-tich")
    for name in ("duty", "about", "number", "signed_on", "until_on"):
        assert client.post("/desk/duties/waivers/new/", {**good, name: ""}).status_code == 422
    assert client.post("/desk/duties/waivers/new/", {**good, "until_on": "31/10/2026"}).status_code == 422
    assert status() == "overdue"
    assert client.post("/desk/duties/waivers/new/", good).status_code == 302
    assert status() == "waived"
    assert reading("dieu-phoi").get("/desk/duties/waivers/new/").status_code == 403


def test_the_matrix_as_a_workbook(reading: Reading, settings: Any) -> None:
    settings.LUYTRE_MARK = "DỮ LIỆU MINH HỌA"
    book = Book()
    book.add("organisation.name", "xa-a", "=cmd|' /C calc'!A0", from_on=date(2026, 1, 1))
    register.load(by="console", at=clock.now(), book=book)
    page = reading("dieu-phoi").get("/desk/board/matrix.xlsx", {"on": "2026-11-22"})
    rows = CalamineWorkbook.from_filelike(BytesIO(page.content)).get_sheet_by_index(0).to_python()
    assert any("DỮ LIỆU MINH HỌA" in str(cell) for row in rows[:4] for cell in row)
    by_name = {row[0]: row for row in rows}
    assert "=cmd|' /C calc'!A0" in by_name, "a name that looks like a formula is text"
    assert "UBND huyện Cũ" not in by_name, "a body that has ended is not on the board"
    head = next(row for row in rows if row[0] == "Đơn vị")
    column = next(place for place, cell in enumerate(head) if str(cell).startswith("D01"))
    assert by_name["UBND xã Bến Đò"][column] == "Quá hạn"
    with ZipFile(BytesIO(page.content)) as zipped:
        assert b"<f>" not in zipped.read("xl/worksheets/sheet1.xml"), "no cell is a formula"


@pytest.mark.parametrize("asked", [{"on": "2026-02-31"}, {"on": "xx"}, {"known": "yesterday"}])
def test_a_day_that_is_none_is_refused_in_words(reading: Reading, asked: dict[str, str]) -> None:
    assert reading("dieu-phoi").get("/desk/board/matrix.xlsx", asked).status_code == 400
