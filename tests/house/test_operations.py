"""docs/OPERATIONS.md describes every setting and every command, and none that does not exist."""

import re
from pathlib import Path

from luytre.cli import COMMANDS

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "docs/OPERATIONS.md").read_text()
INSIDE = {"LUYTRE_MAX_UPLOAD", "LUYTRE_MAX_EVIDENCE", "LUYTRE_MAX_LOG"}  # Django's own names of LUYTRE_MAX_…_MB and _GB in bytes


def settings_read() -> set[str]:
    """Every LUYTRE_ name that occurs in code or scripts."""
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bin").iterdir()]
    names = {name for file in files if file.name != "test_operations.py" for name in re.findall(r"LUYTRE_[A-Z_]+[A-Z]", file.read_text())}
    return names - INSIDE


def test_every_setting_is_described() -> None:
    assert settings_read() - set(re.findall(r"`(LUYTRE_[A-Z_]+)`", OPERATIONS)) == set()


def test_no_setting_is_described_that_is_not_read() -> None:
    assert set(re.findall(r"`(LUYTRE_[A-Z_]+)`", OPERATIONS)) - settings_read() == set()


def test_every_command_is_described_and_none_else() -> None:
    assert set(re.findall(r"`luytre ([a-z]+)", OPERATIONS)) == set(COMMANDS)
