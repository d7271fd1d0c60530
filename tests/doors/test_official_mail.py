"""Official mail in the register: what is public, what stands under a domain of the body or of one above."""

from datetime import date

import pytest

from luytre.register import actions as register
from luytre.register.book import Book
from luytre.register.mail import Official, is_public, is_under

from .conftest import LOADED, START, book

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    "address",
    ["a@gmail.com", "a@GMAIL.com", "a@yahoo.com", "a@mail.yahoo.com", "a@outlook.com", "a@hotmail.com", "a@vnn.vn", "a@proton.me"],
)
def test_public_providers_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["a@sotrc.gov.example", "a@thanhhoa.gov.vn", "a@gmail.com.so.example", "a@notgmail.example"])
def test_others_are_not(address: str) -> None:
    assert not is_public(address)


def test_under_a_domain_not_beside_it() -> None:
    assert is_under("a@x.tinh.example", ["tinh.example"])
    assert is_under("a@TINH.example", ["tinh.example"])
    assert not is_under("a@notinh.example", ["tinh.example"])
    assert not is_under("a@tinh.example.evil.example", ["tinh.example"])


@pytest.mark.django_db
def test_a_body_s_own_domain_and_those_above_and_no_others() -> None:
    register.load(by="console", at=LOADED, book=book())
    official = Official(ON)
    assert official.fault("a@agency.example", ["unit"]) == ""
    assert official.fault("a@tinh.example", ["unit"]) == ""
    assert "1.18" in official.fault("a@firm.example", ["unit"])
    assert "công vụ" in official.fault("a@tinh.example", ["firm"]), "an enterprise is not below the province"
    assert official.fault("", ["unit"]) == ""


@pytest.mark.django_db
def test_a_domain_counts_from_its_first_to_its_last_day() -> None:
    register.load(by="console", at=LOADED, book=book())
    ended = Book()
    ended.add("organisation.domain", "agency", "agency.example", from_on=START, until_on=date(2026, 1, 1))
    register.load(by="console", at=LOADED.replace(year=2026), book=ended)
    assert Official(date(2025, 12, 31)).fault("a@agency.example", ["agency"]) == ""
    assert "công vụ" in Official(ON).fault("a@agency.example", ["agency"])
    assert Official(ON).fault("a@tinh.example", ["agency"]) == ""


@pytest.mark.django_db
def test_while_no_domain_is_listed_only_public_mail_can_be_told() -> None:
    bare = book()
    bare.dated.pop("organisation.domain")
    register.load(by="console", at=LOADED, book=bare)
    assert Official(ON).fault("a@bat-ky.example", ["agency"]) == ""
    assert "công cộng" in Official(ON).fault("a@gmail.com", ["agency"])
