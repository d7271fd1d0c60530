"""Versions: nothing installed lies under its floor, and every dependency is pinned without an address."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
FLOORS = [Requirement(line) for line in [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]]
PINS = {Requirement(line).name.lower(): Requirement(line) for line in PROJECT["tool"]["uv"]["constraint-dependencies"]}


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)
def test_nothing_installed_is_under_its_floor(floor: Requirement) -> None:
    assert floor.specifier, f"{floor.name} has no floor"
    try:
        installed = distribution(floor.name).version
    except PackageNotFoundError:
        pytest.skip(f"{floor.name} is not installed here (plain pip install without the test tools)")
    assert floor.specifier.contains(installed, prereleases=True)


def test_every_dependency_is_pinned() -> None:
    unpinned = [floor.name for floor in FLOORS if floor.name.lower() not in PINS]
    assert unpinned == [], "run bin/pin"


def test_pins_carry_no_address() -> None:
    assert not [str(pin) for pin in PINS.values() if pin.url or re.search(r"://", str(pin))]
