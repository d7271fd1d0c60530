"""The lists: sorted, filtered, cut in the database, as many questions for one row as for a hundred; the workbook is what is shown."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from luytre import journal
from luytre.core.fold import fold, sort_key
from luytre.overview.lists.desk import LISTS
from luytre.overview.lists.listing import Listing
from luytre.overview.lists.models import SavedView
from luytre.register.models import Account, System
from luytre.rooms.duties import projection
from luytre.site.world import LAST_DAY

pytestmark = pytest.mark.usefixtures("world_db")
ADDRESSES = {"organisations": "/desk/organisations/", "systems": "/desk/systems/", "papers": "/desk/papers/", "people": "/desk/people/"}


@pytest.fixture(autouse=True)
def fresh_memory(world_db: Path) -> None:
    projection.forget()


@pytest.fixture
def client() -> Client:
    signed_in = Client()
    signed_in.force_login(Account.objects.get(username="dau-moi"))
    return signed_in


def shown(client: Client, key: str, **asked: object) -> Listing:
    listing: Listing = client.get(ADDRESSES[key], asked).context["list"]
    return listing


def column(listing: Listing, key: str) -> list[Any]:
    place = [one.key for one in listing.columns].index(key)
    return [row.cells[place].value for row in listing.rows]


def every(client: Client, key: str, name: str, **asked: object) -> list[Any]:
    """A column over all pages."""
    values, number = [], 1
    while True:
        listing = shown(client, key, page=number, **asked)
        values += column(listing, name)
        if not listing.page.has_next():
            return values
        number += 1


@pytest.mark.parametrize("key", LISTS)
def test_every_column_that_sorts_sorts_both_ways(client: Client, key: str) -> None:
    listing = shown(client, key)
    for one in listing.columns:
        if one.sorts:
            first = shown(client, key, sort=one.key)
            turned = shown(client, key, sort=f"-{one.key}")
            assert first.count == turned.count == listing.count
            assert [row.ref for row in first.rows] != [row.ref for row in turned.rows], one.key
            (head,) = [head for head in first.heads if head.aria]
            assert head.column.key == one.key
            assert f"sort=-{one.key}" in head.url


def test_names_stand_in_the_order_of_a_vietnamese_dictionary(client: Client) -> None:
    for key in ("organisations", "systems"):
        names = every(client, key, "name", sort="name")
        assert names == sorted(names, key=sort_key)
        assert len(names) > 400
    owners = every(client, "systems", "owner", sort="owner")
    assert owners == sorted(owners, key=sort_key)


@pytest.mark.parametrize("name", ["late", "open", "hunt", "scan", "level"])
def test_figures_fall_and_what_has_none_stands_last(client: Client, name: str) -> None:
    values = every(client, "systems", name, sort=name)
    some = [value for value in values if value is not None]
    assert some == sorted(some, reverse=True)
    assert values[: len(some)] == some


def test_filters_of_systems_say_what_they_do(client: Client) -> None:
    whole = shown(client, "systems").count
    assert whole == len(every(client, "systems", "name"))
    levels = {level: shown(client, "systems", level=level).count for level in "012345"}
    assert sum(levels.values()) == whole
    assert levels["3"] > 5
    assert set(every(client, "systems", "level", level="3")) == {3}
    late = {said: shown(client, "systems", late=said).count for said in "01"}
    assert sum(late.values()) == whole
    assert all(value > 0 for value in every(client, "systems", "late", late="1"))
    assert {*every(client, "systems", "phase", phase="operating")} == {"Đang vận hành"}
    found = shown(client, "systems", q="trang thong tin dien tu")
    assert 0 < found.count < whole
    for row, name, owner in zip(found.rows, column(found, "name"), column(found, "owner"), strict=True):
        assert all(word in fold(f"{name} {owner} {row.ref}") for word in ("trang", "thong", "tin", "dien", "tu"))


def test_the_day_of_the_last_hunt_is_the_journals(client: Client) -> None:
    code = System.objects.order_by("sorting").values_list("code", flat=True)[0]
    ref = f"system:{code}"
    held = journal.record(by="console", at=journal.clock.now(), verb="hunt.completed", about=[ref], on=LAST_DAY, detail={}, filed=True)

    def last() -> Any:
        listing = shown(client, "systems", q=code, sort="name")
        return next(cell for row, cell in zip(listing.rows, column(listing, "hunt"), strict=True) if row.ref == ref)

    assert last() == LAST_DAY
    journal.retract(by="console", at=journal.clock.now(), entry=held)
    assert last() != LAST_DAY


def test_papers_are_filtered_by_state_words_and_year(client: Client) -> None:
    whole = shown(client, "papers").count
    states = {state: shown(client, "papers", state=state).count for state in ("waiting", "unseen", "accepted", "rejected", "retracted")}
    assert sum(states.values()) == whole
    assert min(states["waiting"], states["unseen"]) > 0
    number = next(number for number in column(shown(client, "papers"), "number") if number)
    assert number in every(client, "papers", "number", q=number)
    days = every(client, "papers", "on", year="2024", q="bien ban ra soat")
    assert days
    assert {day.year for day in days} == {2024}


def test_people_by_role_and_name(client: Client) -> None:
    heads = shown(client, "people", role="head")
    assert set(column(heads, "role")) == {"Người đứng đầu"}
    name = column(heads, "name")[0]
    assert name in every(client, "people", "name", q=name.partition(" ")[2])


@pytest.mark.parametrize("key", LISTS)
def test_a_page_asks_as_many_questions_for_one_row_as_for_a_hundred(client: Client, key: str) -> None:
    sorts = {"organisations": "name", "systems": "name", "papers": "at", "people": "name"}
    counts = {}
    by = "number" if key == "papers" else "name"
    first = shown(client, key, sort=sorts[key])
    name = next(said for said in column(first, by) if said)
    if key == "papers":  # a number alone is many bodies'; that of the entry is its own
        name += " " + first.rows[column(first, by).index(name)].ref.partition(":")[2]
    for query in ({"sort": sorts[key]}, {"sort": sorts[key], "q": str(name)}):
        client.get(ADDRESSES[key], query)
        with CaptureQueriesContext(connection) as asked:
            rows = shown(client, key, **query).rows
        counts[len(rows)] = len(asked)
    assert max(counts) == 100
    assert len(counts) == 2, "the words find fewer than a page"
    assert abs(counts[100] - counts[min(counts)]) <= 1, counts


@pytest.mark.parametrize("key", ["systems", "papers", "people"])
def test_a_page_is_cut_in_the_database(client: Client, key: str) -> None:
    sorts = {"systems": "owner", "papers": "at", "people": "body"}
    with CaptureQueriesContext(connection) as asked:
        shown(client, key, sort=sorts[key], page=2)
    assert any("LIMIT 100 OFFSET 100" in query["sql"] for query in asked)


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize("asked", [{}, {"q": "y te"}, {"sort": "-name", "late": "1", "level": "3", "role": "contact", "year": "2026"}])
def test_the_workbook_is_exactly_what_is_shown(client: Client, key: str, asked: dict[str, str]) -> None:
    if key == "papers" and "year" not in asked:
        asked = {**asked, "state": "waiting"}
    listing = shown(client, key, **asked)
    answer = client.get(f"/desk/{key}.xlsx", asked)
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[4] == [str(one.title) for one in listing.columns]
    assert len(rows) - 5 == listing.count
    assert "DỮ LIỆU" in str(rows[2][0]) or rows[2][0] == ""
    for row, read in zip(listing.rows, rows[5:], strict=False):
        said = ["" if cell.value is None else cell.value for cell in row.cells]
        assert [int(value) if isinstance(value, float) else value for value in read[: len(said)]] == said


def test_what_looks_like_a_formula_stays_text(client: Client) -> None:
    import zipfile

    system = System.objects.order_by("sorting")[0]
    for name in ("=cmd|' /C calc'!A0", "+84 hack", "@SUM(1)", "-2+3", "\t=1"):
        System.objects.filter(pk=system.pk).update(name=name)
        from luytre.register.models import SystemName

        SystemName.objects.filter(of=system).update(value=name)
        content = client.get("/desk/systems.xlsx", {"q": system.code}).content
        with zipfile.ZipFile(BytesIO(content)) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
            styles = parts.read("xl/styles.xml").decode()
        assert "<f>" not in sheet
        assert 'quotePrefix="1"' in styles
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        assert str(rows[5][0]).strip() == name.strip()


def test_a_view_is_kept_found_again_and_dropped(client: Client) -> None:
    said = {"list": "systems", "name": " Cấp độ 3  chưa săn ", "query": "level=3&duty=D09&page=4&on=2020-01-01"}
    assert client.post("/desk/views/", said).headers["Location"] == "/desk/systems/?duty=D09&level=3"
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Cấp độ 3 chưa săn", "duty=D09&level=3")
    page = client.get("/desk/systems/?duty=D09&level=3").content.decode()
    assert 'href="/desk/systems/?duty=D09&amp;level=3" aria-current="true"' in page
    client.post("/desk/views/", {**said, "query": "level=4"})
    assert SavedView.objects.get().query == "level=4"
    assert client.post("/desk/views/", {"list": "systems", "name": " "}).status_code == 409
    assert client.post("/desk/views/", {"list": "khac", "name": "x"}).status_code == 404
    assert client.post(f"/desk/views/{view.pk}/dropping/").status_code == 302
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("key", LISTS)
def test_junk_is_answered_and_nothing_found_offers_a_way_out(client: Client, key: str) -> None:
    for asked in (
        {"sort": "²"},
        {"sort": "-"},
        {"page": "9" * 30},
        {"level": "²"},
        {"late": "x"},
        {"year": "0"},
        {"role": "'"},
        {"q": "%_\\'"},
    ):
        assert client.get(ADDRESSES[key], asked).status_code == 200, asked
        assert client.get(f"/desk/{key}.xlsx", {**asked, "q": "khongcogi"}).status_code == 200, asked
    answer = client.get(ADDRESSES[key], {"q": "khongcogihet"}).content.decode()
    assert "Không có dòng nào khớp" in answer
    assert "Xóa hết bộ lọc" in answer


def test_a_past_day_is_shown_as_it_was(client: Client) -> None:
    then = shown(client, "organisations", on="2024-06-30", sort="name", type="district")
    assert then.count > 10
    assert "on=2024-06-30" in then.rows[0].url
    assert shown(client, "organisations", type="district").count == shown(client, "organisations").count, (
        "no such kind any more: not a filter"
    )
