"""What is refused and what fails at the doors stands in the log: who by reference, which verb or address; no names, nothing typed."""

from typing import Any

import pytest
from django.test import Client

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.bulk import Row
from luytre.journal.models import Entry

from .conftest import SignIn
from .test_signing_in import with_app


def told(caplog: Any) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("luytre")]


def test_what_is_refused_is_told_alike_for_foreign_and_absent(sign_in: SignIn, caplog: Any) -> None:
    client, before = sign_in("head"), Entry.objects.count()
    for code in ("other", "khong-co"):
        assert client.get(f"/desk/organisations/{code}/").status_code == 404
    client.get("/khong-co-dia-chi-nay/")
    client.get("/desk/mine/")
    assert told(caplog) == [
        "refused: 404 GET things:organisation by person:head about code=other",
        "refused: 404 GET things:organisation by person:head about code=khong-co",
    ]
    assert Entry.objects.count() == before, "the chain cannot be filled by who may not write"


def test_a_verb_the_gate_refuses_is_told(people: object, caplog: Any) -> None:
    row = Row(verb="register.confirmed", by="person:officer", at=clock.now(), about=["org:other"], on=clock.today())
    with pytest.raises(Refusal):
        journal.record_many([row])
    assert told(caplog) == ["refused: register.confirmed by person:officer about org:other"]


def test_a_form_that_came_from_elsewhere_is_told(sign_in: SignIn, caplog: Any) -> None:
    client = sign_in("head")
    client.handler.enforce_csrf_checks = True
    assert client.post("/desk/mine/confirm/").status_code == 403
    assert told(caplog) == ["refused: 403 POST things:confirm by person:head about -"]


def test_what_fails_at_signing_in_is_told_without_what_was_typed(sign_in: SignIn, caplog: Any) -> None:
    for name in ("head", "mật-khẩu-gõ-nhầm-ô"):
        Client().post("/dang-nhap/", {"username": name, "password": "sai"})
    with_app(sign_in("chair"))
    again = sign_in("chair")
    again.post("/dang-nhap/buoc-hai/", {"code": "000000"})
    Client().post("/dang-nhap/khoa-truy-cap/", {"credential": '{"id": "trộm"}'})
    assert told(caplog) == [
        "sign-in failed: person:head",
        "sign-in failed: nobody of that name",
        "second step failed: person:chair, code",
        "second step failed: not signed in, key",
    ]


JUNK = ('{"id": "trộm"}', "[]", '"x"', "1", "null", '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {}}', '{"response": []}')


@pytest.mark.parametrize("junk", JUNK)
def test_what_no_key_says_is_a_wrong_key(junk: str, sign_in: SignIn) -> None:
    with_app(sign_in("chair"))
    second = sign_in("chair")
    for client, address in (
        (Client(), "/dang-nhap/khoa-truy-cap/"),
        (second, "/dang-nhap/buoc-hai/"),
        (sign_in("head"), "/tai-khoan/xac-nhan/khoa/"),
        (sign_in("head"), "/tai-khoan/khoa/them/"),
    ):
        client.get(address)
        answer = client.post(address, {"credential": junk, "name": "x"})
        assert answer.status_code in (200, 302, 404), address
    assert "_auth_user_id" not in second.session
