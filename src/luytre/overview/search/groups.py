"""What a search finds, by kind: the best first, each with a line that tells it from its namesakes and the address of its page."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.core.fold import fold, sort_key, tokens
from luytre.journal import findables
from luytre.journal.models import Findable
from luytre.overview.reader import Reader
from luytre.overview.search import lines
from luytre.overview.search.lines import Hit
from luytre.register import reading

SHOWN, MOST = 6, 300  # of a kind beside others; of a kind alone
CANDIDATES = 60  # looked at to choose the few shown
KINDS: dict[str, Promise] = {
    "org": gettext_lazy("Đơn vị"),
    "system": gettext_lazy("Hệ thống"),
    "person": gettext_lazy("Cán bộ"),
    "duty": gettext_lazy("Nhiệm vụ"),
    "entry": gettext_lazy("Văn bản, minh chứng"),
    "other": gettext_lazy("Khác"),
}
ICONS = {"org": "building-community", "system": "server", "person": "user", "duty": "gavel", "entry": "file-text", "other": "point"}


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `is_cut`: there are more than shown."""

    kind: str
    hits: Sequence[Hit]
    is_cut: bool

    @property
    def title(self) -> str:
        return str(KINDS[self.kind])

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @property
    def count(self) -> str:
        return _("hơn %(n)d") % {"n": len(self.hits)} if self.is_cut else str(len(self.hits))


def find(typed: str, who: Reader, today: date, *, kinds: Sequence[str] | None = None, most: int = SHOWN) -> list[Group]:
    """The groups in which something is found, each with at most `most` hits."""
    if not tokens(typed) or who.person is None:
        return []
    found = [_group(kind, typed, who, today, most) for kind in kinds or KINDS]
    return [group for group in found if group.hits]


def _group(kind: str, typed: str, who: Reader, today: date, most: int) -> Group:
    if kind == "duty":
        duties = lines.duties(typed, who)
        return Group(kind, duties[:most], len(duties) > most)
    rows = _readable(findables.matching(typed, kind, who.sees, max(CANDIDATES, most + 1)), who, today)
    best = sorted(rows, key=_rank(typed))[:most] if len(rows) < MOST else rows[:most]
    return Group(kind, lines.READ[kind](best, who, today), len(rows) > most)


def _readable(rows: list[Findable], who: Reader, today: date) -> list[Findable]:
    """Less the entries the reader may not read, though seeing what they are about: an incident, a label."""
    told = {int(row.thing.removeprefix("entry:")) for row in rows if row.thing.startswith("entry:")}
    if not told:
        return rows
    read = reading.readable_of(told, seen_by=who.person, on=today)
    return [row for row in rows if not row.thing.startswith("entry:") or int(row.thing.removeprefix("entry:")) in read]


def _rank(typed: str) -> Callable[[Findable], tuple[object, ...]]:
    """With the very marks typed first, then as a phrase, then the rest; papers by day, others by the Vietnamese order of names."""
    written, folded = unicodedata.normalize("NFC", typed).lower(), fold(typed)

    def rank(row: Findable) -> tuple[object, ...]:
        title = row.title.lower()
        closeness = (not row.folded.startswith(folded), written not in title, folded not in row.folded)
        return (*closeness, -(row.on.toordinal() if row.on else 0), sort_key(row.title))

    return rank
