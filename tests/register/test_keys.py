"""Keys of machines: digests only, a scope, an end, a pace; the door for machines answers faults as problem+json and describes itself."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.models import Entry
from luytre.register import access, actions, keys, machine
from luytre.register.book import Book
from luytre.register.models import Account, ApiKey, Organisation, Person

START = date(2022, 1, 1)


@pytest.fixture
def two_bodies(db: None) -> Organisation:
    """A body with a system, another beside it, and the administrator."""
    book = Book()
    for code in ("so-tre", "so-truc"):
        book.put("organisation", code)
        book.add("organisation.name", code, f"Sở {code}", from_on=START, known_at=None)
    book.put("system", "his")
    book.add("system.name", "his", "Hệ thống", from_on=START, known_at=None)
    book.add("system.owner", "his", "so-tre", from_on=START, known_at=None)
    book.put("person", "quan-tri", name="Người quản trị", salutation="Ông")
    book.add("post", "quan-tri", "so-truc", "administrator", "", from_on=START, known_at=None)
    actions.load(by="console", at=clock.now(), book=book)
    actions.open_account(username="quan-tri", password=None, person=Person.objects.get(code="quan-tri"))
    return Organisation.objects.get(code="so-tre")


def made(body: Organisation, *scopes: str, days: int = 30, per_minute: int = 60) -> keys.Issued:
    until = clock.today() + timedelta(days=days)
    said = {"purpose": "SIEM", "scopes": scopes or ("incidents.report",), "until_on": until, "per_minute": per_minute}
    return keys.issue(by="console", at=clock.now(), organisation=body, **said)  # type: ignore[arg-type]


def test_only_the_digest_is_kept_and_the_key_opens(two_bodies: Organisation) -> None:
    issued = made(two_bodies)
    kept = " ".join(str(value) for row in ApiKey.objects.values() for value in row.values())
    told = " ".join(str(entry.detail) for entry in Entry.objects.all())
    secret = issued.token.split("_", 2)[2]
    assert secret not in kept + told
    assert keys.opened(issued.token, clock.now()) == issued.key
    wrong = issued.token[:-1] + ("A" if issued.token[-1] != "A" else "B")
    assert keys.opened(wrong, clock.now()) is None
    assert keys.opened("lt_22222222_" + "A" * 43, clock.now()) is None


def test_an_ended_or_run_out_key_opens_nothing(two_bodies: Organisation) -> None:
    ended, short = made(two_bodies), made(two_bodies, days=0)
    keys.end(by="console", at=clock.now(), key=ended.key)
    assert keys.opened(ended.token, clock.now()) is None
    assert keys.opened(short.token, clock.now()) is not None
    assert keys.opened(short.token, clock.now() + timedelta(days=1)) is None
    assert Entry.objects.filter(verb="key.ended").count() == 1


def test_a_key_writes_within_its_scope_about_its_body_only(two_bodies: Organisation) -> None:
    reads, reports, today = made(two_bodies, "incidents.read").key, made(two_bodies).key, clock.today()
    assert access.may(reads, "incident.read", "org:so-tre", today)
    assert access.may(reads, "incident.read", "system:his", today)
    assert not access.may(reads, "incident.read", "org:so-truc", today)
    assert not access.may(reads, "incident.closed", "org:so-tre", today)
    assert access.may(reports, "incident_report.received", "org:so-truc", today)
    keys.end(by="console", at=clock.now(), key=reports)
    with pytest.raises(Refusal):
        journal.record(by=reports, at=clock.now(), verb="incident_report.added", about=["org:so-tre"], on=today, detail={"report": "A"})


@pytest.mark.parametrize("fault", [{"days": -1}, {"days": 800}, {"scopes": ("khong.co",)}])
def test_a_key_without_an_end_or_a_scope_is_refused(two_bodies: Organisation, fault: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        made(two_bodies, *fault.get("scopes", ()), days=fault.get("days", 30))


def test_the_administrators_page_shows_a_key_once(two_bodies: Organisation) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="quan-tri"))
    day = clock.today() + timedelta(days=90)
    said = {"body": "so-tre", "purpose": "SIEM của Sở", "scopes": ["incidents.report"], "until_on": f"{day:%d/%m/%Y}", "per_minute": "30"}
    shown = client.post("/desk/register/keys/", said)
    assert shown.status_code == 200, shown.content.decode()[:500]
    key = ApiKey.objects.get()
    assert f"lt_{key.name}_" in shown.content.decode()
    assert f"lt_{key.name}_" not in client.get("/desk/register/keys/").content.decode()
    assert client.post(f"/desk/register/keys/{key.name}/end/").status_code == 302
    key.refresh_from_db()
    assert key.ended_at
    assert client.post("/desk/register/keys/", {**said, "body": "khong-co"}).status_code == 422


def test_the_pace_is_kept_for_each_key(two_bodies: Organisation) -> None:
    cache.clear()
    issued = made(two_bodies, per_minute=3)
    statuses = []
    for _turn in range(5):
        request = Client().generic("GET", "/", headers={"authorization": f"Bearer {issued.token}"}).wsgi_request
        statuses.append(machine.by_method(_probe)(request).status_code)
    assert statuses == [200, 200, 200, 429, 429] or statuses.count(429) >= 1  # a minute may turn between two calls


@machine.machine("GET", "/api/v1/probe/", scope="incidents.report", gives=dict[str, str], says="for this test only")
def _probe(request: object, key: keys.ApiKey) -> dict[str, str]:
    return {"key": key.name}


def test_faults_are_problems(two_bodies: Organisation) -> None:
    window, other = machine.by_method(_probe), made(two_bodies, "incidents.read")
    bare = window(Client().get("/").wsgi_request)
    assert (bare.status_code, bare["Content-Type"]) == (401, "application/problem+json")
    assert bare["WWW-Authenticate"].startswith("Bearer")
    outside = window(Client().generic("GET", "/", headers={"authorization": f"Bearer {other.token}"}).wsgi_request)
    assert outside.status_code == 403
    wrong = window(Client().generic("POST", "/", headers={"authorization": f"Bearer {other.token}"}).wsgi_request)
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET")


def _patterns(resolver: Any, before: str = "/") -> Iterator[tuple[str, Any]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _patterns(part, before + str(part.pattern))
        elif isinstance(part, URLPattern):
            yield before + str(part.pattern), part.callback


@pytest.mark.django_db
def test_the_description_names_every_machine_address_and_no_other(client: Client) -> None:
    described = json.loads(client.get("/api/openapi.json").content)
    assert described["openapi"] == "3.1.0"
    served = {address.replace("<str:", "{").replace("<int:", "{").replace(">", "}"): call for address, call in _patterns(get_resolver())}
    own = {address: set(call.operations) for address, call in served.items() if hasattr(call, "operations")}
    said = {path: {method.upper() for method in held} for path, held in described["paths"].items() if "probe" not in path}
    assert said == own
