"""A slot's history is the judge's timeline at each epoch; forgetting goes back exactly; attributes read the latest known row."""

from datetime import UTC, date, datetime

from luytre.core.duty import columns, history
from luytre.core.duty.columns import FOREVER, STILL
from luytre.core.duty.model import Dated, Fact, Thing
from luytre.core.duty.rollup import CODE

EARLY, LATE = datetime(2023, 7, 5, tzinfo=UTC), datetime(2023, 7, 20, tzinfo=UTC)
FIRST_HALF, SECOND_HALF = date(2023, 1, 1), date(2023, 7, 1)


class Hunt:
    """A hunt done in June and filed on 20 July: missed as known before, met as known after."""

    def timeline(self, duty_id: str, bearer: str, known: datetime, until: date) -> list[tuple[date, str]]:
        closed = "met" if known >= LATE else "missed"
        return [(FIRST_HALF, "open"), (SECOND_HALF, closed)]


def _learn(before: list[columns.Span], *moments: datetime) -> list[columns.Span]:
    for moment in moments:
        before = history.learn(before, Hunt(), "D09", "system:his", columns.moment_number(moment), date(2030, 1, 1))
    return before


def _history() -> list[columns.Span]:
    return _learn([], EARLY, LATE)


def test_what_was_known_then_stays_readable() -> None:
    table = columns.Columns.build([columns.pack(_history())])
    july = date(2023, 7, 6)
    assert table.at(july, EARLY).tolist() == [CODE["missed"]]
    assert table.at(july, LATE).tolist() == [CODE["met"]]
    assert table.at(july).tolist() == [CODE["met"]]
    assert table.at(date(2022, 12, 31)).tolist() == [columns.NOTHING]


def test_forgetting_goes_back_exactly() -> None:
    late = columns.moment_number(LATE)
    before = history.forget(_history(), late)
    assert before == _learn([], EARLY)
    assert _learn(before, LATE) == _history()


def test_a_correction_does_not_change_what_was_known() -> None:
    rows = (
        Dated("commune", date(2025, 7, 1)),
        Dated("ward", date(2025, 7, 1), known_at=LATE),
        Dated("ended", date(2026, 1, 1), date(2026, 2, 1)),
    )
    spans = history.attribute(rows, {"commune": 0, "ward": 1, "ended": 2})
    table = columns.Columns.build([columns.pack(spans)])
    assert table.at(date(2025, 8, 1), EARLY).tolist() == [0]
    assert table.at(date(2025, 8, 1)).tolist() == [1]
    assert table.at(date(2026, 1, 15), EARLY).tolist() == [2]
    assert table.at(date(2026, 1, 15)).tolist() == [1]
    assert table.at(date(2025, 6, 30)).tolist() == [columns.NOTHING]


def test_value_without_a_number_is_nothing() -> None:
    assert history.attribute((Dated("moon base", date(2025, 7, 1)),), {}) == [(0, FOREVER, columns.ALWAYS, STILL, columns.NOTHING)]


def test_epochs_are_those_of_what_the_duty_listens_to() -> None:
    facts = [
        Fact("f1", "hunt.completed", ("system:his",), FIRST_HALF, EARLY),
        Fact("f2", "scan.completed", ("system:his",), FIRST_HALF, LATE),
        Fact("f3", "evidence.rejected", (), FIRST_HALF, LATE, retracts="f1"),
    ]
    heard = history.by_thing(facts)["system:his"]
    assert [fact.id for fact in heard] == ["f1", "f2", "f3"]
    verbs, verb_of = frozenset({"hunt.completed"}), {fact.id: fact.verb for fact in facts}
    early, late = columns.moment_number(EARLY), columns.moment_number(LATE)
    assert history.fact_epochs(heard[:2], "D09", verbs, verb_of) == {early}
    assert history.fact_epochs(heard, "D09", verbs, verb_of) == {early, late}
    check = Fact("f4", "check.done", ("org:a",), FIRST_HALF, EARLY, detail={"duty": "D19"})
    assert history.fact_epochs([check], "D23", frozenset({"check.done"}), {}) == set()
    assert history.fact_epochs([check], "D19", frozenset({"check.done"}), {}) == {early}
    thing = Thing("system:his", "system", {"level": (Dated(2, FIRST_HALF), Dated(3, FIRST_HALF, known_at=LATE))})
    assert history.row_epochs([thing]) == {columns.ALWAYS, columns.moment_number(LATE)}
    assert history.first_known(thing) == columns.ALWAYS
