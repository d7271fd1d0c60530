"""Who may do and see what, by post, tree of the day and letter: each rule told by a case that would be otherwise without it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from luytre import journal
from luytre.journal.gatehouse import Ask
from luytre.register import access
from luytre.register import actions as register
from luytre.register.book import Book
from luytre.register.models import Organisation, Person, Role
from luytre.register.reach import posts_at

pytestmark = pytest.mark.django_db
START, MOVED, TODAY = date(2022, 1, 1), date(2025, 7, 1), date(2026, 11, 22)
LOADED, LATER = datetime(2022, 11, 1, 1, tzinfo=UTC), datetime(2026, 11, 20, 1, tzinfo=UTC)
BODIES = (("tinh", None), ("so", "tinh"), ("trung-tam", "so"), ("to", "trung-tam"), ("ban", "tinh"), ("xa", "tinh"), ("dn", None))
POSTS = (
    ("chair", "tinh", Role.CHAIR),
    ("coordinator", "ban", Role.COORDINATOR),
    ("head", "so", Role.HEAD),
    ("contact", "so", Role.CONTACT),
    ("officer", "so", Role.OFFICER),
    ("unit-head", "trung-tam", Role.HEAD),
    ("commune", "xa", Role.CONTACT),
    ("commune-head", "xa", Role.HEAD),
    ("enterprise", "dn", Role.ENTERPRISE),
    ("team", "ban", Role.RESPONSE_TEAM),
    ("auditor", "tinh", Role.AUDITOR),
    ("administrator", "so", Role.ADMINISTRATOR),
    ("appraiser", "ban", Role.APPRAISER),
)


@pytest.fixture(autouse=True)
def province(tmp_path: object, settings: object) -> Iterator[None]:
    """A department with a unit and that one's group; a system that moved from the department to the commune; one operated by the unit."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    book = Book()
    for code, parent in BODIES:
        book.put("organisation", code)
        book.add("organisation.name", code, f"Đơn vị {code}", from_on=START, known_at=None)
        book.add("organisation.exists", code, True, from_on=START, known_at=None)
        if parent:
            book.add("organisation.parent", code, parent, from_on=START, known_at=None)
    for code, body, role in POSTS:
        book.put("person", code, name=f"Người {code}", salutation="Bà", phone="", email="")
        book.add("post", code, body, role, "", from_on=START, known_at=None)
    for code in ("his", "cong"):
        book.put("system", code)
        book.add("system.name", code, f"Hệ thống {code}", from_on=START, known_at=None)
    book.add("system.owner", "his", "so", from_on=START, until_on=MOVED, known_at=None)
    book.add("system.owner", "his", "xa", from_on=MOVED, known_at=None)
    book.add("system.owner", "cong", "so", from_on=START, known_at=None)
    book.add("system.operator", "cong", "trung-tam", from_on=START, known_at=None)
    register.load(by="console", at=LOADED, book=book)
    return


def may(who: str, verb: str, thing: str, on: date = TODAY) -> bool:
    return access.may(f"person:{who}", verb, thing, on)


def sees(who: str, on: date = TODAY) -> set[str]:
    return set(access.visible_refs(f"person:{who}", on))


def more(table: str, of: str, *values: object, from_on: date, until_on: date | None = None) -> None:
    book = Book()
    book.add(table, of, *values, from_on=from_on, until_on=until_on)
    register.load(by="console", at=LATER, book=book)


def letter(unit: str, to: str, on: date, verb: str = "delegation.granted", **detail: object) -> int:
    told = {"to": f"org:{to}", "number": "1/CV", **detail}
    return journal.record(by="console", at=LATER, verb=verb, about=[f"org:{unit}"], on=on, detail=told).pk


# -- posts --


def test_a_post_writes_for_its_own_body_only_while_it_lasts() -> None:
    assert may("contact", "principles.taught", "org:so")
    assert not may("contact", "principles.taught", "org:trung-tam")
    assert not may("contact", "principles.taught", "org:xa")
    assert not may("contact", "principles.taught", "org:so", date(2021, 12, 31))
    assert not may("nobody", "principles.taught", "org:so")


