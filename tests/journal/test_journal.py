"""The journal: one act, one entry; the gate; retraction; the closed vocabulary; asides that may be erased."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import gatehouse, store
from luytre.journal.models import Aside, Entry
from luytre.journal.store import path, put

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
DAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def hunted(*systems: str, **rest: object) -> Entry:
    about = [f"system:{name}" for name in systems or ("his",)]
    return journal.record(by="console", at=AT, verb="hunt.completed", about=about, on=DAY, **rest)  # type: ignore[arg-type]


@journal.act("campaign.held")
def hold(*, by: str, at: datetime, about: list[str], seen: list[str]) -> journal.Told:
    seen.append("worked")
    return journal.Told(about=about, on=DAY, result="done")


def test_an_act_is_one_entry_with_its_mentions() -> None:
    told = hold(by="console", at=AT, about=["org:a", "org:b"], seen=[])
    assert told.result == "done"
    (fact,) = journal.queries.facts()
    assert (fact.verb, fact.about, fact.on, fact.known_at) == ("campaign.held", ("org:a", "org:b"), DAY, AT)
    assert told.entry is not None
    assert fact.id == str(told.entry.pk)


def test_a_refused_act_does_not_begin_and_leaves_nothing() -> None:
    seen: list[str] = []
    with pytest.raises(Refusal) as refused:
        hold(by="person:nobody", at=AT, about=["org:a"], seen=seen)
    assert refused.value.status == 403
    assert (seen, Entry.objects.count()) == ([], 0)


def test_without_a_gate_every_act_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gatehouse, "_answers", [])
    with pytest.raises(Refusal):
        hunted()


def test_one_refused_row_refuses_the_whole_batch() -> None:
    row = journal.Row(verb="hunt.completed", by="console", at=AT, about=["system:his"], on=DAY)
    strange = journal.Row(verb="hunt.completed", by="person:nobody", at=AT, about=["system:his"], on=DAY)
    with pytest.raises(Refusal):
        journal.record_many([row, strange])
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("verb", "detail", "says"),
    [
        ("hunt.imagined", {}, "no such verb"),
        ("waiver.granted", {"duty": "D09"}, "'until_on' is missing"),
        ("waiver.granted", {"duty": "D09", "until_on": "31/02/2026"}, "is no day"),
        ("plan.submitted", {"who": "một người"}, "unknown detail 'who'"),
        ("plan.submitted", {"number": "x" * 400}, "is no text"),
    ],
)
def test_the_vocabulary_is_closed(verb: str, detail: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        journal.record(by="console", at=AT, verb=verb, about=["org:a"], on=DAY, detail=detail)
    assert Entry.objects.count() == 0


def test_what_may_not_be_filed_is_not_filed() -> None:
    with pytest.raises(ValueError, match="may not be filed"):
        journal.record(by="console", at=AT, verb="evidence.rejected", about=["org:a"], on=DAY, filed=True)


def test_a_fact_of_tomorrow_is_refused_on_its_day() -> None:
    with pytest.raises(Refusal) as refused:
        journal.record(by="console", at=AT, verb="hunt.completed", about=["system:his"], on=DAY + timedelta(days=2))
    assert refused.value.field == "on"


def test_text_is_kept_in_one_form() -> None:
    decomposed = "Ho\u0323p da\u0302n\x00"  # NFD and a NUL, as some phones and old files send them
    entry = journal.record(by="console", at=AT, verb="plan.submitted", about=["org:a"], on=DAY, detail={"number": decomposed})
    assert Entry.objects.get(pk=entry.pk).detail == {"number": "Họp dân"}


def test_retraction_of_the_whole_and_of_some_mentions() -> None:
    entry = hunted("his", "lis", "pacs")
    part = journal.retract(by="console", at=AT, entry=entry, mentions=["system:lis"], reason="nhầm hệ thống")
    whole = journal.retract(by="console", at=AT, entry=entry)
    facts = {fact.id: fact for fact in journal.queries.facts()}
    assert (facts[str(part.pk)].retracts, facts[str(part.pk)].about) == (str(entry.pk), ("system:lis",))
    assert facts[str(whole.pk)].about == ("system:his", "system:lis", "system:pacs")
    with pytest.raises(Refusal):
        journal.retract(by="console", at=AT, entry=entry, mentions=["system:other"])


def test_a_batch_may_retract_its_own_earlier_row() -> None:
    first = journal.Row(verb="hunt.completed", by="console", at=AT, about=["system:his"], on=DAY, key="f1")
    back = journal.Row(verb="entry.retracted", by="console", at=AT, about=["system:his"], on=DAY, retracts="f1")
    entries = journal.record_many([first, back])
    assert entries[1].retracts_id == entries[0].pk
    with pytest.raises(ValueError, match="no entry and no key of an earlier row"):
        journal.record_many([back])
    for number, about, says in ((10**9, "system:his", "no entry"), (entries[0].pk, "system:lis", "does not mention system:lis")):
        row = journal.Row(verb="entry.retracted", by="console", at=AT, about=[about], on=DAY, retracts=number)
        with pytest.raises(ValueError, match=says):
            journal.record_many([row])


def test_facts_go_on_where_they_stopped() -> None:
    hunted("his")
    seen = journal.queries.last_seq()
    later = hunted("lis")
    assert [fact.id for fact in journal.queries.facts(after=seen)] == [str(later.pk)]


def test_an_aside_is_erased_and_the_chain_stays_valid_and_says_so() -> None:
    entry = hunted(aside={"note": "gặp ông A, 0912…"}, attachments=[journal.Upload("CV ông A.pdf", "application/pdf", b"%PDF-")])
    journal.erase_aside(by="console", at=AT, entry=entry, order="12/CV-STP")
    assert Aside.objects.get(entry=entry).text is None
    assert entry.attachments.get().name == ""
    verdict = journal.verify(AT)
    assert verdict.is_whole
    assert verdict.erased == [(entry.pk, "12/CV-STP")]
    with pytest.raises(Refusal):
        journal.erase_aside(by="console", at=AT, entry=entry, order="13/CV-STP")


def test_the_same_bytes_lie_once_and_come_back_as_they_came(tmp_path: Path) -> None:
    one = put(journal.Upload("a.txt", "text/plain", b"tre xanh"))
    two = put(journal.Upload("b.txt", "text/plain", b"tre xanh"))
    assert one.sha256 == two.sha256
    assert store.read(one.sha256) == b"tre xanh"
    assert b"tre xanh" not in path(one.sha256).read_bytes(), "sealed on disk"
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


@override_settings(LUYTRE_MAX_UPLOAD=10)
def test_a_file_too_large_is_refused_and_leaves_no_bytes(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        put(journal.Upload("a.txt", "text/plain", b"x" * 11))
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]
