"""The plan of the house holds: import-linter's contracts are kept, and nothing has loosened them."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_contracts_are_kept() -> None:
    done = subprocess.run([sys.executable, "-m", "importlinter.cli"], cwd=ROOT, capture_output=True, text=True, check=False)
    # the console script is the public door; the module has no __main__ in some releases
    if "No module" in done.stderr or not done.stdout:
        done = subprocess.run([str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_contract_has_exceptions() -> None:
    plan = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert len(plan["contracts"]) >= 6
    for contract in plan["contracts"]:
        assert "ignore_imports" not in contract, contract["name"]


def test_no_two_test_files_share_a_name() -> None:
    """pytest imports them by bare name: two of one name would stop the whole suite."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_only_the_store_opens_what_lies_in_it() -> None:
    """Files are sealed where they lie: whoever opens one by its place would send noise. Leave by journal.serving, read by store.read."""
    for path in (ROOT / "src" / "luytre" / "rooms").rglob("*.py"):
        assert "store.path(" not in path.read_text(encoding="utf-8"), path.relative_to(ROOT)
