"""Every detection the test data expects is found, and nothing else."""

import json
from pathlib import Path

import pytest

from luytre.core.hunt.command import main


def wanted(path: Path) -> set[tuple[object, ...]]:
    rows = map(json.loads, path.read_text().splitlines())
    return {(row["file"], row["rule_id"], row["record"], row["line"]) for row in rows}


def got(path: Path) -> set[tuple[object, ...]]:
    rows = map(json.loads, path.read_text().splitlines())
    return {(row["source"]["file"], row["rule_id"], row["source"]["record"], row["source"]["line"]) for row in rows}


@pytest.mark.parametrize("name", ["evtx_attack_samples", "sigma_regression"])
def test_evtx(name: str, hunt_data: Path, tmp_path: Path) -> None:
    """Archives are hunted as they are: members are named as files of a folder would be."""
    code = main(
        [str(hunt_data / f"{name}.zip"), "--rules", str(hunt_data / "sigma_rules.zip"), "--out", str(tmp_path / "f"), "--workers", "1"]
    )
    assert code == 1
    assert got(tmp_path / "f") == wanted(hunt_data / f"{name}.expected.jsonl")


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_json(hunt_data: Path, tmp_path: Path, unpacked, workers: str) -> None:
    folder = unpacked("otrf_windows")
    code = main([str(folder), "--rules", str(hunt_data / "sigma_rules.zip"), "--out", str(tmp_path / "f"), "--workers", workers])
    assert code == 1
    assert got(tmp_path / "f") == wanted(hunt_data / "otrf_windows.expected.jsonl")
