"""Correlations: counts, distinct values, together and in order, within a span and a group."""

import json
from pathlib import Path

import pytest

from luytre.core.hunt.command import main

BASE = """
title: Thất bại
id: 11111111-1111-4111-8111-111111111111
name: failed
logsource: {product: windows, service: security}
detection: {s: {EventID: 4625}, condition: s}
---
title: Thành công
id: 22222222-2222-4222-8222-222222222222
name: accepted
logsource: {product: windows, service: security}
detection: {s: {EventID: 4624}, condition: s}
---
title: Tương quan
id: 33333333-3333-4333-8333-333333333333
level: high
correlation: {type: %s, rules: %s, group-by: [IpAddress], timespan: 5m%s}
"""


def hunted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, events: list[tuple[int, int, str, str]]
) -> list[dict[str, object]]:
    """`events`: (second, event id, address, user)."""
    (tmp_path / "r.yml").write_text(rule)
    rows = [
        {
            "Channel": "Security",
            "EventID": event_id,
            "Provider_Name": "P",
            "Computer": "M",
            "TimeCreated": f"2026-01-01T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z",
            "IpAddress": address,
            "TargetUserName": user,
        }
        for second, event_id, address, user in events
    ]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    main([str(tmp_path / "log.jsonl"), "--rules", str(tmp_path / "r.yml")])
    return list(map(json.loads, capsys.readouterr().out.splitlines()))


def test_event_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = BASE % ("event_count", "[failed]", ", condition: {gte: 3}")
    found = hunted(tmp_path, capsys, rule, [(0, 4625, "a", "x"), (100, 4625, "b", "x"), (200, 4625, "a", "x"), (299, 4625, "a", "x")])
    assert [row["kind"] for row in found] == ["correlation"]
    assert [source["line"] for source in found[0]["sources"]] == [1, 3, 4]  # type: ignore[attr-defined]
    assert found[0]["event"]["IpAddress"] == "a"  # type: ignore[index]
    assert hunted(tmp_path, capsys, rule, [(0, 4625, "a", "x"), (299, 4625, "a", "x"), (301, 4625, "a", "x")]) == []


def test_order_in_the_file_does_not_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = BASE % ("event_count", "[failed]", ", condition: {gte: 3}")
    assert len(hunted(tmp_path, capsys, rule, [(299, 4625, "a", "x"), (0, 4625, "a", "x"), (200, 4625, "a", "x")])) == 1


def test_value_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = BASE % ("value_count", "[failed]", ", condition: {gte: 3, field: TargetUserName}")
    assert hunted(tmp_path, capsys, rule, [(n, 4625, "a", "same") for n in range(9)]) == []
    assert len(hunted(tmp_path, capsys, rule, [(n, 4625, "a", f"u{n}") for n in range(3)])) == 1


def test_temporal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = BASE % ("temporal", "[failed, accepted]", "")
    assert len(hunted(tmp_path, capsys, rule, [(0, 4624, "a", "x"), (9, 4625, "a", "x")])) == 1
    assert hunted(tmp_path, capsys, rule, [(0, 4624, "a", "x"), (9, 4625, "b", "x")]) == []


def test_temporal_ordered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = BASE % ("temporal_ordered", "[failed, accepted]", "")
    assert hunted(tmp_path, capsys, rule, [(0, 4624, "a", "x"), (9, 4625, "a", "x")]) == []
    assert len(hunted(tmp_path, capsys, rule, [(0, 4625, "a", "x"), (9, 4624, "a", "x")])) == 1


def test_generate_keeps_the_findings_of_the_rules_beneath(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = BASE % ("event_count", "[failed]", ", condition: {gte: 2}, generate: true")
    found = hunted(tmp_path, capsys, rule, [(0, 4625, "a", "x"), (1, 4625, "a", "x")])
    assert sorted(row["kind"] for row in found) == ["correlation", "sigma", "sigma"]


def test_a_correlation_over_a_missing_rule_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.yml").write_text(BASE % ("event_count", "[nobody]", ", condition: {gte: 2}"))
    (tmp_path / "log.jsonl").write_text("")
    main([str(tmp_path / "log.jsonl"), "--rules", str(tmp_path / "r.yml")])
    summary = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert "nobody" in summary["rules"]["not_run"][0]["why"]
