"""Bytes of an input, unpacked on the way, never all at once: files, gz, bz2, xz, zip, 7z and tar, with a limit against bombs."""

import bz2
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from luytre.core.hunt.detect import HEAD, format_of, packing

FREE = 256 << 20  # bytes an archive may always give
RATIO = 100  # and this many times its own size beyond that: logs pack 10 to 60 times, bombs hundreds of times and more
DEPTH = 3  # archives within archives
MEMBERS = 100_000
FAULTS = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


class Bomb(Exception):
    """More came out of an archive than its size allows."""


@dataclass
class Meter:
    """Counts what an archive gives. Shared by everything within one file on disk."""

    packed: int
    given: int = 0

    def add(self, count: int) -> None:
        self.given += count
        if self.given > max(FREE, self.packed * RATIO):
            raise Bomb(f"giải nén ra quá {self.given >> 20} MB từ {self.packed >> 10} KB: nghi là bom nén, dừng lại")


class Metered(io.RawIOBase):
    """A stream whose every byte is counted."""

    def __init__(self, inner: BinaryIO, meter: Meter) -> None:
        self._read, self._meter = getattr(inner, "read1", inner.read), meter  # read1: what came before damage is not lost

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._read(len(buffer))
        self._meter.add(len(data))
        buffer[: len(data)] = data
        return len(data)


@dataclass
class Content:
    """One unpacked content to be read: a file, or something inside one."""

    name: str
    format: str
    open: Callable[[], BinaryIO]
    head: bytes
    path: Path | None = None  # where it lies plainly on disk: it may be read in pieces
    fault: str = ""
    size: int = 0
    packed: bool = field(default=False)


