"""Questions to the journal: facts for the judge, entries about a thing, where the chain ends."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, QuerySet

from luytre.core.duty.model import Fact
from luytre.journal.models import Attachment, Entry, Head, Mention
from luytre.verbs import READS


def facts(after: int | None = None, upto: int | None = None) -> Iterator[Fact]:
    """Sealed entries as facts, in the order of the chain: those after a place in it, up to another; two queries, streamed."""
    upto = last_seq() if upto is None else upto  # fixed, so that both queries see the same entries
    sealed = Entry.objects.filter(seq__gt=after or 0, seq__lte=upto)
    mentions = Mention.objects.filter(entry__in=sealed).order_by("entry__seq", "thing").values_list("entry_id", "thing")
    about = _Zipped(mentions.iterator(chunk_size=5000))
    rows = sealed.order_by("seq").values_list("id", "verb", "on", "at", "moment", "detail", "retracts_id")
    for number, verb, on, at, moment, detail, retracts in rows.iterator(chunk_size=5000):
        yield Fact(str(number), verb, about.get(number), on, at, moment, detail, str(retracts) if retracts else None)


class _Zipped:
    """Mentions come sorted like the entries, so they are read beside them and never kept in memory as a whole."""

    def __init__(self, mentions: Iterator[tuple[int, str]]) -> None:
        self.mentions = mentions
        self.waiting = next(mentions, None)

    def get(self, entry: int) -> tuple[str, ...]:
        things = []
        while self.waiting and self.waiting[0] == entry:
            things.append(self.waiting[1])
            self.waiting = next(self.mentions, None)
        return tuple(things)


def last_seq() -> int:
    """The place of the last sealed entry: read it before facts() to know where to go on next time."""
    return Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def about(thing: str) -> QuerySet[Entry]:
    """What happened to a thing, latest first, with what a page shows of it; who only read about it stands in the journal alone."""
    return whole(Entry.objects.filter(mentions__thing=thing).exclude(verb__in=READS)).order_by("-at", "-id")


def whole(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with mentions, attachments, aside and what took them back, in a constant number of queries."""
    files = Prefetch("attachments", Attachment.objects.order_by("id"))
    return entries.select_related("aside", "aside__erased_by").prefetch_related("mentions", files, "retractions")


def mentioned(entries: Iterable[int]) -> dict[int, frozenset[str]]:
    """What each of some entries mentions, in one query and without a model for every mention."""
    found: dict[int, set[str]] = {}
    for number, thing in Mention.objects.filter(entry__in=list(entries)).values_list("entry_id", "thing"):
        found.setdefault(number, set()).add(thing)
    return {number: frozenset(things) for number, things in found.items()}


def entry(number: int) -> Entry | None:
    return whole(Entry.objects.filter(pk=number)).first()
