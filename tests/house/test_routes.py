"""Every address has its door in the table, and the table names no address that is gone."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

from luytre.site.routes import ROUTES


def names(resolver: Any, space: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from names(part, f"{space}{part.namespace}:" if part.namespace else space)
        else:
            yield f"{space}{part.name}"


def test_every_address_has_a_door() -> None:
    absent = set(names(get_resolver())) - set(ROUTES)
    assert not absent, f"say in luytre/site/routes.py by which door each is reached (staff, duty, entry, public): {sorted(absent)}"


def test_the_table_names_no_address_that_is_gone() -> None:
    assert set(ROUTES) - set(names(get_resolver())) == set()
