"""Large files: streamed into the store, never whole in memory, never plain on disk; refused ones leave nothing."""

import hashlib
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from luytre.core.refusal import Refusal
from luytre.journal import store, vault

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.MEDIA_ROOT, settings.DATA_DIR, settings.LUYTRE_FILES_KEY = tmp_path / "files", tmp_path, ""  # type: ignore[attr-defined]
    monkeypatch.setattr(store, "LOOKED_AT", MB)
    return tmp_path / "files"


class Coming:
    """An upload that comes in pieces."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield from self.pieces


@pytest.mark.parametrize("more", [0, 1, MB - 1, MB, MB + 1, 3 * MB + 7])
def test_what_is_streamed_comes_out_as_it_went_in(more: int, own_store: Path) -> None:
    content = os.urandom(MB // 2 + more)
    pieces = [content[place : place + 65_537] for place in range(0, len(content), 65_537)]
    held = store.put_large(store.Upload("o-dia.img", "application/octet-stream", Coming(pieces)), 10 * MB)
    assert (held.sha256, held.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert store.read(held.sha256) == content
    assert store.size(held.sha256) == len(content)
    lying = store.path(held.sha256)
    assert vault.is_sealed(lying)
    assert content[:64] not in lying.read_bytes()
    assert [file for file in own_store.iterdir() if file.is_file()] == []


def test_too_large_and_marked_files_leave_nothing(own_store: Path) -> None:
    with pytest.raises(Refusal):
        store.put_large(store.Upload("a.img", "", Coming([b"x" * MB] * 4)), 3 * MB)
    with pytest.raises(Refusal):
        store.put_large(store.Upload("ke-hoach (MẬT).img", "", Coming([b"x" * MB] * 4)), 10 * MB)
    assert [file for file in own_store.rglob("*") if file.is_file()] == []


@pytest.mark.slow
def test_two_gigabytes_pass_in_little_memory(tmp_path: Path) -> None:
    """2.1 GB in a process of its own, whose largest memory is measured by the kernel."""
    script = """
import os, sys
os.environ.update(DJANGO_SETTINGS_MODULE="luytre.site.settings", LUYTRE_DATA=sys.argv[1])
import django; django.setup()
from luytre.journal import store
def chunks(size=None):
    piece = os.urandom(1024 * 1024)
    for number in range(2150):
        yield number.to_bytes(8, "big") + piece[8:]
class Coming: pass
coming = Coming(); coming.chunks = chunks
held = store.put_large(store.Upload("o-dia.img", "application/octet-stream", coming), 4 * 1024**3)
assert store.sha256_of(store.path(held.sha256)) == held.sha256
import resource
print(held.size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    size, kilobytes = map(int, done.stdout.split()[-2:])
    assert size == 2150 * MB
    assert kilobytes < 300 * 1024, f"{kilobytes // 1024} MB"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0
