"""Personal data: who looks it up, where it stands in lists, a person's copy, an erasure that reaches every table."""

import json
from io import BytesIO
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.db import connection
from django.utils import timezone
from python_calamine import CalamineWorkbook

from luytre import journal
from luytre.core.fold import fold
from luytre.journal.models import Aside, Entry
from luytre.overview.feeds.models import Feed
from luytre.overview.lists.models import SavedView
from luytre.post import actions as post
from luytre.post.models import WAITING, Letter, Try
from luytre.register import access
from luytre.register import actions as register
from luytre.register.book import Book
from luytre.register.models import Account, ContactPoint, Person
from luytre.rooms.reminders.models import Notice

from .conftest import FILED, START, TODAY
from .test_isolation import Papers
from .test_rights import Signed, last_read, mentioned


@pytest.fixture
def gone(strangers: Papers) -> Person:
    """Someone who left: named in a note, in the name of a file, and as a contact point; with a sign-in."""
    book = Book()
    book.put("person", "ba-mang", name="Lê Thị Măng", salutation="Bà", phone="0237 000 321", email="mang@so.example")
    book.add("post", "ba-mang", "agency", "officer", "", from_on=START, until_on=TODAY)
    book.add("contact", "agency", "Bà Lê Thị Măng", "0237 000 321", "", "", from_on=START)
    register.load(by="console", at=FILED, book=book)
    person = Person.objects.get(code="ba-mang")
    register.open_account(username="ba.mang", password="x-Tre-gia-mang-moc-9", person=person)
    upload = journal.Upload("chứng chỉ LÊ THỊ MĂNG.pdf", "application/pdf", b"%PDF-1.7 mang")
    about, on = ["org:agency"], FILED.date()
    journal.record(
        by="person:contact", at=FILED, verb="plan.submitted", about=about, on=on, filed=True, aside={"note": "gọi bà lê thị măng"}
    )
    journal.record(by="person:contact", at=FILED, verb="expert.certified", about=about, on=on, filed=True, attachments=[upload])
    return person


def test_a_card_is_for_colleagues_and_each_look_is_told(gone: Person, signed_in: Signed) -> None:
    for who, status in {"head": 200, "chair": 200, "administrator": 200, "child-head": 404, "commune": 404, "auditor": 404}.items():
        assert signed_in(who).get("/desk/rights/people/ba-mang/").status_code == status, who
    assert (last_read().verb, last_read().by, last_read().detail) == ("personal_data.read", "person:administrator", {"of": "ba-mang"})
    assert "0237 000 321" in signed_in("head").get("/desk/rights/people/ba-mang/").content.decode()


def test_one_takes_a_copy_of_ones_own_data(gone: Person, signed_in: Signed) -> None:
    answer = signed_in("contact").get("/desk/rights/people/contact/data.json")
    data = json.loads(answer.content)
    assert (data["code"], data["account"]["username"], len(data["entries_written"])) == ("contact", "contact", 2)
    assert last_read().verb == "personal_data.exported"
    assert "contact" in signed_in("contact").get("/desk/rights/privacy/").content.decode()
    held = json.loads(signed_in("head").get("/desk/rights/people/ba-mang/data.json").content)
    assert (held["phone"], [row["text"] for row in held["free_text_naming"]]) == ("0237 000 321", [{"note": "gọi bà lê thị măng"}])
    assert signed_in("chair").get("/desk/rights/people/ba-mang/data.json").status_code == 403


def test_an_erasure_leaves_the_chain_whole_and_says_so(gone: Person, signed_in: Signed) -> None:
    address, said = "/desk/rights/people/ba-mang/erasure/", {"order": "15/CV", "sure": "on"}
    assert signed_in("head").post(address, said).status_code == 403
    assert signed_in("administrator").post(address, {"order": "15/CV"}).status_code == 422
    assert signed_in("administrator").post("/desk/rights/people/contact/erasure/", said).status_code == 409, "still in office"
    assert signed_in("administrator").post(address, said).status_code == 302
    left = "|".join(
        [
            *(f"{row.name} {row.phone} {row.email}" for row in Person.objects.all()),
            *(f"{row.name} {row.phone}" for row in ContactPoint.objects.all()),
            *(json.dumps(row.text, ensure_ascii=False) for row in Aside.objects.all()),
            *(file.name for entry in Entry.objects.all() for file in entry.attachments.all()),
            *(json.dumps(entry.detail, ensure_ascii=False) for entry in Entry.objects.all()),
            *Account.objects.values_list("username", flat=True),
        ]
    ).lower()
    assert [mark for mark in ("măng", "0237 000 321", "mang@", "ba.mang") if mark in left.replace("măng non", "")] == []
    verdict = journal.verify(timezone.now())
    assert verdict.is_whole
    assert [order for _, order in verdict.erased] == ["15/CV"]
    assert Entry.objects.get(verb="personal_data.erased").detail == {"of": "ba-mang", "order": "15/CV", "asides": 2}
    assert not Account.objects.get(person=gone).is_active
    assert access.posts("person:ba-mang", TODAY) == []


