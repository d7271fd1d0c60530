"""Accounts of a body: invitation by its own people, one person one account, suspension, leaving; the link works once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luytre.doors.models import Invitation
from luytre.journal.models import Entry
from luytre.post.models import Letter
from luytre.register.models import Account, Person, Post

from .conftest import WORD, SignIn
from .test_signing_in import is_in, with_app

HERE = "/tai-khoan/don-vi/agency/"
NEW = {"salutation": "Bà", "name": "Lê Măng", "title": "Chuyên viên", "role": "officer", "email": "mang@agency.example"}
GOOD = "mười-hai-bến-nước-xa"


def link() -> str:
    found = re.search(r"http://testserver(/loi-moi/\S+/)", Letter.objects.latest("pk").text)
    assert found
    return found[1]


def opened(username: str = "mang") -> Client:
    browser = Client()
    answer = browser.post(link(), {"username": username, "password1": GOOD, "password2": GOOD})
    assert answer.status_code == 302, answer.content.decode()
    return browser


def test_the_head_invites_and_the_link_opens_one_account_once(sign_in: SignIn) -> None:
    head = sign_in("head")
    assert head.post(HERE, NEW).status_code == 302
    letter = Letter.objects.latest("pk")
    assert (letter.to, letter.channel) == ("mang@agency.example", "mail")
    address = link()
    assert "Lê Măng" in Client().get(address).content.decode()
    opened()
    account = Account.objects.get(username="mang")
    assert account.person == Person.objects.get(email="mang@agency.example")
    browser = sign_in("mang", GOOD)
    assert browser.get("/desk/mine/").status_code == 200
    again = Client().post(address, {"username": "mang2", "password1": GOOD, "password2": GOOD})
    assert again.status_code == 404
    assert (Entry.objects.get(verb="account.invited").by, Entry.objects.get(verb="account.opened").by) == ("person:head", account.ref)
    assert "mang@" not in str([*Entry.objects.values()])


def test_a_link_of_an_open_account_sets_a_new_password_and_ends_its_sessions(sign_in: SignIn) -> None:
    held = sign_in("officer")
    contact = sign_in("contact")
    assert contact.post(f"{HERE}officer/thu-moi/").status_code == 302
    browser = Client()
    assert "username" not in browser.get(link()).context["form"].fields
    assert browser.post(link(), {"password1": WORD, "password2": WORD}).status_code == 422, "not the one in use"
    assert browser.post(link(), {"password1": GOOD, "password2": GOOD}).status_code == 302
    assert held.get("/desk/mine/").status_code == 302
    assert is_in(sign_in("officer", GOOD))
    assert Account.objects.filter(person__code="officer").count() == 1


def test_a_new_link_replaces_the_old_and_links_end(sign_in: SignIn) -> None:
    head = sign_in("head")
    head.post(HERE, NEW)
    old, person = link(), Person.objects.get(email=NEW["email"])
    head.post(f"{HERE}{person.code}/thu-moi/")
    assert Client().get(old).status_code == 404
    assert Client().get(link()).status_code == 200
    Invitation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link()).status_code == 404
    assert Client().get("/loi-moi/khong-co/").status_code == 404
    head.post(f"{HERE}{person.code}/thu-moi/")
    head.post(f"{HERE}{person.code}/thu-moi/thu-hoi/")
    assert Client().get(link()).status_code == 404
    assert Entry.objects.filter(verb="account.withdrawn").count() == 1


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("mang@gmail.com", "thư công cộng"),
        ("mang@yahoo.com.vn", "thư công cộng"),
        ("mang@outlook.com", "thư công cộng"),
        ("mang@other-domain.example", "không phải tên miền thư công vụ"),
        ("head@agency.example", "đã thuộc một cán bộ"),
    ],
)
def test_only_official_mail_is_invited_and_the_clause_is_named(email: str, says: str, sign_in: SignIn) -> None:
    before = Person.objects.count()
    answer = sign_in("head").post(HERE, {**NEW, "email": email})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert "1.18" in text or "đã thuộc" in says
    assert (Person.objects.count(), Letter.objects.count()) == (before, 0)


def test_the_province_s_own_domain_serves_every_body_below(sign_in: SignIn) -> None:
    assert sign_in("other-head").post("/tai-khoan/don-vi/other/", {**NEW, "email": "mang@so.tinh.example"}).status_code == 302


@pytest.mark.parametrize("who", ["other-head", "officer", "firm", "chair"])
def test_who_does_not_look_after_a_body_finds_nothing_there(who: str, sign_in: SignIn) -> None:
    client = sign_in(who)
    if who == "chair":
        with_app(client)
    for path in (HERE, "/tai-khoan/don-vi/khong-co/"):
        assert client.get(path).status_code == 404
        assert client.post(path, NEW).status_code == 404
    for noun in ("thu-moi", "tam-ngung", "dung-lai", "thoi-viec"):
        for person in ("officer", "khong-co"):
            assert client.post(f"{HERE}{person}/{noun}/").status_code == 404
    assert not Letter.objects.exists()


def test_leaving_a_post_ends_its_rights_with_the_next_request(sign_in: SignIn) -> None:
    officer, head = sign_in("officer"), sign_in("head")
    assert officer.get("/desk/organisations/agency/").status_code == 200
    assert head.post(f"{HERE}officer/thoi-viec/").status_code == 302
    assert officer.get("/desk/organisations/agency/").status_code == 404
    assert officer.post("/desk/duties/file/", {"body": "org:agency"}).status_code in (403, 404)
    assert Post.objects.filter(of__code="officer").count() == 2, "rows are added, never edited"


def test_suspension_ends_the_sessions_and_is_lifted(sign_in: SignIn) -> None:
    officer, head = sign_in("officer"), sign_in("head")
    head.post(f"{HERE}officer/tam-ngung/")
    assert officer.get("/desk/mine/").status_code == 302
    assert not is_in(sign_in("officer"))
    head.post(f"{HERE}officer/dung-lai/")
    assert is_in(sign_in("officer"))
    assert [entry.verb for entry in Entry.objects.filter(verb__in=("account.suspended", "account.restored")).order_by("pk")] == [
        "account.suspended",
        "account.restored",
    ]


def test_nobody_shuts_out_the_head_or_oneself_but_the_administrator(sign_in: SignIn) -> None:
    contact = sign_in("contact")
    for person in ("head", "contact"):
        for noun in ("tam-ngung", "thoi-viec"):
            assert contact.post(f"{HERE}{person}/{noun}/").status_code == 403
    admin = sign_in("admin")
    with_app(admin)
    assert admin.post(f"{HERE}head/tam-ngung/").status_code == 302
    assert not Account.objects.get(username="head").is_active


def test_the_list_asks_again_who_is_there_before_it_writes(sign_in: SignIn) -> None:
    head = sign_in("head")
    session = head.session
    session["account_authentication_methods"] = [{**one, "at": one["at"] - 3600} for one in session["account_authentication_methods"]]
    session.save()
    asked = head.post(f"{HERE}officer/tam-ngung/")
    assert asked["Location"].startswith("/tai-khoan/xac-nhan/")
    assert Account.objects.get(username="officer").is_active
    assert head.post(asked["Location"], {"password": WORD})["Location"] == HERE, "and goes on with what was sent"
    assert not Account.objects.get(username="officer").is_active


def test_the_page_of_people_is_told_as_a_reading_of_personal_data(sign_in: SignIn) -> None:
    assert sign_in("head").get(HERE).status_code == 200
    assert Entry.objects.filter(verb="personal_data.read", by="person:head").count() == 1


def test_the_console_mends_locks_and_lost_second_steps(sign_in: SignIn, people: Any, capsys: Any, monkeypatch: Any) -> None:
    from luytre.site.commands import doors

    monkeypatch.setattr(doors, "start", lambda data: None)
    client = sign_in("chair")
    with_app(client)
    assert doors.main(["forget-second", "chair"]) == 0
    assert sign_in("chair").get("/desk/board/")["Location"] == "/tai-khoan/buoc-hai/"
    for _ in range(5):
        Client().post("/dang-nhap/", {"username": "head", "password": "sai"})
    assert not is_in(sign_in("head"))
    assert doors.main(["unlock", "head"]) == 0
    assert is_in(sign_in("head"))
    assert doors.main(["unlock", "khong-co"]) == 2
    assert doors.main(["show"]) == 0
    assert doors.main(["try", "198.51.100.1"]) == 0
    assert doors.main(["open", "10.0.0.0/99"]) == 2
    assert {entry.by for entry in Entry.objects.filter(verb__in=("account.unlocked", "factor.removed"))} == {"console"}
