"""Kin: which things a slot reads beside its own, and, the other way round, whose slots a change concerns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from luytre.core.duty.model import Thing


def named(value: Any) -> Iterator[str]:
    """The refs an attribute's value names: a ref, `{org, duty}`, or a list of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from named(value.get("org"))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from named(part)


def ever(thing: Thing, attribute: str) -> set[str]:
    """Every ref an attribute has ever named, on whatever day and however known."""
    return {ref for row in thing.attributes.get(attribute, ()) for ref in named(row.value)}


class Kin:
    """Relations among things, over all days and all knowledge: generous, for a slot judged once too often costs only time."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.things = {thing.id: thing for thing in things}
        self.owned: dict[str, set[str]] = defaultdict(set)  # body → systems it owns or operates
        self.heirs: dict[str, set[str]] = defaultdict(set)  # body that may end → those who may take over
        for thing in self.things.values():
            if thing.kind == "system":
                for body in ever(thing, "owner") | ever(thing, "operator"):
                    self.owned[body].add(thing.id)
            elif may_end(thing):
                self.heirs[thing.id] = ever(thing, "successor") | ever(thing, "parent")
        self.ancestors = _turned(self.heirs)

    def facts_of(self, ref: str) -> set[str]:
        """The things whose facts a slot of `ref` may weigh: its own, its systems', those of bodies it took over from."""
        own = {ref, *_reached(ref, self.ancestors)}
        return own.union(*(self.owned.get(body, ()) for body in own))

    def rows_of(self, ref: str) -> set[str]:
        """The things whose register rows a slot of `ref` may read: a system also reads its owner's."""
        thing = self.things.get(ref)
        if thing is not None and thing.kind == "system":
            return {ref, *ever(thing, "owner")}
        return {ref, *_reached(ref, self.ancestors)}

    def rows_read_by(self, ref: str) -> set[str]:
        """The things whose slots may read the register rows of `ref`, itself included: the systems of a body too."""
        return self.readers_of(ref) | self.owned.get(ref, set())

    def readers_of(self, ref: str) -> set[str]:
        """The things whose slots may read facts or rows of `ref`, itself included."""
        thing = self.things.get(ref)
        if thing is not None and thing.kind == "system":
            owners = ever(thing, "owner") | ever(thing, "operator")
            return {ref, *owners}.union(*(_reached(owner, self.heirs) for owner in owners))
        return {ref, *_reached(ref, self.heirs)}


def may_end(thing: Thing) -> bool:
    return any(row.until_on is not None or not row.value for row in thing.attributes.get("exists", ()))


def _turned(edges: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    turned: dict[str, set[str]] = defaultdict(set)
    for start, ends in edges.items():
        for end in ends:
            turned[end].add(start)
    return turned


def _reached(start: str, edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything reached from `start` along edges, without it."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for ref in edges.get(waiting.pop(), ()):
            if ref not in seen and ref != start:
                seen.add(ref)
                waiting.append(ref)
    return seen
