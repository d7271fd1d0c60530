"""What a body sent, as its list of the day shows it: what the coordinator still looks at, what came back, and everything before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.journal.models import Entry
from luytre.overview.links import entry_url, filing_url
from luytre.overview.things.work import Item, Work
from luytre.register import reading
from luytre.rooms.duties import queries
from luytre.rooms.duties.queries import Evidence

PAGE = 30
STATES: list[tuple[str, Promise]] = [
    ("waiting", gettext_lazy("Đang chờ xem xét")),
    ("unseen", gettext_lazy("Đã lâu chưa ai xem")),
    ("accepted", gettext_lazy("Đã chấp nhận")),
    ("rejected", gettext_lazy("Không chấp nhận")),
    ("retracted", gettext_lazy("Đã rút lại")),
]
SHOWN = 50  # waiting papers on one page


@dataclass(frozen=True)
class Sent:
    """One paper that was sent."""

    evidence: Evidence
    now: datetime

    @property
    def url(self) -> str:
        return entry_url(str(self.evidence.id))

    @property
    def title(self) -> str:
        number = self.evidence.number
        return _("%(paper)s, số %(number)s") % {"paper": self.evidence.paper, "number": number} if number else self.evidence.paper

    @property
    def state(self) -> str:
        """As on the list: what was filed long ago and nobody has looked at stands apart."""
        waits = self.evidence.standing == "waiting"
        return "unseen" if waits and self.evidence.at < self.now - timedelta(days=queries.LATELY) else self.evidence.standing

    @property
    def word(self) -> str:
        return _("Đã lâu chưa ai xem") if self.state == "unseen" else self.evidence.standing_word

    @property
    def days(self) -> int:
        return (timezone.localdate(self.now) - timezone.localdate(self.evidence.at)).days


@dataclass(frozen=True)
class Returned:
    """A paper that came back, with the very form that sends it anew."""

    sent: Sent
    again_url: str


@dataclass(frozen=True)
class History:
    """One page of what was sent, in the state asked for."""

    page: Page[Entry]
    rows: Sequence[Sent]
    state: str
    states: Sequence[tuple[str, Promise | str]]


def waiting(work: Work, now: datetime) -> list[Sent]:
    entries = queries.in_state(_readable(work), "waiting", now)
    return _shown(entries[:SHOWN], work, now)


def _readable(work: Work) -> QuerySet[Entry]:
    """What was sent about the body and its systems, as far as this person may read it."""
    return reading.readable(queries.sent(work.refs), seen_by=work.who.person, on=work.asked.today)


def returned(work: Work, now: datetime) -> list[Returned]:
    held = queries.turned_back(work.refs, now)
    may = set(
        reading.readable(Entry.objects.filter(pk__in=[one.id for one in held]), seen_by=work.who.person, on=work.asked.today).values_list(
            "pk", flat=True
        )
    )
    return [Returned(Sent(one, now), _again(one, work)) for one in held if one.id in may]


def _again(evidence: Evidence, work: Work) -> str:
    """The form of the duty this paper served, where that is still wanting; else the plain form for the same body or system."""
    wanting: Item | None = next((item for item in work.items if evidence.verb in item.result.missing), None)
    return wanting.url if wanting else filing_url("", evidence.refs[:1])


def history(work: Work, state: str, number: str | None, now: datetime) -> History:
    chosen = state if state in queries.STATES else ""
    entries = queries.in_state(_readable(work), chosen, now)
    page = Paginator(entries, PAGE).get_page(number)
    return History(page, _shown(page.object_list, work, now), chosen, [("", _("Tất cả")), *STATES])


def _shown(entries: object, work: Work, now: datetime) -> list[Sent]:
    numbers = [entry.pk for entry in entries]  # type: ignore[attr-defined]
    return [Sent(one, now) for one in queries.shown_of(numbers, frozenset(work.refs))]
