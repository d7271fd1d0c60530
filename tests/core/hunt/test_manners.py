"""Manners: Ctrl-C leaves what was found, a person at a terminal sees how far it is, and memory stays bounded whatever the input."""

import json
import os
import pty
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luytre.core.hunt.screen import Progress

RULE = """
title: Lệnh
id: 11111111-1111-4111-8111-111111111115
logsource: {product: windows, category: process_creation}
detection: {s: {Image|endswith: '\\cmd.exe'}, condition: s}
level: low
"""
QUIET = b'{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Provider_Name":"P","CommandLine":"%d","Image":"C:\\\\x.exe"}\n'
LOUD = QUIET.replace(b"x.exe", b"cmd.exe")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "good.yml").write_text(RULE)
    return tmp_path / "rules"


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "luytre.cli", "hunt", *map(str, words)]


def waited(path: Path, child: subprocess.Popen[bytes]) -> None:
    """Until the first findings are on disk."""
    until = time.monotonic() + 60
    while not (path.exists() and path.stat().st_size) and child.poll() is None and time.monotonic() < until:
        time.sleep(0.02)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_leaves_what_was_found(tmp_path: Path, rules: Path, workers: str) -> None:
    """Sent as a terminal sends it: to the whole group of processes, in the middle of a pipe that never ends."""
    (tmp_path / "logs").mkdir()
    with (tmp_path / "logs" / "a.jsonl").open("wb") as out:
        for n in range(40_000):
            out.write(LOUD % n)
    for n in range(60):
        os.link(tmp_path / "logs" / "a.jsonl", tmp_path / "logs" / f"b{n}.jsonl")
    found = tmp_path / "found.jsonl"
    words = command(tmp_path / "logs", "--rules", rules, "--workers", workers, "--out", found)
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    waited(found, child)
    os.killpg(child.pid, signal.SIGINT)
    _, err = child.communicate(timeout=60)
    summary = json.loads(err.splitlines()[-1])
    rows = [json.loads(line) for line in found.read_bytes().splitlines()]  # every line is whole
    assert (child.returncode, summary["interrupted"]) == (2, True)
    assert 0 < len(rows) == summary["findings"] < 61 * 40_000
    assert b"Traceback" not in err


def test_a_terminal_sees_share_rate_and_time_left(tmp_path: Path, rules: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as out:
        for n in range(600_000):
            out.write(QUIET % n)
    ours, theirs = pty.openpty()
    words = command(tmp_path / "a.jsonl", "--rules", rules, "--workers", "1", "--out", tmp_path / "o")
    child = subprocess.Popen(words, stderr=theirs)
    os.close(theirs)
    seen = b"".join(_read(ours))
    os.close(ours)
    assert child.wait() == 0
    assert "%" in seen.decode() and "sự kiện/s" in seen.decode() and "còn " in seen.decode()
    assert json.loads([line for line in seen.decode().splitlines() if line.strip()][-1])["events"] == 600_000


def _read(handle: int) -> Iterator[bytes]:
    while select.select([handle], [], [], 60)[0]:
        try:
            data = os.read(handle, 65_536)
        except OSError:  # the other end is closed
            return
        if not data:
            return
        yield data


def test_no_terminal_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress(1, 2, 3)
    progress.end()
    assert capsys.readouterr().err == ""


def spent(words: list[str], seconds: int) -> tuple[Any, int]:
    """The command's summary and the most memory one of its processes held, in MB."""
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr is not None
    err = child.stderr.read()
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    del seconds
    return json.loads(err.splitlines()[-1]), used.ru_maxrss // 1024


@pytest.mark.slow
@pytest.mark.parametrize("head", [b'{"a":"', b'[{"a":"', b"<Event><a>"])
def test_four_gigabytes_on_one_line(tmp_path: Path, rules: Path, head: bytes) -> None:
    """A sparse file: 4 GB of zeros within one text, then an event. No line end, no event: told, and in no more memory than any file."""
    path = tmp_path / "huge.json"
    with path.open("wb") as out:
        out.write(head + b"x" * 70_000)
        out.seek(4 << 30)
        out.write(b'"}\n' + LOUD % 1)
    (tmp_path / "rest.jsonl").write_bytes(LOUD % 2)
    summary, megabytes = spent(command(path, tmp_path / "rest.jsonl", "--rules", rules, "--workers", "1", "--out", tmp_path / "o"), 900)
    assert "huge.json" in [one["file"] for one in summary["inputs_not_parsed"]]
    assert summary["findings"] >= 1  # the rest is still hunted
    assert megabytes < 300


@pytest.mark.slow
def test_ten_times_the_input_takes_the_same_memory(tmp_path: Path, rules: Path) -> None:
    held = []
    for copies in (1, 10):
        path = tmp_path / f"{copies}.jsonl"
        with path.open("wb") as out:
            for n in range(100_000 * copies):
                out.write((LOUD if n % 100 == 0 else QUIET) % n)
        held.append(spent(command(path, "--rules", rules, "--workers", "2", "--out", tmp_path / "o"), 600)[1])
    assert held[1] < held[0] * 1.25


def test_memory_is_told_in_kilobytes_here() -> None:
    """The bounds above read ru_maxrss as Linux gives it."""
    assert 10_000 < resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 50_000_000