def test_a_post_ended_by_a_later_row_ends_that_day() -> None:
    assert may("contact", "principles.taught", "org:so", date(2026, 11, 1))
    more("post", "contact", "so", Role.CONTACT, "", from_on=START, until_on=date(2026, 11, 1))
    assert may("contact", "principles.taught", "org:so", date(2026, 10, 31))
    assert not may("contact", "principles.taught", "org:so", date(2026, 11, 1))
    assert sees("contact", date(2026, 11, 1)) == set()


def test_a_row_known_later_about_the_same_post_wins_in_whatever_order_they_come() -> None:
    more("post", "contact", "so", Role.CONTACT, "", from_on=START, until_on=date(2026, 11, 1))
    book = Book()
    book.add("post", "contact", "so", Role.CONTACT, "", from_on=START, known_at=datetime(2020, 1, 1, tzinfo=UTC))
    register.load(by="console", at=LATER, book=book)
    assert not may("contact", "principles.taught", "org:so", date(2026, 11, 1))


# -- systems --


def test_a_system_goes_with_its_owner_of_the_day_and_its_operator() -> None:
    assert may("contact", "hunt.completed", "system:his", date(2025, 6, 30))
    assert not may("contact", "hunt.completed", "system:his", MOVED)
    assert may("commune", "hunt.completed", "system:his", MOVED)
    assert not may("commune", "hunt.completed", "system:his", date(2025, 6, 30))
    assert may("unit-head", "hunt.completed", "system:cong")
    assert may("contact", "hunt.completed", "system:cong")
    assert not may("contact", "hunt.completed", "system:khong-co")


def test_a_former_owner_sees_it_no_more_and_the_next_not_yet() -> None:
    assert "system:his" in sees("contact", date(2025, 6, 30))
    assert "system:his" not in sees("contact", MOVED)
    assert "system:his" in sees("commune", MOVED)
    assert "system:his" not in sees("commune", date(2025, 6, 30))


def test_a_correction_of_the_owner_counts_over_the_row_before() -> None:
    more("system.owner", "cong", "dn", from_on=START)
    assert may("enterprise", "order.answered", "system:cong")
    assert not may("contact", "hunt.completed", "system:cong")
    more("system.operator", "cong", None, from_on=START)
    assert not may("unit-head", "hunt.completed", "system:cong")
    assert "system:cong" not in sees("unit-head")


# -- the tree --


def test_seeing_flows_down_the_tree_of_the_day_never_up_or_aside() -> None:
    assert sees("head") == {"org:so", "org:trung-tam", "org:to", "system:cong"}
    assert sees("unit-head") == {"org:trung-tam", "org:to", "system:cong"}
    assert sees("commune") == {"org:xa", "system:his"}
    assert sees("enterprise") == {"org:dn"}
    more("organisation.parent", "trung-tam", "xa", from_on=MOVED)
    assert sees("head") == {"org:so", "system:cong"}
    assert {"org:trung-tam", "org:to"} <= sees("commune")
    assert "org:trung-tam" in sees("head", date(2025, 6, 30))


def test_reading_flows_down_but_writing_does_not() -> None:
    assert may("head", "incident.read", "org:to")
    assert may("head", "personal_data.read", "system:cong")
    assert not may("head", "incident.read", "org:xa")
    assert not may("unit-head", "incident.read", "org:so")
    assert not may("head", "incident.detected", "org:to")


def test_a_body_cut_off_or_under_itself_leads_nowhere() -> None:
    more("organisation.parent", "to", None, from_on=MOVED)
    assert not may("head", "incident.read", "org:to")
    more("organisation.parent", "to", "to", from_on=MOVED)
    assert not may("head", "incident.read", "org:to")
    assert "org:to" not in sees("head")


def test_two_bodies_under_one_another_are_walked_once() -> None:
    """A tree entered wrongly must not keep a page waiting for ever."""
    more("organisation.parent", "trung-tam", "to", from_on=MOVED)
    assert sees("unit-head") == {"org:trung-tam", "org:to", "system:cong"}
    assert sees("head") == {"org:so", "system:cong"}


