"""Whatever comes: the rest is still hunted, what failed is named, nothing hangs, memory stays bounded."""

import bz2
import gzip
import json
import lzma
import random
import resource
import shutil
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luytre.core.hunt import lines as lines_module
from luytre.core.hunt import streams
from luytre.core.hunt.command import main

RULE = """
title: Lệnh
id: 11111111-1111-4111-8111-111111111113
logsource: {product: windows, category: process_creation}
detection: {s: {Image|endswith: '\\cmd.exe'}, condition: s}
level: low
"""
Hunted = Callable[..., tuple[int, list[dict[str, Any]], dict[str, Any]]]


def event(number: int, **more: Any) -> dict[str, Any]:
    return {
        "Channel": "Microsoft-Windows-Sysmon/Operational",
        "EventID": 1,
        "Provider_Name": "Microsoft-Windows-Sysmon",
        "Computer": "M",
        "TimeCreated": "2026-01-01T00:00:00Z",
        "EventRecordID": number,
        "Image": "C:\\x\\cmd.exe",
        **more,
    }


def text(*events: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in events)


@pytest.fixture
def hunted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Hunted:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "good.yml").write_text(RULE)

    def run(name: str, data: bytes, *more: str) -> tuple[int, list[dict[str, Any]], dict[str, Any]]:
        (tmp_path / name).write_bytes(data)
        code = main([str(tmp_path / name), "--rules", str(rules), "--workers", "1", *more])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], json.loads(err.splitlines()[-1])

    return run


def test_broken_lines_are_named_and_the_rest_is_hunted(hunted: Hunted) -> None:
    data = text(event(1)) + b"{broken\n\n" + text(event(2, User="x")).replace(b'"x"', b'"\xe9\xff"') + text(event(3))
    code, found, summary = hunted("log.jsonl", data)
    assert code == 2
    assert [row["source"]["line"] for row in found] == [1, 4, 5]
    assert summary["inputs_not_parsed"] == [{"file": "log.jsonl", "why": ["dòng 2: JSON hỏng"]}]


