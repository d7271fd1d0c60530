"""The projection says what the judge says, on any day as known at any moment; brought up to date it equals one built anew."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luytre import journal
from luytre.core.duty import columns
from luytre.core.duty.model import STATUSES
from luytre.journal.models import Entry
from luytre.register import actions as register
from luytre.register.book import Book
from luytre.rooms.duties import actions, projection, queries
from luytre.rooms.duties.models import Projection, Slot
from luytre.rooms.duties.projection import store

from .conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("little")]
HIS, CONG, HEALTH, COMMUNE = "system:his", "system:cong", "org:so-y-te", "org:xa-a"


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def tell(verb: str, about: str, on: date, recorded: date, **detail: object) -> Entry:
    return journal.record(by="console", at=at(recorded), verb=verb, about=[about], on=on, detail=detail)


def table() -> dict[tuple[str, str], list[columns.Span]]:
    return {(ref, line): columns.unpack(bytes(blob)) for ref, line, blob in Slot.objects.values_list("ref", "line", "history")}


def status(ref: str, duty: str, on: date = TODAY, known: datetime | None = None) -> str | None:
    return projection.matrix([ref], [duty], on, known, TODAY).rows[ref][0].status


def story() -> None:
    """Two years of filing, rejecting, retracting, confirming, waiving, in the order in which it became known."""
    late = tell("hunt.completed", HIS, date(2023, 6, 30), date(2023, 7, 20))
    plan = tell("plan.submitted", HEALTH, date(2022, 11, 28), date(2022, 12, 2), number="5/KH")
    tell("register.confirmed", HEALTH, date(2026, 3, 1), date(2026, 3, 2))
    tell("weakness.found", CONG, date(2026, 4, 1), date(2026, 4, 1), allows_intrusion=True, weakness="W1")
    journal.retract(by="console", at=at(date(2026, 4, 3)), entry=late)
    journal.record(
        by="console", at=at(date(2026, 4, 4)), verb="hunt.completed", about=[HIS, CONG], on=date(2026, 4, 4), detail={"weakness": "W1"}
    )
    tell("waiver.granted", COMMUNE, date(2026, 5, 1), date(2026, 5, 2), duty="D01", number="7/QĐ", until_on="2026-12-31")
    journal.retract(by="console", at=at(date(2026, 5, 3)), entry=plan, reason="sai mẫu", verb="evidence.rejected")
    tell("principles.taught", "org:huyen", date(2025, 5, 1), date(2026, 5, 4))
    tell("check.done", COMMUNE, date(2026, 5, 5), date(2026, 5, 5), duty="D19")


def test_brought_up_to_date_equals_built_anew() -> None:
    projection.ensure(on=TODAY)
    told = Entry.objects.count()
    story()
    assert Entry.objects.count() > told + 8
    projection.catch_up(on=TODAY)
    incremental = table()
    projection.rebuild(on=TODAY)
    assert incremental == table()


def test_entry_by_entry_equals_built_anew() -> None:
    """The same, with the projection following after each entry."""
    projection.ensure(on=TODAY)
    seen = journal.queries.last_seq()
    story()
    for seq in range(seen + 1, journal.queries.last_seq() + 1):
        _take_in_only(seq)
    incremental = table()
    projection.rebuild(on=TODAY)
    assert incremental == table()


def _take_in_only(seq: int) -> None:
    held = store.state()
    facts = list(journal.queries.facts(after=seq - 1, upto=seq))
    assert store._write(store._changed(facts, held) or {}, held, seq)


def test_a_change_of_the_register_reaches_what_it_touches() -> None:
    projection.ensure(on=TODAY)
    story()
    book = Book()
    book.add("system.level", "cong", 4, from_on=date(2026, 2, 1))
    book.add("system.owner", "mot-cua", "so-y-te", from_on=date(2026, 6, 1))
    book.put("system", "moi")
    for name, value in (("name", "Mới"), ("owner", "xa-b"), ("level", 2), ("phase", "operating")):
        book.add(f"system.{name}", "moi", value, from_on=date(2026, 6, 1))
    register.load(by="console", at=at(date(2026, 6, 5)), book=book)
    assert projection.catch_up(on=TODAY) > 20
    incremental = table()
    projection.rebuild(on=TODAY)
    assert incremental == table()
    assert status("org:xa-b", "D09") not in (None, "not_applicable")


def test_every_cell_is_what_the_judge_says() -> None:
    story()
    projection.ensure(on=TODAY)
    things, facts = queries.all_things(), list(journal.queries.facts())
    judge = queries.judge(things, facts)
    july, april = date(2023, 7, 5), date(2026, 4, 5)
    for on, known in ((TODAY, None), (july, None), (july, at(july)), (april, at(april))):
        for thing in things:
            for line, cell in zip(projection.standings_of_all(TODAY).duties, _cells(thing.id, on, known), strict=True):
                if queries.law().duties[line].subject == thing.kind:
                    result = judge.standing(line, thing.id, on, known or datetime(9000, 1, 1, tzinfo=UTC))
                    assert (cell, line, thing.id, on) == (result.status if result else None, line, thing.id, on)
                elif thing.kind == "organisation" and line in {"D07", "D09", "D14"} and cell != "not_applicable":
                    rolled = judge.owner_standing(line, thing.id, on, known or datetime(9000, 1, 1, tzinfo=UTC))
                    assert (cell, line, thing.id, on) == (rolled.status, line, thing.id, on)


def _cells(ref: str, on: date, known: datetime | None) -> list[str | None]:
    return [cell.status for cell in projection.matrix([ref], None, on, known, TODAY).rows[ref]]


def test_what_was_known_then_stays() -> None:
    tell("hunt.completed", HIS, date(2023, 6, 30), date(2023, 7, 20))
    assert status(HIS, "D09", date(2023, 7, 5), at(date(2023, 7, 5))) == "missed"
    assert status(HIS, "D09", date(2023, 7, 5), at(date(2023, 8, 1))) == "open"
    assert status(HIS, "D09", date(2023, 7, 5)) == "open"


def test_one_fact_reaches_the_board_and_judges_little_again() -> None:
    assert status(COMMUNE, "D01") == "overdue"
    tell("principles.taught", COMMUNE, date(2026, 11, 20), TODAY)
    assert projection.catch_up(on=TODAY) == 1
    assert status(COMMUNE, "D01") == "met"


def test_an_owner_is_no_greener_than_its_worst_system() -> None:
    tell("register.confirmed", HEALTH, date(2026, 10, 1), date(2026, 10, 1))
    tell("hunt.completed", HIS, date(2026, 10, 1), date(2026, 10, 1))
    cell = projection.matrix([HEALTH], ["D09"], TODAY, None, TODAY).rows[HEALTH][0]
    assert (cell.status, cell.done, cell.owed) == ("missed", 1, 2)  # the other system missed the first half and has not hunted since
    tell("hunt.completed", CONG, date(2026, 10, 2), date(2026, 10, 2))
    cell = projection.matrix([HEALTH], ["D09"], TODAY, None, TODAY).rows[HEALTH][0]
    assert (cell.status, cell.done, cell.owed) == ("met", 2, 2)


def test_a_body_that_confirmed_no_register_is_not_green() -> None:
    assert status("org:xa-b", "D09") == "unknown"
    tell("register.confirmed", "org:xa-b", date(2026, 10, 1), date(2026, 10, 1))
    assert status("org:xa-b", "D09") == "not_applicable"


def test_a_body_that_ended_is_not_counted_after_its_end() -> None:
    before, after = projection.totals(date(2025, 6, 30), today=TODAY), projection.totals(TODAY, today=TODAY)
    assert before.by_type["district"].owed > 0
    assert after.by_type["district"].owed == 0
    assert after.by_type["commune"].owed > before.by_type["commune"].owed == 0


def test_totals_are_the_sum_of_their_parts() -> None:
    totals = projection.totals(TODAY, today=TODAY)
    for parts in (totals.by_type, totals.by_group, totals.by_duty):
        assert sum(part.owed for part in parts.values()) == totals.all.owed > 0
        assert {s: sum(part[s] for part in parts.values()) for s in STATUSES} == {s: totals.all[s] for s in STATUSES}
    some = projection.totals(TODAY, refs=[COMMUNE], today=TODAY)
    assert some.bodies == 1
    worst = projection.worst(TODAY, n=3, today=TODAY)
    assert [rank.overdue for rank in worst] == sorted((rank.overdue for rank in worst), reverse=True)
    assert projection.trend([TODAY], today=TODAY)[0] == totals.all


def test_another_process_reads_the_files_and_follows(place: Path) -> None:
    assert status(COMMUNE, "D01") == "overdue"
    assert list((place / "projection").iterdir()), "the columns lie as files"
    tell("principles.taught", COMMUNE, date(2026, 11, 20), TODAY)
    projection.catch_up(on=TODAY)
    projection.forget()  # as a process that starts now: files of the old turn, the new slot from the table
    assert status(COMMUNE, "D01") == "met"


def test_files_cut_short_are_written_again(place: Path) -> None:
    assert status(COMMUNE, "D01") == "overdue"
    for path in (place / "projection").rglob("now.value.npy"):
        path.write_bytes(path.read_bytes()[:40])
    projection.forget()
    assert status(COMMUNE, "D01") == "overdue"


def test_who_comes_second_discards_its_work() -> None:
    projection.ensure(on=TODAY)
    held = store.state()
    tell("principles.taught", COMMUNE, date(2026, 11, 20), TODAY)
    projection.catch_up(on=TODAY)
    assert not store._write({}, held, held.entry + 1)
    assert Projection.objects.get().turn == held.turn + 1


def test_a_check_finds_a_slot_that_was_tampered_with() -> None:
    projection.ensure(on=TODAY)
    story()
    assert projection.check(on=TODAY) == []
    Slot.objects.filter(ref=COMMUNE, line="D01").update(history=columns.pack([(0, columns.FOREVER, columns.ALWAYS, columns.STILL, 4)]))
    assert projection.check(on=TODAY) == [(COMMUNE, "D01")]


def test_nothing_new_costs_no_judging_and_few_queries() -> None:
    projection.totals(TODAY, today=TODAY)
    with CaptureQueriesContext(connection) as few:
        projection.totals(TODAY, today=TODAY)
        projection.matrix([HEALTH, COMMUNE], None, TODAY, None, TODAY)
    with CaptureQueriesContext(connection) as more:
        projection.totals(TODAY - timedelta(days=40), today=TODAY)
        projection.matrix(projection.standings_of_all(TODAY).bodies.refs, None, TODAY, None, TODAY)
    assert len(few) <= 8
    assert len(more) <= len(few) + 4


def test_why_names_the_line_the_facts_and_what_was_held() -> None:
    hunt = tell("hunt.completed", HIS, date(2023, 6, 30), date(2023, 7, 20))
    why = projection.why("D09", HIS, date(2023, 7, 5), None, date(2023, 1, 1))
    assert why is not None
    assert why.line.result is not None
    assert why.line.result.status == "met"
    assert list(why.facts) == [str(hunt.pk)]
    assert {"missed", "met"} <= {held.status for held in why.history} | {result.status for result in why.results}
    assert projection.why("D09", "system:nowhere", TODAY) is None
    assert projection.why("D999", HIS, TODAY) is None


def test_acts_bring_the_board_up_to_date(django_capture_on_commit_callbacks: object) -> None:
    projection.ensure(on=TODAY)
    desk = queries.desk("person:xa-a", TODAY)
    assert desk is not None
    proof = next(proof for proof in desk.proofs if proof.duty.id == "D01")
    from luytre.rooms.duties import rules

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.file(by="person:xa-a", at=at(TODAY), items=rules.items([proof], COMMUNE, [], {}, {}), on=TODAY)
    assert store.state().entry == journal.queries.last_seq()
    assert status(COMMUNE, "D01") == "met"
