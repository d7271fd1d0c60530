"""What the judge reads: the law in force here, the register's things, the journal's facts; of all, or of the few around some things."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from luytre.core import law as laws
from luytre.core.duty import Judge
from luytre.core.duty.model import Fact, Thing
from luytre.core.duty.slots import hears
from luytre.core.law import Law
from luytre.core.law.decided import Decision, under
from luytre.journal.models import Entry, Mention
from luytre.register import queries as register

NEVER_REGISTER = (
    "evidence.",
    "entry.",
    "delegation.",
    "aside.",
    "instruction.",
    "waiver.",
    "paper.",
    "parameter.",
    "reading.",
    "reminder.",
)


DECIDED = ("parameter.decided", "reading.decided")
_heard = ""  # the digest of the last law heard of from the projection
_held: Law | None = None  # under what was decided here, as far as this process has been told


@lru_cache(maxsize=1)
def law_of_the_house() -> Law:
    """The law that came with the house, before anything was decided here; read once a process."""
    return laws.load(laws.home())


def law() -> Law:
    """The law this installation judges by: that of the house under what was decided here. Kept; `read_decisions` brings it up to date."""
    return _held or law_of_the_house()


def forget_decisions() -> None:
    """Back to the law of the house, until decisions are read again."""
    global _held, _heard
    _held, _heard = None, ""


def read_decisions() -> Law:
    """Read anew what was decided here: one query. Called wherever another process may have recorded a decision."""
    global _held
    _held = under(law_of_the_house(), decisions())
    return _held


def hear_of(digest: str) -> None:
    """Read the decisions anew where the projection was judged under a law this process does not know; asked once for each."""
    global _heard
    if digest != _heard:
        _heard = digest
        read_decisions()


def decisions() -> list[Decision]:
    """What competent people decided about parameters and readings, in the order of recording; what was retracted does not count."""
    told = Entry.objects.filter(verb__in=DECIDED, retractions=None).order_by("pk").values_list("verb", "detail", "by")
    return [decision(verb, detail, by) for verb, detail, by in told]


def decision(verb: str, detail: Mapping[str, Any], by: str = "") -> Decision:
    """An entry's detail as the law reads it."""
    from_on = date.fromisoformat(str(detail["from_on"])) if verb == "parameter.decided" else None
    signed = date.fromisoformat(str(detail["signed_on"])) if detail.get("signed_on") else None
    name, value = (detail["parameter"], detail["value"]) if from_on else (detail["reading"], detail["option"])
    return Decision(str(detail["instrument"]), str(name), str(value), from_on, str(detail.get("number", "")), signed, by)


def decided_in(facts: Iterable[Fact]) -> list[Decision]:
    """The decisions among some facts, and those that some of them take back."""
    told = list(facts)
    back = Entry.objects.filter(pk__in=[int(fact.retracts) for fact in told if fact.retracts], verb__in=DECIDED)
    found = [decision(fact.verb, fact.detail) for fact in told if fact.verb in DECIDED]
    return found + [decision(verb, detail) for verb, detail in back.values_list("verb", "detail")]


@lru_cache(maxsize=1)
def heard_verbs() -> frozenset[str]:
    """Every verb some duty listens to."""
    return frozenset().union(*(hears(duty) for duty in law().duties.values()))


def judge(things: Iterable[Thing], facts: Iterable[Fact]) -> Judge:
    return Judge(law(), things, facts)


def all_things() -> list[Thing]:
    """The whole register, with what was known when."""
    return register.things()


def things_near(refs: Iterable[str]) -> list[Thing]:
    """The things whose slots a change of these may touch, and everything those slots read."""
    systems, bodies = _parted(refs)
    bodies |= register.owners(systems)
    bodies |= register.heirs(bodies)
    return _with_all_they_read(systems, bodies)


def things_read_by(ref: str) -> list[Thing]:
    """A body or system and everything its slots read; for a body also its systems and all their slots read."""
    return _with_all_they_read(*_parted([ref]))


def _with_all_they_read(systems: set[str], bodies: set[str]) -> list[Thing]:
    """Systems with their owners; bodies with those they took over from, and the systems of both."""
    bodies = bodies | register.forebears(bodies)
    systems = systems | register.owned(bodies)
    return register.things(refs=systems | bodies | register.owners(systems))


def _parted(refs: Iterable[str]) -> tuple[set[str], set[str]]:
    known = set(refs)
    return {ref for ref in known if ref.startswith("system:")}, {ref for ref in known if ref.startswith("org:")}


def facts_about(refs: Iterable[str], verbs: Collection[str] | None = None) -> list[Fact]:
    """All facts about some things, or those of some verbs, and what takes them back, in the order of recording: two queries."""
    told = Entry.objects.filter(pk__in=Mention.objects.filter(thing__in=list(refs)).values("entry"))
    if verbs is not None:
        told = told.filter(Q(verb__in=verbs) | Q(retracts__isnull=False))
    return _facts(Entry.objects.filter(Q(pk__in=told.values("pk")) | Q(retracts__in=told.values("pk"))))


def facts_by_id(ids: Iterable[str]) -> list[Fact]:
    """Some facts by their ids."""
    return _facts(Entry.objects.filter(pk__in=[int(entry) for entry in ids]))


def _facts(entries: QuerySet[Entry]) -> list[Fact]:
    """Entries as the judge reads them."""
    rows = entries.order_by("pk").values_list("pk", "verb", "on", "at", "moment", "detail", "retracts_id")
    about: dict[int, list[str]] = defaultdict(list)
    for entry, thing in Mention.objects.filter(entry__in=entries.values("pk")).order_by("thing").values_list("entry_id", "thing"):
        about[entry].append(thing)
    return [
        Fact(str(pk), verb, tuple(about[pk]), on, at, moment, detail, str(taken) if taken else None)
        for pk, verb, on, at, moment, detail, taken in rows
    ]


def verbs_of(ids: Iterable[str]) -> dict[str, str]:
    """Id of an entry → its verb; of one that itself takes something back, the verb of what it takes back."""
    wanted = {int(entry) for entry in ids}
    found = {str(pk): verb for pk, verb in Entry.objects.filter(pk__in=wanted).values_list("pk", "verb")}
    first = Entry.objects.filter(pk__in=wanted, retracts__isnull=False).values_list("pk", "retracts__verb")
    return found | {str(pk): verb for pk, verb in first}


def may_change_register(verb: str) -> bool:
    """Whether an entry of this verb may stand for a change of the register: it is none a duty hears, and none of the house's own."""
    return verb not in heard_verbs() and not verb.startswith(NEVER_REGISTER)
