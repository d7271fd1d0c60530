"""The duty door (trực) by enumeration: from outside, every role, every address: of another body nothing, whatever one sees inside."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from luytre.doors import networks, rules
from luytre.register import actions as register
from luytre.register.book import Book

from .conftest import BODIES, FILED, PEOPLE
from .matrix import ROWS, Cast
from .test_isolation import ABOUT_ONE, ASKED_ABOUT, METHODS, PLAIN, Papers, acts, body_of, filled, questions, searches, unsaid

Signed = Callable[..., Client]
OUTSIDE = "198.51.100.7"
AT_ONCE = ("chair", "head", "response", "enterprise", "administrator")  # the others with -m slow
EVERYONE = [who if who in AT_ONCE else pytest.param(who, marks=pytest.mark.slow) for who in PEOPLE]


@pytest.fixture
def outside(strangers: Papers, signed_in: Signed, settings: Any) -> Callable[[str], Client]:
    """outside("chair"): that person's browser on some network of the world; the enterprise's at its own listed address."""
    settings.LUYTRE_STAFF_NETWORKS = rules.networks(["10.20.0.0/16"])
    networks.forget()
    book = Book()
    book.add("organisation.network", "firm", f"{OUTSIDE}/32", from_on=date(2022, 1, 1))
    register.load(by="console", at=FILED, book=book)

    def client(who: str) -> Client:
        made = signed_in(who)
        made.defaults["REMOTE_ADDR"] = OUTSIDE
        return made

    return client


@pytest.fixture
def cast(strangers: Papers) -> Cast:
    return Cast(strangers)


def foreign_to(who: str) -> list[str]:
    return [body for body in ASKED_ABOUT if body != PEOPLE[who][0]]


@pytest.mark.parametrize("who", EVERYONE)
def test_on_duty_another_body_s_thing_is_no_thing(who: str, cast: Cast, outside: Callable[[str], Client]) -> None:
    client = outside(who)
    made = {(address, body): filled(address, body, cast) for address in ABOUT_ONE for body in (*foreign_to(who), None)}
    before = acts()
    for address in ABOUT_ONE:
        for method in METHODS:
            nothing = getattr(client, method)(made[address, None], {"reason": "thử"})
            for body in foreign_to(who):
                answer = getattr(client, method)(made[address, body], {"reason": "thử"})
                assert (answer.status_code, body_of(answer)) == (nothing.status_code, body_of(nothing)), (address, method, body)
    assert acts() == before
    for address, row in ((f"/{address}", row) for address, row in ROWS.items()):
        for absent, *others in zip(*(questions(address, row, body, cast) for body in (None, *foreign_to(who))), strict=True):
            for other in others:
                assert unsaid(client.get(other), other) == unsaid(client.get(absent), absent), other


@pytest.mark.parametrize("who", EVERYONE)
def test_on_duty_no_page_names_another_body(who: str, cast: Cast, outside: Callable[[str], Client]) -> None:
    client, own = outside(who), PEOPLE[who][0]
    foreign = [name for body, (name, _, _parent) in BODIES.items() if body not in ("tinh", own, BODIES[own][2])]
    foreign += [f"Hệ thống kín {body}" for body in BODIES if body != own] + [f"KIN-{body}" for body in cast.papers if body != own]
    seen = 0
    for address, row in {**PLAIN, **ABOUT_ONE}.items():
        for asked in searches(address, row, own, cast):
            answer = client.get(asked)
            assert answer.status_code < 500, asked
            seen += answer.status_code == 200
            text = body_of(answer) if "text/html" in answer.headers.get("Content-Type", "") else ""
            assert [name for name in foreign if name in text] == [], asked
    assert seen > 5, "hardly a page was there to look at"
