"""The command `luytre demo`: what it says, what it refuses, what it keeps."""

import socket
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from luytre.site import demo
from luytre.site.seeding import kept
from luytre.site.seeding.cast import CAST, PASSWORD


def test_a_taken_port_is_said_at_once_and_another_proposed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert demo.main(["--port", str(port), "--data", str(tmp_path / "never")]) == 1
    said = capsys.readouterr().err
    assert f"cổng {port}" in said and "bin/demo --port" in said
    assert not (tmp_path / "never").exists()


def test_the_welcome_names_the_address_every_sign_in_and_the_mark() -> None:
    said = demo.welcome(8000, date(2026, 11, 22))
    assert "http://127.0.0.1:8000" in said and PASSWORD in said and "22/11/2026" in said
    assert all(one.username in said for one in CAST)
    assert "DỮ LIỆU MINH HỌA" in said


def test_a_folder_with_someone_elses_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "luận văn.txt").write_text("quan trọng")
    with pytest.raises(SystemExit, match="--data"):
        kept.ensure(tmp_path, say=lambda line: None)
    assert (tmp_path / "luận văn.txt").read_text() == "quan trọng"


@pytest.mark.parametrize(("entries", "stays"), [(3, False), (4, True)])
def test_what_someone_added_to_the_demo_is_kept_when_it_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: int, stays: bool
) -> None:
    """A folder of three seeded entries: with one more it is put aside, without it is replaced."""
    folder = tmp_path / "demo"
    folder.mkdir()
    _journal(folder, entries)
    (folder / kept.STAMP).write_text("of other sources")
    (folder / kept.COUNT).write_text("3")
    monkeypatch.setattr(kept, "_plant", lambda fresh: _journal(fresh, 5))
    said: list[str] = []
    kept.ensure(folder, say=said.append)
    aside = [path for path in tmp_path.iterdir() if path.name != "demo"]
    assert len(aside) == len(said) == int(stays)
    assert (folder / kept.STAMP).read_text() == kept.digest()
    assert (folder / kept.COUNT).read_text() == "5"


def test_seeding_that_fails_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(fresh: Path) -> None:
        (fresh / "half").write_text("")
        raise SystemExit("no")

    monkeypatch.setattr(kept, "_plant", fail)
    with pytest.raises(SystemExit):
        kept.ensure(tmp_path / "demo", say=lambda line: None)
    assert list(tmp_path.iterdir()) == []


def test_a_second_start_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "demo"
    monkeypatch.setattr(kept, "_plant", lambda fresh: _journal(fresh, 1))
    kept.ensure(folder, say=lambda line: None)
    monkeypatch.setattr(kept, "_plant", lambda fresh: pytest.fail("made again"))
    kept.ensure(folder, say=lambda line: None)


def _journal(folder: Path, entries: int) -> None:
    with sqlite3.connect(folder / kept.DATABASE) as database:
        database.execute('CREATE TABLE journal_entry (id INTEGER, verb TEXT DEFAULT "plan.submitted", "by" TEXT DEFAULT "person:a")')
        database.executemany("INSERT INTO journal_entry (id) VALUES (?)", [(n,) for n in range(entries)])
