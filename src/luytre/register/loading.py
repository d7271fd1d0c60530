"""Loading a book into the database: what is new is added, what is there stays, nothing is edited or deleted. Used by actions only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal.rows import insert
from luytre.register.book import PLAIN, TABLES, UNSAID, Book, DatedRow, Plain, Table

BATCH = 2000
_ALWAYS = datetime.min.replace(tzinfo=UTC)
REFS = {"organisation": "org", "system": "system", "person": "person", "supplier": "supplier", "team": "team"}


@dataclass
class Changes:
    """What loading a book adds: rows by table, and the things it touches."""

    counts: dict[str, int] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    def note(self, table: str, kind: str, codes: Iterable[str]) -> None:
        refs = [f"{REFS[kind]}:{code}" for code in codes]
        if refs:
            self.counts[table] = self.counts.get(table, 0) + len(refs)
            self.things.update(refs)


class Loader:
    """Loads one book; holds the ids of codes met so far."""

    def __init__(self, book: Book, at: datetime) -> None:
        self.book, self.at = book, at
        self.ids: dict[str, dict[str, int]] = {}
        self.changes = Changes()

    def load(self) -> Changes:
        for kind, plain in PLAIN.items():
            self._load_plain(kind, plain, self.book.plain.get(kind, {}))
        for name, table in TABLES.items():
            if rows := self.book.dated.get(name):
                self._load_dated(name, table, rows)
        return self.changes

    # -- things with codes --

    def _load_plain(self, kind: str, plain: Plain, given: dict[str, dict[str, Any]]) -> None:
        there = {thing.code: thing for thing in _all(plain.model)} if given else {}
        names = self._names(plain)
        fresh: list[Any] = []
        changed: list[Any] = []
        for code, fields in given.items():
            wanted = {f"{key}_id" if key in plain.references else key: self._of(plain, key, value) for key, value in fields.items()}
            if code not in there:
                fresh.append(plain.model(code=code, **{**self._named(names, plain, code), **wanted}))
            elif any(getattr(there[code], key) != value for key, value in wanted.items()):
                for key, value in wanted.items():
                    setattr(there[code], key, value)
                changed.append(there[code])
        plain.model._default_manager.bulk_create(fresh, batch_size=BATCH)
        self._update(plain.model, changed, list(plain.fields))
        self.changes.note(kind, kind, [thing.code for thing in [*fresh, *changed]])
        self.ids[kind] = dict(plain.model._default_manager.values_list("code", "id"))

    def _names(self, plain: Plain) -> dict[str, str]:
        """The latest name of each code in the book, where names are dated."""
        rows = self.book.dated.get(plain.named, []) if plain.named else []
        return {row.of: row.values[0] for row in sorted(rows, key=lambda row: (row.from_on, self._known(row) or _ALWAYS))}

    def _named(self, names: dict[str, str], plain: Plain, code: str) -> dict[str, Any]:
        return {"name": names.get(code, code)} if plain.named else {}

    def _of(self, plain: Plain, key: str, value: Any) -> Any:
        return self._id(plain.references[key], value) if key in plain.references else value

    # -- dated rows --

    def _load_dated(self, name: str, table: Table, rows: list[DatedRow]) -> None:
        columns = ("of_id", *table.columns, "from_on", "until_on", "known_at")
        there = set(table.model._default_manager.values_list(*columns))
        said = {row[:-1] for row in there}
        fresh: dict[tuple[Any, ...], str] = {}
        for row in rows:
            ids = self._ids(table, row)
            whole = (*ids, row.from_on, row.until_on, self._known(row))
            known = whole[:-1] in said if row.known_at == UNSAID else whole in there
            if not known:
                fresh[whole] = row.of
        insert(table.model, columns, fresh)
        self.changes.note(name, table.of, fresh.values())
        if PLAIN[table.of].named == name:
            self._rename(table, set(fresh.values()))

    def _ids(self, table: Table, row: DatedRow) -> tuple[Any, ...]:
        pairs = zip(table.fields, row.values, strict=True)
        return (self._id(table.of, row.of), *(self._id(table.references[f], v) if f in table.references else v for f, v in pairs))

    def _id(self, kind: str, code: str | None) -> int | None:
        if code is None:
            return None
        found = self.ids[kind].get(code)
        if found is None:
            raise Refusal(_("Không có mã “%(code)s” trong sổ đăng ký (%(kind)s).") % {"code": code, "kind": kind})
        return found

    def _known(self, row: DatedRow) -> datetime | None:
        return self.at if row.known_at == UNSAID else row.known_at

    def _rename(self, table: Table, codes: set[str]) -> None:
        """Things bear in lists the name they bear last."""
        latest: QuerySet[Any] = table.model._default_manager.order_by("from_on", F("known_at").asc(nulls_first=True), "id")
        names = dict(latest.values_list("of__code", "value"))
        model = PLAIN[table.of].model
        things: list[Any] = [thing for thing in _all(model) if thing.code in codes and thing.name != names[thing.code]]
        for thing in things:
            thing.name = names[thing.code]
        self._update(model, things, ["name"])

    def _update(self, model: type[models.Model], things: list[Any], fields: list[str]) -> None:
        """bulk_update does not ask fields for derived values, so these are derived here."""
        derived = [f for f in model._meta.concrete_fields if hasattr(f, "derive") and "name" in fields]
        for thing in things:
            for column in derived:
                column.pre_save(thing, add=False)
        if things:
            model._default_manager.bulk_update(things, [*fields, *(f.name for f in derived)], batch_size=500)


def _all(model: type[models.Model]) -> QuerySet[Any]:
    return model._default_manager.all()
