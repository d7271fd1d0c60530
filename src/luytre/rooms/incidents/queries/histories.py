"""What each issue of a paper changed against the one before it, said by the names of its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luytre.core.paper.frozen import Change, changes
from luytre.core.paper.model import Fields, Heading, Paper, Paragraph, Table
from luytre.papers import queries as office
from luytre.papers.models import IssuedPaper
from luytre.rooms.incidents.models import Incident

QUIET = ("number", "issued_on", "mark")  # every issue has its own
PLACE = re.compile(r"blocks\[(\d+)\](?:\.rows\[(\d+)\])?")


@dataclass(frozen=True)
class Difference:
    """One part that changed: its name on the paper, what it said, what it says."""

    part: str
    was: str
    now: str


@dataclass(frozen=True)
class Version:
    """An issue with what it changed; `issued` None: what would go out now."""

    issued: IssuedPaper | None
    differences: Sequence[Difference]


def history(held: Incident, form: str, versions: Sequence[IssuedPaper], now: Paper) -> list[Version]:
    """The latest first; before the first issue there is nothing to compare with."""
    papers = [office.data_of(one) for one in versions]
    found = [Version(None, _said(papers[0], now))] if papers else []
    for place, one in enumerate(versions):
        before = papers[place + 1] if place + 1 < len(papers) else None
        found.append(Version(one, _said(before, papers[place]) if before else []))
    return found


def _said(before: Paper, after: Paper) -> list[Difference]:
    told = [change for change in changes(before, after) if change.path.split(".")[0] not in QUIET]
    return [Difference(_part(change, before, after), _plain(change.was), _plain(change.now)) for change in told]


def _plain(text: str) -> str:
    """A whole block that came or went is shown by its words."""
    if not text.startswith(("{", "[")):
        return text
    return " · ".join(part for part in re.findall(r'"(?:text|value|label|head)":"((?:[^"\\]|\\.)*)"', text)) or text[:200]


def _part(change: Change, before: Paper, after: Paper) -> str:
    """The name of the field, or the heading it stands under."""
    place = PLACE.match(change.path)
    if place is None:
        return change.path.split("[")[0].split(".")[0]
    number = int(place[1])
    paper = after if number < len(after.blocks) else before
    block = paper.blocks[number] if number < len(paper.blocks) else None
    if isinstance(block, Fields) and place[2] and int(place[2]) < len(block.rows):
        return block.rows[int(place[2])].label
    above = next((one.text for one in reversed(paper.blocks[:number]) if isinstance(one, Heading)), "")
    if isinstance(block, Paragraph) and block.text.startswith("**"):
        return block.text.split("**")[1].rstrip(":")
    if isinstance(block, Table):
        return block.caption or above
    return above
