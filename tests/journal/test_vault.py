"""Sealed at rest: what lies on disk and in side rows says nothing without the key, and what was touched is told."""

import io
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import resealing, store, vault
from luytre.journal.models import Aside

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
NOTE = {"note": "gặp ông Măng ở số 12"}


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, settings: object) -> Path:
    settings.MEDIA_ROOT, settings.DATA_DIR, settings.LUYTRE_FILES_KEY = tmp_path / "files", tmp_path, ""  # type: ignore[attr-defined]
    return tmp_path / "files.key"


@pytest.mark.parametrize("length", [0, 1, vault.PIECE - 1, vault.PIECE, vault.PIECE + 1, 3 * vault.PIECE])
def test_what_goes_in_comes_out_whatever_its_length(length: int) -> None:
    content = os.urandom(length)
    held = store.put(store.Upload("a.bin", "application/octet-stream", content))
    lying = store.path(held.sha256)
    assert content == b"".join(vault.pieces(lying)) == store.opened(held.sha256).read() == store.read(held.sha256)
    assert (store.size(held.sha256), store.sha256_of(lying)) == (length, held.sha256)
    assert length < 32 or content[:32] not in lying.read_bytes()


def test_every_byte_touched_and_every_cut_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a"
    with file.open("wb") as out:
        vault.seal([b"tre xanh" * 10], out)
    sealed = file.read_bytes()
    for place in range(len(vault.MAGIC), len(sealed)):
        file.write_bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
        with pytest.raises((vault.Damaged, Refusal)):
            b"".join(vault.pieces(file))
    for length in range(len(vault.MAGIC) + vault.NAME + vault.HEADER, len(sealed)):
        file.write_bytes(sealed[:length])
        with pytest.raises(vault.Damaged):
            b"".join(vault.pieces(file))


def test_whole_pieces_dropped_or_swapped_are_told(tmp_path: Path) -> None:
    file, start, step = tmp_path / "a", len(vault.MAGIC) + vault.NAME + vault.HEADER, vault.PIECE + vault.MORE
    with file.open("wb") as out:
        vault.seal([os.urandom(3 * vault.PIECE)], out)
    sealed = file.read_bytes()
    head, one, two, three = (
        sealed[:start],
        sealed[start : start + step],
        sealed[start + step : start + 2 * step],
        sealed[start + 2 * step :],
    )
    for touched in (head + one + two, head + two + one + three, head + one + three):
        file.write_bytes(touched)
        with pytest.raises(vault.Damaged):
            b"".join(vault.pieces(file))


def test_a_stream_is_never_held_whole(tmp_path: Path) -> None:
    import tracemalloc

    file = tmp_path / "a"
    tracemalloc.start()
    with file.open("wb") as out:
        vault.seal((bytes(vault.PIECE) for _ in range(200)), out)
    assert sum(len(piece) for piece in vault.pieces(file)) == 200 * vault.PIECE
    assert tracemalloc.get_traced_memory()[1] < 10 * vault.PIECE
    tracemalloc.stop()


def test_the_key_is_for_its_owner_only_and_others_are_refused(own_key: Path) -> None:
    held = store.put(store.Upload("a", "text/plain", b"tre"))
    assert stat.S_IMODE(own_key.stat().st_mode) == 0o600
    own_key.chmod(0o640)
    vault._read.cache_clear()
    with pytest.raises(Refusal, match="chmod 600"):
        store.read(held.sha256)
    own_key.chmod(0o600)
    own_key.write_text("ngắn\n")
    with pytest.raises(Refusal, match="64 chữ số"):
        store.read(held.sha256)


@pytest.mark.django_db
def test_side_rows_are_sealed_in_the_database_and_open_for_us() -> None:
    entry = journal.record(by="console", at=AT, verb="campaign.held", about=["org:a"], on=AT.date(), aside=NOTE)
    assert Aside.objects.get(entry=entry).text == NOTE
    assert journal.verify(AT).is_whole
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM journal_aside")
        (lying,) = cursor.fetchone()
    assert lying.startswith(vault.TEXT) and vault.is_boxed(lying) and "ng" not in vault.TEXT
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_aside SET text = %s", [lying[:-6] + ("AAAAA=" if lying[-6:] != "AAAAA=" else "BBBBB=")])
    verdict = journal.verify(AT)
    assert verdict.broken is not None
    assert (verdict.broken.entry, verdict.broken.why) == (entry.pk, "aside_changed")


@pytest.mark.django_db
def test_a_new_key_and_what_lay_open_before(own_key: Path) -> None:
    held = store.put(store.Upload("a", "text/plain", b"tre xanh"))
    journal.record(by="console", at=AT, verb="campaign.held", about=["org:a"], on=AT.date(), aside=NOTE)
    open_file = store.path("0" * 64)
    open_file.parent.mkdir()
    open_file.write_bytes(b"from before")
    old = own_key.read_text()
    own_key.write_text("ab" * 32 + "\n" + old)
    os.utime(own_key, (1, 1))
    assert store.read(held.sha256) == b"tre xanh" and Aside.objects.get().text == NOTE, "older keys still open"
    assert (resealing.files(), resealing.texts()) == (2, 1)
    assert (resealing.files(), resealing.texts()) == (0, 0)
    own_key.write_text("ab" * 32 + "\n")
    os.utime(own_key, (2, 2))
    assert (store.read(held.sha256), store.read("0" * 64)) == (b"tre xanh", b"from before")
    assert Aside.objects.get().text == NOTE and journal.verify(AT, files=False).is_whole


def test_without_its_key_nothing_opens_and_it_says_which(own_key: Path) -> None:
    held = store.put(store.Upload("a", "text/plain", b"tre xanh"))
    own_key.write_text("cd" * 32 + "\n")
    os.utime(own_key, (1, 1))
    with pytest.raises(Refusal, match="Không có khóa"):
        store.read(held.sha256)


def test_a_plain_file_is_read_as_it_lies(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 10)
    assert vault.opened(tmp_path / "a").read() == b"x" * 10 and vault.size(tmp_path / "a") == 10
    with pytest.raises(FileNotFoundError):
        vault.opened(tmp_path / "b")
    assert isinstance(vault.opened(tmp_path / "a"), io.BufferedIOBase)
