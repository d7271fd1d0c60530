"""A little province: two agencies, a district that ended and the communes after it, an enterprise; people who sign in; three systems."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from luytre.register import actions as register
from luytre.register.book import Book
from luytre.register.models import Account, Person
from luytre.rooms.duties import projection

TODAY = date(2026, 11, 22)
LOADED = datetime(2022, 11, 1, 1, tzinfo=UTC)
START = date(2021, 1, 1)
BODIES = (
    ("tinh", "UBND tỉnh", "province", None, START, None),
    ("dau-moi", "Cơ quan đầu mối", "coordinator", "tinh", START, None),
    ("so-y-te", "Sở Y tế", "department", "tinh", START, None),
    ("trung-tam", "Trung tâm Y tế", "unit", "so-y-te", START, None),
    ("huyen", "UBND huyện Cũ", "district", "tinh", START, date(2025, 7, 1)),
    ("xa-a", "UBND xã Áng Mây", "commune", "tinh", date(2025, 7, 1), None),
    ("xa-b", "UBND xã Bến Đò", "commune", "tinh", date(2025, 7, 1), None),
    ("dn", "Viễn thông Mẫu", "enterprise", None, START, None),
)
PEOPLE = (
    ("chu-tich", "tinh", "chair"),
    ("dieu-phoi", "dau-moi", "coordinator"),
    ("giam-doc", "so-y-te", "head"),
    ("can-bo", "so-y-te", "contact"),
    ("to-truong", "trung-tam", "head"),
    ("xa-a", "xa-a", "contact"),
    ("xa-b", "xa-b", "contact"),
    ("doanh-nghiep", "dn", "enterprise"),
    ("kiem-tra", "tinh", "auditor"),
)
SYSTEMS = (("his", "so-y-te", 3), ("cong", "so-y-te", 2), ("mot-cua", "xa-a", 1))


def little_book() -> Book:
    book = Book()
    for code, name, kind, parent, born, ended in BODIES:
        book.put("organisation", code)
        for table, value in (("name", name), ("type", kind), *([("parent", parent)] if parent else [])):
            book.add(f"organisation.{table}", code, value, from_on=born, known_at=None)
        book.add("organisation.exists", code, True, from_on=born, until_on=ended, known_at=None)
    book.add("organisation.successor", "huyen", "xa-a", "", from_on=date(2025, 7, 1), known_at=None)
    for code, body, role in PEOPLE:
        book.put("person", code, name=f"Người {code}", salutation="Bà", phone="", email="")
        book.add("post", code, body, role, "", from_on=START, known_at=None)
    for code, owner, level in SYSTEMS:
        book.put("system", code)
        for table, value in (("name", f"Hệ thống {code}"), ("owner", owner), ("level", level), ("phase", "operating")):
            book.add(f"system.{table}", code, value, from_on=date(2022, 1, 1), known_at=None)
    return book


@pytest.fixture(autouse=True)
def place(settings: object, tmp_path: Path) -> Iterator[Path]:
    """A data folder of one's own, today set, and nothing left in memory from another test."""
    for name, value in {"DATA_DIR": tmp_path, "MEDIA_ROOT": tmp_path / "attachments", "LUYTRE_TODAY": TODAY.isoformat()}.items():
        setattr(settings, name, value)
    projection.forget()
    yield tmp_path
    projection.forget()


@pytest.fixture
def little(db: None) -> None:
    """The little province in the database, its people with accounts."""
    register.load(by="console", at=LOADED, book=little_book())
    for code, _, _ in PEOPLE:
        register.open_account(username=code, password=None, person=Person.objects.get(code=code))


@pytest.fixture
def reading(little: None) -> Callable[[str], Client]:
    """reading("xa-a"): a client signed in as that person."""

    def client(username: str) -> Client:
        signed_in = Client()
        signed_in.force_login(Account.objects.get(username=username))
        return signed_in

    return client
