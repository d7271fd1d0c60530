"""What a statutory form asks: typed fields, and how its answers stand on the paper. Read from data/*.yaml, one file a form.

Two marks tell what was checked against the published text: `asked` on a field (the form asks for it) and `wording` (these very words).
"ours" says that the house chose; the text of the form was not seen or not seen whole. Neither mark is printed.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import yaml
from msgspec import Meta, Struct

from luytre.core.paper.model import Wording

_HOME = Path(__file__).with_name("data")
Kind = Literal["line", "text", "phone", "email", "number", "date", "time", "level", "yes_no", "choice", "choices", "lines", "table"]


class Option(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    label: str
    free: bool = False  # the officer may add words after it
    wording: Wording = "ours"


class ColumnSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    label: str
    width_mm: float | None = None
    number: bool = False  # a count; summed in the total row
    wording: Wording = "ours"


class FieldSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    label: str
    type: Kind = "line"
    required: bool = False
    asked: Wording = "ours"
    wording: Wording = "ours"
    options: tuple[Option, ...] = ()
    columns: tuple[ColumnSpec, ...] = ()
    rows: tuple[str, ...] = ()  # a table whose lines the form fixes; then there is a total line
    help: str = ""


class PartSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece of the form's body: words with {field} in them, or the field(s) it shows. `when`: only if that field is answered."""

    kind: Literal["heading", "subheading", "paragraph", "article", "fields", "choice", "table"]
    text: str = ""
    name: str = ""
    of: tuple[str, ...] = ()
    when: str = ""
    columns: int = 2
    label_mm: int = 60
    landscape: bool = False  # a table too wide for the page becomes a landscape annex
    wording: Wording = "ours"


class FormSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str  # "TT20.03": instrument and form
    instrument: str
    form: str  # "Mẫu số 03"
    title: str
    source: str  # where the facts about it are from, and what was not seen
    fields: tuple[FieldSpec, ...]
    body: tuple[PartSpec, ...]
    title_wording: Wording = "ours"
    symbol: str = ""  # what stands before the body's own code: "BC", "TTr", "QĐ"; empty for letters
    type: str = ""
    subject: tuple[str, ...] = ()
    letter_subject: str = ""
    bases: tuple[str, ...] = ()
    enacting: str = ""
    closing: str = ""
    starred: bool = False  # the printed form marks what must be filled with (*)
    size: Literal[13, 14] = 13
    signers: Literal["one", "several"] = "one"


@cache
def names() -> tuple[str, ...]:
    """The ids of all forms, in order."""
    return tuple(sorted(path.stem for path in _HOME.glob("*.yaml")))


@cache
def load(name: str) -> FormSpec:
    """One form by its id. KeyError for an id there is no form for; ValueError when the form contradicts itself."""
    if name not in names():
        raise KeyError(name)
    plain = yaml.load((_HOME / f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    spec = msgspec.convert(plain, FormSpec)
    _consistent(spec)
    return spec


def _consistent(spec: FormSpec) -> None:
    known = {field.id for field in spec.fields}
    if len(known) != len(spec.fields):
        raise ValueError(f"{spec.id}: a field stands twice")
    unknown = ({name for part in spec.body for name in part.of} | {part.when for part in spec.body if part.when}) - known
    if unknown:
        raise ValueError(f"{spec.id}: no such field: {', '.join(sorted(unknown))}")
    for field in spec.fields:
        if (field.type in ("choice", "choices")) != bool(field.options) or (field.type == "table") != bool(field.columns):
            raise ValueError(f"{spec.id}.{field.id}: a choice has options and a table has columns, nothing else has")
