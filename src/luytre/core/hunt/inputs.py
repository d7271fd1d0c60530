"""What there is to hunt through: the paths given become inputs, and large plain files become pieces that several workers take."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from luytre.core.hunt.detect import HEAD, format_of, packing
from luytre.core.hunt.read_evtx import CHUNK, HEADER

PIECE = 16 << 20  # bytes of a large plain file one worker takes at a time
SPLITTABLE = ("jsonl", "evtx", "access")


@dataclass
class Input:
    """One file on disk. `name` is how findings call it: relative to the path given, or the file's own name."""

    number: int
    path: Path
    name: str
    prefix: str  # what members of an archive are called by: empty where the archive itself was the path given
    size: int = 0
    fault: str = ""


@dataclass
class Piece:
    """A part of an input for one worker. `stop` None = to the end; `last` = no more pieces of this input."""

    input: Input
    order: int
    start: int = 0
    stop: int | None = None
    format: str = ""
    last: bool = True
    head: bytes = field(default=b"", repr=False)


def inputs_of(paths: list[str]) -> Iterator[Input]:
    """All files under the paths, in the order of their names; a path that is not there comes with its fault."""
    number = 0
    for given in paths:
        root = Path(given)
        if root.is_dir():
            for path in _files(root):
                yield _input(number, path, path.relative_to(root).as_posix(), path.relative_to(root).as_posix())
                number += 1
        else:
            yield _input(number, root, root.name, "")
            number += 1


def _files(root: Path) -> Iterator[Path]:
    """Regular files below a folder; links to folders are not followed, so that a ring ends."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_file():
                yield path


def _input(number: int, path: Path, name: str, prefix: str) -> Input:
    try:
        return Input(number, path, name, prefix, size=path.stat().st_size, fault="" if path.is_file() else "không phải tệp thường")
    except OSError as fault:
        return Input(number, path, name, prefix, fault=f"không mở được: {fault.strerror}")


def pieces_of(given: Input) -> Iterator[Piece]:
    """The pieces of an input. Only plain large files of formats that can be cut are cut."""
    if given.fault:
        return
    if given.size <= PIECE * 3 // 2:
        yield Piece(given, 0)
        return
    with given.path.open("rb") as stream:
        head = stream.read(HEAD)
    kind = None if packing(head) else format_of(head)
    if kind not in SPLITTABLE or (b"\0" in head[:4096] and kind != "evtx"):
        yield Piece(given, 0)
        return
    bounds = list(_bounds(given.size, kind))
    for order, (start, stop) in enumerate(bounds):
        yield Piece(given, order, start, stop, kind, order == len(bounds) - 1, head)


def _bounds(size: int, kind: str) -> Iterator[tuple[int, int]]:
    """Cuts at multiples of a piece; of EVTX at whole chunks behind the header."""
    origin, step = (HEADER, PIECE // CHUNK * CHUNK) if kind == "evtx" else (0, PIECE)
    for start in range(origin, size, step):
        yield start, min(start + step, size)
