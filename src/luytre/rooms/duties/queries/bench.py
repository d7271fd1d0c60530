"""What the judge reads: the law in force here, the register's things, the journal's facts; of all, or of the few around some things."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db.models import Q

from luytre.core import law as laws
from luytre.core.duty import Judge
from luytre.core.duty.kin import Kin
from luytre.core.duty.model import Fact, Thing
from luytre.core.duty.slots import hears
from luytre.core.law import Law
from luytre.journal.models import Entry
from luytre.register import queries as register

NEVER_REGISTER = ("evidence.", "entry.", "delegation.", "aside.")


@lru_cache(maxsize=1)
def law() -> Law:
    """The law this installation judges by, read once a process."""
    return laws.load(laws.home())


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
    kin = Kin(register.things())
    readers = {reader for ref in refs for reader in kin.rows_read_by(ref)}
    wanted = readers.union(*(kin.facts_of(ref) | kin.rows_of(ref) for ref in readers))
    return [kin.things[ref] for ref in sorted(wanted) if ref in kin.things]


def facts_about(refs: Sequence[str]) -> list[Fact]:
    """All facts about some things and what takes them back, in the order of recording: two queries."""
    told = Entry.objects.filter(mentions__thing__in=refs).values("pk")
    entries = Entry.objects.filter(Q(pk__in=told) | Q(retracts__in=told)).prefetch_related("mentions").order_by("pk")
    return [fact_of(entry) for entry in entries]


def fact_of(entry: Entry) -> Fact:
    """An entry as the judge reads it."""
    about = tuple(sorted(mention.thing for mention in entry.mentions.all()))
    taken = str(entry.retracts_id) if entry.retracts_id else None
    return Fact(str(entry.pk), entry.verb, about, entry.on, entry.at, entry.moment, entry.detail, taken)


def verbs_of(ids: Iterable[str]) -> dict[str, str]:
    """Id of an entry → its verb; of one that itself takes something back, the verb of what it takes back."""
    wanted = {int(entry) for entry in ids}
    found = {str(pk): verb for pk, verb in Entry.objects.filter(pk__in=wanted).values_list("pk", "verb")}
    first = Entry.objects.filter(pk__in=wanted, retracts__isnull=False).values_list("pk", "retracts__verb")
    return found | {str(pk): verb for pk, verb in first}


def may_change_register(verb: str) -> bool:
    """Whether an entry of this verb may stand for a change of the register: it is none a duty hears, and none of the house's own."""
    return verb not in heard_verbs() and not verb.startswith(NEVER_REGISTER)


def things_read_by(ref: str) -> list[Thing]:
    """A body or system and everything its slots read; for a body also its systems and all their slots read."""
    kin = Kin(register.things())
    wanted = {near for mine in (ref, *kin.owned.get(ref, ())) for near in kin.facts_of(mine) | kin.rows_of(mine)}
    return [kin.things[name] for name in sorted(wanted) if name in kin.things]


def facts_by_id(ids: Iterable[str]) -> list[Fact]:
    """Some facts by their ids."""
    entries = Entry.objects.filter(pk__in=[int(entry) for entry in ids]).prefetch_related("mentions").order_by("pk")
    return [fact_of(entry) for entry in entries]
