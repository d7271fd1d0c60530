"""The chain under hands that should not be there: every tampering names the exact entry."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from luytre import journal
from luytre.journal.models import Aside, Attachment, Entry, Head, Mention
from luytre.journal.store import path

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
DAY = date(2026, 11, 19)


@pytest.fixture
def entries(tmp_path: Path, settings: object) -> list[Entry]:
    """Ten entries: the fourth with an aside, the sixth with a file."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    written = []
    for number in range(1, 11):
        row = journal.Row(
            verb="plan.submitted",
            by="console",
            at=AT,
            about=[f"org:don-vi-{number}"],
            on=DAY,
            detail={"number": f"{number}/KH"},
            aside={"note": "ghi chú"} if number == 4 else None,
            attachments=[journal.Upload("kh.pdf", "application/pdf", b"%PDF-1.7 ke hoach")] if number == 6 else (),
        )
        written += journal.record_many([row])
    return written


def broken(**options: object) -> tuple[int | None, int | None, str]:
    fault = journal.verify(AT, **options).broken  # type: ignore[arg-type]
    assert fault is not None
    return fault.entry, fault.seq, fault.why


def unguarded(statement: str, *values: object) -> None:
    """As someone with the database open would: no foreign keys in the way."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_chain_is_whole_and_gap_free(entries: list[Entry]) -> None:
    assert journal.verify(AT).is_whole
    assert list(Entry.objects.order_by("id").values_list("seq", flat=True)) == list(range(1, 11))


def test_a_flipped_byte_in_a_detail(entries: list[Entry]) -> None:
    Entry.objects.filter(pk=entries[2].pk).update(detail={"number": "8/KH"})
    assert broken() == (entries[2].pk, 3, "content_changed")


@pytest.mark.parametrize("field", ["verb", "by", "on", "at", "filed", "moment", "retracts"])
def test_any_field_changed(entries: list[Entry], field: str) -> None:
    other = {"verb": "plan.changed", "by": "person:x", "on": DAY - timedelta(days=1), "at": AT - timedelta(days=1)}
    value = other.get(field) or {"filed": True, "moment": AT, "retracts": entries[0].pk}[field]
    Entry.objects.filter(pk=entries[4].pk).update(**{field: value})
    assert broken() == (entries[4].pk, 5, "content_changed")


def test_a_mention_added_or_taken_away(entries: list[Entry]) -> None:
    Mention.objects.create(entry=entries[7], thing="org:khac")
    assert broken() == (entries[7].pk, 8, "content_changed")
    Mention.objects.filter(entry=entries[7]).delete()
    assert broken() == (entries[7].pk, 8, "content_changed")


def test_a_row_dropped_from_the_middle_and_from_the_end(entries: list[Entry]) -> None:
    Mention.objects.filter(entry=entries[9]).delete()
    unguarded("DELETE FROM journal_entry WHERE id = %s", entries[9].pk)
    assert broken() == (None, 10, "row_gone")
    Mention.objects.filter(entry=entries[1]).delete()
    unguarded("DELETE FROM journal_entry WHERE id = %s", entries[1].pk)
    assert broken() == (None, 2, "row_gone")


def test_two_rows_swapped(entries: list[Entry]) -> None:
    third, seventh = entries[2].pk, entries[6].pk
    for pk, seq in ((third, 777), (seventh, 3), (third, 7)):
        Entry.objects.filter(pk=pk).update(seq=seq)
    assert broken() == (seventh, 3, "link_broken")


def test_two_contents_swapped_with_their_digests(entries: list[Entry]) -> None:
    third, seventh = Entry.objects.get(pk=entries[2].pk), Entry.objects.get(pk=entries[6].pk)
    Entry.objects.filter(pk=third.pk).update(detail=seventh.detail, digest=seventh.digest)
    Mention.objects.filter(entry=third).update(thing="org:don-vi-7")
    assert broken() == (third.pk, 3, "link_broken")


def test_an_attachment_edited_lost_replaced_or_renamed(entries: list[Entry]) -> None:
    file = Attachment.objects.get(entry=entries[5])
    place = path(file.sha256)
    kept = place.read_bytes()
    place.write_bytes(kept[:60] + bytes([kept[60] ^ 1]) + kept[61:])
    assert broken() == (entries[5].pk, 6, "file_changed")
    assert journal.verify(AT, files=False).is_whole
    place.unlink()
    assert broken() == (entries[5].pk, 6, "file_gone")
    place.write_bytes(kept)
    Attachment.objects.update(name="khac.pdf")
    assert broken() == (entries[5].pk, 6, "file_renamed")
    Attachment.objects.update(name="kh.pdf", sha256="0" * 64)
    assert broken() == (entries[5].pk, 6, "content_changed")


def test_an_aside_edited_or_erased_without_an_order(entries: list[Entry]) -> None:
    Aside.objects.update(text={"note": "khác"})
    assert broken() == (entries[3].pk, 4, "aside_changed")
    Aside.objects.update(text=None, salt="", erased_by=entries[0])  # the act named is no erasure
    assert broken() == (entries[3].pk, 4, "aside_gone")
    Aside.objects.all().delete()
    assert broken() == (entries[3].pk, 4, "aside_gone")


def test_a_chain_written_anew_differs_from_a_noted_anchor(entries: list[Entry]) -> None:
    seq, link = Head.objects.values_list("seq", "link").get()
    assert journal.verify(AT, anchor=(seq, link)).is_whole
    assert journal.verify(AT, anchor=(5, entries[4].link)).is_whole
    assert broken(anchor=(5, "0" * 64)) == (entries[4].pk, 5, "anchor_differs")
    assert broken(anchor=(11, link)) == (None, 11, "row_gone")


def test_an_entry_left_unsealed_for_over_a_minute(entries: list[Entry]) -> None:
    Entry.objects.filter(pk=entries[9].pk).update(seq=None, link="")
    Head.objects.update(seq=9, link=entries[8].link)
    assert journal.verify(AT + timedelta(seconds=30)).is_whole
    fault = journal.verify(AT + timedelta(seconds=61)).broken
    assert fault is not None
    assert (fault.entry, fault.why) == (entries[9].pk, "unsealed")
    assert journal.seal() == 1
    assert journal.verify(AT + timedelta(seconds=61)).is_whole
