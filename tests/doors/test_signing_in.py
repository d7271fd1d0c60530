"""Signing in as on a real installation: the second step by role, recovery codes, lock-out, sessions, re-asking, age of passwords."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from luytre.doors.models import FormerPassword, Suspension
from luytre.journal.models import Entry
from luytre.register.models import Account

from .conftest import WORD, SignIn
from .totp import code

People = dict[str, Account]


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def last(verb: str) -> Entry:
    return Entry.objects.filter(verb=verb).latest("pk")


def with_app(client: Client) -> str:
    """Set up the app for a browser that has just signed in; its secret."""
    secret = str(client.get("/tai-khoan/ung-dung/").context["form"].secret)
    answer = client.post("/tai-khoan/ung-dung/", {"code": code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_a_head_comes_in_with_the_password_alone_and_it_is_told_without_names(sign_in: SignIn) -> None:
    client = sign_in("head")
    page = client.get("/desk/mine/")
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    told = last("session.started")
    assert (told.by, told.detail) == ("person:head", {"how": "password", "door": "staff"})
    client.post("/dang-xuat/")
    assert not is_in(client)
    assert last("session.ended").detail == {"how": "self"}


@pytest.mark.parametrize("who", ["chair", "admin"])
def test_who_reads_beyond_the_own_body_must_set_up_a_second_step_first(who: str, sign_in: SignIn) -> None:
    client = sign_in(who)
    for address in ("/", "/desk/board/", "/desk/organisations/", "/desk/register/export.xlsx"):
        assert client.get(address)["Location"] == "/tai-khoan/buoc-hai/", address
    assert client.get("/tai-khoan/buoc-hai/").status_code == 200
    with_app(client)
    assert client.get("/desk/board/").status_code == 200
    assert {entry.verb for entry in Entry.objects.filter(by=f"person:{who}")} >= {"session.started", "factor.added"}


def test_the_second_step_is_asked_at_the_next_sign_in_and_a_code_works_once(sign_in: SignIn) -> None:
    client = sign_in("chair")
    secret = with_app(client)
    again, thief = sign_in("chair"), sign_in("chair")
    assert not is_in(again)
    assert "Mã chưa đúng" in again.post("/dang-nhap/buoc-hai/", {"code": "000000"}).content.decode()
    seen = code(secret)
    assert again.post("/dang-nhap/buoc-hai/", {"code": seen}).status_code == 302
    assert again.get("/desk/board/").status_code == 200
    assert thief.post("/dang-nhap/buoc-hai/", {"code": seen}).status_code == 200
    assert not is_in(thief)
    assert last("session.started").detail == {"how": "factor", "door": "staff"}


def test_a_recovery_code_works_once(sign_in: SignIn) -> None:
    client = sign_in("chair")
    with_app(client)
    page = client.get("/tai-khoan/ma-du-phong/")
    spare = page.context["unused_codes"][0]
    second, third = sign_in("chair"), sign_in("chair")
    assert second.post("/dang-nhap/buoc-hai/", {"code": spare}).status_code == 302
    assert is_in(second)
    assert third.post("/dang-nhap/buoc-hai/", {"code": spare}).status_code == 200
    assert not is_in(third)


def test_secrets_of_the_second_step_lie_encrypted(sign_in: SignIn) -> None:
    client = sign_in("chair")
    secret = with_app(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_who_must_have_a_second_step_keeps_the_last_one(sign_in: SignIn) -> None:
    client = sign_in("chair")
    with_app(client)
    client.post("/tai-khoan/ung-dung/go/")
    assert Authenticator.objects.filter(type="totp").exists()
    officer = sign_in("officer")
    with_app(officer)
    officer.post("/tai-khoan/ung-dung/go/")
    assert not Authenticator.objects.filter(type="totp", user__username="officer").exists()
    assert last("factor.removed").by == "person:officer"


def test_for_all_by_setting(sign_in: SignIn, settings: Any) -> None:
    settings.LUYTRE_MFA = "all"
    assert sign_in("officer").get("/desk/mine/")["Location"] == "/tai-khoan/buoc-hai/"


def test_the_demonstration_alone_may_do_without(tmp_path: Any) -> None:
    import os
    import subprocess
    import sys

    env = {**os.environ, "LUYTRE_DATA": str(tmp_path), "LUYTRE_MFA": "off", "DJANGO_SETTINGS_MODULE": "luytre.site.settings"}
    ask = [sys.executable, "-c", "from django.conf import settings; print(settings.LUYTRE_MFA)"]
    env.pop("LUYTRE_MARK", None)
    refused = subprocess.run(ask, env=env, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert "LUYTRE_MFA=off" in refused.stderr
    marked = subprocess.run(ask, env={**env, "LUYTRE_MARK": "MINH HỌA"}, capture_output=True, text=True, check=False)
    assert (marked.returncode, marked.stdout.strip()) == (0, "off")


def test_five_wrong_passwords_lock_the_name_from_that_address_only(sign_in: SignIn, people: People) -> None:
    client = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(4):
        assert client.post("/dang-nhap/", {"username": "head", "password": "sai"}).status_code == 200
    locked = client.post("/dang-nhap/", {"username": "head", "password": "sai"})
    assert (locked.status_code, "chờ 15 phút" in locked.content.decode()) == (429, True)
    assert client.post("/dang-nhap/", {"username": "head", "password": WORD}).status_code == 429
    assert not is_in(client)
    told = Entry.objects.filter(verb="account.locked")
    assert [(entry.by, entry.detail) for entry in told] == [("clock", {"failures": 5})], "one entry a lock"
    assert is_in(sign_in("head", REMOTE_ADDR="198.51.100.8")), "the owner elsewhere is not locked out"


def test_a_name_tried_from_many_addresses_is_slowed(people: People) -> None:
    for last_part in range(10):
        Client(REMOTE_ADDR=f"198.51.100.{last_part}").post("/dang-nhap/", {"username": "head", "password": "sai"})
    eleventh = Client(REMOTE_ADDR="198.51.100.200")
    answer = eleventh.post("/dang-nhap/", {"username": "head", "password": WORD})
    assert "Đã thử sai nhiều lần" in answer.content.decode()
    assert not is_in(eleventh)


def test_sessions_are_listed_and_ended_from_elsewhere(sign_in: SignIn) -> None:
    office, home = sign_in("head", REMOTE_ADDR="10.1.2.3"), sign_in("head", REMOTE_ADDR="192.0.2.9")
    page = office.get("/tai-khoan/phien/").content.decode()
    assert "10.1.2.3" in page
    assert "192.0.2.9" in page
    other = UserSession.objects.get(ip="192.0.2.9")
    stranger = sign_in("other-head")
    assert stranger.post(f"/tai-khoan/phien/{other.pk}/ket-thuc/").status_code == 404
    assert stranger.post("/tai-khoan/phien/987654/ket-thuc/").status_code == 404
    assert office.post(f"/tai-khoan/phien/{other.pk}/ket-thuc/").status_code == 302
    assert home.get("/desk/mine/").status_code == 302, "the next request has no session"
    assert last("session.ended").detail == {"how": "elsewhere"}
    third = sign_in("head")
    office.post("/tai-khoan/phien/")
    assert third.get("/desk/mine/").status_code == 302


def test_sensitive_acts_ask_again_and_then_go_on(sign_in: SignIn, settings: Any) -> None:
    client = sign_in("chair")
    with_app(client)
    assert client.get("/desk/board/matrix.xlsx").status_code == 200, "just shown"
    session = client.session
    session["account_authentication_methods"] = [{**one, "at": one["at"] - 3600} for one in session["account_authentication_methods"]]
    session.save()
    asked = client.get("/desk/board/matrix.xlsx")
    assert asked.status_code == 302
    assert asked["Location"].startswith("/tai-khoan/xac-nhan/?next=%2Fdesk%2Fboard%2Fmatrix.xlsx")
    assert client.get("/desk/board/").status_code == 200, "reading on is not sensitive"
    assert "Mật khẩu chưa đúng" in client.post(asked["Location"], {"password": "sai"}).content.decode()
    on = client.post(asked["Location"], {"password": WORD})
    assert on["Location"] == "/desk/board/matrix.xlsx"
    assert client.get(on["Location"]).status_code == 200
    assert sign_in("head").get("/desk/board/matrix.xlsx").status_code == 200, "a body's own rows are no export of the province"


def test_an_old_password_must_be_changed_first(sign_in: SignIn, people: People) -> None:
    FormerPassword.objects.filter(account=people["head"]).update(set_at=timezone.now() - timedelta(days=91))
    client = sign_in("head")
    assert client.get("/desk/mine/")["Location"] == "/tai-khoan/mat-khau/"
    form = {"oldpassword": WORD, "password1": "nồi-đồng-cối-đá-xanh", "password2": "nồi-đồng-cối-đá-xanh"}
    assert client.post("/tai-khoan/mat-khau/", form).status_code == 302
    assert client.get("/desk/mine/").status_code == 200
    assert last("password.changed").by == "person:head"
    assert is_in(sign_in("head", "nồi-đồng-cối-đá-xanh"))
    assert not is_in(sign_in("head", WORD))


def test_administrators_change_sooner(sign_in: SignIn, people: People) -> None:
    for who in ("admin", "head"):
        FormerPassword.objects.filter(account=people[who]).update(set_at=timezone.now() - timedelta(days=61))
    admin = sign_in("admin")
    with_app(admin)
    assert admin.get("/desk/board/")["Location"] == "/tai-khoan/mat-khau/"
    assert sign_in("head").get("/desk/mine/").status_code == 200


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ngắn-quá-7", "password_too_short"),
        ("password1234", "breached"),
        ("Nguyễn Người head", "guessable"),
        ("matkhau2026!", "guessable"),
        ("qwertyuiop[]", "breached"),
        (WORD, "used_before"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password: str, why: str, people: People) -> None:
    with pytest.raises(ValidationError) as fault:
        validate_password(password, people["head"])
    assert why in {error.code for error in fault.value.error_list}


def test_none_of_the_last_five_comes_again(people: People) -> None:
    account = people["head"]
    former = [f"con-trâu-số-{number}-gặm-cỏ" for number in range(6)]
    for password in former:
        account.set_password(password)
        account.save()
    for password in former[1:]:
        with pytest.raises(ValidationError):
            validate_password(password, account)
    validate_password(former[0], account)
    assert FormerPassword.objects.filter(account=account).count() == 5


def test_an_account_unused_for_45_days_is_suspended_at_the_door(sign_in: SignIn, people: People) -> None:
    Account.objects.filter(username="head").update(
        last_login=timezone.now() - timedelta(days=46), created_at=timezone.now() - timedelta(days=400)
    )
    client = sign_in("head")
    assert not is_in(client)
    assert Suspension.objects.get(lifted_at=None).account == people["head"]
    assert (last("account.suspended").by, last("account.suspended").detail) == ("clock", {"why": "unused"})
    assert "chưa dùng được" in client.get("/dang-nhap/chua-dung-duoc/").content.decode()


def test_logs_hold_no_names_and_no_addresses(sign_in: SignIn, caplog: Any) -> None:
    for _ in range(6):
        Client(REMOTE_ADDR="198.51.100.9").post("/dang-nhap/", {"username": "head", "password": "lộ-ra-thì-chết"})
    sign_in("head")
    for record in caplog.records:
        said = record.getMessage()
        assert "198.51.100.9" not in said
        assert "lộ-ra" not in said
    assert "198.51.100.9" not in str(list(Entry.objects.values()))


def test_another_s_key_and_no_key_look_alike(sign_in: SignIn, people: People) -> None:
    client = sign_in("head")
    theirs = Authenticator.objects.create(user=people["chair"], type="webauthn", data={"name": "khóa kín", "credential": {}})
    for noun in ("go", "ten"):
        for method in ("get", "post"):
            answers = [getattr(client, method)(f"/tai-khoan/khoa/{number}/{noun}/") for number in (theirs.pk, 987654)]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert "khóa kín" not in answers[0].content.decode()
    assert Authenticator.objects.filter(pk=theirs.pk).exists()
