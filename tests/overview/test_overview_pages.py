"""What pages show is what the judge says: figures, trend, any past date, what each person may see, the same number of queries."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luytre.core.duty.model import STATUSES
from luytre.overview.asked import Asked, asked
from luytre.overview.board import page as board_page
from luytre.overview.board.queries import Sieve, Tally
from luytre.overview.board.sources import province
from luytre.overview.things import work
from luytre.register.models import Account
from luytre.site.world import LAST_DAY

pytestmark = pytest.mark.usefixtures("world_db")
Reading = Callable[[str], Client]
TODAY = Asked(LAST_DAY, None, LAST_DAY)


@pytest.fixture
def reading(world_db: Path) -> Reading:
    """reading("xa"): a client signed in as that member of the cast."""

    def client(username: str) -> Client:
        signed_in = Client()
        signed_in.force_login(Account.objects.get(username=username))
        return signed_in

    return client


def test_figures_have_denominators_and_segments_add_up() -> None:
    now = province(TODAY)
    shown = board_page.Board(now, province(board_page.month_before(TODAY)), Sieve(), 1, "", [])
    assert all(0 <= figure.value <= figure.whole for figure in shown.figures)
    every, *parts = shown.segments
    assert every.count == sum(part.count for part in parts) == len(now.refs)
    total = now.tally()
    assert sum(total.by_status.values()) == (now.grid >= 0).sum()
    assert sum(line.whole for line in shown.groups) == total.whole
    assert {status for status, _count in shown.legend} <= set(STATUSES)
    assert [row.late for row in shown.worst] == sorted((row.late for row in shown.worst), reverse=True)
    assert all(row.head for row in shown.worst), "the ten worst have heads"


def test_the_tally_counts_nothing_that_is_not_owed() -> None:
    tally = Tally({"met": 3, "waived": 1, "overdue": 2, "not_open": 5, "recommended": 7, "not_applicable": 9, "unknown": 1})
    assert (tally.whole, tally.done, tally.late, tally.of("open")) == (7, 4, 2, 0)


def test_a_past_day_shows_the_bodies_of_that_day(reading: Reading) -> None:
    then = Asked(date(2024, 6, 30), None, LAST_DAY)
    assert "district" in province(then).types
    assert "commune" not in province(then).types
    text = reading("dau-moi").get("/desk/board/?on=2024-06-30").content.decode()
    assert "Đang xem ngày 30/06/2024" in text
    assert "Cấp huyện" in text
    assert 'href="../why/D01/' in text
    assert "?on=2024-06-30" in text, "cells keep the reader in that day"


def test_what_was_known_then_differs_from_what_is_known_now(reading: Reading) -> None:
    on = date(2026, 3, 31)
    client = reading("dau-moi")
    then, now = (client.get(f"/desk/board/?on={on}{known}").context["board"].total for known in ("&known=on", ""))
    assert then.by_status != now.by_status, "evidence filed late changes what is known of the day"


@pytest.mark.parametrize("said", ["on=31/02/2026", "on=hôm qua", "known=mai"])
def test_a_day_no_calendar_has_is_refused_with_what_to_do(reading: Reading, said: str) -> None:
    response = reading("dau-moi").get(f"/desk/board/?{said}")
    assert response.status_code == 400
    assert "không có trong lịch" in response.content.decode()


def test_days_are_read_in_both_forms(rf: object) -> None:
    from django.test import RequestFactory

    for said in ("2026-06-30", "30/06/2026"):
        assert asked(RequestFactory().get("/", {"on": said})).on == date(2026, 6, 30)
    late = asked(RequestFactory().get("/", {"on": "2026-06-30", "known": "on"}))
    assert late.known is not None
    assert late.known.isoformat() == "2026-06-30T16:59:59.999999+00:00" or late.known.date() == date(2026, 6, 30)
    assert late.tail == "?on=2026-06-30&known=2026-06-30T23%3A59%3A59"


def test_who_leads_lands_on_the_board_and_who_works_on_the_list(reading: Reading) -> None:
    assert reading("chu-tich").get("/").headers["Location"] == "/desk/board/"
    assert reading("xa").get("/").headers["Location"] == "/desk/mine/"
    assert Client().get("/desk/board/").status_code == 302


def test_foreign_and_absent_look_alike(reading: Reading) -> None:
    assert "organisations/so-y-te/" in reading("dau-moi").get("/desk/board/").content.decode()  # drawn, and kept, for who sees all
    client = reading("xa")
    for path in ("/desk/organisations/so-y-te/", "/desk/organisations/khong-co/", "/desk/why/D01/org:so-y-te/", "/desk/why/D99/org:14980/"):
        assert client.get(path).status_code == 404, path
    assert client.get("/desk/why/D01/org:14980/").status_code == 200
    answer = client.get("/desk/board/")
    assert set(answer.context["board"].now.refs) == {"org:14980"}
    assert "so-y-te" not in answer.content.decode()


def test_the_board_asks_the_same_number_of_queries_whatever_it_shows(reading: Reading) -> None:
    client = reading("dau-moi")
    client.get("/desk/board/")
    counts = []
    for query in ("type=team", "type=commune", "sort=name", "type=unit&page=2"):
        with CaptureQueriesContext(connection) as asked_of_database:
            assert client.get(f"/desk/board/?{query}").status_code == 200
        counts.append(len(asked_of_database))
    assert len(set(counts)) == 1, counts


def test_why_is_a_fragment_for_the_panel_and_a_page_without_script(reading: Reading) -> None:
    client = reading("dau-moi")
    whole = client.get("/desk/why/D36/org:so-y-te/").content.decode()
    part = client.get("/desk/why/D36/org:so-y-te/", headers={"HX-Request": "true"}).content.decode()
    assert whole.startswith("<!doctype html>")
    assert part.lstrip().startswith("<aside")
    for text in (whole, part):
        assert "Điều khoản" in text
        assert "1.28" in text


def test_the_days_list_is_in_order_and_every_line_has_its_duty(reading: Reading) -> None:
    shown = reading("xa").get("/desk/mine/").context["work"]
    assert isinstance(shown, work.Work)
    days = [item.due_on or date.max for item in shown.items]
    assert days == sorted(days)
    assert sum(len(section.items) for section in shown.sections) == len(shown.items) > 0
    assert all(item.status in ("overdue", "due_soon", "open") for item in shown.items)


def test_a_system_added_is_owned_and_asks_for_its_level(reading: Reading) -> None:
    client = reading("xa")
    added = client.post("/desk/mine/systems/", {"name": "  Trang   thử  ", "phase": "operating", "from_on": "01/10/2026", "level": ""})
    assert added.status_code == 302
    assert _column(client, "/desk/systems/?q=trang+thu", "name") == ["Trang thử"]
    again = client.post("/desk/mine/systems/", {"name": "", "phase": "operating", "from_on": "31/02/2026"})
    assert again.status_code == 422
    assert set(again.context["form"].errors) == {"name", "from_on"}


def test_only_the_head_confirms_which_systems_there_are(reading: Reading) -> None:
    assert reading("can-bo").post("/desk/mine/confirm/").status_code in (403, 409)
    confirmed = reading("thu-truong").post("/desk/mine/confirm/")
    assert confirmed.status_code == 302
    assert reading("thu-truong").get("/desk/mine/").context["work"].is_confirmed


def test_lists_filter_without_diacritics_and_offer_a_way_back(reading: Reading) -> None:
    client = reading("dau-moi")
    assert _column(client, "/desk/organisations/?q=thiet ong", "name") == ["UBND xã Thiết Ống"]
    empty = client.get("/desk/organisations/?q=xyzzy").content.decode()
    assert "Không có dòng nào khớp “xyzzy”" in empty
    assert "Xóa hết bộ lọc" in empty
    assert set(_column(client, "/desk/organisations/?late=0", "late")) == {0}
    undone = _column(client, "/desk/systems/?duty=D09", "D09")
    assert undone
    assert not set(undone) & {"Đã hoàn thành", "Hoàn thành muộn", "Được miễn", "Không thuộc diện", ""}


def _column(client: Client, address: str, key: str) -> list[object]:
    """What stands in one column of a list."""
    listing = client.get(address).context["list"]
    place = [column.key for column in listing.columns].index(key)
    return [row.cells[place].value for row in listing.rows]


def test_pages_of_bodies_and_systems_show_standing_people_and_history(reading: Reading) -> None:
    client = reading("dau-moi")
    body = client.get("/desk/organisations/so-y-te/").context["body"]
    assert body.tally.whole > 20
    assert body.officers[0].role == "head"
    assert body.owned
    assert body.happened
    system = client.get(f"/desk/systems/{body.owned[0].code}/").context["system"]
    assert system.owner is not None
    assert system.owner[0] == "so-y-te"
    assert system.stages
    ended = client.get("/desk/organisations/h380/").content.decode()
    assert "nhiệm vụ chuyển cho" in ended
