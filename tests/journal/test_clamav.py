"""Before a file is written a ClamAV daemon may be asked: what it finds is refused, and while it cannot be asked nothing is taken."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from luytre.core.refusal import Refusal
from luytre.journal import store

# the industry's harmless test file, in two parts so that no scanner objects to this one
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def put(content: bytes) -> store.Stored:
    return store.put(store.Upload("a.bin", "application/octet-stream", content))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: object) -> Path:
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path  # type: ignore[attr-defined]
    return tmp_path / "files"


def lying(place: Path) -> list[Path]:
    return [file for file in place.rglob("*") if file.is_file()]


@pytest.fixture
def stand_in(settings: object) -> Iterator[list[bytes]]:
    """A daemon that speaks clamd's protocol and finds EICAR; a limit like StreamMaxLength above 3 MB."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as come:
                assert come.read(10) == b"zINSTREAM\0"
                content = b""
                while length := int.from_bytes(come.read(4)):
                    content += come.read(length)
                heard.append(content)
                found = b"stream: Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"stream: OK"
                line.sendall((b"INSTREAM size limit exceeded. ERROR" if len(content) > 3_000_000 else found) + b"\0")

    threading.Thread(target=serve, daemon=True).start()
    settings.LUYTRE_CLAMAV = f"tcp://127.0.0.1:{server.getsockname()[1]}"  # type: ignore[attr-defined]
    yield heard
    server.close()


def test_what_it_finds_is_refused_before_anything_is_written(stand_in: list[bytes], place: Path) -> None:
    with pytest.raises(Refusal, match="EICAR") as told:
        put(EICAR)
    assert (told.value.status, lying(place)) == (422, [])
    clean = bytes(700_000)
    assert put(clean).size == len(clean) and stand_in[-1] == clean


def test_what_it_could_not_look_at_is_not_taken(stand_in: list[bytes], place: Path) -> None:
    with pytest.raises(Refusal, match="Chưa quét được") as told:
        put(bytes(3_000_001))
    assert (told.value.status, lying(place)) == (503, [])


@pytest.mark.parametrize("setting", ["tcp://127.0.0.1:1", "unix:/khong/co.sock", "tcp://"])
def test_while_nobody_answers_nothing_is_taken(setting: str, place: Path, settings: object) -> None:
    settings.LUYTRE_CLAMAV = setting  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="Thử lại"):
        put(b"tre")
    assert lying(place) == []


def test_without_the_setting_nobody_is_asked(place: Path) -> None:
    assert put(EICAR).size == len(EICAR)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("clamd", path="/usr/sbin:/usr/bin") is None, reason="clamd is not installed: apt install clamav-daemon")
def test_a_real_daemon(tmp_path: Path, place: Path, settings: object) -> None:
    """clamd of Debian over its socket, with one signature of our own: no signatures are fetched."""
    base, line = tmp_path / "base", tmp_path / "clamd.sock"
    base.mkdir()
    (base / "own.ndb").write_text(f"Luytre.Test:0:*:{EICAR.hex()}\n")
    (tmp_path / "clamd.conf").write_text(f"LocalSocket {line}\nDatabaseDirectory {base}\nForeground yes\nLogFile {tmp_path}/log\n")
    daemon = subprocess.Popen(
        [shutil.which("clamd", path="/usr/sbin:/usr/bin") or "clamd", "-c", str(tmp_path / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            if line.exists():
                break
            time.sleep(0.1)
        settings.LUYTRE_CLAMAV = f"unix:{line}"  # type: ignore[attr-defined]
        assert put(b"tre xanh").size == 8
        with pytest.raises(Refusal, match=r"Luytre\.Test"):
            put(b"..." + EICAR)
        assert len(lying(place)) == 1
    finally:
        daemon.terminate()
        daemon.wait()
