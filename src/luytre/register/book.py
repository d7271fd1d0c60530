"""A book: register rows on their way in or out, as plain data with codes for references. World, workbook and database all meet here."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from django.db import models

from luytre.register import models as nouns
from luytre.register.dated import Dated

Unsaid = Literal["unsaid"]
UNSAID: Unsaid = "unsaid"  # of known_at: the row is known from the moment it is loaded


class DatedRow(NamedTuple):
    """One dated row: whose (code), its values in the order of the table's fields (codes for references), and both time axes."""

    of: str
    values: tuple[Any, ...]
    from_on: date
    until_on: date | None = None
    known_at: datetime | Unsaid | None = UNSAID


@dataclass
class Book:
    """`plain[kind][code]` = the undated fields of a thing; `dated[table]` = its dated rows. Kinds: PLAIN; tables: TABLES."""

    plain: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    dated: dict[str, list[DatedRow]] = field(default_factory=dict)

    def put(self, kind: str, code: str, **fields: Any) -> None:
        """Add a thing, or more of its undated fields."""
        self.plain.setdefault(kind, {}).setdefault(code, {}).update(fields)

    def add(
        self,
        table: str,
        of: str,
        *values: Any,
        from_on: date,
        until_on: date | None = None,
        known_at: datetime | Unsaid | None = UNSAID,
    ) -> None:
        """Add a dated row."""
        self.dated.setdefault(table, []).append(DatedRow(of, values, from_on, until_on, known_at))


@dataclass(frozen=True)
class Plain:
    """A kind of thing with a code: its model, its undated fields, and which of these are references to what kind."""

    model: type[models.Model]
    fields: tuple[str, ...]
    references: dict[str, str] = field(default_factory=dict)
    named: str | None = None  # the table its name comes from; None: the name is undated


@dataclass(frozen=True)
class Table:
    """A dated table: whose rows these are, its model, its fields, and which of these are references to what kind."""

    of: str
    model: type[Dated]
    references: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        return self.model.FIELDS  # type: ignore[attr-defined,no-any-return]

    @property
    def columns(self) -> tuple[str, ...]:
        """Database columns of the fields: references as their ids."""
        return tuple(f"{name}_id" if name in self.references else name for name in self.fields)


PLAIN: dict[str, Plain] = {
    "organisation": Plain(nouns.Organisation, ("certainty",), named="organisation.name"),
    "person": Plain(nouns.Person, ("name", "salutation", "phone", "email")),
    "supplier": Plain(nouns.Supplier, ("name", "tax_code")),
    "team": Plain(nouns.ResponseTeam, ("name", "organisation"), {"organisation": "organisation"}),
    "system": Plain(nouns.System, (), named="system.name"),
}
_ORGANISATION = {"value": "organisation"}
TABLES: dict[str, Table] = {
    "organisation.name": Table("organisation", nouns.OrganisationName),
    "organisation.type": Table("organisation", nouns.OrganisationKind),
    "organisation.parent": Table("organisation", nouns.OrganisationParent, _ORGANISATION),
    "organisation.exists": Table("organisation", nouns.OrganisationExists),
    "organisation.successor": Table("organisation", nouns.OrganisationSuccessor, _ORGANISATION),  # successor, duty ("" = all)
    "organisation.domain": Table("organisation", nouns.OrganisationDomain),
    "organisation.network": Table("organisation", nouns.OrganisationNetwork),
    "contact": Table("organisation", nouns.ContactPoint),  # name, phone, email, page
    "post": Table("person", nouns.Post, {"organisation": "organisation"}),  # organisation, role, title
    "member": Table("team", nouns.TeamMember, {"person": "person"}),  # person, leads
    "system.name": Table("system", nouns.SystemName),
    "system.owner": Table("system", nouns.SystemOwner, _ORGANISATION),
    "system.operator": Table("system", nouns.SystemOperator, _ORGANISATION),
    "system.level": Table("system", nouns.SystemLevel),
    "system.phase": Table("system", nouns.SystemPhase),
    "system.data": Table("system", nouns.SystemData),  # kind, value
    "system.domain": Table("system", nouns.SystemDomain),
    "system.network": Table("system", nouns.SystemNetwork),
    "system.supplier": Table("system", nouns.SystemSupplier, {"value": "supplier"}),  # supplier, service
}
