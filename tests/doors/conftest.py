"""People at the doors: a chair, an administrator, a head with an officer, an enterprise; passwords and second steps in earnest."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from luytre.doors import networks
from luytre.register import actions as register
from luytre.register.book import Book
from luytre.register.models import Account, Person

START = date(2022, 1, 1)
LOADED = datetime(2022, 11, 1, 1, tzinfo=UTC)
WORD = "khoai-sọ-cua-đồng-7"
BODIES = {
    "tinh": ("UBND tỉnh", "province", None),
    "agency": ("Sở Trúc", "department", "tinh"),
    "unit": ("Trung tâm Măng", "unit", "agency"),
    "other": ("Sở Nứa", "department", "tinh"),
    "firm": ("Viễn thông Luồng", "enterprise", None),
}
PEOPLE = {
    "chair": ("tinh", "chair"),
    "admin": ("tinh", "administrator"),
    "head": ("agency", "head"),
    "contact": ("agency", "contact"),
    "officer": ("agency", "officer"),
    "other-head": ("other", "head"),
    "firm": ("firm", "enterprise"),
}


def book() -> Book:
    made = Book()
    for code, (name, kind, parent) in BODIES.items():
        made.put("organisation", code)
        for table, value in (("name", name), ("type", kind), ("exists", True), *([("parent", parent)] if parent else [])):
            made.add(f"organisation.{table}", code, value, from_on=START, known_at=None)
    for code, (body, role) in PEOPLE.items():
        made.put("person", code, name=f"Người {code}", salutation="Ông", email=f"{code}@{body}.example")
        made.add("post", code, body, role, "", from_on=START, known_at=None)
    made.add("organisation.domain", "tinh", "tinh.example", from_on=START, known_at=None)
    made.add("organisation.domain", "agency", "agency.example", from_on=START, known_at=None)
    made.add("organisation.domain", "firm", "firm.example", from_on=START, known_at=None)
    made.add("organisation.network", "firm", "203.0.113.0/28", from_on=START, known_at=None)
    return made


@pytest.fixture
def people(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Account]]:
    """Everybody with an account and the same password; the rules in force as on a real installation."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "attachments"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # seven accounts a test
    settings.LUYTRE_MFA, settings.LUYTRE_FRESH_MINUTES = "roles", 10
    monkeypatch.setattr("django.db.transaction.on_commit", lambda work, **rest: work())  # a test's transaction is never committed
    cache.clear()
    networks.forget()
    register.load(by="console", at=LOADED, book=book())
    yield {code: Account.objects.open(code, WORD, Person.objects.get(code=code)) for code in PEOPLE}
    cache.clear()
    networks.forget()


SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(people: dict[str, Account]) -> SignIn:
    """sign_in("head", REMOTE_ADDR="10.1.2.3"): a browser after the form of the sign-in page was sent."""

    def signed(username: str, password: str = WORD, **meta: str) -> Client:
        client = Client(**meta)  # type: ignore[arg-type]
        client.post("/dang-nhap/", {"username": username, "password": password})
        return client

    return signed
