"""What a list is made of: columns, cells, rows, filters; the same for the page and for the workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise

from luytre.overview.asked import Asked
from luytre.overview.reader import Reader

Words = Promise | str


@dataclass(frozen=True)
class Column:
    """`key` names it in the address and for sorting; `falls`: sorted, the greatest stands first; "" as `sorts`: cannot be sorted by."""

    key: str
    title: Words
    css: str = ""
    falls: bool = False
    sorts: bool = True
    width: int = 18  # of the workbook, in letters


@dataclass(frozen=True)
class Cell:
    """`value` goes to the workbook as it is (text, whole number, day); `kind` tells the page how to show it."""

    value: str | int | date | None
    kind: str = "text"  # text link late number day status share quiet
    url: str = ""
    says: str = ""  # a second line under it, or the words of a status
    css: str = ""


@dataclass(frozen=True)
class Row:
    ref: str
    url: str
    cells: Sequence[Cell]
    tells: str = ""  # the body of whose people it shows personal data


@dataclass(frozen=True)
class Filter:
    """A choice above the list."""

    key: str
    title: Words
    choices: Sequence[tuple[str, Words]]


class Codes(Protocol):
    """The keys of all rows that fit, in order: a query that is cut in the database, or a list."""

    def __getitem__(self, part: slice, /) -> Any: ...


Said = Mapping[str, str]


@dataclass(frozen=True)
class Spec:
    """One list: what it shows, and the two questions it answers: which rows in which order, and what stands in some of them."""

    key: str
    title: Words
    sub: Words
    view: str  # the name of its address
    book: str  # … and of its workbook
    columns: Callable[[Asked], Sequence[Column]]
    filters: Callable[[Asked, Reader], Sequence[Filter]]
    chosen: Callable[[Asked, Reader, Said], Any]
    rows: Callable[[Sequence[Any], Asked, Reader], list[Row]]
    sort: str
    place: Words  # in the field to type in
    empty: Words
    plain: Sequence[str] = field(default=("q",))  # what else is kept in a saved view
