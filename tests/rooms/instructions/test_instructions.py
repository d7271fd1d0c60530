"""The chair's word from giving to being done: who may, what shows where, answers returned and accepted, late ones told, the paper."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from luytre.journal.models import Attachment, Entry
from luytre.papers.models import IssuedPaper
from luytre.post.models import Letter
from luytre.register.models import Person
from luytre.rooms.instructions import jobs, queries, rules

from ..duties.conftest import TODAY

Reading = Callable[[str], Client]
WORD = {"text": "Phê duyệt xong hồ sơ cấp độ.\nBáo cáo kèm số quyết định.", "due_on": "30/11/2026", "duty": "D07"}
NEW = "/desk/instructions/new/"


@pytest.fixture
def given(reading: Reading) -> str:
    """The number of an instruction to two communes and an agency."""
    answer = reading("chu-tich").post(NEW, {**WORD, "to": ["org:so-y-te"], "groups": ["commune"]})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].rstrip("/").rpartition("/")[2])


def held(number: str, who: str = "chu-tich", on: date = TODAY) -> queries.Instruction:
    found = queries.one(number, seen_by=Person.objects.get(code=who), on=on)
    assert found is not None
    return found


def charge(number: str, body: str, on: date = TODAY) -> queries.Charge:
    return next(one for one in held(number, on=on).charges if one.ref == f"org:{body}")


def test_the_word_goes_to_bodies_and_types_and_its_text_lies_in_the_aside(given: str) -> None:
    entry = Entry.objects.get(verb="instruction.given")
    assert given == "YK-2026-001"
    assert {mention.thing for mention in entry.mentions.all()} == {"org:so-y-te", "org:xa-a", "org:xa-b"}
    assert entry.detail == {"instruction": given, "due_on": "2026-11-30", "duty": "D07"}
    assert entry.aside.text == {"text": WORD["text"]}


def test_numbers_go_on(given: str, reading: Reading) -> None:
    answer = reading("chu-tich").post(NEW, {**WORD, "to": ["org:xa-b"]})
    assert answer["Location"].endswith("YK-2026-002/")


def test_only_the_chair_gives(reading: Reading, little: None) -> None:
    for who in ("dieu-phoi", "giam-doc", "xa-a", "doanh-nghiep", "kiem-tra"):
        client = reading(who)
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, {**WORD, "to": ["org:xa-a"]}).status_code == 403
    assert not Entry.objects.filter(verb="instruction.given").exists()


def test_the_form_comes_filled_from_a_red_cell(reading: Reading) -> None:
    text = reading("chu-tich").get(f"{NEW}?to=org:xa-a&duty=D09&thing=system:mot-cua").content.decode()
    assert 'value="org:xa-a" checked' in text
    assert '<option value="D09" selected>' in text
    assert "Hệ thống mot-cua" in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": " "}, "Ghi nội dung chỉ đạo"),
        ({"due_on": "21/11/2026"}, "Hạn thực hiện đã qua"),
        ({"due_on": "31/02/2027"}, "31/02/2027"),
        ({"to": []}, "Chọn ít nhất một đơn vị"),
        ({"to": ["org:huyen"]}, "huyen"),
        ({"duty": "D99"}, "D99"),
    ],
)
def test_a_faulty_word_is_told_and_nothing_written(change: dict[str, object], says: str, reading: Reading) -> None:
    answer = reading("chu-tich").post(NEW, {**WORD, "to": ["org:xa-a"], **change})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Entry.objects.filter(verb="instruction.given").exists()


def test_it_stands_on_the_bodys_own_list_until_answered(given: str, reading: Reading) -> None:
    client = reading("xa-a")
    assert "Phê duyệt xong hồ sơ cấp độ." in client.get("/desk/mine/").content.decode()
    answer = client.post(
        f"/desk/instructions/{given}/answer/", {"body": "org:xa-a", "note": "Đã xong", "number": "9/BC", "signed_on": "20/11/2026"}
    )
    assert answer.status_code == 302
    assert "Phê duyệt xong hồ sơ cấp độ." not in client.get("/desk/mine/").content.decode()
    assert charge(given, "xa-a").state == rules.ANSWERED
    assert client.get(f"/desk/instructions/{given}/answer/").status_code == 403, "nothing is asked of it any more"


def test_a_body_sees_its_part_and_no_other(given: str, reading: Reading) -> None:
    reading("xa-b").post(f"/desk/instructions/{given}/answer/", {"body": "org:xa-b", "note": "ghi chú kín"})
    text = reading("xa-a").get(f"/desk/instructions/{given}/").content.decode()
    assert "UBND xã Áng Mây" in text
    assert "và 2 đơn vị khác" in text
    assert "ghi chú kín" not in text
    assert "Bến Đò" not in text
    assert "Sở Y tế" not in text
    assert reading("doanh-nghiep").get(f"/desk/instructions/{given}/").status_code == 404
    assert reading("doanh-nghiep").get("/desk/instructions/YK-2026-999/").status_code == 404


def test_nobody_answers_for_another(given: str, reading: Reading) -> None:
    answer = reading("xa-a").post(f"/desk/instructions/{given}/answer/", {"body": "org:xa-b", "note": "thay"})
    assert answer.status_code == 422
    assert reading("kiem-tra").post(f"/desk/instructions/{given}/answer/", {"body": "org:xa-a", "note": "thay"}).status_code == 403
    assert not Entry.objects.filter(verb="instruction.answered").exists()


def test_returned_with_a_reason_answered_again_and_accepted(given: str, reading: Reading) -> None:
    body, coordinator = reading("xa-a"), reading("dieu-phoi")
    body.post(f"/desk/instructions/{given}/answer/", {"body": "org:xa-a", "note": "Sẽ làm"})
    first = charge(given, "xa-a").last
    assert first is not None
    place = f"/desk/instructions/{given}/answers/{first.entry}"
    assert coordinator.post(f"{place}/return/", {"reason": ""}).status_code == 422
    assert coordinator.post(f"{place}/return/", {"reason": "Chưa có số quyết định"}).status_code == 302
    assert charge(given, "xa-a").state == rules.RETURNED
    assert "Chưa có số quyết định" in body.get(f"/desk/instructions/{given}/answer/").content.decode()
    assert coordinator.post(f"{place}/acceptance/").status_code == 409, "it has been looked at"
    body.post(f"/desk/instructions/{given}/answer/", {"body": "org:xa-a", "note": "Đã phê duyệt"})
    second = charge(given, "xa-a").last
    assert second is not None
    assert coordinator.post(f"{place}/acceptance/").status_code == 404, "there is a newer answer"
    assert reading("chu-tich").post(f"/desk/instructions/{given}/answers/{second.entry}/acceptance/").status_code == 302
    assert charge(given, "xa-a").status == "met"
    assert (held(given).done, held(given).counted, held(given).is_closed) == (1, 3, False)


@pytest.mark.parametrize("who", ["xa-a", "giam-doc", "kiem-tra", "doanh-nghiep"])
def test_only_chair_and_coordinator_judge(who: str, given: str, reading: Reading) -> None:
    reading("xa-a").post(f"/desk/instructions/{given}/answer/", {"body": "org:xa-a", "note": "xong"})
    last = charge(given, "xa-a").last
    assert last is not None
    for noun in ("acceptance", "return"):
        answer = reading(who).post(f"/desk/instructions/{given}/answers/{last.entry}/{noun}/", {"reason": "thử"})
        assert answer.status_code in (403, 404)
    assert charge(given, "xa-a").state == rules.ANSWERED


def test_late_is_red_until_answered_and_stays_late(given: str) -> None:
    assert charge(given, "xa-a", date(2026, 11, 30)).status == "due_soon"
    late = charge(given, "xa-a", date(2026, 12, 3))
    assert (late.status, late.word) == ("overdue", "Quá hạn 3 ngày")
    assert held(given, on=date(2026, 12, 3)).late == 3


@pytest.mark.parametrize(
    ("state", "answered", "on", "status"),
    [
        (rules.OPEN, None, 0, "due_soon"),
        (rules.OPEN, None, 1, "overdue"),
        (rules.OPEN, None, -4, "open"),
        (rules.RETURNED, -5, 1, "overdue"),
        (rules.ANSWERED, 5, 9, "open"),
        (rules.ACCEPTED, 0, 9, "met"),
        (rules.ACCEPTED, 1, 9, "met_late"),
        (rules.WITHDRAWN, None, 9, "not_applicable"),
    ],
)
def test_the_look_of_a_charge(state: str, answered: int | None, on: int, status: str) -> None:
    due = date(2026, 12, 1)
    assert rules.status(state, due, None if answered is None else due + timedelta(days=answered), due + timedelta(days=on)) == status


def test_more_time_and_taking_back(given: str, reading: Reading) -> None:
    chair = reading("chu-tich")
    assert chair.post(f"/desk/instructions/{given}/extension/", {"due_on": "25/11/2026"}).status_code == 409
    assert chair.post(f"/desk/instructions/{given}/extension/", {"due_on": "15/12/2026"}).status_code == 302
    assert {one.due_on for one in held(given).charges} == {date(2026, 12, 15)}
    assert chair.post(f"/desk/instructions/{given}/withdrawal/", {"reason": ""}).status_code == 422
    assert chair.post(f"/desk/instructions/{given}/withdrawal/", {"reason": "Đã có văn bản khác"}).status_code == 302
    assert held(given).is_closed
    for noun in ("extension", "withdrawal"):
        assert reading("dieu-phoi").post(f"/desk/instructions/{given}/{noun}/", {"due_on": "01/01/2027", "reason": "x"}).status_code in (
            403,
            409,
        )


def test_the_announcement_is_drafted_and_issued_once(given: str, reading: Reading) -> None:
    chair = reading("chu-tich")
    draft = chair.get(f"/desk/instructions/{given}/thong-bao.docx")
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(draft.content)).paragraphs)
    assert "Phê duyệt xong hồ sơ cấp độ." in words
    assert "Sở Y tế" in words
    assert chair.post(f"/desk/instructions/{given}/announcement/").status_code == 302
    paper = IssuedPaper.objects.get()
    assert str(paper.number) == "01/TB-UBND"
    assert chair.post(f"/desk/instructions/{given}/announcement/").status_code == 409
    assert reading("dieu-phoi").post(f"/desk/instructions/{given}/announcement/").status_code == 403
    assert IssuedPaper.objects.count() == 1


def test_as_of_a_moment_only_what_was_known_then(given: str) -> None:
    entry = Entry.objects.get(verb="instruction.given")
    assert queries.of_body("org:xa-a", TODAY, entry.at) != []
    assert queries.of_body("org:xa-a", TODAY, entry.at - timedelta(seconds=1)) == []


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(given: str, reading: Reading) -> None:
    client = reading("chu-tich")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/instructions/")
    for _ in range(7):
        client.post(NEW, {**WORD, "groups": ["commune", "department", "unit"]})
    with CaptureQueriesContext(connection) as many:
        assert client.get("/desk/instructions/").status_code == 200
    assert len(many) <= len(few)


def waiting() -> set[str]:
    return set(Letter.objects.filter(cancelled_at=None).values_list("key", flat=True))


def test_letters_go_once_to_who_answers_and_are_taken_back_when_answered(given: str, reading: Reading) -> None:
    Person.objects.filter(code__in=("giam-doc", "can-bo", "xa-a")).update(email="ai-do@so.example")
    now = datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert jobs.tell(now) == jobs.tell(now + timedelta(minutes=15)) == 3
    kept = {"org:so-y-te:given-2026-11-30:person:giam-doc", "org:so-y-te:given-2026-11-30:person:can-bo"}
    assert waiting() == {f"instruction:{given}:{key}" for key in kept | {"org:xa-a:given-2026-11-30:person:xa-a"}}
    letter = Letter.objects.get(key__endswith="person:xa-a")
    assert f"/desk/instructions/{given}/" in letter.text
    assert "hồ sơ cấp độ" not in letter.text, "what the chair said is read where one is signed in"
    reading("xa-a").post(f"/desk/instructions/{given}/answer/", {"body": "org:xa-a", "note": "xong"})
    assert jobs.tell(now + timedelta(hours=1)) == 2
    assert waiting() == {f"instruction:{given}:{key}" for key in kept}
    assert jobs.tell(datetime(2026, 11, 29, 3, tzinfo=UTC)) == 2
    assert waiting() == {f"instruction:{given}:{key.replace('given', 'soon')}" for key in kept}
    assert jobs.tell(datetime(2026, 12, 3, 3, tzinfo=UTC)) == 0
    assert waiting() == set(), "what is late climbs the ladder of reminders"


def pdf(name: str = "bao-cao.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 ket qua", "application/pdf")


def test_an_answer_brings_its_paper_which_those_who_read_the_answer_open(given: str, reading: Reading) -> None:
    place = f"/desk/instructions/{given}/answer/"
    assert reading("xa-a").post(place, {"body": "org:xa-a", "scans": [pdf()]}).status_code == 302, "a file alone is an answer"
    entry = Entry.objects.get(verb="instruction.answered")
    kept = entry.attachments.get()
    assert (kept.media_type, kept.size) == ("application/pdf", 16)
    file = f"/desk/instructions/{given}/files/{kept.pk}/"
    for who in ("xa-a", "chu-tich", "dieu-phoi"):
        assert file in reading(who).get(f"/desk/instructions/{given}/").content.decode()
        answer = reading(who).get(file)
        assert b"".join(answer.streaming_content) == b"%PDF-1.4 ket qua"  # type: ignore[attr-defined]
        assert answer["Content-Disposition"] == 'attachment; filename="bao-cao.pdf"'
    assert Entry.objects.filter(verb="export.taken", mentions__thing="org:xa-a").count() == 3
    for who in ("xa-b", "giam-doc", "doanh-nghiep"):
        assert reading(who).get(file).status_code == 404


def test_a_file_sent_with_a_fault_elsewhere_is_not_lost(given: str, reading: Reading) -> None:
    client, place = reading("xa-a"), f"/desk/instructions/{given}/answer/"
    faulty = client.post(place, {"body": "org:xa-a", "note": "xong", "number": "9/BC", "scans": [pdf()]})
    assert faulty.status_code == 422
    text = faulty.content.decode()
    assert "bao-cao.pdf" in text
    token = re.findall(r'name="kept" value="([^"]+)"', text)[0]
    said = {"body": "org:xa-a", "note": "xong", "number": "9/BC", "signed_on": "20/11/2026", "kept": token}
    assert reading("xa-b").post(place, {**said, "body": "org:xa-b"}).status_code == 302, "another's token counts for nothing"
    assert client.post(place, said).status_code == 302
    assert {mention.thing for file in Attachment.objects.all() for mention in file.entry.mentions.all()} == {"org:xa-a"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("virus.exe", b"MZ\x90\x00", "Không nhận tệp"), ("trong.pdf", b"", "rỗng"), ("tm.txt", "TUYỆT MẬT".encode(), "Không nhận tệp")],
)
def test_a_file_we_do_not_take_is_told_and_nothing_written(name: str, content: bytes, says: str, given: str, reading: Reading) -> None:
    sent = SimpleUploadedFile(name, content)
    answer = reading("xa-a").post(f"/desk/instructions/{given}/answer/", {"body": "org:xa-a", "note": "xong", "scans": [sent]})
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert not Entry.objects.filter(verb="instruction.answered").exists()
