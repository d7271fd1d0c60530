"""The little province of the duties room with a response team beside it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from luytre.register import actions as register
from luytre.register.book import Book
from luytre.register.models import Account, Person

from ..duties.conftest import LOADED, START, little_book, place

__all__ = ["place"]
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)  # 10:00 in Vietnam


def team_book() -> Book:
    book = little_book()
    book.put("organisation", "doi")
    for table, value in (("name", "Đội ứng cứu sự cố tỉnh"), ("type", "team"), ("parent", "tinh")):
        book.add(f"organisation.{table}", "doi", value, from_on=START, known_at=None)
    book.add("organisation.exists", "doi", True, from_on=START, until_on=None, known_at=None)
    for code in ("truc", "truc-hai"):
        book.put("person", code, name=f"Người {code}", salutation="Ông", phone="0237 000 0001", email=f"{code}@doi.example")
        book.add("post", code, "doi", "response_team", "", from_on=START, known_at=None)
    book.add("contact", "so-y-te", "Trực sự cố", "0237 000 0002", "su-co@so-y-te.example", "", from_on=date(2022, 1, 1), known_at=None)
    return book


@pytest.fixture
def province(db: None) -> None:
    register.load(by="console", at=LOADED, book=team_book())
    for person in Person.objects.all():
        register.open_account(username=person.code, password=None, person=person)
    Person.objects.filter(code="can-bo").update(email="can-bo@so-y-te.example")


@pytest.fixture
def signed(province: None) -> Callable[[str], Client]:
    """signed("truc"): a client signed in as that person."""

    def client(username: str) -> Client:
        made = Client()
        made.force_login(Account.objects.get(username=username))
        return made

    return client
