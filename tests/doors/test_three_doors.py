"""Three doors: by address, by declared proxy, by second step; a refused address sees the same few bytes whatever it asks."""

import ipaddress
from typing import Any

import pytest
from django.test import Client

from luytre.doors import actions, networks, rules
from luytre.journal import clock
from luytre.journal.models import Entry
from luytre.register.models import Account

from .conftest import SignIn
from .test_signing_in import is_in, with_app

INSIDE, INSIDE_SIX, OUTSIDE, OUTSIDE_SIX = "10.20.1.7", "2001:db8:1::7", "198.51.100.7", "2001:db8:2::7"
FIRM = "203.0.113.5"
STAFF = rules.networks(["10.20.0.0/16", "2001:db8:1::/48"])
PATHS = ("/", "/dang-nhap/", "/desk/board/", "/khong-co/", "/static/luytre/app.css", "/kit/", "/desk/organisations/agency/", "/admin/")


@pytest.fixture
def guarded(people: dict[str, Account], settings: Any) -> Any:
    settings.LUYTRE_STAFF_NETWORKS = STAFF
    return settings


@pytest.mark.parametrize("address", [OUTSIDE, OUTSIDE_SIX, FIRM])
def test_an_address_without_a_door_sees_the_same_bytes_everywhere(address: str, guarded: Any) -> None:
    guarded.LUYTRE_DOORS = frozenset({"staff"})
    client = Client(REMOTE_ADDR=address)
    answers = [getattr(client, method)(path) for path in PATHS for method in ("get", "post", "head", "options")]
    assert {(answer.status_code, answer.content, tuple(sorted(answer.headers.items()))) for answer in answers} == {
        (404, b"", (("Content-Type", "text/plain"),))
    }
    assert all(not answer.cookies for answer in answers)


@pytest.mark.parametrize("address", [INSIDE, INSIDE_SIX, f"::ffff:{INSIDE}"])
def test_listed_networks_of_both_kinds_come_in(address: str, guarded: Any, sign_in: SignIn) -> None:
    guarded.LUYTRE_DOORS = frozenset({"staff"})
    client = sign_in("head", REMOTE_ADDR=address)
    assert client.get("/desk/organisations/agency/").status_code == 200
    assert client.get("/static/luytre/app.css").status_code == 200


def test_a_forwarded_address_counts_only_from_a_declared_proxy(guarded: Any) -> None:
    guarded.LUYTRE_DOORS = frozenset({"staff"})
    lying = Client(REMOTE_ADDR=OUTSIDE, HTTP_X_FORWARDED_FOR=INSIDE)
    assert lying.get("/dang-nhap/").status_code == 404
    guarded.LUYTRE_PROXIES = rules.networks(["192.0.2.0/24"])
    honest = Client(REMOTE_ADDR="192.0.2.10", HTTP_X_FORWARDED_FOR=INSIDE)
    assert honest.get("/dang-nhap/").status_code == 200
    for said in (f"{INSIDE}, {OUTSIDE}", f"{INSIDE},{OUTSIDE}, 192.0.2.11", OUTSIDE, "", "nothing", f"{INSIDE}, unknown"):
        behind = Client(REMOTE_ADDR="192.0.2.10", HTTP_X_FORWARDED_FOR=said)
        assert behind.get("/dang-nhap/").status_code == 404, said
    two = Client(REMOTE_ADDR="192.0.2.10", HTTP_X_FORWARDED_FOR=f"{OUTSIDE}, {INSIDE}, 192.0.2.11")
    assert two.get("/dang-nhap/").status_code == 200, "the last forwarder that is no proxy is who asks"


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("198.51.100.1", "10.0.0.1", "198.51.100.1"),
        ("192.0.2.1", "198.51.100.1, 192.0.2.2", "198.51.100.1"),
        ("192.0.2.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("192.0.2.1", "", "192.0.2.1"),
        ("2001:db8::1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("192.0.2.1", "[2001:db8:9::1]", "2001:db8:9::1"),
        ("", "10.0.0.1", None),
        ("192.0.2.1", "rubbish", None),
    ],
)
def test_who_asks(peer: str, forwarded: str, found: str | None) -> None:
    proxies = rules.networks(["192.0.2.0/24", "2001:db8::1/128"])
    asked = rules.client(peer, forwarded, proxies)
    assert asked == (ipaddress.ip_address(found) if found else None)


