"""Inputs of the hunting figures, made from what there is: samples of real events, and copies varied so that nothing repeats."""

import os
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEADER, CHUNK = 4096, 65_536
DIGITS = re.compile(rb"\d{6,}")
WIDE_DIGITS = re.compile(rb"(?:[0-9]\0){3,}")
PRINTABLE = re.compile(rb"(?:[\x20-\x7e]\0){12,}")


def shared() -> Path:
    """The folder of test data with its expectations."""
    return Path(os.environ.get("LUYTRE_SHARED") or ROOT.parent / "shared") / "data" / "hunt"


def unpacked(name: str, into: Path) -> Path:
    """A set of the shared data as a folder."""
    folder = into / name
    if not folder.is_dir():
        with zipfile.ZipFile(shared() / f"{name}.zip") as archive:
            archive.extractall(folder)
    return folder


def windows_rules(into: Path) -> Path:
    """The rules for Windows as a folder of YAML files, for a peer that wants them so."""
    folder = into / "windows_rules"
    if not folder.is_dir():
        with zipfile.ZipFile(shared() / "sigma_rules.zip") as archive:
            for name in archive.namelist():
                kept = name.endswith(".yml") and name.startswith(("rules/", "rules-emerging-threats/", "rules-threat-hunting/"))
                if kept and b"product: windows" in (data := archive.read(name)):
                    path = folder / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
    return folder


def every(folder: Path, step: int, into: Path) -> Path:
    """Every step-th event of the JSON files of a folder as one file of lines."""
    path = into / f"every{step}.jsonl"
    if not path.is_file():
        with path.open("wb") as out:
            for number, line in enumerate(_lines(folder)):
                if number % step == 0:
                    out.write(line)
    return path


def _lines(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.glob("*.json")):
        with path.open("rb") as stream:
            yield from (line for line in stream if line.strip())


def varied(source: Path, copies: int, into: Path) -> Path:
    """Copies of a JSON file in each of which every run of six digits and more is another: times, record numbers, parts of GUIDs."""
    path = into / f"{source.stem}-{copies}.jsonl"
    if not path.is_file():
        chance = random.Random(copies)
        with path.open("wb") as out:
            for _ in range(copies):
                for line in source.open("rb"):
                    out.write(DIGITS.sub(lambda found: _digits(chance, len(found.group())), line))
    return path


def _digits(chance: random.Random, count: int) -> bytes:
    return b"%d" % chance.randrange(10 ** (count - 1), 10**count)


def unrepetitive(folder: Path, copies: int, into: Path) -> Path:
    """One large EVTX file of all distinct chunks of a folder's files, `copies` times over. In every copy each run of three digits and more
    inside a longer text is another, so that copies are no repeats: a pessimistic case for whatever remembers answers."""
    path = into / f"unrepetitive-{copies}.evtx"
    if path.is_file():
        return path
    chance, chunks = random.Random(7), list(_chunks(folder))
    with path.open("wb") as out:
        out.write(_header(len(chunks) * copies))
        for _ in range(copies):
            for chunk in chunks:
                out.write(_varied_chunk(chunk, chance))
    return path


def _chunks(folder: Path) -> Iterator[bytes]:
    seen = set()
    for path in sorted(folder.rglob("*.evtx")):
        data = path.read_bytes()
        for at in range(HEADER, len(data) - CHUNK + 1, CHUNK):
            chunk = data[at : at + CHUNK]
            if chunk.startswith(b"ElfChnk\0") and chunk not in seen:
                seen.add(chunk)
                yield chunk


def _varied_chunk(chunk: bytes, chance: random.Random) -> bytes:
    def number(found: re.Match[bytes]) -> bytes:
        digits = len(found.group()) // 2
        return b"".join(bytes((48 + chance.randrange(10), 0)) for _ in range(digits))

    body = PRINTABLE.sub(lambda found: WIDE_DIGITS.sub(number, found.group()), chunk[512:])
    return chunk[:512] + body


def _header(chunks: int) -> bytes:
    header = bytearray(HEADER)
    struct.pack_into("<8sQQQIHHHH", header, 0, b"ElfFile\0", 0, max(chunks - 1, 0), 1, 128, 1, 3, HEADER, min(chunks, 65_535))
    struct.pack_into("<I", header, 124, zlib.crc32(bytes(header[:120])))
    return bytes(header)


def yara_rules(count: int, into: Path) -> Path:
    """That many YARA rules, each of two texts and a few bytes that nothing holds."""
    path = into / f"rules-{count}.yar"
    chance = random.Random(3)
    word = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz0123456789_") for _ in range(40 * count))
    rules = []
    for n in range(count):
        one, two = word[40 * n : 40 * n + 14], word[40 * n + 14 : 40 * n + 30]
        bytes_ = " ".join(f"{chance.randrange(256):02X}" for _ in range(10))
        strings = f'$a = "{one}" nocase $b = "{two}" wide ascii $c = {{ {bytes_} }}'
        rules.append(f"rule r{n} {{ strings: {strings} condition: 2 of them or ($c and filesize < 9MB) }}")
    path.write_text("\n".join(rules))
    return path


def indicators(count: int, into: Path) -> Path:
    """A list of that many indicators: a third each of SHA-256, domains and addresses, made up (domains under .example, 240/8)."""
    path = into / f"indicators-{count}.txt"
    chance = random.Random(5)
    with path.open("w") as out:
        for n in range(count):
            kind = n % 3
            if kind == 0:
                out.write(f"{chance.getrandbits(256):064x}\n")
            elif kind == 1:
                out.write(f"h{chance.getrandbits(48):x}.example\n")
            else:
                out.write(f"240.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)}\n")
    return path


def binaries(megabytes: int, into: Path) -> Path:
    """A folder of compiled libraries of this Python, by links, as many as make up that size."""
    folder = into / f"binaries-{megabytes}"
    folder.mkdir(exist_ok=True)
    import sys

    size = 0
    for root in (Path(p) for p in sys.path if "site-packages" in p):
        for path in sorted(root.rglob("*.so*")):
            if size < megabytes << 20 and path.is_file() and not path.is_symlink():
                target = folder / f"{size:012}-{path.name}"
                if not target.exists():
                    os.link(path, target) if _same_disk(path, folder) else target.write_bytes(path.read_bytes())
                size += path.stat().st_size
    return folder


def _same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev
