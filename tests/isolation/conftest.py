"""A province of strangers: an agency with a unit, its sibling, a commune, a firm, a team; each with a paper of its own."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from luytre import journal
from luytre.journal.models import Attachment, Entry
from luytre.register import actions as register
from luytre.register.book import Book
from luytre.register.models import Account, Person
from luytre.rooms.duties import projection

TODAY = date(2026, 11, 22)
START = date(2022, 1, 1)
LOADED, FILED = datetime(2022, 11, 1, 1, tzinfo=UTC), datetime(2026, 11, 20, 1, tzinfo=UTC)
BODIES = {  # code → name, type, parent
    "tinh": ("UBND tỉnh", "province", None),
    "dau-moi": ("Cơ quan điều phối", "coordinator", "tinh"),
    "agency": ("Sở Trúc Quân Tử", "department", "tinh"),
    "child": ("Trung tâm Măng Non", "unit", "agency"),
    "sibling": ("Sở Tre Đằng Ngà", "department", "tinh"),
    "commune": ("UBND xã Lồ Ô", "commune", "tinh"),
    "firm": ("Viễn thông Nứa", "enterprise", None),
    "team": ("Đội Luồng", "team", "tinh"),
}
PEOPLE = {  # sign-in → body, role
    "chair": ("tinh", "chair"),
    "coordinator": ("dau-moi", "coordinator"),
    "second": ("dau-moi", "coordinator"),
    "head": ("agency", "head"),
    "contact": ("agency", "contact"),
    "child-head": ("child", "head"),
    "sibling-head": ("sibling", "head"),
    "commune": ("commune", "officer"),
    "enterprise": ("firm", "enterprise"),
    "response": ("team", "response_team"),
    "auditor": ("tinh", "auditor"),
    "officer": ("agency", "officer"),
    "appraiser": ("sibling", "appraiser"),
    "administrator": ("tinh", "administrator"),
}
OWNERS = ("agency", "child", "sibling", "commune")


def _book() -> Book:
    book = Book()
    for code, (name, kind, parent) in BODIES.items():
        book.put("organisation", code)
        for table, value in (("name", name), ("type", kind), ("exists", True), *([("parent", parent)] if parent else [])):
            book.add(f"organisation.{table}", code, value, from_on=START, known_at=None)
    for code, (body, role) in PEOPLE.items():
        book.put("person", code, name=f"Người giữ {code}", salutation="Bà", phone="", email="")
        book.add("post", code, body, role, "", from_on=START, known_at=None)
    for owner in OWNERS:
        book.put("system", f"sys-{owner}")
        for table, value in (("name", f"Hệ thống kín {owner}"), ("owner", owner), ("level", 2), ("phase", "operating")):
            book.add(f"system.{table}", f"sys-{owner}", value, from_on=START, known_at=None)
    return book


@pytest.fixture
def place(settings: object, tmp_path: Path) -> Iterator[Path]:
    """A data folder of one's own, today set, and nothing left in memory from another test."""
    for name, value in {"DATA_DIR": tmp_path, "MEDIA_ROOT": tmp_path / "attachments", "LUYTRE_TODAY": TODAY.isoformat()}.items():
        setattr(settings, name, value)
    projection.forget()
    yield tmp_path
    projection.forget()


@pytest.fixture
def strangers(db: None, place: Path) -> dict[str, Entry]:
    """The province in the database; each body's own paper with a file and a note, by the code of the body."""
    return settled()


def settled(password: str | None = None) -> dict[str, Entry]:
    """Settle the province in whatever database is open; with a password its people can sign in by the page."""
    register.load(by="console", at=LOADED, book=_book())
    for code in PEOPLE:
        register.open_account(username=code, password=password, person=Person.objects.get(code=code))
    return {code: _paper(code) for code in ("agency", "child", "sibling", "commune", "firm", "dau-moi")}


def _paper(body: str) -> Entry:
    upload = journal.Upload(f"to-{body}.pdf", "application/pdf", f"%PDF-1.7 {body}".encode())
    return journal.record(
        by="console",
        at=FILED,
        verb="principles.taught",
        about=[f"org:{body}"],
        on=FILED.date(),
        detail={"number": f"9/KIN-{body}"},
        filed=True,
        attachments=[upload],
        aside={"note": f"ghi chú kín của {body}"},
    )


@pytest.fixture
def signed_in() -> Callable[[str], Client]:
    """signed_in("head"): a client signed in as that person; faults of windows become answers, as in service."""

    def client(username: str, **options: bool) -> Client:
        made = Client(raise_request_exception=False, **options)
        if username:
            made.force_login(Account.objects.get(username=username))
        return made

    return client


def file_of(entry: Entry) -> int:
    return Attachment.objects.get(entry=entry).pk