def test_deep_nesting(hunted: Hunted) -> None:
    code, found, _ = hunted("log.jsonl", b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n" + text(event(1)))
    assert (code, len(found)) == (2, 1)


@pytest.mark.parametrize("kind", ["utf-16-le", "utf-16-be"])
def test_utf16(hunted: Hunted, kind: str) -> None:
    code, found, _ = hunted("log.jsonl", ("\ufeff" + text(event(1, User="Nguyễn")).decode()).encode(kind))
    assert (code, found[0]["event"]["User"]) == (1, "Nguyễn")


def test_times_from_1601_and_2107_and_none(hunted: Hunted) -> None:
    times = ["1601-01-01T00:00:00Z", "2107-12-31T23:59:59Z", "9999-99-99T00:00:00Z", "2026-01-01 00:00:00", None, 10**19]
    code, found, summary = hunted("log.jsonl", text(*(event(n, TimeCreated=value) for n, value in enumerate(times))))
    assert code == 1
    assert [row["time"] for row in found] == ["1601-01-01T00:00:00Z", "2107-12-31T23:59:59Z", None, None, None, None]
    assert summary["times_without_zone"] == 1


def test_a_zone_given_is_used(hunted: Hunted) -> None:
    _, found, summary = hunted("log.jsonl", text(event(1, TimeCreated="2026-01-01 07:00:00")), "--timezone", "Asia/Ho_Chi_Minh")
    assert (found[0]["time"], summary["times_without_zone"]) == ("2026-01-01T00:00:00Z", 0)


def test_array_cut_short(hunted: Hunted) -> None:
    code, found, summary = hunted("log.json", json.dumps([event(n) for n in range(50)]).encode()[:-30])
    assert (code, len(found)) == (2, 49)
    assert "cắt cụt" in summary["inputs_not_parsed"][0]["why"][0]


def test_a_line_without_end(hunted: Hunted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "LONGEST", 1 << 20)
    _, found, summary = hunted("log.jsonl", text(event(1)) + b'{"a":"' + b"A" * (5 << 20) + b'"}\n' + text(event(2)))
    assert [row["source"]["line"] for row in found] == [1, 3]
    assert summary["inputs_not_parsed"][0]["why"] == ["dòng 2: quá dài, bỏ qua"]


@pytest.mark.parametrize(("name", "pack"), [("a.gz", gzip.compress), ("a.bz2", bz2.compress), ("a.xz", lzma.compress)])
def test_packed_and_cut_short(hunted: Hunted, name: str, pack: Callable[[bytes], bytes]) -> None:
    random.seed(4)
    events = [event(n, x=random.randbytes(400).hex()) for n in range(3_000)]
    packed = pack(text(*events))
    assert len(hunted(name, packed)[1]) == 3_000
    code, found, summary = hunted(name, packed[: len(packed) * 2 // 3])
    assert code == 2
    assert 500 < len(found) < 3_000
    assert any("cắt cụt" in why for why in summary["inputs_not_parsed"][0]["why"])


def test_zip_bomb(hunted: Hunted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE", 4 << 20)
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.jsonl", text(event(1)))
        archive.writestr("huge.jsonl", text(event(1, Image="x")) * 200_000)
    code, found, summary = hunted("b.zip", (tmp_path / "b.zip").read_bytes())
    assert (code, len(found)) == (2, 1)
    assert "bom nén" in summary["inputs_not_parsed"][0]["why"][-1]


def test_unknown_and_empty(hunted: Hunted) -> None:
    assert hunted("x.bin", random.Random(1).randbytes(5_000))[0] == 2
    assert hunted("x.log", b"")[0] == 0


def test_missing_path(hunted: Hunted, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/no/such/place"]) == 2
    assert "không mở được" in capsys.readouterr().err


def test_many_findings_take_no_memory(hunted: Hunted, tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, _, summary = hunted("log.json", json.dumps([event(n) for n in range(30_000)]).encode(), "--out", str(tmp_path / "out"))
    assert summary["findings"] == sum(1 for _ in (tmp_path / "out").open()) == 30_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120_000  # KB, the test's own text included


BROKEN = {
    "bin.yml": b"\x00\x01\x02",
    "list.yml": b"- a\n- b\n",
    "cond.yml": b"title: x\nlogsource: {product: windows}\ndetection: {s: {a: b}, condition: t}\n",
    "yaml.yml": b"title: [x\n",
    "bomb.yml": b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
    b"d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e]\n",
    "big.yml": b"#" * (2 << 20),
}


def test_broken_rules_are_named_one_by_one(hunted: Hunted, tmp_path: Path) -> None:
    for name, data in BROKEN.items():
        (tmp_path / "rules" / name).write_bytes(data)
    code, found, summary = hunted("log.jsonl", text(event(1)))
    assert (code, len(found)) == (2, 1)
    assert {row["file"] for row in summary["rules"]["not_run"]} == set(BROKEN)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "(a|aa)+$", "(.*a){30}b"])
def test_a_catastrophic_expression_does_not_hang(hunted: Hunted, tmp_path: Path, pattern: str) -> None:
    (tmp_path / "rules" / "slow.yml").write_text(
        RULE.replace("113", "114").replace("Image|endswith: '\\cmd.exe'", f"CommandLine|re: '{pattern}'")
    )
    start = time.process_time()
    _, found, _ = hunted("log.jsonl", text(event(1, CommandLine="a" * 20_000 + "!")))
    assert len(found) == 1
    assert time.process_time() - start < 20


def test_an_expression_nothing_can_run_safely_is_named(hunted: Hunted, tmp_path: Path) -> None:
    (tmp_path / "rules" / "slow.yml").write_text(RULE.replace("Image|endswith: '\\cmd.exe'", "CommandLine|re: '(?=(a+)+$)b'"))
    code, _, summary = hunted("log.jsonl", text(event(1)))
    assert code == 2
    assert summary["rules"]["not_run"][0]["code"] == "runaway"


def test_a_rule_that_lacks_site_values_is_no_error(hunted: Hunted, tmp_path: Path) -> None:
    (tmp_path / "rules" / "site.yml").write_text(RULE.replace("Image|endswith: '\\cmd.exe'", "User|expand: '%quan_tri%'"))
    code, _, summary = hunted("log.jsonl", text(event(1, Image="x")))
    assert (code, summary["rules"]["not_run"][0]["code"]) == (0, "site")
    (tmp_path / "site.yml").write_text("quan_tri: [an, binh]\n")
    code, found, _ = hunted("log.jsonl", text(event(1, Image="x", User="Binh")), "--site", str(tmp_path / "site.yml"))
    assert (code, found[0]["why"][-1]["value"]) == (1, "binh")


def damaged_evtx(hunt_data: Path) -> bytes:
    with zipfile.ZipFile(hunt_data / "evtx_attack_samples.zip") as archive:
        largest = max((m for m in archive.infolist() if m.filename.endswith(".evtx")), key=lambda m: m.file_size)
        return archive.read(largest)


def test_evtx_cut_short(hunted: Hunted, hunt_data: Path) -> None:
    data = damaged_evtx(hunt_data)
    whole = hunted("w.evtx", data)[2]["events"]
    for size in (50, 4_096, 4_096 + 65_536, 200_000):
        code, _, summary = hunted("w.evtx", data[:size])
        assert (code, summary["inputs_not_parsed"][0]["file"]) == (2, "w.evtx")
        assert summary["events"] < whole


def test_one_damaged_chunk_costs_its_own_records_only(hunted: Hunted, hunt_data: Path) -> None:
    data = bytearray(damaged_evtx(hunt_data))
    whole = hunted("w.evtx", bytes(data))[2]["events"]
    first, last = struct.unpack_from("<QQ", data, 4_096 + 8)
    data[4_096 : 4_096 + 8] = b"\xff" * 8
    code, _, summary = hunted("w.evtx", bytes(data))
    assert code == 2
    assert summary["events"] == whole - (last - first + 1)
    assert "khối 0" in summary["inputs_not_parsed"][0]["why"][0]


def test_fuzzed_evtx(hunted: Hunted, hunt_data: Path) -> None:
    """A short run of what benchmarks/hunt/fuzz.py does for long."""
    data = damaged_evtx(hunt_data)[: 4_096 + 65_536 * 2]
    for seed in range(40):
        chance = random.Random(seed)
        copy = bytearray(data)
        for _ in range(chance.choice((1, 10, 200))):
            copy[chance.randrange(len(copy))] = chance.randrange(256)
        code, _, summary = hunted("w.evtx", bytes(copy))
        assert code in (0, 1, 2)
        assert "events" in summary


def test_a_chain_of_names_that_turns_back_on_itself(hunted: Hunted) -> None:
    """The EVTX parser would follow it for ever (found by fuzzing)."""
    chunk = bytearray(65_536)
    struct.pack_into("<8sQQQQIIII", chunk, 0, b"ElfChnk\0", 1, 1, 1, 1, 128, 512, 512, 0)
    struct.pack_into("<I", chunk, 128, 600)
    struct.pack_into("<IHH", chunk, 600, 700, 1, 1)
    struct.pack_into("<IHH", chunk, 700, 600, 1, 1)
    start = time.process_time()
    code, _, summary = hunted("w.evtx", b"ElfFile\0" + bytes(4_088) + bytes(chunk))
    assert (code, summary["events"]) == (2, 0)
    assert time.process_time() - start < 10


def test_a_member_of_no_name(hunted: Hunted, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("x", text(event(1)))
    data = (tmp_path / "b.zip").read_bytes()
    at = data.rindex(b"PK\x01\x02")
    nameless = data[: at + 28] + b"\0\0" + data[at + 30 : at + 46] + data[at + 47 :]
    assert hunted("b.zip", nameless)[0] == 2
    assert hunted("b.zip", data)[0] == 1


def test_a_heading_no_table_has(hunted: Hunted) -> None:
    code, _, summary = hunted("t.csv", b"a,b,c,d\r1,2,3,4\n1,2,3,4\n")
    assert code == 2
    assert "dòng tiêu đề hỏng" in summary["inputs_not_parsed"][0]["why"][0]


def test_a_month_of_no_name(hunted: Hunted) -> None:
    line = b'203.0.113.7 - - [23/Nvo/2026:10:00:00 +0700] "GET /.env HTTP/1.1" 200 5 "-" "x"\n'
    code, _, summary = hunted("access.log", line)
    assert (code, summary["events"]) == (0, 1)


def test_a_fault_nobody_foresaw_is_named_and_costs_its_own_input_only(
    hunted: Hunted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from luytre.core.hunt import read_web

    def breaks(*_: object) -> object:
        raise LookupError("x")

    monkeypatch.setattr(read_web, "access", breaks)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.log").write_bytes(b'203.0.113.7 - - [23/Nov/2026:10:00:00 +0700] "GET / HTTP/1.1" 200 5 "-" "x"\n')
    (tmp_path / "logs" / "b.jsonl").write_bytes(text(event(1)))
    (tmp_path / "out.zip").unlink(missing_ok=True)
    shutil.make_archive(str(tmp_path / "out"), "zip", tmp_path / "logs")
    code, found, summary = hunted("out.zip", (tmp_path / "out.zip").read_bytes())
    assert (code, len(found)) == (2, 1)
    assert summary["inputs_not_parsed"] == [{"file": "a.log", "why": ["lỗi không lường trước khi đọc: LookupError: x"]}]


def test_header_checksum_of_pieces_is_right() -> None:
    from luytre.core.hunt.read_evtx import _header

    header = _header(3)
    assert struct.unpack_from("<I", header, 124)[0] == zlib.crc32(header[:120])
