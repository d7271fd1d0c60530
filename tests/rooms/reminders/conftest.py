"""A little province with addresses: an agency with head and contact, a commune without a head, a body whose contact has no address."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from luytre.register import actions as register
from luytre.register.book import Book
from luytre.register.models import Account, Person
from luytre.rooms.duties import projection
from luytre.rooms.reminders.rules import Matter

START = date(2022, 1, 1)
TODAY = date(2026, 11, 22)
LOADED = datetime(2022, 11, 1, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BODIES = (
    ("tinh", "UBND tỉnh", "province", None),
    ("dau-moi", "Cơ quan đầu mối", "coordinator", "tinh"),
    ("so-y-te", "Sở Y tế", "department", "tinh"),
    ("xa-a", "UBND xã Áng Mây", "commune", "tinh"),
    ("xa-b", "UBND xã Bến Đò", "commune", "tinh"),
)
PEOPLE = (  # code, body, role, has an address
    ("chu-tich", "tinh", "chair", True),
    ("dieu-phoi", "dau-moi", "coordinator", True),
    ("giam-doc", "so-y-te", "head", True),
    ("can-bo", "so-y-te", "contact", True),
    ("xa-a", "xa-a", "contact", True),
    ("chu-tich-xa-b", "xa-b", "head", False),
    ("xa-b", "xa-b", "contact", True),
)


def at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def matter(body: str = "so-y-te", duty: str = "D01", days_late: int = 5, **more: Any) -> Matter:
    said = {"ref": f"org:{body}", "window": "2022-11-04", "answerable": f"org:{body}", "status": "overdue" if days_late > 0 else "due_soon"}
    said |= {"due_on": TODAY - timedelta(days=days_late), **more}
    return Matter(duty=duty, **said)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Iterator[Path]:
    for name, value in {"DATA_DIR": tmp_path, "MEDIA_ROOT": tmp_path / "attachments", "LUYTRE_TODAY": TODAY.isoformat()}.items():
        setattr(settings, name, value)
    settings.LUYTRE_MAIL_FOLDER, settings.LUYTRE_QUIET_HOURS = str(tmp_path / "letters"), ""
    projection.forget()
    yield tmp_path
    projection.forget()


@pytest.fixture
def little(db: None) -> None:
    book = Book()
    for code, name, kind, parent in BODIES:
        book.put("organisation", code)
        for table, value in (("name", name), ("type", kind), ("exists", True), *([("parent", parent)] if parent else [])):
            book.add(f"organisation.{table}", code, value, from_on=START, known_at=None)
    for code, body, role, reachable in PEOPLE:
        book.put("person", code, name=f"Người {code}", salutation="Bà", phone="", email=f"{code}@{body}.example" if reachable else "")
        book.add("post", code, body, role, "", from_on=START, known_at=None)
    register.load(by="console", at=LOADED, book=book)
    for code, *_ in PEOPLE:
        register.open_account(username=code, password=None, person=Person.objects.get(code=code))


@pytest.fixture
def reading(little: None) -> Callable[[str], Client]:
    """reading("xa-a"): a client signed in as that person."""

    def client(username: str) -> Client:
        signed_in = Client()
        signed_in.force_login(Account.objects.get(username=username))
        return signed_in

    return client
