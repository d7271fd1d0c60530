"""Every address of the site stands in the matrix of isolation, so that no page goes out that nobody has asked as a stranger."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PLACE = Path(__file__).parents[1] / "isolation" / "matrix.py"


def addresses(resolver: Any, before: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from addresses(part, before + str(part.pattern))
        elif isinstance(part, URLPattern):
            yield before + str(part.pattern)


def matrix() -> Any:
    spec = importlib.util.spec_from_file_location("matrix", PLACE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["matrix"] = module
    spec.loader.exec_module(module)
    return module


def test_every_address_has_its_row() -> None:
    table = matrix()
    missing = sorted(set(addresses(get_resolver())) - set(table.ROWS))
    lines = "\n".join(table.suggestion(address) for address in missing)
    assert not missing, f"addresses without a row: add these to ROWS in tests/isolation/matrix.py (its first lines say how)\n{lines}\n"


def test_no_row_outlives_its_address() -> None:
    gone = sorted(set(matrix().ROWS) - set(addresses(get_resolver())))
    assert not gone, f"rows of addresses that are gone: take them out of tests/isolation/matrix.py: {gone}"


def test_every_row_can_be_asked() -> None:
    """What the path names is filled by the kind of thing or by the row."""
    table = matrix()
    for address, row in table.ROWS.items():
        if "<" in address:
            assert row.about in table.KINDS or row.fill, f"{address}: say what its path names, a kind of KINDS or fill={{…}}"
