"""Fuzzes every parser of what comes from outside (logs have benchmarks/hunt/fuzz.py): whatever the bytes, it ends and says what it found.

    uv run --with atheris python -m benchmarks.fuzz marking --runs 100000

Targets: `marking` (marks of state secrets in any file), `mail` (mail taken in), `workbook` (the register's .xlsx), `paper` (an official
paper's JSON), `signed` (a signed PDF come back), `bundle` (a bundle of the journal), `facts` (register and facts of the judge), `vault`
(a sealed file). Only what a parser promises to raise may leave it. libFuzzer's own words may follow after `--`.
"""

import argparse
import io
import json
import os
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout, suppress
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests" / "core"
SECONDS, LARGEST = 20, 100_000
OURS = {
    "marking": ["luytre.core.marking"],
    "mail": ["luytre.rooms.incidents.rules", "email"],
    "workbook": ["luytre.register"],
    "paper": ["luytre.core.paper.reading"],
    "signed": ["luytre.core.paper.returned", "pypdf"],
    "bundle": ["luytre.journal.standalone", "tarfile"],
    "facts": ["luytre.core.duty.files"],
    "vault": ["luytre.journal.vault"],
}
Target = tuple[Callable[[bytes], None], Iterable[bytes]]


def marking() -> Target:
    sys.path.insert(0, str(TESTS / "marking"))
    import made_files as made

    from luytre.core.marking.files import judge_file

    def one(data: bytes) -> None:
        verdict = judge_file("a.bin", data)
        assert verdict.verdict in ("secret", "clean", "cannot_tell")
        assert (verdict.verdict == "secret") == bool(verdict.marking)

    body = "Báo cáo kết quả"
    makers = (made.docx, made.xlsx, made.odt, made.pptx, made.pdf, made.rtf, made.mail)
    seeds = [make(body, "body") for make in makers[:0]] + [_made(make, body) for make in makers]
    return one, [seed for seed in [*seeds, made.zipped({"a.txt": b"tre"}), made.tarred({"a.txt": b"tre"}), made.old_word(body)] if seed]


def _made(make: Callable[[str, str], bytes], words: str) -> bytes:
    for place in ("body", "text", "header", "cell", "page", "subject", "slide", "title"):
        with suppress(KeyError, ValueError, AssertionError, LookupError):
            return make(words, place)
    return b""


HTML = "Content-Type: text/html; charset=windows-1258\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+YTwvYj4="
FILE = "Content-Disposition: attachment; filename*=utf-8''%C3%A1.pdf\r\n\r\n%PDF"
STATUS = "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1"


def _parts(kind: str, *parts: str) -> str:
    return f'Content-Type: multipart/{kind}; boundary="x"\r\n\r\n' + "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--"


def mail() -> Target:
    from luytre.rooms.incidents.rules.mail import read

    plain = "From: a@xa.example.vn\r\nTo: sc@tinh.example.vn\r\nSubject: =?utf-8?q?Tr=C3=A0ng?=\r\nMessage-ID: <1@a>\r\n"
    seeds = [
        plain + "\r\nTrang bị thay đổi\r\n",
        plain + "In-Reply-To: <0@b>\r\nReferences: <x@y> <0@b>\r\n\r\n> cũ\r\n",
        plain + _parts("mixed", HTML, FILE),
        plain + _parts("report; report-type=delivery-status", STATUS, "Content-Type: message/rfc822\r\n\r\nSubject: a\r\n\r\nb"),
        plain + "Auto-Submitted: auto-replied\r\nX-Loop: a\r\n\r\n",
    ]

    def one(data: bytes) -> None:
        letter = read(data)
        assert letter.text.isprintable() or letter.text is not None
        letter.subject.encode()

    return one, [seed.encode() for seed in seeds]


def workbook() -> Target:
    _django()
    import xlsxwriter

    from luytre.core.refusal import Refusal
    from luytre.register.sheets import SHEETS
    from luytre.register.workbook_in import read

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    for sheet in SHEETS:
        made.add_worksheet(sheet.title).write_row(0, 0, sheet.headings)
    made.close()

    def one(data: bytes) -> None:
        with suppress(Refusal):
            read(io.BytesIO(data), {})

    return one, [out.getvalue()]


def paper() -> Target:
    from luytre.core.paper.letters import PaperRefused
    from luytre.core.paper.reading import read, write

    def one(data: bytes) -> None:
        try:
            held = read(data)
        except PaperRefused as refused:
            assert refused.faults
        else:
            assert read(write(held)) == held

    return one, [path.read_bytes() for path in (TESTS / "paper" / "samples").glob("*.json")]


