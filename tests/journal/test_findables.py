"""What can be found: without marks, đ as d, by the beginning of every word; written over, never twice; in both databases alike."""

from datetime import date

import pytest

from luytre.core.fold import tokens
from luytre.journal.findables import Found, matching, put
from luytre.journal.models import Findable

pytestmark = pytest.mark.django_db

NAMES = {
    "org:dong-son": "UBND phường Đông Sơn",
    "org:dong-tien": "UBND xã Đồng Tiến",
    "org:dai-hoc": "Trường Đại học Hồng Đức",
    "org:so-gd": "Sở Giáo dục và Đào tạo",
}


@pytest.fixture(autouse=True)
def names() -> None:
    put(Found(ref, "org", name, [ref]) for ref, name in NAMES.items())


def found(typed: str, seen: frozenset[str] | None = None) -> set[str]:
    return {row.thing for row in matching(typed, "org", seen, 20)}


@pytest.mark.parametrize(
    ("typed", "refs"),
    [
        ("dong", {"org:dong-son", "org:dong-tien"}),
        ("Đông", {"org:dong-son", "org:dong-tien"}),
        ("ĐÔNG SƠN", {"org:dong-son"}),
        ("son dong", {"org:dong-son"}),
        ("dao tao", {"org:so-gd"}),
        ("đại h", {"org:dai-hoc"}),
        ("dai học HỒNG", {"org:dai-hoc"}),
        ("ubnd d", {"org:dong-son", "org:dong-tien"}),
        ("ong", set()),
        ("", set()),
        ("!!!", set()),
        ("Đo\u0302ng", {"org:dong-son", "org:dong-tien"}),
    ],
)
def test_marks_do_not_matter_and_words_begin_as_typed(typed: str, refs: set[str]) -> None:
    assert found(typed) == refs


def test_only_what_the_reader_sees() -> None:
    assert found("dong", frozenset({"org:dong-son", "org:khac"})) == {"org:dong-son"}
    assert found("dong", frozenset()) == set()
    assert found("dong", frozenset(f"org:{n}" for n in range(900)) | {"org:dong-tien"}) == {"org:dong-tien"}


def test_written_over_and_not_twice() -> None:
    put([Found("org:dong-son", "org", "UBND xã Lam Sơn", ["org:dong-son"], on=date(2026, 1, 1))])
    assert found("dong son") == set()
    assert found("lam son") == {"org:dong-son"}
    assert Findable.objects.count() == len(NAMES)
    Findable.objects.filter(thing="org:dong-son").delete()
    assert found("lam son") == set()


def test_what_begins_as_typed_comes_first() -> None:
    put([Found(f"org:{n}", "org", f"Trung tâm Sở {n}", [f"org:{n}"]) for n in range(30)])
    assert matching("so", "org", None, 5)[0].thing == "org:so-gd"


def test_titles_that_begin_as_typed_stand_in_the_order_of_titles() -> None:
    put([Found(f"org:{n}", "org", f"Xã số {n:02}, {'%' * (n % 2)}_", [f"org:{n}"]) for n in range(30)])
    assert [row.title[:9] for row in matching("xã số", "org", None, 3)] == ["Xã số 00,", "Xã số 01,", "Xã số 02,"]
    assert [row.title for row in matching("Xã số 01, %", "org", None, 3)] == ["Xã số 01, %_"]
    assert [row.thing for row in matching("xa so", "org", frozenset({"org:7", "org:29"}), 9)] == ["org:7", "org:29"]
    assert matching("xa so", "system", None, 3) == []


def test_tokens_are_folded_letters_and_digits() -> None:
    assert tokens("Số 12/KH-UBND, ngày 3/9; số 12") == ["so", "12", "kh", "ubnd", "ngay", "3", "9"]
