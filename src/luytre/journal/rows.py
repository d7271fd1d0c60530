"""Many rows into a table at once: one prepared statement fed with tuples, several times quicker than building a model object a row."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db import connection, models


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given in the order of `columns` (attribute names, "of_id" for references). No defaults, no derived fields."""
    fields = [_field(model, column) for column in columns]
    prepare = [_prepare(field) for field in fields]
    ready = [[do(value) for do, value in zip(prepare, row, strict=True)] for row in rows]
    quote = connection.ops.quote_name
    names, marks = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    if ready:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", ready)  # noqa: S608  names from models


def reserve(table: str, count: int) -> Sequence[int]:
    """Numbers for rows still to be written, which nobody else is given."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
        return range(last + 1, last + 1 + count)


def _field(model: type[models.Model], column: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if column == field.attname)


def _prepare(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    """How a value goes to the database; the same moments, days and details recur by the thousand, so the last one is remembered."""
    if isinstance(field, models.JSONField):
        return _json(field)
    if not isinstance(field, models.DateField):
        return lambda value: value
    known: dict[datetime, Any] = {}

    def prepared(value: Any) -> Any:
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        return known[value]

    return prepared


def _json(field: "models.JSONField[Any, Any]") -> Callable[[Any], Any]:
    """SQLite keeps JSON as text, which a quicker encoder writes as well; what it cannot (numbers beyond 64 bits) goes the usual way."""

    def usual(value: Any) -> Any:
        return None if value is None else field.get_db_prep_save(value, connection)

    def quick(value: Any) -> Any:
        try:
            return None if value is None else orjson.dumps(value).decode()
        except orjson.JSONEncodeError:
            return usual(value)

    return quick if connection.vendor == "sqlite" and field.encoder is None else usual
