"""What is said of a text or a file, and the lines it is said of."""

from typing import Literal, NamedTuple

Degree = Literal["TUYỆT MẬT", "TỐI MẬT", "MẬT"]
Zone = Literal["text", "apart", "cell"]
TOP, HIGH, LOW = "TUYỆT MẬT", "TỐI MẬT", "MẬT"


class Line(NamedTuple):
    """One line as a reader of the document sees it. `zone`: in the running text; apart from it (header, text box, watermark, property),
    where a mark needs nothing around it to be one; or the cell of a table."""

    text: str
    where: str
    zone: Zone = "text"


class Found(NamedTuple):
    """A mark and where it stands."""

    marking: Degree
    where: str


class Verdict(NamedTuple):
    """`secret` with marking and place; `clean`: all was read and no mark stands in it; `cannot_tell`: something could not be read."""

    verdict: Literal["secret", "clean", "cannot_tell"]
    marking: Degree | None = None
    where: str = ""


CLEAN = Verdict("clean")
