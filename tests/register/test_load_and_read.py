"""The bulk door in, the judge's things out; access by dated posts; both in a constant number of queries."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luytre import journal
from luytre.core.duty.model import Dated
from luytre.core.refusal import Refusal
from luytre.register import access, actions, queries
from luytre.register.book import Book

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


def small_book() -> Book:
    book = Book()
    for code, name, kind in (
        ("tinh", "UBND tỉnh", "province"),
        ("so-y-te", "Sở Y tế", "department"),
        ("bv", "Bệnh viện Đa khoa", "unit"),
        ("so-xd", "Sở Xây dựng", "department"),
    ):
        book.put("organisation", code)
        book.add("organisation.name", code, name, from_on=LONG_AGO, known_at=None)
        book.add("organisation.type", code, kind, from_on=LONG_AGO, known_at=None)
        book.add("organisation.exists", code, True, from_on=LONG_AGO, known_at=None)
    book.add("organisation.parent", "so-y-te", "tinh", from_on=LONG_AGO, known_at=None)
    book.add("organisation.parent", "bv", "so-y-te", from_on=LONG_AGO, known_at=None)
    book.put("system", "his")
    book.add("system.name", "his", "Quản lý bệnh viện", from_on=LONG_AGO, known_at=None)
    book.add("system.owner", "his", "bv", from_on=LONG_AGO, known_at=None)
    book.add("system.level", "his", 2, from_on=date(2022, 10, 1), known_at=None)
    book.add("system.level", "his", 3, from_on=date(2023, 5, 1))
    book.add("system.data", "his", "basic", 120_000, from_on=LONG_AGO, known_at=None)
    for code, name, salutation, body, role in (
        ("a", "Trần Tre", "Bà", "bv", "head"),
        ("b", "Lê Trúc", "Ông", "so-y-te", "contact"),
        ("c", "Phạm Nứa", "Ông", "tinh", "chair"),
    ):
        book.put("person", code, name=name, salutation=salutation)
        book.add("post", code, body, role, "", from_on=date(2022, 1, 1), known_at=None)
    return book


def test_things_carry_their_dated_attributes() -> None:
    actions.load(by="console", at=AT, book=small_book())
    found = {thing.id: thing.attributes for thing in queries.things()}
    assert found["org:bv"]["parent"] == (Dated("org:so-y-te", LONG_AGO),)
    assert found["org:bv"]["head"] == (Dated("Bà Trần Tre", date(2022, 1, 1)),)
    assert found["system:his"]["level"] == (Dated(2, date(2022, 10, 1)), Dated(3, date(2023, 5, 1), None, AT))
    assert found["system:his"]["data_basic"] == (Dated(120_000, LONG_AGO),)
    earlier = {thing.id: thing.attributes for thing in queries.things(known=datetime(2025, 1, 1, tzinfo=UTC))}
    assert earlier["system:his"]["level"] == (Dated(2, date(2022, 10, 1)),)


def test_loading_again_changes_nothing_and_writes_no_entry() -> None:
    assert actions.load(by="console", at=AT, book=small_book()).rows > 0
    before = journal.queries.last_seq()
    assert actions.load(by="console", at=AT.replace(hour=9), book=small_book()).rows == 0
    assert journal.queries.last_seq() == before


def test_one_import_is_one_entry_that_mentions_what_it_touched() -> None:
    actions.load(by="console", at=AT, book=small_book())
    (fact,) = journal.queries.facts()
    assert fact.verb == "register.imported"
    assert fact.about == ("org:bv", "org:so-xd", "org:so-y-te", "org:tinh", "system:his")


def test_a_new_name_is_borne_in_lists_with_its_search_and_sort_keys() -> None:
    actions.load(by="console", at=AT, book=small_book())
    book = Book()
    book.add("organisation.name", "bv", "Bệnh viện Đông Sơn", from_on=date(2025, 7, 1))
    actions.load(by="console", at=AT, book=book)
    hospital = queries.organisation("bv")
    assert hospital is not None
    assert (hospital.name, hospital.folded) == ("Bệnh viện Đông Sơn", "benh vien dong son")


def test_a_later_row_can_end_an_earlier_one_sooner() -> None:
    actions.load(by="console", at=AT, book=small_book())
    book = Book()
    book.add("organisation.exists", "bv", True, from_on=LONG_AGO, until_on=date(2025, 7, 1))
    actions.load(by="console", at=AT, book=book)
    rows = next(thing for thing in queries.things() if thing.id == "org:bv").attributes["exists"]
    assert Dated(None, date(2025, 7, 1), None, AT) in rows


def test_things_cost_the_same_number_of_queries_at_any_size() -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            queries.things()
        return len(queries_made)

    actions.load(by="console", at=AT, book=small_book())
    few = cost()
    book = Book()
    for number in range(300):
        book.put("system", f"s{number}")
        book.add("system.name", f"s{number}", f"Hệ thống {number}", from_on=LONG_AGO)
        book.add("system.owner", f"s{number}", "so-xd", from_on=LONG_AGO)
    actions.load(by="console", at=AT, book=book)
    assert cost() == few


def test_a_head_confirms_for_the_own_body_only() -> None:
    actions.load(by="console", at=AT, book=small_book())
    head, hospital, department = queries.person("a"), queries.organisation("bv"), queries.organisation("so-y-te")
    assert head and hospital and department
    told = actions.confirm(by=head, at=AT, organisation=hospital, on=AT.date())
    assert told.entry is not None
    assert told.entry.detail == {"systems": 1}
    with pytest.raises(Refusal) as refused:
        actions.confirm(by=head, at=AT, organisation=department, on=AT.date())
    assert refused.value.status == 403
    assert journal.queries.last_seq() == 2


@pytest.mark.parametrize(
    ("who", "verb", "thing", "on", "granted"),
    [
        ("person:a", "hunt.completed", "system:his", date(2026, 1, 1), True),
        ("person:a", "hunt.completed", "system:his", date(2021, 12, 31), False),  # before the post
        ("person:a", "plan.submitted", "org:so-y-te", date(2026, 1, 1), False),  # not its parent
        ("person:b", "plan.submitted", "org:bv", date(2026, 1, 1), False),  # nor a child, without delegation
        ("person:b", "register.confirmed", "org:so-y-te", date(2026, 1, 1), False),  # only the head confirms
        ("person:c", "waiver.granted", "org:bv", date(2026, 1, 1), True),
        ("person:a", "waiver.granted", "org:bv", date(2026, 1, 1), False),
        ("person:nobody", "plan.submitted", "org:bv", date(2026, 1, 1), False),
        ("citizen", "plan.submitted", "org:bv", date(2026, 1, 1), False),
    ],
)
def test_rights_follow_post_role_and_day(who: str, verb: str, thing: str, on: date, granted: bool) -> None:
    actions.load(by="console", at=AT, book=small_book())
    assert access.may(who, verb, thing, on) is granted


def test_a_parent_files_for_a_unit_that_delegated_in_writing() -> None:
    actions.load(by="console", at=AT, book=small_book())
    letter = {"to": "org:so-y-te", "until_on": "2026-06-30"}
    journal.record(by="person:a", at=AT, verb="delegation.granted", about=["org:bv"], on=date(2026, 1, 5), detail=letter)
    assert access.may("person:b", "hunt.completed", "system:his", date(2026, 6, 30))
    assert not access.may("person:b", "hunt.completed", "system:his", date(2026, 1, 4))
    assert not access.may("person:b", "hunt.completed", "system:his", date(2026, 7, 1))


def test_one_sees_the_own_subtree_and_the_chair_sees_all() -> None:
    actions.load(by="console", at=AT, book=small_book())
    assert access.visible_refs("person:b", AT.date()) == {"org:so-y-te", "org:bv", "system:his"}
    assert access.visible_refs("person:a", AT.date()) == {"org:bv", "system:his"}
    assert "org:so-xd" in access.visible_refs("person:c", AT.date())
    assert access.visible_refs("person:nobody", AT.date()) == frozenset()
