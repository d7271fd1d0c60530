"""Where compiled rules are kept between hunts: the user's own cache folder, plain data only, written whole or not at all."""

import os
import stat
import tempfile
from pathlib import Path

OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def folder() -> Path | None:
    """$XDG_CACHE_HOME/luytre/hunt, made if need be; None where it is not the user's own or others may write there."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  Path.home() raises without a home
    if not os.path.isabs(base):  # noqa: PTH117
        return None
    path = Path(base) / "luytre" / "hunt"
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path if _is_ours(path.lstat(), directory=True) else None
    except OSError:
        return None


def _is_ours(found: os.stat_result, *, directory: bool = False) -> bool:
    kind = stat.S_ISDIR(found.st_mode) if directory else stat.S_ISREG(found.st_mode)
    mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return kind and mine and not found.st_mode & OTHERS_MAY_WRITE


def read(name: str) -> bytes | None:
    """A kept file's bytes; None where there is none, or where it might be another's."""
    where = folder()
    if where is None:
        return None
    try:
        handle = os.open(where / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as stream:
        return stream.read() if _is_ours(os.fstat(handle)) else None


def write(name: str, data: bytes) -> None:
    """Keeps the bytes; a failure costs only time, so it is no error."""
    where = folder()
    if where is None:
        return
    try:
        handle, draft = tempfile.mkstemp(dir=where, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(draft).replace(where / name)
        except OSError:
            Path(draft).unlink(missing_ok=True)
    except OSError:
        return


def prune(keep: int = 40) -> None:
    """Leaves the newest files, so that years of updates don't fill a disk."""
    where = folder()
    if where is None:
        return
    files = sorted((path for path in where.iterdir() if path.is_file()), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[keep:]:
        path.unlink(missing_ok=True)
