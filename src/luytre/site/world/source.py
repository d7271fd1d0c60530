"""Reads the folder world/: from the checkout, or from the wheel's _data."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import luytre

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def home() -> Path:
    """The folder of the shipped world."""
    package = Path(luytre.__file__).parent
    shipped = package / "_data" / "world"
    return shipped if shipped.is_dir() else package.parents[1] / "world"


def table(name: str) -> list[dict[str, str]]:
    with (home() / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def tree(name: str) -> Any:
    return yaml.load((home() / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  a safe loader, in C where there is one


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