def test_whoever_serves_the_province_sees_all_of_it_and_the_administrator_none() -> None:
    for who in ("chair", "coordinator", "team", "auditor", "appraiser"):
        assert sees(who) == {f"org:{code}" for code, _ in BODIES} | {"system:his", "system:cong"}, who
        assert access.sees_all(f"person:{who}", TODAY)
    assert sees("administrator") == set()
    assert not access.sees_all("person:administrator", TODAY)
    assert not access.sees_all("person:head", TODAY)
    assert access.sees_all("console", TODAY)


def test_what_is_seen_is_the_same_asked_one_by_one() -> None:
    things = [*(f"org:{code}" for code, _ in BODIES), "system:his", "system:cong"]
    for who, _, _ in POSTS:
        for on in (date(2025, 6, 30), TODAY):
            one_by_one = {thing for thing in things if access.ground(f"person:{who}", access.SEE, thing, on)}
            assert one_by_one == sees(who, on), (who, on)
    assert access.ground("person:chair", access.SEE, "org:khong-co", TODAY) is None
    assert access.ground("person:chair", access.SEE, "person:head", TODAY) is None


# -- letters --


def test_a_letter_entrusts_until_its_end() -> None:
    letter("trung-tam", "so", date(2026, 1, 1), until_on="2026-06-30")
    assert not may("contact", "principles.taught", "org:trung-tam", date(2025, 12, 31))
    assert may("contact", "principles.taught", "org:trung-tam", date(2026, 1, 1))
    assert may("contact", "principles.taught", "org:trung-tam", date(2026, 6, 30))
    assert not may("contact", "principles.taught", "org:trung-tam", date(2026, 7, 1))
    assert not may("commune", "principles.taught", "org:trung-tam", date(2026, 1, 1))


def test_a_letter_of_the_end_ends_it_and_a_new_one_begins_again() -> None:
    letter("trung-tam", "so", date(2026, 1, 1))
    letter("trung-tam", "so", date(2026, 3, 1), "delegation.ended")
    assert may("contact", "principles.taught", "org:trung-tam", date(2026, 2, 28))
    assert not may("contact", "principles.taught", "org:trung-tam", date(2026, 3, 1))
    letter("trung-tam", "so", date(2026, 5, 1))
    assert may("contact", "principles.taught", "org:trung-tam", date(2026, 5, 1))


def test_a_letter_taken_back_never_was() -> None:
    number = letter("trung-tam", "so", date(2026, 1, 1))
    journal.retract(by="console", at=LATER, entry=number)
    assert not may("contact", "principles.taught", "org:trung-tam")


def test_a_letter_covers_the_bodys_systems_and_lets_them_be_seen() -> None:
    assert "org:xa" not in sees("contact")
    letter("xa", "so", date(2026, 1, 1), until_on="2026-12-31")
    assert may("contact", "hunt.completed", "system:his")
    assert {"org:xa", "system:his"} <= sees("contact")
    assert "org:xa" not in sees("contact", date(2027, 1, 1))
    assert "org:so" not in sees("commune"), "who gives a letter sees no more for it"


def test_a_letter_entrusts_no_signature_and_goes_no_further() -> None:
    letter("xa", "so", date(2026, 1, 1))
    letter("so", "dn", date(2026, 1, 1))
    for verb in ("register.confirmed", "delegation.granted", "delegation.ended", "label.given", "paper.issued", "storage.restricted"):
        assert may("commune-head", verb, "org:xa"), verb
        assert not may("head", verb, "org:xa"), verb
    assert may("head", "entry.retracted", "org:xa")
    assert not may("enterprise", "order.answered", "org:xa"), "what was entrusted is not entrusted on"


@pytest.mark.parametrize(
    ("scope", "within", "without"),
    [
        ("reports", "plan.submitted", "hunt.completed"),
        ("systems", "hunt.completed", "plan.submitted"),
        ("incidents", "incident.reported", "scan.completed"),
        ("all", "principles.taught", "register.confirmed"),
    ],
)
def test_a_letter_entrusts_its_scope_only(scope: str, within: str, without: str) -> None:
    letter("xa", "so", date(2026, 1, 1), scope=scope)
    assert may("contact", within, "org:xa")
    assert not may("head", without, "org:xa")
    assert may("contact", "entry.retracted", "org:xa")
    assert "org:xa" in sees("contact")


