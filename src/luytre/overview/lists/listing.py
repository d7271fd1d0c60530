"""One list as asked for: its rows of one page, its columns with their order, its filters, and how to ask otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse

from luytre.overview.asked import Asked, asked
from luytre.overview.lists.shape import Column, Filter, Row, Spec, Words
from luytre.overview.reader import Reader, reader

PAGE = 100
CHUNK = 500  # rows of a workbook read at a time
LONGEST = 80


@dataclass(frozen=True)
class Head:
    """A column's head: a link that sorts by it, the second time the other way round."""

    column: Column
    url: str
    aria: str  # ascending, descending or ""

    @property
    def icon(self) -> str:
        return "arrow-narrow-up" if self.aria == "ascending" else "arrow-narrow-down"


@dataclass(frozen=True)
class Choice:
    filter: Filter
    value: str

    @property
    def word(self) -> Words:
        return next((word for key, word in self.filter.choices if key == self.value), "")


@dataclass
class Listing:
    spec: Spec
    asked: Asked
    who: Reader
    said: dict[str, str]
    number: str | None

    @cached_property
    def columns(self) -> Sequence[Column]:
        return self.spec.columns(self.asked)

    @cached_property
    def filters(self) -> list[Choice]:
        held = self.spec.filters(self.asked, self.who)
        return [Choice(one, value if (value := self.said.get(one.key, "")) in {key for key, _ in one.choices} else "") for one in held]

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """By which column, and whether against its own direction."""
        wanted = self.said.get("sort", "")
        key = wanted.removeprefix("-")
        return (key, wanted.startswith("-")) if any(c.key == key and c.sorts for c in self.columns) else (self.spec.sort, False)

    @cached_property
    def chosen(self) -> Any:
        """The keys of all rows that fit, in order; a query is cut in the database, page by page."""
        key, turned = self.sort
        said = {choice.filter.key: choice.value for choice in self.filters} | {
            "q": self.words,
            "sort": key,
            "turned": "1" if turned else "",
        }
        return self.spec.chosen(self.asked, self.who, said)

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.chosen, PAGE).get_page(self.number)

    @cached_property
    def rows(self) -> list[Row]:
        return self.spec.rows(list(self.page.object_list), self.asked, self.who)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    def every_row(self) -> Iterator[Row]:
        """All rows that fit, read in parts: what the workbook holds."""
        for start in range(0, self.count, CHUNK):
            yield from self.spec.rows(list(self.chosen[start : start + CHUNK]), self.asked, self.who)

    @property
    def words(self) -> str:
        return self.said.get("q", "").strip()[:LONGEST]

    @property
    def is_filtered(self) -> bool:
        return bool(self.words) or any(choice.value for choice in self.filters)

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        key, turned = self.sort
        is_here = column.key == key
        aria = ("ascending" if column.falls == turned else "descending") if is_here else ""
        return Head(column, self.address(sort=f"-{key}" if is_here and not turned else column.key) if column.sorts else "", aria)

    def query(self, **changes: str) -> str:
        """What was asked, with changes: only what this list knows, in one order, so that the same view has one address."""
        known = (*(choice.filter.key for choice in self.filters), "q", "sort", "on", "known")
        said = {key: value for key in known if (value := self.said.get(key, ""))} | changes
        return urlencode(sorted((key, value) for key, value in said.items() if value))

    def address(self, **changes: str) -> str:
        query = self.query(**changes)
        return reverse(self.spec.view) + (f"?{query}" if query else "")

    @property
    def book_url(self) -> str:
        query = self.query()
        return reverse(self.spec.book) + (f"?{query}" if query else "")

    @property
    def plain_url(self) -> str:
        return reverse(self.spec.view) + self.asked.tail


def listing(spec: Spec, request: HttpRequest) -> Listing:
    said = {key: str(value)[:200] for key, value in request.GET.items() if value}
    return Listing(spec, asked(request), reader(request), said, request.GET.get("page"))
