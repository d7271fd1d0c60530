"""The catalogue: every figure by its name, and asking for one."""

from collections.abc import Iterable, Sequence
from functools import cache

from luytre.overview.reports.figures import duties, incidents, systems, work
from luytre.overview.reports.figures.shape import Figure, Value
from luytre.overview.reports.ground import Ground
from luytre.overview.reports.spans import Span


@cache
def _catalogue() -> dict[str, Figure]:
    return {one.id: one for room in (incidents, work, systems, duties) for one in room.figures()}


class _Catalogue:
    """Read when first asked: the words of duties come from the law."""

    def __getitem__(self, name: str) -> Figure:
        return _catalogue()[name]

    def __contains__(self, name: str) -> bool:
        return name in _catalogue()

    def __iter__(self) -> Iterable[str]:
        return iter(_catalogue())

    def values(self) -> Iterable[Figure]:
        return _catalogue().values()


CATALOGUE = _Catalogue()


def figure(name: str) -> Figure | None:
    return _catalogue().get(name)


def value(ground: Ground, name: str, span: Span) -> Value:
    """A figure for a period. A stock has no sum over a year so far."""
    one = _catalogue()[name]
    if one.stock and span.name == "year":
        return Value(one, span, (), asked=False)
    return Value(one, span, one.query(ground, span))


def values(ground: Ground, names: Iterable[str], spans: Sequence[Span]) -> dict[str, list[Value]]:
    return {name: [value(ground, name, span) for span in spans] for name in names}
