"""What a verb is: its sentence, the name of the paper that proves it, the shape of its detail, who may write it down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Words = Mapping[str, str]
Kind = Literal["text", "day", "month", "year", "whole", "flag", "choice", "duty", "entry", "case", "thing"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a verb's detail. `case` is a number shared by the facts of one case (a weakness, a threat, an incident, a device);
    `entry` is the id of an entry or fact; `thing` is a ref such as "system:his"."""

    type: Kind
    label: Words
    required: bool = False
    choices: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of fact. `says` is the sentence of the journal; `paper` names the evidence, as read in lists of what is missing;
    `about` says which kinds of things it concerns; `fileable` tells whether a body may file it for what it did outside the system."""

    name: str
    says: Words
    paper: Words
    about: tuple[str, ...] = ("organisation",)
    detail: Mapping[str, Field] = field(default_factory=dict)
    fileable: bool = True
    reads: bool = False  # tells that something sensitive was read or taken out; never evidence, and not part of a thing's history

    @property
    def noun(self) -> str:
        return self.name.split(".")[0]


def words(vi: str, en: str) -> Words:
    return {"vi": vi, "en": en}


def text(vi: str, en: str, *, required: bool = False) -> Field:
    return Field("text", words(vi, en), required)


def day(vi: str, en: str, *, required: bool = False) -> Field:
    return Field("day", words(vi, en), required)


def whole(vi: str, en: str, *, required: bool = False) -> Field:
    return Field("whole", words(vi, en), required)


def flag(vi: str, en: str, *, required: bool = False) -> Field:
    return Field("flag", words(vi, en), required)


def case(vi: str, en: str, *, required: bool = False) -> Field:
    return Field("case", words(vi, en), required)


def choice(vi: str, en: str, choices: Mapping[str, Words], *, required: bool = False) -> Field:
    return Field("choice", words(vi, en), required, choices)


# Nearly every fact from outside has a paper; its number and day of signing never hold personal data.
PAPER: Mapping[str, Field] = {
    "number": text("Số, ký hiệu văn bản", "Number of the paper"),
    "signed_on": day("Ngày ký", "Day signed"),
}
SYSTEM = ("system",)
ORGANISATION = ("organisation",)
EITHER = ("organisation", "system")
PERSON = ("person",)  # an account is its person's