def test_nothing_of_the_erased_is_left_in_any_table(gone: Person, signed_in: Signed, tmp_path: Any) -> None:
    """Every column of every table is read: name, telephone, address and sign-in name are gone, also from letters, links and views."""
    keep_everywhere(gone, signed_in)
    marks = ("lê thị măng", "0237 000 321", "mang@so.example", "ba.mang")
    assert all(places(mark) for mark in marks), "the test would prove nothing"
    letters = Letter.objects.count()
    signed_in("administrator").post("/desk/rights/people/ba-mang/erasure/", {"order": "15/CV", "sure": "on"})
    others = Letter.objects.get(key="mang.5")
    assert others.text == "Bà Lê Thị Mẳng và bà Lê Thị Măngg không phải bà ấy.", "another's name"
    others.delete()  # folded, it reads like hers
    assert {mark: places(mark) for mark in marks} == {mark: [] for mark in marks}
    assert Letter.objects.count() == letters - 1, "moments of letters stay"
    assert not Feed.objects.filter(person=gone, closed_at=None).exists()
    assert not Letter.objects.filter(WAITING, person=gone.ref).exists()
    assert "Kế hoạch sắp đến hạn. Liên hệ (đã xóa theo yêu cầu)." in Letter.objects.values_list("text", flat=True)
    assert journal.verify(timezone.now()).is_whole


def keep_everywhere(person: Person, signed_in: Signed) -> None:
    """What months of use leave behind: letters sent and waiting, a refusal by their server, an invitation, a note, a view, a session."""
    say = {"channel": "mail", "subject": "Nhắc việc", "at": FILED}
    post.send(key="mang.1", to=person.email, text=f"Kính gửi {person.called}", person=person.ref, **say)
    told = post.send(key="mang.2", to="MANG@so.example", text="Mật khẩu của ba.mang", html="<p>ba.mang</p>", **say)
    post.send(key="mang.3", to="head@so.example", text="Kế hoạch sắp đến hạn. Liên hệ Lê Thị Măng.", **say)
    post.send(key="mang.4", to="head@so.example", text="BÀ LÊ THỊ MĂNG, ba le thi mang, 0237000321; le\u0302 thi\u0323 ma\u0306ng", **say)
    post.send(key="mang.5", to="head@so.example", text="Bà Lê Thị Mẳng và bà Lê Thị Măngg không phải bà ấy.", **say)
    Try.objects.create(letter=told, at=FILED, outcome="bounced", code="550", says="<mang@so.example>: no such user")
    Notice.objects.create(person=person.ref, on=TODAY, at=FILED, asked_by="person:coordinator", note="Gọi 0237 000 321")
    Notice.objects.create(person="person:head", on=TODAY, at=FILED, asked_by="person:coordinator", note="Gọi bà LÊ THỊ MĂNG\nngay")
    Feed.objects.create(person=person, nonce="lich-cua-ba-mang", opened_at=FILED)
    SavedView.objects.create(person=person, list="people", name="Của Lê Thị Măng", made_at=FILED)
    AccessAttempt.objects.create(username="ba.mang", ip_address="192.0.2.7", attempt_time=timezone.now(), failures_since_start=1)
    account = Account.objects.get(person=person)
    UserSession.objects.create(user=account, ip="192.0.2.7", user_agent="Máy của ba.mang", session_key="khoa-phien")


def places(mark: str) -> list[str]:
    """Tables and columns in which a mark stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            cells = ((name, cell) for row in cursor.fetchall() for name, cell in zip(names, row, strict=True))
            found += sorted({f"{table}.{name}" for name, cell in cells if fold(mark) in fold(str(cell))})
    return found


def test_the_copy_holds_what_is_kept_about_one(gone: Person, signed_in: Signed) -> None:
    keep_everywhere(gone, signed_in)
    data = json.loads(signed_in("administrator").get("/desk/rights/people/ba-mang/data.json").content)
    assert (data["account"]["username"], len(data["account"]["sessions"])) == ("ba.mang", 1)
    assert data["contact_points"] == [{"body": "Sở Trúc Quân Tử", "name": "Bà Lê Thị Măng", "phone": "0237 000 321", "email": ""}]
    assert [letter["subject"] for letter in data["letters"]] == ["Nhắc việc"] * 2
    assert "pbkdf2" not in json.dumps(data) and "hashed" not in json.dumps(data)


# -- contacts in lists --


@pytest.mark.parametrize(("who", "reads_it"), [("head", True), ("coordinator", True), ("auditor", False), ("appraiser", False)])
def test_contacts_stand_in_lists_for_who_may_look_them_up_and_it_is_told(
    who: str, reads_it: bool, strangers: Papers, signed_in: Signed
) -> None:
    Person.objects.filter(code="officer").update(phone="0237 000 654", email="officer@agency.example")
    post.send(key="x", channel="mail", to="officer@agency.example", subject="Nhắc việc", text="…", at=FILED)
    client, before = signed_in(who), Entry.objects.count()
    text = client.get("/desk/people/").content.decode()
    assert ("0237 000 654" in text, "officer@agency.example" in text) == (reads_it, reads_it)
    assert Entry.objects.count() == before + reads_it
    if reads_it:
        assert (last_read().verb, mentioned(last_read())) == ("personal_data.read", {"org:agency"})
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/desk/people.xlsx").content)).get_sheet_by_index(0).to_python()
    assert ("0237 000 654" in str(book)) == reads_it
    if who != "head":
        before = Entry.objects.filter(verb="personal_data.read").count()
        assert ("officer@agency.example" in client.get("/desk/reminders/letters/").content.decode()) == reads_it
        assert Entry.objects.filter(verb="personal_data.read").count() == before + reads_it
