"""docs/ASVS.md: every requirement of levels 1 and 2 has its row, what it names exists, and the page is current."""

import ast
from functools import cache
from pathlib import Path

import pytest

from luytre.site.asvs import CHAPTERS, STATUSES, Row, page, rows

ROOT = Path(__file__).parents[2]
# How many requirements each section has, levels 1 to 3, and which of them are level 3 only: numbers of the standard (ASVS 5.0.0).
SECTIONS = {
    "1.1": (2, set()),
    "1.2": (10, {10}),
    "1.3": (12, {12}),
    "1.4": (3, set()),
    "1.5": (3, {3}),
    "2.1": (3, set()),
    "2.2": (3, set()),
    "2.3": (5, {5}),
    "2.4": (2, {2}),
    "3.1": (1, {1}),
    "3.2": (3, {3}),
    "3.3": (5, {5}),
    "3.4": (8, {7, 8}),
    "3.5": (8, {6, 7, 8}),
    "3.6": (1, {1}),
    "3.7": (5, {3, 4, 5}),
    "4.1": (5, {4, 5}),
    "4.2": (5, {2, 3, 4, 5}),
    "4.3": (2, set()),
    "4.4": (4, set()),
    "5.1": (1, set()),
    "5.2": (6, {4, 5, 6}),
    "5.3": (3, {3}),
    "5.4": (3, set()),
    "6.1": (3, set()),
    "6.2": (12, set()),
    "6.3": (8, {5, 6, 7, 8}),
    "6.4": (6, {5, 6}),
    "6.5": (8, {6, 7, 8}),
    "6.6": (4, {4}),
    "6.7": (2, {1, 2}),
    "6.8": (4, set()),
    "7.1": (3, set()),
    "7.2": (4, set()),
    "7.3": (2, set()),
    "7.4": (5, set()),
    "7.5": (3, {3}),
    "7.6": (2, set()),
    "8.1": (4, {3, 4}),
    "8.2": (4, {4}),
    "8.3": (3, {2, 3}),
    "8.4": (2, {2}),
    "9.1": (3, set()),
    "9.2": (4, set()),
    "10.1": (2, set()),
    "10.2": (3, {3}),
    "10.3": (5, {5}),
    "10.4": (16, {12, 13, 14, 15, 16}),
    "10.5": (5, set()),
    "10.6": (2, set()),
    "10.7": (3, set()),
    "11.1": (4, {3, 4}),
    "11.2": (5, {4, 5}),
    "11.3": (5, {4, 5}),
    "11.4": (4, set()),
    "11.5": (2, {2}),
    "11.6": (2, {2}),
    "11.7": (2, {1, 2}),
    "12.1": (5, {4, 5}),
    "12.2": (2, set()),
    "12.3": (5, {5}),
    "13.1": (4, {2, 3, 4}),
    "13.2": (6, {6}),
    "13.3": (4, {3, 4}),
    "13.4": (7, {6, 7}),
    "14.1": (2, set()),
    "14.2": (8, {5, 6, 7, 8}),
    "14.3": (3, set()),
    "15.1": (5, {4, 5}),
    "15.2": (5, {4, 5}),
    "15.3": (7, set()),
    "15.4": (4, {1, 2, 3, 4}),
    "16.1": (1, set()),
    "16.2": (5, set()),
    "16.3": (4, set()),
    "16.4": (3, set()),
    "16.5": (4, {4}),
    "17.1": (2, {2}),
    "17.2": (8, {5, 6, 7, 8}),
    "17.3": (2, set()),
}


def wanted() -> set[str]:
    return {f"{section}.{number}" for section, (most, third) in SECTIONS.items() for number in range(1, most + 1) if number not in third}


def test_every_requirement_of_levels_one_and_two_has_its_row() -> None:
    assert len(wanted()) == 253
    assert {row.id for row in rows()} == wanted()
    assert {row.level for row in rows()} == {1, 2}
    assert {row.chapter for row in rows()} == set(CHAPTERS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_what_a_row_names_exists(row: Row) -> None:
    assert row.status in STATUSES
    for name in row.where:
        assert (ROOT / name).exists(), name
    for name in row.tests:
        file, _, function = name.partition("::")
        assert not function or function in functions(ROOT / file), name


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_says_enough(row: Row) -> None:
    """Met: where, or why there is nothing to see. Anything else: why."""
    assert row.asked
    assert row.note or (row.status == "met" and row.where), row.id
    assert row.where or row.status == "na" or row.note, row.id


def test_the_page_is_current() -> None:
    assert (ROOT / "docs/ASVS.md").read_text() == page(), "run: uv run python -m luytre.site.asvs > docs/ASVS.md"


@cache
def functions(file: Path) -> frozenset[str]:
    return frozenset(node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef))
