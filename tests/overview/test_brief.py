"""The chair's brief and the comparison of two days: figures that add up, causes that name their facts, names with heads."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luytre import journal
from luytre.overview.asked import Asked
from luytre.overview.board import brief as briefs
from luytre.overview.board import kept, page
from luytre.overview.board.changes import BETTER, CAUSES, DEADLINE, LAPSED, PROOF, REGISTER, WORSE, Changes
from luytre.overview.board.queries import Province, Sieve
from luytre.overview.board.sources import as_known, changes, day_before, month_earlier, nameless, province, trend
from luytre.register.models import Account
from luytre.rooms.duties import projection
from luytre.rooms.instructions import queries as instructions
from luytre.site.world import LAST_DAY
from luytre.ui.statuses import LATE

pytestmark = pytest.mark.usefixtures("world_db")
TODAY = Asked(LAST_DAY, None, LAST_DAY)
PAIRS = [
    (date(2026, 10, 22), LAST_DAY),
    (date(2026, 11, 21), LAST_DAY),
    (date(2025, 6, 30), date(2025, 7, 1)),
    (date(2023, 6, 30), date(2024, 1, 1)),
]


@pytest.fixture
def reading(world_db: Path) -> Callable[[str], Client]:
    """reading("xa"): a client signed in as that member of the cast."""

    def client(username: str) -> Client:
        signed_in = Client()
        signed_in.force_login(Account.objects.get(username=username))
        return signed_in

    return client


def said(on: date) -> Asked:
    return Asked(on, None, LAST_DAY)


def between(first: date, last: date) -> tuple[Province, Province, Changes]:
    then, now = (province(as_known(said(on))) for on in (first, last))
    return then, now, changes(said(first), said(last), now.bodies)


@pytest.mark.parametrize(("first", "last"), PAIRS)
def test_what_became_red_less_what_ceased_to_be_is_the_change_of_the_total(first: date, last: date) -> None:
    then, now, found = between(first, last)
    assert found.counts[WORSE] - found.counts[BETTER] == now.tally().late - then.tally().late
    assert sum(found.counts.values()) == len(found.all) == sum(count for _cause, _words, count in found.by_cause())


@pytest.mark.parametrize(("first", "last"), PAIRS)
def test_every_change_is_what_the_two_boards_show(first: date, last: date) -> None:
    then, now, found = between(first, last)
    for change in found.all[:: max(1, len(found.all) // 40)]:
        for shown, status in ((then, change.before), (now, change.after)):
            if change.ref in shown.refs:
                place = shown.refs.index(change.ref)
                assert (shown.statuses(place)[shown.duties.index(change.duty)] or "not_applicable") == status
        assert change.cause in CAUSES


def test_a_passed_deadline_needs_no_fact_and_new_proof_names_its_paper() -> None:
    _then, _now, found = between(date(2026, 10, 22), LAST_DAY)
    by_time = found.explained([change for change in found.of(WORSE) if change.cause in (DEADLINE, LAPSED)][:20])
    assert by_time
    assert all(len(change.because) == 1 and not change.because[0].url for change in by_time)
    proved = found.explained([change for change in found.of(BETTER) if change.cause == PROOF][:20])
    assert proved
    assert sum(any(since.url for since in change.because) for change in proved) == len(proved)


def test_the_day_the_districts_ended_is_a_change_of_the_register() -> None:
    _then, _now, found = between(date(2025, 6, 30), date(2025, 7, 1))
    causes = {cause: count for cause, _words, count in found.by_cause()}
    assert causes[REGISTER] > len(found.all) * 0.9


def test_a_day_set_beside_itself_has_not_changed() -> None:
    assert changes(TODAY, TODAY, province(TODAY).bodies).all == []


def _brief(on: Asked) -> briefs.Brief:
    now, before = province(on), nameless(as_known(month_earlier(on)))
    board = page.Board(now, before, Sieve(), 1, "", [])
    periods = [briefs.Period("", first, changes(first, on, now.bodies)) for first in (day_before(on), month_earlier(on))]
    chair = Account.objects.get(username="chu-tich").person
    return briefs.Brief(board, now, before, periods, instructions.all_of(seen_by=chair, on=on.on), may_instruct=True)


@pytest.mark.parametrize("on", [LAST_DAY, date(2026, 3, 31), date(2024, 6, 30), date(2022, 12, 1)])
def test_three_sentences_and_five_names_for_any_day(on: date) -> None:
    shown = _brief(said(on))
    assert len(shown.sentences) == 3
    assert all(sentence.endswith(".") and "%(" not in sentence for sentence in shown.sentences)
    assert f"{on:%d/%m/%Y}" in shown.sentences[0]
    assert len(shown.names) <= 5
    for name in shown.names:
        assert name.head
        assert name.late > 0
        assert name.days >= 0
        assert name.why.startswith("/desk/why/")


def test_the_most_improved_are_fewer_late_than_a_month_before() -> None:
    shown = _brief(TODAY)
    assert 0 < len(shown.improved) <= 10
    now = dict(zip(shown.now.refs, shown.now.late.tolist(), strict=True))
    then = dict(zip(shown.before.refs, shown.before.late.tolist(), strict=True))
    best = max(then[ref] - late for ref, late in now.items() if ref in then)
    assert shown.improved[0].fewer == best
    assert all(row.head and row.before > row.now for row in shown.improved)
    assert [row.fewer for row in shown.improved] == sorted((row.fewer for row in shown.improved), reverse=True)


def test_every_one_of_the_49_points_is_the_board_of_that_day() -> None:
    points = trend(TODAY)
    assert (len(points), points[0].on, points[-1].on) == (49, date(2022, 11, 30), LAST_DAY)
    for point in points:
        total = province(said(point.on)).tally()
        assert (point.part, point.whole) == (total.late, total.whole), point.on
    assert len({point.part for point in points}) > 24, "the province changes over four years"


def test_what_is_kept_is_dropped_as_soon_as_something_is_known(reading: Callable[[str], Client]) -> None:
    client = reading("chu-tich")
    before, seen = main_of(client), kept.version()
    with CaptureQueriesContext(connection) as again:
        assert main_of(client) == before
    assert len(again) <= 14
    cell = next(c for c in _late_cells() if c[1] == "D01")
    at = journal.clock.now()
    journal.record(by="console", at=at, verb="principles.taught", about=[cell[0]], on=LAST_DAY, detail={"number": "7/KH"}, filed=True)
    projection.follow(on=LAST_DAY)
    after = main_of(client)
    assert kept.version() != seen
    assert after != before
    assert f'data-status="overdue" href="../why/D01/{cell[0]}/'.encode() in before
    assert f'data-status="overdue" href="../why/D01/{cell[0]}/'.encode() not in after


def main_of(client: Client) -> bytes:
    """The board without the frame, which holds a token of its own every time."""
    return bytes(client.get("/desk/board/").content).partition(b"<main")[2]


def _late_cells() -> list[tuple[str, str]]:
    now = province(TODAY)
    shown = now.chosen(Sieve())[:200]
    return [(now.refs[p], d.id) for p in shown for d, s in zip(now.duties, now.statuses(p), strict=True) if s in LATE]


def test_what_is_kept_for_one_scope_is_not_shown_to_another(reading: Callable[[str], Client]) -> None:
    whole = reading("chu-tich").get("/desk/board/").content.decode()
    own = reading("xa").get("/desk/board/").content.decode()
    assert "Sở Y tế" in whole
    assert "Sở Y tế" not in own
    english = reading("dau-moi")
    english.cookies["django_language"] = "en"
    assert "Board of Directive" in english.get("/desk/board/").content.decode()


@pytest.mark.parametrize("address", ["/desk/brief/", "/desk/compare/", "/desk/compare/?from=2023-06-30&to=2024-06-30"])
def test_the_number_of_questions_is_small_whatever_changed(address: str, reading: Callable[[str], Client]) -> None:
    client = reading("dau-moi")
    client.get("/desk/board/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 40, "\n".join(query["sql"][:90] for query in asked)


def test_a_body_sees_only_itself_in_brief_and_comparison(reading: Callable[[str], Client]) -> None:
    for address in ("/desk/brief/", "/desk/compare/?from=2026-01-01"):
        text = reading("xa").get(address).content.decode()
        assert "Sở Y tế" not in text
        assert "UBND xã Mường" not in text