@contextmanager
def contents(path: Path, name: str) -> Iterator[Iterator[Content]]:
    """Everything readable in the file at `path`, one by one; each must be read before the next is asked for."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    kind = packing(head)
    if kind is None:
        yield iter([Content(name, format_of(head), lambda: path.open("rb"), head, path=path, size=path.stat().st_size)])
        return
    meter = Meter(path.stat().st_size)
    with path.open("rb") as stream:
        yield _unpacked(stream, kind, name, meter, 1)


def _unpacked(stream: BinaryIO, kind: str, name: str, meter: Meter, depth: int) -> Iterator[Content]:
    if depth > DEPTH:
        yield _faulty(name, f"nén lồng nhau quá {DEPTH} lớp")
        return
    try:
        if kind in ("gz", "bz2", "xz"):
            yield from _one(_opened(stream, kind), name, meter, depth)
        elif kind == "zip":
            yield from _zip(stream, name, meter, depth)
        elif kind == "tar":
            yield from _tar(stream, name, meter, depth)
        else:
            yield from _seven(stream, name, meter, depth)
    except Bomb as fault:
        yield _faulty(name, str(fault))
    except FAULTS as fault:
        yield _faulty(name, f"không giải nén được: {fault}")


class Inflated(io.RawIOBase):
    """A gz, bz2 or xz stream. Cut short, it gives all it holds before it says so (the standard readers keep the last block back)."""

    def __init__(self, inner: BinaryIO, kind: str) -> None:
        makers: dict[str, Callable[[], Any]] = {
            "gz": lambda: zlib.decompressobj(31),
            "bz2": bz2.BZ2Decompressor,
            "xz": lzma.LZMADecompressor,
        }
        self._inner, self._make = inner, makers[kind]
        self._engine = self._make()
        self._gz = kind == "gz"
        self._rest = b""  # packed bytes not yet used
        self._over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._some(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _some(self, size: int) -> bytes:
        while not self._over:
            if self._engine.eof and not self._next():
                break
            needs = self._gz or self._engine.needs_input
            packed = self._rest or (self._inner.read(1 << 16) if needs else b"")
            if not packed and needs:
                raise EOFError("tệp nén bị cắt cụt")
            data = self._feed(packed, size)
            if data:
                return data
        return b""

    def _feed(self, packed: bytes, size: int) -> bytes:
        data: bytes = self._engine.decompress(packed, size)
        self._rest = self._engine.unconsumed_tail if self._gz else b""
        return data

    def _next(self) -> bool:
        """Members one after another, as `cat a.gz b.gz` makes; zeros behind the last are padding."""
        rest = (self._engine.unused_data or self._inner.read(1 << 16)).lstrip(b"\0")
        if not rest:
            self._over = True
            return False
        self._engine, self._rest = self._make(), rest
        return True


def _opened(stream: BinaryIO, kind: str) -> BinaryIO:
    return io.BufferedReader(Inflated(stream, kind), 1 << 16)


def _one(stream: BinaryIO, name: str, meter: Meter, depth: int) -> Iterator[Content]:
    """One unpacked stream, looked at by its first bytes; it may be an archive again."""
    metered = io.BufferedReader(Metered(stream, meter), 1 << 18)
    head = metered.peek(HEAD)[:HEAD]
    kind = packing(head)
    if kind is None:
        yield Content(name, format_of(head), lambda: metered, head, packed=True)
    elif kind in ("gz", "bz2", "xz"):
        yield from _unpacked(metered, kind, name, meter, depth + 1)
    else:
        with tempfile.TemporaryFile() as spool:  # zip, 7z and tar are read by jumping about
            while block := metered.read(1 << 20):
                spool.write(block)
            spool.seek(0)
            yield from _unpacked(spool, kind, name, meter, depth + 1)


def _zip(stream: BinaryIO, name: str, meter: Meter, depth: int) -> Iterator[Content]:
    with zipfile.ZipFile(stream) as archive:
        for member in _limited(archive.infolist()):
            if member.filename.endswith("/"):
                continue
            inner = _joined(name, member.filename, depth)
            if member.flag_bits & 1:
                yield _faulty(inner, "có mật khẩu: hãy giải nén trước")
                continue
            try:
                with archive.open(member) as opened:
                    yield from _one(opened, inner, meter, depth)  # type: ignore[arg-type]
            except FAULTS as fault:
                yield _faulty(inner, f"không giải nén được: {fault}")


def _tar(stream: BinaryIO, name: str, meter: Meter, depth: int) -> Iterator[Content]:
    with tarfile.open(fileobj=stream, mode="r:") as archive:
        for member in archive:
            opened = archive.extractfile(member) if member.isfile() else None
            if opened is not None:
                yield from _one(opened, _joined(name, member.name, depth), meter, depth)  # type: ignore[arg-type]


def _seven(stream: BinaryIO, name: str, meter: Meter, depth: int) -> Iterator[Content]:
    """7z is unpacked to a temporary folder: its members can't be streamed one by one."""
    import py7zr

    try:
        with py7zr.SevenZipFile(stream) as archive:
            if archive.needs_password():
                yield _faulty(name, "có mật khẩu: hãy giải nén trước")
                return
            listed = archive.list()
            meter.add(sum(int(member.uncompressed or 0) for member in listed))
            with tempfile.TemporaryDirectory() as folder:
                archive.extractall(folder)  # noqa: S202  py7zr refuses names that lead out of the folder
                meter.given = 0
                for path in sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink()):
                    with path.open("rb") as opened:
                        yield from _one(opened, _joined(name, path.relative_to(folder).as_posix(), depth), meter, depth)
    except (Bomb, KeyboardInterrupt, MemoryError):
        raise
    except Exception as fault:  # on damage py7zr lets errors of many kinds through
        yield _faulty(name, f"không giải nén được: {type(fault).__name__}: {fault}")


def _limited(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    if len(members) > MEMBERS:
        raise Bomb(f"tệp nén có {len(members)} tệp con, quá giới hạn {MEMBERS}")
    return members


def _joined(name: str, member: str, depth: int) -> str:
    """A member's name. The archive given on the command line stands for a folder, so its own name is left out (name is empty then)."""
    member = member.replace("\\", "/").lstrip("/")
    return f"{name}/{member}" if name else member


def _faulty(name: str, why: str) -> Content:
    return Content(name, "faulty", lambda: io.BytesIO(), b"", fault=why)