def signed() -> Target:
    sys.path.insert(0, str(TESTS / "paper"))
    from paper_pki import AT, PASSPHRASE, Authority

    from luytre.core.paper.pdf import pdf
    from luytre.core.paper.reading import read
    from luytre.core.paper.returned import examine
    from luytre.core.paper.signing import next_field, pkcs12, sign

    authority, frozen = Authority("Gốc thử"), pdf(read((TESTS / "paper" / "samples" / "form03.json").read_bytes()))
    with pkcs12(authority.pkcs12("Người thử"), PASSPHRASE) as signer:
        done = sign(frozen, signer, at=AT, field=next_field(frozen))
    assert examine(frozen, done, [authority.root], AT).accepted

    def one(data: bytes) -> None:
        verdict = examine(frozen, data, [authority.root], AT)
        assert data == done or not (verdict.accepted and verdict.binding == "none")

    return one, [done, frozen]


def bundle() -> Target:
    from luytre.journal import standalone

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as into:
        said = {"form": "luytre-bundle/1", "first": 1, "last": 1, "before": "", "files": True, "asides": True}
        for name, content in (("manifest.json", json.dumps(said).encode()), ("heads.jsonl", b"{}\n"), ("entries.jsonl", b'{"seq":1}\n')):
            about = tarfile.TarInfo(name)
            about.size = len(content)
            into.addfile(about, io.BytesIO(content))
    path = _spot()

    def one(data: bytes) -> None:
        path.write_bytes(data)
        with redirect_stdout(io.StringIO()) as told:
            assert standalone.main([str(path)]) in (1, 2), "nothing made here holds"
        assert told.getvalue()

    return one, [packed.getvalue()]


def facts() -> Target:
    from luytre.core.duty.files import InputFault, read_facts, read_register
    from luytre.verbs import VOCABULARY

    zone, path = ZoneInfo("Asia/Ho_Chi_Minh"), _spot()

    def one(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(InputFault):
            read_register(path, zone)
        with suppress(InputFault):
            read_facts(path, zone, VOCABULARY)

    rows = {"owner": [["org:a", "2021-01-01", None]], "level": [[2, "2022-10-01", "2023-05-01"]]}
    thing = json.dumps({"id": "system:a", "kind": "system", "attributes": rows}).encode() + b"\n"
    said = {"id": "f1", "verb": "hunt.completed", "about": ["system:a"], "on": "2023-03-02", "known_at": "2023-03-05T08:00:00+07:00"}
    fact = json.dumps({**said, "detail": {}}).encode() + b"\n"
    return one, [thing, fact, thing + thing]


def vault() -> Target:
    _django()
    from luytre.core.refusal import Refusal
    from luytre.journal import vault as sealed

    made, path = io.BytesIO(), _spot()
    sealed.seal([b"tre xanh" * 50], made)

    def one(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(sealed.Damaged, Refusal):
            plain = b"".join(sealed.pieces(path))
            assert plain == data or data.startswith(sealed.MAGIC)
        with suppress(sealed.Damaged, Refusal):
            sealed.unbox(data.decode(errors="replace"))

    return one, [made.getvalue(), sealed.box("tre").encode()]


def _django() -> None:
    from benchmarks.fresh import fresh_database

    fresh_database(tempfile.mkdtemp(prefix="luytre-fuzz-"))


def _spot() -> Path:
    handle, path = tempfile.mkstemp(prefix="luytre-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    os.close(handle)
    return Path(path)


TARGETS: dict[str, Callable[[], Target]] = {
    "marking": marking,
    "mail": mail,
    "workbook": workbook,
    "paper": paper,
    "signed": signed,
    "bundle": bundle,
    "facts": facts,
    "vault": vault,
}


def main() -> int:
    it = argparse.ArgumentParser(description=__doc__)
    it.add_argument("target", choices=TARGETS)
    it.add_argument("--runs", type=int, default=100_000)
    it.add_argument("--corpus", type=Path, help="where inputs that reach new code are kept (default: a temporary folder)")
    options, more = it.parse_known_args()
    import atheris

    with atheris.instrument_imports(include=OURS[options.target]):
        one, seeds = TARGETS[options.target]()
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix="luytre-fuzz-"))
    corpus.mkdir(exist_ok=True, parents=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    words = [sys.argv[0], str(corpus), f"-runs={options.runs}", f"-max_len={LARGEST}", f"-timeout={SECONDS}", "-rss_limit_mb=1500"]
    atheris.Setup([*words, "-print_final_stats=1", *(word for word in more if word != "--")], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
