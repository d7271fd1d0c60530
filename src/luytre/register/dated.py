"""Dated: the two time axes every register row carries; and the fields that keep names searchable and sortable."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from luytre.core.fold import fold, sort_key


class Dated(models.Model):
    """True from `from_on` until `until_on` (exclusive, null = open), as known since `known_at` (null = always known).

    Rows are never edited: of rows that overlap on a day, the one known last counts. An empty value says "none from here on".
    """

    from_on = models.DateField(_("từ ngày"))
    until_on = models.DateField(_("đến trước ngày"), null=True, blank=True)
    known_at = models.DateTimeField(_("biết từ lúc"), null=True, blank=True)

    class Meta:
        abstract = True


def ordered(name: str) -> models.CheckConstraint:
    """The constraint that a period ends after it begins."""
    return models.CheckConstraint(name=name, condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("from_on")))


def covers(on: date, prefix: str = "") -> models.Q:
    """Rows in force on a day."""
    return models.Q(**{f"{prefix}from_on__lte": on}) & (models.Q(**{f"{prefix}until_on": None}) | models.Q(**{f"{prefix}until_on__gt": on}))


if TYPE_CHECKING:  # generic for the type checker only
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField


class _Derived(_Text):
    """A column computed from another field whenever the row is written, one by one or in bulk."""

    def __init__(self, source: str = "name", **options: Any) -> None:
        self.source = source
        options.setdefault("max_length", 400)
        super().__init__(**{**options, "editable": False, "blank": True, "default": ""})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {"source": self.source, "max_length": kwargs.get("max_length"), "db_index": bool(kwargs.get("db_index"))}

    def derive(self, text: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.derive(getattr(model_instance, self.source) or "")[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class FoldedField(_Derived):
    """The text without marks or case, for searching: "Đông Sơn" → "dong son"."""

    def derive(self, text: str) -> str:
        return fold(text)


class SortField(_Derived):
    """A key whose byte order is the Vietnamese dictionary order, whatever the collation of the database."""

    def derive(self, text: str) -> str:
        return sort_key(text)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        given = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            given["collation"] = "C"
        return given
