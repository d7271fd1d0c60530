"""What a body sent: papers with what became of them, those still looked at, those turned back and not yet sent again."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from luytre.journal.models import Entry, Mention
from luytre.rooms.duties.queries.evidence import ACCEPTED, REJECTED, RETRACTED, Evidence, shown_of

LATELY = 30  # days: what was filed before and nobody has looked at is listed apart
STATES = ("waiting", "unseen", "accepted", "rejected", "retracted")
LOOKED_BACK = timedelta(days=180)  # a paper turned back longer ago is no longer on the list of the day


def sent(refs: Collection[str] | None) -> QuerySet[Entry]:
    """Everything filed about some things (None: about anything), the latest first, each once."""
    filed = Entry.objects.filter(filed=True).order_by("-at", "-id")
    return filed if refs is None else filed.filter(Exists(Mention.objects.filter(entry=OuterRef("pk"), thing__in=list(refs))))


def in_state(entries: QuerySet[Entry], state: str, now: datetime) -> QuerySet[Entry]:
    """Those in one state. "waiting": filed lately, nobody has looked yet; "unseen": filed long ago, and still nobody has."""
    if state in ("rejected", "retracted"):
        verb = REJECTED if state == "rejected" else RETRACTED
        return entries.filter(Exists(Entry.objects.filter(retracts=OuterRef("pk"), verb=verb)))
    if state not in STATES:
        return entries
    standing = entries.filter(retractions=None)
    accepted = _accepted()
    if state == "accepted":
        return standing.filter(pk__in=accepted)
    recent = Q(at__gte=now - timedelta(days=LATELY))
    return standing.exclude(pk__in=accepted).filter(recent if state == "waiting" else ~recent)


def _accepted() -> Any:
    """Numbers of the entries accepted, as a question inside the question."""
    rows = Entry.objects.filter(verb=ACCEPTED, detail__entry__isnull=False)
    return rows.annotate(number=Cast(KeyTextTransform("entry", "detail"), BigIntegerField())).values("number")


def turned_back(refs: Collection[str], now: datetime) -> list[Evidence]:
    """What the coordinator turned back and nobody has sent again since, by the same kind of paper about the same things."""
    told = Entry.objects.filter(verb=REJECTED, at__gte=now - LOOKED_BACK, mentions__thing__in=list(refs), retracts__filed=True).distinct()
    rejections = list(told.select_related("retracts").prefetch_related("mentions"))
    if not rejections:
        return []
    later = _later(refs, rejections)
    missing = [row.retracts_id for row in rejections if row.retracts and not _again(row, later)]
    return shown_of([number for number in missing if number is not None], frozenset(refs))


def _later(refs: Collection[str], rejections: Sequence[Entry]) -> list[Entry]:
    verbs, since = {row.retracts.verb for row in rejections if row.retracts}, min(row.at for row in rejections)
    entries = Entry.objects.filter(verb__in=verbs, at__gt=since, retractions=None, mentions__thing__in=list(refs)).distinct()
    return list(entries.prefetch_related("mentions"))


def _again(rejection: Entry, later: Iterable[Entry]) -> bool:
    """Whether every thing of the paper turned back has a newer paper of that kind."""
    about = {mention.thing for mention in rejection.mentions.all()}
    assert rejection.retracts is not None
    for entry in later:
        if entry.verb == rejection.retracts.verb and entry.at > rejection.at:
            about -= {mention.thing for mention in entry.mentions.all()}
    return not about
