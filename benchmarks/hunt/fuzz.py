"""Fuzzes the readers of logs: whatever the bytes, a hunt through them ends, raises nothing and gives valid lines.

    uv run --with atheris python -m benchmarks.hunt.fuzz evtx --runs 100000

Targets: evtx, json, xml, csv, text (access logs, syslog, auditd, Zeek …), packed (gz, bz2, xz, zip, 7z, tar). Seeds are the logs in our own
rules; for EVTX the samples of the shared folder (LUYTRE_SHARED). libFuzzer's own words (-seed=1, -timeout=20) may follow after `--`.
"""

import argparse
import bz2
import gzip
import io
import lzma
import os
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGETS = ("evtx", "json", "xml", "csv", "text", "packed")
SECONDS = 20  # one input may take, then it counts as a hang
LARGEST = 140_000  # bytes of an input; an EVTX chunk has 65,536


def main() -> int:
    it = argparse.ArgumentParser(description=__doc__)
    it.add_argument("target", choices=TARGETS)
    it.add_argument("--runs", type=int, default=100_000)
    it.add_argument("--corpus", type=Path, help="where inputs that reach new code are kept (default: a temporary folder)")
    options, more = it.parse_known_args()
    import atheris

    with atheris.instrument_imports(include=["luytre.core.hunt"]):
        import luytre.core.hunt.run
        import luytre.core.hunt.work  # noqa: F401
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix="luytre-fuzz-"))
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds(options.target)):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    words = [sys.argv[0], str(corpus), f"-runs={options.runs}", f"-max_len={LARGEST}", f"-timeout={SECONDS}", "-rss_limit_mb=1500"]
    atheris.Setup([*words, "-print_final_stats=1", *(word for word in more if word != "--")], one(options.target))
    atheris.Fuzz()
    return 0


def one(target: str) -> Callable[[bytes], None]:
    """The function that hunts through one input."""
    import orjson

    from luytre.core.hunt.inputs import inputs_of, pieces_of
    from luytre.core.hunt.load import load
    from luytre.core.hunt.work import UNFORESEEN, Settings, Worker

    worker = Worker(load(), Settings())
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    handle, path = tempfile.mkstemp(prefix="luytre-fuzz-", dir=memory)
    os.close(handle)

    def hunt(data: bytes) -> None:
        Path(path).write_bytes(framed(data) if target == "evtx" else data)
        for given in inputs_of([path]):
            for piece in pieces_of(given):
                for part in worker.run(piece):
                    assert part.events >= 0
                    assert not any(UNFORESEEN in why for why in part.faults), part.faults
                    for finding in part.findings:
                        orjson.loads(finding.encoded(0))
                    if part.spool:
                        for batch in part.spool.batches():
                            assert batch.findings or batch.marks

    return hunt


def framed(data: bytes) -> bytes:
    """With the two words by which a file and its first chunk are known, so that the EVTX reader sees every input."""
    return b"ElfFile\0" + data[8:4096] + b"ElfChnk\0" + data[4104:]


def seeds(target: str) -> Iterator[bytes]:
    if target == "evtx":
        yield from samples()
        return
    logs = list(examples())
    for log in logs:
        if kind(log) == target:
            yield log
    if target == "packed":
        for log in logs[:4]:
            yield from (gzip.compress(log), bz2.compress(log), lzma.compress(log))
            yield from archives(log)


def archives(log: bytes) -> Iterator[bytes]:
    import py7zr

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("a.log", log)
    yield packed.getvalue()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as into:
        member = tarfile.TarInfo("a.log")
        member.size = len(log)
        into.addfile(member, io.BytesIO(log))
    yield packed.getvalue()
    packed = io.BytesIO()
    with py7zr.SevenZipFile(packed, "w") as into:
        into.writestr(log, "a.log")
    yield packed.getvalue()


def kind(log: bytes) -> str:
    from luytre.core.hunt.detect import format_of

    form = format_of(log)
    return {"jsonl": "json", "json-array": "json", "xml": "xml", "sysmon-linux": "xml", "csv": "csv"}.get(form, "text")


EVENT = b"""<Events><Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/>
<EventID>1</EventID><TimeCreated SystemTime="2026-11-23T01:02:03.4Z"/><EventRecordID>7</EventRecordID>
<Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>may-01</Computer></System><EventData>
<Data Name="Image">C:\\\\Windows\\\\System32\\\\cmd.exe</Data><Data Name="CommandLine">cmd /c whoami</Data></EventData></Event></Events>"""
TABLE = (
    b"TimeCreated,EventID,Channel,Provider_Name,Image\n"
    b"2026-11-23T01:02:03Z,1,Microsoft-Windows-Sysmon/Operational,Sysmon,C:\\\\x\\\\cmd.exe\n"
)


def examples() -> Iterator[bytes]:
    """The logs in our own rules, those that fire and those that don't."""
    import yaml

    yield EVENT
    yield TABLE
    for path in sorted((ROOT / "rules").rglob("*.yml")):
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            for log in (document.get("examples") or {}).values():
                yield str(log).encode()


def samples() -> Iterator[bytes]:
    """Small EVTX files, cut to header and first chunk."""
    shared = Path(os.environ.get("LUYTRE_SHARED") or ROOT.parent / "shared") / "data" / "hunt" / "evtx_attack_samples.zip"
    if not shared.is_file():
        raise SystemExit("no EVTX samples: set LUYTRE_SHARED")
    with zipfile.ZipFile(shared) as archive:
        for member in [m for m in archive.infolist() if m.filename.endswith(".evtx")][::8]:
            yield archive.read(member)[: 4096 + 65_536]


if __name__ == "__main__":
    raise SystemExit(main())