def test_on_duty_from_anywhere_one_shows_a_second_step_and_sees_the_own_list_only(guarded: Any, sign_in: SignIn) -> None:
    stranger = Client(REMOTE_ADDR=OUTSIDE)
    assert stranger.get("/dang-nhap/").status_code == 200
    for path in ("/desk/board/", "/khong-co/", "/desk/organisations/agency/", "/kit/", "/desk/register/export.xlsx"):
        assert (stranger.get(path).status_code, stranger.get(path).content) == (404, b""), path
    head = sign_in("head", REMOTE_ADDR=OUTSIDE)
    assert head.get("/desk/mine/")["Location"] == "/tai-khoan/buoc-hai/", "inside a head needs none; from outside everyone does"
    with_app(head)
    page = head.get("/desk/mine/")
    assert page.status_code == 200
    assert head.get("/desk/duties/file/").status_code == 200
    for path in (
        "/desk/board/",
        "/desk/organisations/agency/",
        "/desk/organisations/unit/",
        "/desk/search/?q=tre",
        "/tai-khoan/don-vi/agency/",
    ):
        assert (head.get(path).status_code, head.get(path).content) == (404, b""), path
    assert Entry.objects.filter(verb="session.started").latest("pk").detail["door"] == "duty"


def test_who_sees_the_province_inside_sees_the_own_body_on_duty(guarded: Any, sign_in: SignIn) -> None:
    chair = sign_in("chair", REMOTE_ADDR=INSIDE)
    with_app(chair)
    assert chair.get("/desk/board/").status_code == 200
    chair.defaults["REMOTE_ADDR"] = OUTSIDE
    assert (chair.get("/desk/board/").status_code, chair.get("/desk/board/").content) == (404, b"")
    text = chair.get("/desk/instructions/").content.decode()
    for name in ("Sở Trúc", "Sở Nứa", "Viễn thông Luồng"):
        assert name not in text


def test_an_enterprise_comes_from_its_own_addresses_only(guarded: Any, sign_in: SignIn) -> None:
    elsewhere = sign_in("firm", REMOTE_ADDR=OUTSIDE)
    assert not is_in(elsewhere)
    at_home = sign_in("firm", REMOTE_ADDR=FIRM)
    with_app(at_home)
    assert at_home.get("/desk/mine/").status_code == 200
    assert at_home.get("/desk/organisations/firm/").status_code == 404, "the office is not for enterprises"
    at_home.defaults["REMOTE_ADDR"] = OUTSIDE
    assert (at_home.get("/desk/mine/").status_code, at_home.get("/desk/mine/").content) == (404, b"")
    at_home.defaults["REMOTE_ADDR"] = FIRM
    assert not is_in(at_home), "the session ended where it wandered off"


def test_an_enterprise_on_the_staff_network_is_still_on_duty_only(guarded: Any, sign_in: SignIn) -> None:
    assert not is_in(sign_in("firm", REMOTE_ADDR=INSIDE)), "not one of its listed addresses"


def test_without_the_duty_door_nobody_signs_in_from_outside(guarded: Any) -> None:
    guarded.LUYTRE_DOORS = frozenset({"staff", "public"})
    outside = Client(REMOTE_ADDR=OUTSIDE)
    assert outside.get("/dang-nhap/").status_code == 404
    assert outside.get("/static/luytre/app.css").status_code == 200, "pages for citizens have their looks"


def test_the_console_lets_a_network_in_for_a_while(guarded: Any) -> None:
    guarded.LUYTRE_DOORS = frozenset({"staff"})
    lost = Client(REMOTE_ADDR=OUTSIDE)
    assert lost.get("/dang-nhap/").status_code == 404
    actions.open_door(by="console", at=clock.now(), about=["org:tinh"], network="198.51.100.0/24", minutes=10)
    assert lost.get("/dang-nhap/").status_code == 200
    actions.close_door(by="console", at=clock.now(), about=["org:tinh"], network="198.51.100.0/24")
    assert lost.get("/dang-nhap/").status_code == 404
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="door.").order_by("pk")] == ["door.opened", "door.closed"]


def test_an_opening_ends_by_itself(guarded: Any) -> None:
    guarded.LUYTRE_DOORS = frozenset({"staff"})
    actions.open_door(by="console", at=clock.now(), about=["org:tinh"], network=OUTSIDE, minutes=0)
    networks.forget()
    assert Client(REMOTE_ADDR=OUTSIDE).get("/dang-nhap/").status_code == 404


@pytest.mark.parametrize(("name", "said"), [("LUYTRE_STAFF_NETWORKS", "10.0.0.0/99"), ("LUYTRE_PROXIES", "proxy"), ("LUYTRE_MFA", "no")])
def test_a_setting_nobody_can_mean_stops_the_start_and_says_why(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from luytre.site import env

    monkeypatch.setenv(name, said)
    with pytest.raises(SystemExit, match=name):
        env.choice(name, "roles", ("roles", "all")) if name == "LUYTRE_MFA" else env.networks(name)