def test_every_scope_names_nouns_that_exist_and_covers_nothing_of_another() -> None:
    from luytre.register.reach import SCOPES
    from luytre.verbs import VOCABULARY

    nouns = {verb.noun for verb in VOCABULARY.values()}
    told = [noun for scope in SCOPES.values() for noun in scope]
    assert set(told) <= nouns
    assert len(told) == len(set(told))
    for scope, held in SCOPES.items():
        letter("xa", "so", date(2026, 1, 1), scope=scope)
        for noun in held:
            verb = next(name for name, one in VOCABULARY.items() if one.noun == noun and one.fileable)
            assert may("head", verb, "org:xa"), verb


# -- the gate as a whole --


def test_not_persons_have_their_few_verbs() -> None:
    asks = [
        Ask("console", "register.imported", "org:so", TODAY),
        Ask("clock", "advisory.received", "org:so", TODAY),
        Ask("clock", "register.imported", "org:so", TODAY),
        Ask("citizen", "incident.detected", "org:so", TODAY),
        Ask("citizen", "principles.taught", "org:so", TODAY),
        Ask("account:x", "principles.taught", "org:so", TODAY),
        Ask("person:head", "principles.taught", "org:so", TODAY),
    ]
    assert access.may_all(asks) == [True, True, False, True, False, False, True]


def test_of_oneself_anyone_tells_that_one_came_and_no_more() -> None:
    """Sessions, the own password and second step: by oneself about oneself, also by an account without a post."""
    for who in ("person:head", "account:kho-bac"):
        assert access.may(who, "session.started", who, TODAY)
        assert access.may(who, "factor.added", who, TODAY)
        assert not access.may(who, "account.suspended", who, TODAY)
        assert not access.may(who, "principles.taught", who, TODAY)
        assert not access.may(who, "session.started", "person:chair", TODAY)
        assert not access.may(who, "factor.removed", "person:chair", TODAY)
    assert access.ground("person:head", "session.started", "person:head", TODAY) is None, "no post grants it"


def test_a_bulk_question_costs_no_more_queries_than_one(django_assert_max_num_queries: object) -> None:
    asks = [Ask(f"person:{who}", "incident.read", f"org:{code}", TODAY) for who, _, _ in POSTS for code, _ in BODIES]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        access.may_all(asks)


def test_many_people_are_read_at_once() -> None:
    asks = [Ask(f"person:p{n}", "principles.taught", "org:so", TODAY) for n in range(600)]
    assert access.may_all([*asks, Ask("person:head", "principles.taught", "org:so", TODAY)])[-1]


def test_the_ground_says_post_way_and_letter() -> None:
    found = access.ground("person:head", "incident.read", "org:to", TODAY)
    assert found is not None
    assert (found.post.role, found.reach, found.way, found.letter) == (Role.HEAD, access.BELOW, ("org:so", "org:trung-tam", "org:to"), None)
    found = access.ground("person:head", access.SEE, "system:cong", TODAY)
    assert found is not None
    assert found.way == ("org:so", "system:cong")
    found = access.ground("person:chair", access.SEE, "org:to", TODAY)
    assert found is not None
    assert (found.reach, found.way) == (access.ALL, ("org:tinh", "org:to"))
    number = letter("xa", "so", date(2026, 1, 1), scope="systems", until_on="2026-12-31")
    found = access.ground("person:contact", "hunt.completed", "system:his", TODAY)
    assert found is not None
    assert found.letter is not None
    assert found.way == ("org:so", "org:xa", "system:his")
    assert (found.letter.entry, found.letter.number, found.letter.scope) == (number, "1/CV", "systems")
    assert (found.letter.from_on, found.letter.until_on) == (date(2026, 1, 1), date(2026, 12, 31))


