"""Kinds of records and the rules meant for them: a table (tables/kinds.json), so that a new source is a line of data."""

from functools import lru_cache
from pathlib import Path

import msgspec

from luytre.core.hunt.ruleset import Rule

TABLES = Path(__file__).parent / "tables"


class Kind(msgspec.Struct, frozen=True):
    """What one sort of record is called in Sigma's log sources. "*" stands for any."""

    kind: str
    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    route: tuple[str, ...] = ()

    def is_for(self, rule: Rule) -> bool:
        """Is the rule meant for records of this kind? Each part of its log source must be one of ours."""
        if self.kind == "windows":  # the pipelines turn its categories and services into channels and event ids
            return rule.product == "windows"
        return _fits(rule.product, self.products) and _fits(rule.category, self.categories) and _fits(rule.service, self.services)


def _fits(wanted: str | None, ours: tuple[str, ...]) -> bool:
    return wanted is None or "*" in ours or wanted.lower() in ours


@lru_cache(maxsize=1)
def table() -> dict[str, Kind]:
    found = msgspec.json.decode((TABLES / "kinds.json").read_bytes(), type=list[Kind])
    return {kind.kind: kind for kind in found}


@lru_cache(maxsize=512)
def kind_of(name: str) -> Kind:
    """The kind by name. `map:product|category|service` is made on the spot from a mapping file's log source."""
    if name.startswith("map:"):
        product, category, services = (tuple(part for part in (word,) if part) for word in name[4:].split("|"))
        return Kind(name, product, category, services)
    known = table()
    if name in known:
        return known[name]
    family, _, service = name.partition("/")
    if f"{family}/*" in known:
        return msgspec.structs.replace(known[f"{family}/*"], kind=name, services=(service,))
    raise KeyError(name)


def has_reader(rule: Rule) -> bool:
    """Is there any kind of record we read that the rule is meant for?"""
    return any(kind.is_for(rule) for kind in table().values())
