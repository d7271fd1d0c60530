"""`luytre marking`: one line of JSON for each file or text, without Django; and files made to hurt the reader."""

import io
import json
import random
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from made_files import PLACES, bomb, zipped

from luytre.core.marking import judge_file, judge_text
from luytre.core.marking.command import main
from luytre.core.marking.reading import found


def _out(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_folders_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "con").mkdir()
    (tmp_path / "a.txt").write_text("Bảo mật\n")
    (tmp_path / "con" / "b.txt").write_text("Số: 1/BC\nTỐI MẬT\n")
    (tmp_path / "con" / "c.bin").write_bytes(bytes(range(256)) * 9)
    assert main([str(tmp_path)]) == 0
    lines = _out(capsys)
    assert [(line["verdict"], line["marking"]) for line in lines] == [("clean", None), ("secret", "TỐI MẬT"), ("cannot_tell", None)]
    assert lines[1] == {"id": None, "file": str(tmp_path / "con" / "b.txt"), "verdict": "secret", "marking": "TỐI MẬT", "where": "dòng 2"}


def test_lines_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "t.jsonl"
    source.write_text('{"id": 7, "text": "M Ậ T"}\n\n{"id": "b", "text": "mật khẩu"}\n{"id": 1}\n{\n{"text": 5}\n')
    assert main(["--jsonl", str(source)]) == 2
    captured = capsys.readouterr()
    lines = [json.loads(line) for line in captured.out.splitlines()]
    assert [(line["id"], line["verdict"]) for line in lines] == [(7, "secret"), ("b", "clean")]
    assert captured.err.count("t.jsonl:") == 3


def test_what_cannot_be_opened_is_said_and_the_rest_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("MẬT")
    assert main([str(tmp_path / "none.txt"), str(tmp_path / "a.txt")]) == 2
    captured = capsys.readouterr()
    assert "none.txt" in captured.err
    assert '"secret"' in captured.out
    assert main([]) == 2


def test_it_starts_without_django() -> None:
    code = "import sys; from luytre.cli import main; main(['marking', '--jsonl', '/dev/null'])"
    code += "; assert not any(m.startswith('django') for m in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_bombs_are_left_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judge_file("a.zip", bomb()).verdict == "cannot_tell"
    monkeypatch.setattr("luytre.core.marking.reading.package.MAX_MEMBERS", 50)
    assert "quá 50 tệp" in judge_file("a.zip", zipped({f"{n}.txt": b"x" for n in range(60)})).where
    monkeypatch.setattr(found, "MAX_LETTERS", 1000)
    assert judge_file("a.txt", b"abc def\n" * 1000).verdict == "cannot_tell"
    deep = b"<a>" * 5000 + b"</a>" * 5000
    assert judge_file("a.docx", zipped({"[Content_Types].xml": b"<T/>", "word/document.xml": deep})).verdict == "cannot_tell"
    assert judge_file("a.rtf", b"{\\rtf1" + b"{" * 5000).verdict == "cannot_tell"


def test_spoilt_files_get_a_verdict_and_nothing_else() -> None:
    rng = random.Random(13)
    for kind, (make, places) in PLACES.items():
        whole = make("Mật khẩu", places[0])
        for _ in range(12):
            spoilt = bytearray(whole)
            for _ in range(rng.randint(1, 30)):
                spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
            cut = spoilt[: rng.randrange(1, len(spoilt))] if rng.random() < 0.4 else spoilt
            assert judge_file(f"a.{kind}", bytes(cut)).verdict in ("clean", "cannot_tell", "secret")


STRANGE = {
    "one letter": "M" * 200_000,
    "one word": "mat " * 60_000,
    "marks in a row": "TỐI MẬT, " * 30_000,
    "letters apart": "m.a" * 80_000,
    "brackets": "(" * 100_000,
    "labels": "độ mật: " * 30_000,
    "items": "\n".join(["1. Mật"] * 20_000),
    "blanks": "TỐI" + " " * 300_000 + "MẬT khẩu",
    "columns": "| MẬT khẩu " * 20_000,
}


@pytest.mark.parametrize("kind", STRANGE)
def test_long_and_strange_texts_take_no_long_time(kind: str) -> None:
    start = time.process_time()
    judge_text(STRANGE[kind])
    assert time.process_time() - start < 10


def test_a_nameless_part_of_a_package_is_unread_never_clean() -> None:
    text = b"Bao cao"
    sizes = struct.pack("<III", zlib.crc32(text), len(text), len(text))
    local = b"PK\x03\x04" + bytes([20, 0, 0, 0, 0, 0, 0, 0, 33, 0]) + sizes + bytes(4) + text
    central = b"PK\x01\x02" + bytes([20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 33, 0]) + sizes + bytes(18)
    end = b"PK\x05\x06" + bytes(4) + struct.pack("<HHIIH", 1, 1, len(central), len(local), 0)
    assert zipfile.ZipFile(io.BytesIO(local + central + end)).infolist()[0].filename == ""
    assert judge_file("a.zip", local + central + end).verdict == "cannot_tell"