def test_questions_about_a_person() -> None:
    assert access.roles("person:head", TODAY) == {Role.HEAD}
    assert [body.code for body in access.bodies("person:head", TODAY)] == ["so"]
    assert access.seats("person:head", TODAY) == ["org:so"]
    assert access.own_refs("person:head", TODAY) == {"org:so", "system:cong"}
    assert access.own_refs("person:administrator", TODAY) == set()
    assert access.above("person:unit-head", TODAY) == {"org:so", "org:tinh"}
    assert access.has_verb("person:coordinator", "evidence.accepted", TODAY)
    assert not access.has_verb("person:head", "principles.taught", TODAY)
    assert access.reading_refs("person:chair", "incident.read", TODAY) is None
    assert access.reading_refs("console", "incident.read", TODAY) is None
    assert access.reading_refs("person:unit-head", "incident.read", TODAY) == {"org:trung-tam", "org:to", "system:cong"}
    assert access.reading_refs("person:auditor", "incident.read", TODAY) == set()
    more("organisation.parent", "tinh", "to", from_on=MOVED)
    assert access.above("person:unit-head", TODAY) == {"org:so", "org:tinh", "org:to", "org:trung-tam"}


def test_of_many_verbs_those_one_writes_everywhere() -> None:
    asked = ["evidence.accepted", "order.issued", "principles.taught", "khong.co"]
    for who in ("coordinator", "chair", "head", "auditor"):
        one_by_one = {verb for verb in asked if access.has_verb(f"person:{who}", verb, TODAY)}
        assert access.has_verbs(f"person:{who}", asked, TODAY) == one_by_one, who
    assert access.has_verbs("person:coordinator", asked, TODAY) == {"evidence.accepted", "order.issued"}
    coordinator = Person.objects.get(code="coordinator")
    coordinator.at_duty_door = True
    assert access.has_verbs(coordinator, asked, TODAY) == frozenset()


def test_a_body_twice_ones_own_is_named_once() -> None:
    more("post", "head", "so", Role.CONTACT, "", from_on=START)
    assert access.seats("person:head", TODAY) == ["org:so"]


def test_by_the_duty_door_a_post_reaches_its_own_body_only() -> None:
    """Chair, team and coordinator see the province inside; from outside, as everybody, where they sit."""
    for who, inside in (("chair", None), ("team", None), ("head", {"org:so", "org:trung-tam", "org:to", "system:cong"})):
        person = Person.objects.get(code=who)
        assert access.reading_refs(person, "incident.read", TODAY) == inside
        person.at_duty_door = True
        own = {"chair": {"org:tinh"}, "team": {"org:ban"}, "head": {"org:so", "system:cong"}}[who]
        assert access.visible_refs(person, TODAY) == access.reading_refs(person, "incident.read", TODAY) == own
        assert not access.sees_all(person, TODAY)
        assert not access.has_verb(person, "order.issued", TODAY)
    head = Person.objects.get(code="head")
    assert access.ground(head, access.SEE, "org:trung-tam", TODAY)
    head.at_duty_door = True
    assert access.ground(head, access.SEE, "org:trung-tam", TODAY) is None
    assert access.ground(head, access.SEE, "org:so", TODAY)
    assert access.may(head, "plan.submitted", "org:so", TODAY)
    team = Person.objects.get(code="team")
    assert access.may(team, "order.issued", "org:so", TODAY)
    team.at_duty_door = True
    assert not access.may(team, "order.issued", "org:so", TODAY)
    administrator = Person.objects.get(code="administrator")
    administrator.at_duty_door = True
    assert access.visible_refs(administrator, TODAY) == set()
    assert access.reading_refs(administrator, "personal_data.read", TODAY) == {"org:so", "system:cong"}


def test_who_sits_at_a_body_as_known_last() -> None:
    body = Organisation.objects.get(code="so")
    assert {post.of.code for post in posts_at(body, TODAY)} == {"head", "contact", "officer", "administrator"}
    more("post", "officer", "so", Role.OFFICER, "", from_on=START, until_on=date(2026, 1, 1))
    assert {post.of.code for post in posts_at(body, TODAY)} == {"head", "contact", "administrator"}
    assert {post.of.code for post in posts_at(body, date(2025, 12, 31))} == {"head", "contact", "officer", "administrator"}


def test_what_others_say_of_rights_they_say_by_this_module() -> None:
    """The words of reach.py are meant to be said as access.ALL: what is meant for others stands in __all__ (mypy asks for it too)."""
    assert {"ALL", "BELOW", "OWN", "SEE", "Ground", "Letter", "Reach"} <= set(access.__all__)
