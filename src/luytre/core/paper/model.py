"""An official paper as plain data: what a JSON document may say, field by field (Decree 30/2020/NĐ-CP, Annex I).

Lengths are in millimetres, sizes in points, dates ISO. Text carries no markup but **bold**. `wording` says whether a sentence
was read in the text of the law ("verified") or is the house's own ("ours"); it stays in the data and never shows on the sheet.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

Wording = Literal["verified", "ours"]
Line = Annotated[str, Meta(max_length=300)]  # one line of a name, a title, a label
Prose = Annotated[str, Meta(max_length=20_000)]  # a paragraph, a cell
Caption = Annotated[str, Meta(min_length=1, max_length=500)]


class _Block(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True, omit_defaults=True):
    wording: Wording | None = None


class Chapter(_Block, frozen=True, kw_only=True, tag="chapter"):
    """A centred part or chapter: "Chương I" over its title in capitals."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    title: Line = ""


class Heading(_Block, frozen=True, kw_only=True, tag="heading"):
    """A bold line of its own: level 1 = "I. …", level 2 = "1. …"."""

    text: Annotated[str, Meta(min_length=1, max_length=500)]
    level: Literal[1, 2] = 1


class Paragraph(_Block, frozen=True, kw_only=True, tag="paragraph"):
    text: Annotated[str, Meta(min_length=1, max_length=20_000)]


class Article(_Block, frozen=True, kw_only=True, tag="article"):
    """ "Điều n." in bold, then its text; an empty text makes a title that stays with what follows."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    text: Prose = ""


class Field(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    label: Annotated[str, Meta(min_length=1, max_length=300)]
    value: Prose
    wording: Wording | None = None


class Fields(_Block, frozen=True, kw_only=True, tag="fields"):
    """Label and value in two columns without lines."""

    rows: Annotated[tuple[Field, ...], Meta(min_length=1, max_length=400)]
    label_mm: Annotated[int, Meta(ge=20, le=110)] = 52


class Check(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    on: bool
    text: Annotated[str, Meta(min_length=1, max_length=1000)]
    wording: Wording | None = None


class Checks(_Block, frozen=True, kw_only=True, tag="checks"):
    """Boxes to tick, in one to four columns."""

    items: Annotated[tuple[Check, ...], Meta(min_length=1, max_length=200)]
    columns: Annotated[int, Meta(ge=1, le=4)] = 2


class Column(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One column: `width_mm` none takes what is left; `sums` says that the total row must add up to the rows above it."""

    head: Annotated[str, Meta(min_length=1, max_length=300)]
    width_mm: Annotated[float, Meta(ge=6, le=240)] | None = None
    align: Literal["left", "centre", "right"] = "left"
    sums: bool = False


class Table(_Block, frozen=True, kw_only=True, tag="table"):
    """A lined table; the head repeats on every page, a table of twelve rows or fewer is never cut."""

    columns: Annotated[tuple[Column, ...], Meta(min_length=1, max_length=20)]
    rows: Annotated[tuple[tuple[Prose, ...], ...], Meta(max_length=20_000)]
    caption: Line = ""
    unit: Line = ""
    total: bool = False  # the last row is a total, set bold
    size: Literal[9, 10, 11, 12, 13] = 12


class Series(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    values: Annotated[tuple[float, ...], Meta(min_length=1, max_length=40)]


class Chart(_Block, frozen=True, kw_only=True, tag="chart"):
    """Bars in black, grey and hatching, a number on each, so that a photocopy still reads. `columns` stand, `bars` lie and stack."""

    shape: Literal["columns", "bars"]
    caption: Caption
    labels: Annotated[tuple[Annotated[str, Meta(max_length=40)], ...], Meta(min_length=1, max_length=40)]
    series: Annotated[tuple[Series, ...], Meta(min_length=1, max_length=4)]
    width_mm: Annotated[int, Meta(ge=60, le=250)] = 158


class Figure(_Block, frozen=True, kw_only=True, tag="figure"):
    """A picture: base64 of a PNG or JPEG, with the words that stand for it where it cannot be seen."""

    picture: Annotated[bytes, Meta(min_length=24, max_length=3_000_000)]
    alt: Annotated[str, Meta(min_length=1, max_length=1000)]
    caption: Line = ""
    width_mm: Annotated[int, Meta(ge=10, le=250)] = 158


Block = Chapter | Heading | Paragraph | Article | Fields | Checks | Table | Chart | Figure


class Signer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who signs: lines of authority in capitals ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), full name, room for signature and seal."""

    authority: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=5)]
    name: Annotated[str, Meta(max_length=120)]
    gap_mm: Annotated[int, Meta(ge=15, le=40)] = 28


class Annex(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    title: Annotated[str, Meta(min_length=1, max_length=500)]
    blocks: Annotated[tuple[Block, ...], Meta(min_length=1, max_length=5000)]
    reference: Line = ""  # empty: "(Kèm theo … số … ngày …)" is made from the paper
    landscape: bool = False


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which statutory form this paper was made from; kept in the data and the metadata, not printed."""

    id: Annotated[str, Meta(max_length=60)]
    instrument: Annotated[str, Meta(max_length=200)]


class Paper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One official paper. `type` with `subject` for named papers, `letter_subject` ("V/v …") for letters: one of the two."""

    title: Annotated[str, Meta(min_length=1, max_length=300)]  # of the file: what a reader sees in a list
    issuer: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=120)], ...], Meta(min_length=1, max_length=4)]
    symbol: Annotated[str, Meta(min_length=2, max_length=60)]  # "BC-CAT-PA05"
    place: Annotated[str, Meta(min_length=2, max_length=60)]
    blocks: Annotated[tuple[Block, ...], Meta(min_length=1, max_length=20_000)]
    recipients: Annotated[tuple[Line, ...], Meta(max_length=60)]
    signers: Annotated[tuple[Signer, ...], Meta(min_length=1, max_length=8)]
    number: Annotated[int, Meta(ge=1, le=999_999)] | None = None  # none: a draft without its number
    issued_on: date | None = None  # none: a draft, "ngày … tháng … năm …"
    parent: Annotated[str, Meta(max_length=120)] = ""
    type: Annotated[str, Meta(max_length=100)] = ""
    subject: Annotated[tuple[Line, ...], Meta(max_length=8)] = ()
    letter_subject: Annotated[str, Meta(max_length=300)] = ""
    urgency: Literal["HỎA TỐC", "THƯỢNG KHẨN", "KHẨN"] | None = None
    authority: Line = ""  # a decision names who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …"
    addressees: Annotated[tuple[Line, ...], Meta(max_length=200)] = ()
    bases: Annotated[tuple[Annotated[str, Meta(min_length=3, max_length=1000)], ...], Meta(max_length=40)] = ()
    enacting: Annotated[str, Meta(max_length=60)] = ""  # "QUYẾT ĐỊNH:"
    closing: Prose = ""  # the last paragraph, held to the signature
    annexes: Annotated[tuple[Annex, ...], Meta(max_length=20)] = ()
    size: Literal[13, 14] = 14  # sizes go together: 14 → 13/14/13/14, 13 → 12/13/13/13
    mark: Annotated[str, Meta(max_length=160)] = ""  # printed small at the foot of every page: "DỮ LIỆU MINH HỌA – …"
    form: Form | None = None
