"""The import and official mail: public and foreign addresses are told with sheet, row and clause, and nothing is written."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from luytre.register import imports
from luytre.register.models import ContactPoint, Organisation, OrganisationDomain, OrganisationNetwork

from .books import GOOD, with_cell, workbook
from .test_workbook import AT

pytestmark = pytest.mark.django_db
DOMAINS = [["tinh", "don-vi.example", "01/01/2020", None, None], ["bv", "bv.example", "01/01/2020", None, None]]
NETWORKS = [["bv", "203.0.113.0/28", "01/01/2020", None, None], ["bv", "2001:db8::/48", "01/01/2020", None, None]]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def bring(sheets: dict[str, list[list[Any]]]) -> imports.Preview:
    return imports.bring_in(by="console", at=AT, sha256=imports.keep("so.xlsx", BytesIO(workbook(sheets))))


def told(done: imports.Preview) -> list[tuple[str, int | None, str]]:
    return [(fault.sheet, fault.row, fault.says) for fault in done.reading.faults]


def test_domains_and_networks_come_in_with_the_workbook() -> None:
    done = bring({**GOOD, "Tên miền thư": DOMAINS, "Địa chỉ truy cập": NETWORKS})
    assert told(done) == []
    assert set(OrganisationDomain.objects.values_list("of__code", "value")) == {("tinh", "don-vi.example"), ("bv", "bv.example")}
    assert set(OrganisationNetwork.objects.values_list("value", flat=True)) == {"203.0.113.0/28", "2001:db8::/48"}


@pytest.mark.parametrize(("sheet", "column"), [("Cán bộ", 4), ("Đầu mối", 3)])
@pytest.mark.parametrize("address", ["tre@gmail.com", "tre@yahoo.com"])
def test_public_mail_is_refused_even_while_no_domain_is_listed(sheet: str, column: int, address: str) -> None:
    done = bring(with_cell(sheet, 0, column, address))
    [(where, row, says)] = told(done)
    assert (where, row) == (sheet, 2)
    assert "thư công cộng" in says
    assert "1.18" in says
    assert not Organisation.objects.exists()


def test_a_foreign_domain_is_refused_once_domains_are_listed() -> None:
    done = bring({**with_cell("Cán bộ", 0, 4, "tre@noi-khac.example"), "Tên miền thư": DOMAINS})
    [(where, row, says)] = told(done)
    assert (where, row) == ("Cán bộ", 2)
    assert "bv.example, don-vi.example" in says, "and says what would do"


def test_a_contact_point_that_has_ended_is_history() -> None:
    sheets = with_cell("Đầu mối", 0, 3, "cu@gmail.com")
    sheets["Đầu mối"][0][6] = "01/01/2023"
    assert told(bring(sheets)) == []
    assert ContactPoint.objects.get().email == "cu@gmail.com"
