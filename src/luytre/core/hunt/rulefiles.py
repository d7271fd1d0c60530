"""Rule files as they lie in a folder or an archive, read with limits, and what is safe to hand to the YAML parser."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENDINGS = (".yml", ".yaml")
FILE_LIMIT = 1 << 20  # bytes; the largest of SigmaHQ is 30 KB
SET_LIMIT = 256 << 20  # bytes of all files of a set together
NODES = 200_000  # values one document may expand to (aliases of aliases grow without end)


class Unreadable(Exception):
    """A rule source that can't be opened at all, said for people."""


@dataclass(frozen=True)
class RuleFile:
    name: str
    data: bytes
    written: float = 0.0
    fault: str = ""


def files_of(source: Path) -> Iterator[RuleFile]:
    """All rule files of a folder, a zip or a single file, by name. A file past the limit comes without data, with its fault."""
    if source.is_dir():
        yield from _of_folder(source)
    elif zipfile.is_zipfile(source):
        yield from _of_zip(source)
    elif source.is_file():
        yield _read(source, source.name)
    else:
        raise Unreadable(f"Không đọc được bộ luật {source}: không có thư mục, tệp .zip hay tệp .yml nào ở đó")


def _of_folder(folder: Path) -> Iterator[RuleFile]:
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and _is_rule(path.relative_to(folder).parts)):
        if path.is_file():
            yield _read(path, path.relative_to(folder).as_posix())


def _is_rule(parts: tuple[str, ...]) -> bool:
    return not any(part.startswith((".", "__")) for part in parts)


def _read(path: Path, name: str) -> RuleFile:
    try:
        size = path.stat().st_size
        if size > FILE_LIMIT:
            return RuleFile(name, b"", fault=f"tệp {size} byte, quá giới hạn {FILE_LIMIT}")
        return RuleFile(name, path.read_bytes(), path.stat().st_mtime)
    except OSError as fault:
        return RuleFile(name, b"", fault=f"không đọc được: {fault.strerror}")


def _of_zip(path: Path) -> Iterator[RuleFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(archive, path.stat().st_mtime)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as fault:
        raise Unreadable(f"Không mở được bộ luật {path.name}: {fault}") from fault


def _members(archive: zipfile.ZipFile, written: float) -> Iterator[RuleFile]:
    total = 0
    for member in sorted(archive.infolist(), key=lambda m: m.filename):
        if member.is_dir() or not member.filename.lower().endswith(ENDINGS) or not _is_rule(Path(member.filename).parts):
            continue
        if member.file_size > FILE_LIMIT:
            yield RuleFile(member.filename, b"", fault=f"tệp {member.file_size} byte, quá giới hạn {FILE_LIMIT}")
            continue
        try:
            with archive.open(member) as stream:
                data = stream.read(FILE_LIMIT + 1)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as fault:
            yield RuleFile(member.filename, b"", fault=f"không giải nén được: {fault}")
            continue
        total += len(data)
        if total > SET_LIMIT:
            raise Unreadable(f"Bộ luật giải nén ra quá {SET_LIMIT >> 20} MB: dừng lại, hãy kiểm tra tệp nén")
        yield RuleFile(member.filename, data, written)


def documents(data: bytes) -> list[Any]:
    """The YAML documents of a rule file. Raises ValueError with what is wrong and where."""
    if b"\0" in data:
        raise ValueError("tệp có byte 0: không phải văn bản")
    import yaml  # only where rules are compiled: a hunt from the cache needs none of it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = list(yaml.load_all(data.decode("utf-8-sig"), Loader=loader))
    except UnicodeDecodeError as fault:
        raise ValueError(f"không phải UTF-8 (byte thứ {fault.start})") from fault
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        raise ValueError(f"YAML hỏng: {' '.join(str(fault).split())[:300]}") from fault
    for document in found:
        if _size(document, NODES) > NODES:
            raise ValueError(f"YAML nở ra quá {NODES} giá trị")
    return [document for document in found if document is not None]


def _size(value: Any, limit: int, depth: int = 0) -> int:
    if depth > 60:
        return limit + 1
    if not isinstance(value, (dict, list)):
        return 1
    total = 1
    for part in value.values() if isinstance(value, dict) else value:
        total += _size(part, limit - total, depth + 1)
        if total > limit:
            break
    return total


def digest_of(parts: Iterator[tuple[str, bytes]] | list[tuple[str, bytes]]) -> str:
    """SHA-256 over names and contents, each with its length, so that no two sets share one by accident of joining."""
    sha = hashlib.sha256()
    for name, data in parts:
        sha.update(f"{len(name)}:{name}:{len(data)}:".encode())
        sha.update(data)
    return sha.hexdigest()
