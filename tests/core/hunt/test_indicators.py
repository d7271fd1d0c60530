"""Indicators from STIX, MISP and lists are found wherever they stand, and nowhere else; YARA looks at the bytes."""

import json
from pathlib import Path

import orjson
import pytest

from luytre.core.hunt.command import main
from luytre.core.hunt.indicators import BadFile, Indicators


def stix(*patterns: str) -> str:
    objects = [{"type": "indicator", "pattern_type": "stix", "pattern": pattern} for pattern in patterns]
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects})


def loaded(tmp_path: Path, text: str) -> Indicators:
    path = tmp_path / "feed"
    path.write_text(text, encoding="utf-8")
    found = Indicators()
    found.load(path)
    return found


@pytest.mark.parametrize(
    ("text", "value", "hit"),
    [
        (stix("[domain-name:value = 'evil.example']"), "https://a.b.evil.example/x", ("domain", "evil.example")),
        (stix("[file:hashes.'SHA-256' = '" + "ab" * 32 + "']"), "MD5=1,SHA256=" + "AB" * 32, ("sha256", "ab" * 32)),
        (stix("[ipv4-addr:value = '198.51.100.0/24']"), "to 198.51.100.77:443", ("cidr", "198.51.100.0/24")),
        (json.dumps({"Event": {"Attribute": [{"type": "ip-dst", "value": "203.0.113.9"}]}}), "203.0.113.9", ("ip", "203.0.113.9")),
        (
            json.dumps({"Event": {"Object": [{"Attribute": [{"type": "filename|md5", "value": "a.exe|" + "cd" * 16}]}]}}),
            "CD" * 16,
            ("md5", "cd" * 16),
        ),
        ("hxxp://bad[.]example/p", "GET http://bad.example/p?x=1", ("url", "http://bad.example/p")),
        ("ke.xau@evil.example # ghi chú", "From: <Ke.Xau@evil.example>", ("email", "ke.xau@evil.example")),
        ("2001:db8::5", "src 2001:DB8:0:0::5 port", ("ip", "2001:db8::5")),
    ],
)
def test_found(tmp_path: Path, text: str, value: str, hit: tuple[str, str]) -> None:
    indicators = loaded(tmp_path, text)
    assert hit in indicators.hits(value)
    assert indicators.suspects(orjson.dumps({"a": "x\n" + value}))
    assert indicators.suspects(value.encode())


@pytest.mark.parametrize("value", ["notevil.example", "evil.example.org.vn", "1198.51.100.7", "C:\\evil\\example"])
def test_not_found(tmp_path: Path, value: str) -> None:
    indicators = loaded(tmp_path, "evil.example\n198.51.100.0/24\n")
    assert indicators.hits(value) == ()


def test_json_letters_before_a_word_hide_nothing(tmp_path: Path) -> None:
    indicators = loaded(tmp_path, "evil.example")
    for text in ('{"a":"x\\nevil.example"}', '{"a":"\\u003cevil.example"}', '{"a":"\\\\\\\\evil.example\\\\c$"}'):
        assert indicators.suspects(text.encode()), text


def test_a_file_without_indicators_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="không có chỉ báo"):
        loaded(tmp_path, "# rỗng\n")


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ioc.txt").write_text("evil.example\n")
    (tmp_path / "rules.yar").write_text('rule mau { strings: $a = "evil.example" condition: $a }')
    row = {"Channel": "Security", "EventID": 4624, "Provider_Name": "P", "Computer": "M", "TimeCreated": "2026-01-01T00:00:00Z"}
    lines = [json.dumps({**row, "EventRecordID": n, "x": "evil.example" if n == 2 else "tốt"}) for n in (1, 2, 3)]
    (tmp_path / "log.jsonl").write_text("\n".join(lines) + "\n")
    code = main([str(tmp_path / "log.jsonl"), "--iocs", str(tmp_path / "ioc.txt"), "--yara", str(tmp_path / "rules.yar")])
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert {row["rule_id"] for row in rows} == {"ioc:domain:evil.example", "yara:rules.mau"}
    indicator = next(row for row in rows if row["kind"] == "indicator")
    assert (indicator["source"]["line"], indicator["source"]["record"], indicator["time"]) == (2, 2, "2026-01-01T00:00:00Z")
    assert json.loads(err.splitlines()[-1])["indicators"]["used"] == 1
