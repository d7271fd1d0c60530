"""What the judge says of an incident: its clocks, with their moments, from the facts about the body and the system alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache

from django.db.models import Q
from django.utils import timezone

from luytre.core import law as laws
from luytre.core.duty import Judge
from luytre.core.duty.bench import Library
from luytre.core.duty.model import Fact, Result
from luytre.core.law import Law
from luytre.journal.models import Entry, Mention
from luytre.register import queries as register

# The duties an incident sets going, in the order in which they fall due.
DUTIES = ("D30", "ND331.31.2d", "L91.23", "D47", "D42", "D31")
ANSWERS = ("personal_data.notified", "order.issued", "customers.warned")


@lru_cache(maxsize=1)
def law() -> Law:
    return laws.load(laws.home())


@lru_cache(maxsize=1)
def _library() -> Library:
    return Library(law())


@dataclass(frozen=True)
class Reading:
    """One clock as the judge reads it."""

    duty: str
    bearer: str
    event: str
    started_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    is_late: bool


def clocks_of(code: str, entries: Sequence[Entry], refs: Iterable[str]) -> list[Reading]:
    """The clocks of a case: what each duty's lines say whose event is one of its entries. Moments to the minute, days to their end."""
    own = {str(entry.pk): entry for entry in entries}
    bodies = sorted({ref for ref in refs if ref.startswith("org:")})
    if not own or not bodies:
        return []
    facts = _facts(set(refs))
    judge = Judge(law(), register.things(refs=_read(set(refs))), facts, _library())
    known = max([entry.at for entry in entries], default=timezone.now()).replace(year=9000)
    by_id = {fact.id: fact for fact in facts}
    day = known.date()
    return [
        _reading(result, own[result.event], by_id)
        for duty in DUTIES
        for bearer in bodies
        for result in judge.results(duty, bearer, day, known)
        if result.event in own
    ]


def _read(refs: set[str]) -> set[str]:
    systems = {ref for ref in refs if ref.startswith("system:")}
    return refs | register.owners(systems)


def _facts(refs: set[str]) -> list[Fact]:
    told = Entry.objects.filter(pk__in=Mention.objects.filter(thing__in=refs).values("entry"))
    heard = told.filter(Q(verb__startswith="incident.") | Q(verb__in=ANSWERS))
    rows = Entry.objects.filter(Q(pk__in=heard.values("pk")) | Q(retracts__in=heard.values("pk"))).order_by("pk")
    about: dict[int, list[str]] = {}
    for entry, thing in Mention.objects.filter(entry__in=rows.values("pk")).order_by("thing").values_list("entry_id", "thing"):
        about.setdefault(entry, []).append(thing)
    values = rows.values_list("pk", "verb", "on", "at", "moment", "detail", "retracts_id")
    return [
        Fact(str(pk), verb, tuple(about.get(pk, ())), on, at, moment, detail, str(back) if back else None)
        for pk, verb, on, at, moment, detail, back in values
    ]


def moment_of(entry: Entry) -> datetime:
    """When the fact of an entry was: its moment, or the beginning of its day."""
    return entry.moment or datetime.combine(entry.on, time(0), timezone.get_default_timezone())


def _reading(result: Result, event: Entry, facts: Mapping[str, Fact]) -> Reading:
    proofs = [facts[one] for one in result.evidence if one in facts and one != result.event]
    done = max((_moment(fact) for fact in proofs), default=None) if not result.missing and proofs else None
    due = result.due_at or (law().calendar.end_of(result.due_on) if result.due_on else None)
    return Reading(result.duty, result.bearer, str(result.event), moment_of(event), due, done, bool(done and due and done > due))


def _moment(fact: Fact) -> datetime:
    return fact.at or datetime.combine(fact.on, time(0), timezone.get_default_timezone())


def clock_words(duty: str, lang: str) -> tuple[str, str]:
    """(what is to be done, the clause) of a clock."""
    held = law().duties[duty]
    return held.title[lang], held.clause
