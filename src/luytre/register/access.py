"""Who may do what: roles are functions, a role says which verbs, a post says for which body and from when until when.

Reach of a role: "own" = the body of the post, the systems it owns or operates, and bodies that delegated to it in writing;
"all" = every body of the province. Seeing reaches further than writing: a body also sees its whole subtree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, QuerySet

from luytre.journal.gatehouse import Ask
from luytre.journal.models import Entry
from luytre.register.models import Organisation, OrganisationParent, Post, Role, System, SystemOperator, SystemOwner
from luytre.register.queries import last_known
from luytre.verbs import VOCABULARY

OWN, ALL = "own", "all"


@dataclass(frozen=True, slots=True)
class Right:
    """The verbs a role may write, and how far."""

    verbs: frozenset[str]
    reach: str = OWN


def _fileable() -> frozenset[str]:
    return frozenset(name for name, verb in VOCABULARY.items() if verb.fileable)


_PAPERS = frozenset({"paper.numbered", "paper.issued", "paper.cancelled", "paper.signed"})  # the work of a records office
_TEMPLATES = frozenset({"template.loaded", "template.restored"})
_ANSWERS = frozenset({"instruction.answered", "waiver.requested"})  # what a body says to those above it
_OWN_PAPERS = _fileable() | _PAPERS | _ANSWERS | {"entry.retracted", "register.changed"}
_OFFICERS = _OWN_PAPERS - {"register.confirmed", "delegation.granted", "delegation.ended"}  # these the head signs
_ENTERPRISE = frozenset(
    {
        "cooperation.recorded",
        "contact.published",
        "contact.appointed",
        "reporting_guide.published",
        "order.received",
        "order.answered",
        "threat.announced",
        "customers.warned",
        "customers.guided",
        "help.requested",
        "customer.helped",
        "incident.detected",
        "incident.notified",
        "incident.reported",
        "incident.restored",
        "incident.closed",
        "check.done",
        "entry.retracted",
        *_ANSWERS,
        *_PAPERS,
    }
)
_COORDINATING = frozenset(
    {
        "evidence.accepted",
        "evidence.rejected",
        "report.requested",
        "instruction.accepted",
        "instruction.returned",
        "parameter.decided",
        "reading.decided",
        "cooperation.recorded",
        "advisory.received",
        "order.issued",
        "monthly_report.issued",
        "synthesis.issued",
        "register.imported",
        "register.changed",
        "entry.retracted",
    }
)
_CHAIRING = frozenset(
    {
        "instruction.given",
        "instruction.extended",
        "instruction.accepted",
        "instruction.returned",
        "instruction.withdrawn",
        "waiver.granted",
        "waiver.refused",
        "parameter.decided",
        "reading.decided",
        "order.issued",
        "report.requested",
        "evidence.rejected",
        "entry.retracted",
        *_PAPERS,
    }
)
ROLES: dict[str, tuple[Right, ...]] = {
    Role.HEAD: (Right(_OWN_PAPERS | _TEMPLATES),),
    Role.CONTACT: (Right(_OFFICERS),),
    Role.OFFICER: (Right(_OFFICERS),),
    Role.ENTERPRISE: (Right(_ENTERPRISE),),
    Role.APPRAISER: (Right(frozenset({"dossier.approved", "assessment.passed", "entry.retracted"}), ALL),),
    Role.RESPONSE_TEAM: (
        Right(frozenset({"order.issued", "advisory.received", "threat.announced", "exercise.held"}), ALL),
        Right(_OFFICERS),
    ),
    Role.COORDINATOR: (Right(_COORDINATING, ALL), Right(_OFFICERS)),
    Role.CHAIR: (Right(_CHAIRING, ALL),),
    Role.AUDITOR: (),
    Role.ADMINISTRATOR: (Right(frozenset({"register.imported", "register.changed", "aside.erased"}) | _TEMPLATES, ALL),),
}
SEES_ALL = frozenset({Role.APPRAISER, Role.RESPONSE_TEAM, Role.COORDINATOR, Role.CHAIR, Role.AUDITOR, Role.ADMINISTRATOR})
# Not persons: whoever sits at the server's console may load and mend everything; the clock and the citizen have a few verbs.
CONSOLE, CLOCK, CITIZEN = "console", "clock", "citizen"
STRANGERS: dict[str, frozenset[str]] = {CLOCK: frozenset({"advisory.received"}), CITIZEN: frozenset({"incident.detected"})}


def may(person: object, verb: str, thing: str, on: date) -> bool:
    """May this person (or ref) write this verb about this thing ("org:…", "system:…") on a day?"""
    return may_all([Ask(str(getattr(person, "ref", person)), verb, thing, on)])[0]


def may_all(asks: Sequence[Ask]) -> list[bool]:
    """The journal's gate: all asks answered with a constant number of queries."""
    people = {ask.by for ask in asks if ask.by.startswith("person:")}
    reach = Reach(people) if people else None
    return [_granted(ask, reach) for ask in asks]


def _granted(ask: Ask, reach: "Reach | None") -> bool:
    if ask.by == CONSOLE:
        return True
    if ask.by in STRANGERS:
        return ask.verb in STRANGERS[ask.by]
    return reach is not None and reach.grants(ask)


class Reach:
    """The posts of some persons, and what is needed to say how far each reaches on any day; asked once, answered from memory."""

    def __init__(self, people: Iterable[str]) -> None:
        codes = {ref.removeprefix("person:") for ref in people}
        rows = Post.objects.filter(of__code__in=codes) if len(codes) < 500 else Post.objects.all()
        self.posts: dict[str, list[Post]] = {}
        for post in _as_known_last(rows.select_related("of", "organisation")):
            self.posts.setdefault(post.of.ref, []).append(post)

    def grants(self, ask: Ask) -> bool:
        return any(self._reaches(right, post, ask) for post in self.posts_on(ask.by, ask.on) for right in ROLES[post.role])

    def posts_on(self, by: str, on: date) -> list[Post]:
        return [post for post in self.posts.get(by, ()) if _in_force(post.from_on, post.until_on, on)]

    def _reaches(self, right: Right, post: Post, ask: Ask) -> bool:
        return ask.verb in right.verbs and (right.reach == ALL or self._is_own(post.organisation.ref, ask.thing, ask.on))

    def _is_own(self, body: str, thing: str, on: date) -> bool:
        holders = {thing} | {holder for holder, start, end in self._holders.get(thing, ()) if _in_force(start, end, on)}
        return body in holders or any(self._delegates(holder, body, on) for holder in holders)

    @cached_property
    def _holders(self) -> dict[str, list[tuple[str, date, date | None]]]:
        """System → owners and operators with their periods."""
        found: dict[str, list[tuple[str, date, date | None]]] = {}
        for table in (SystemOwner, SystemOperator):
            rows = table._default_manager.exclude(value=None).values_list("of__code", "value__code", "from_on", "until_on")
            for system, body, from_on, until_on in rows:
                found.setdefault(f"system:{system}", []).append((f"org:{body}", from_on, until_on))
        return found

    @cached_property
    def _letters(self) -> dict[tuple[str, str], list[tuple[date, str, str | None]]]:
        """(body, the one entrusted) → letters of delegation in the journal, in order of their day."""
        found: dict[tuple[str, str], list[tuple[date, str, str | None]]] = {}
        letters = Entry.objects.filter(verb__in=("delegation.granted", "delegation.ended"), retractions=None).order_by("on", "id")
        for thing, verb, detail, day in letters.values_list("mentions__thing", "verb", "detail", "on"):
            found.setdefault((thing, detail["to"]), []).append((day, verb, detail.get("until_on")))
        return found

    def _delegates(self, body: str, to: str, on: date) -> bool:
        last = next((letter for letter in reversed(self._letters.get((body, to), ())) if letter[0] <= on), None)
        return last is not None and last[1] == "delegation.granted" and (last[2] is None or on <= date.fromisoformat(last[2]))


def _as_known_last(posts: QuerySet[Post]) -> Iterable[Post]:
    """A later row about the same post from the same day replaces the earlier one: so a post is ended or corrected."""
    order = (F("known_at").asc(nulls_first=True), "id")
    return {(post.of_id, post.organisation_id, post.role, post.from_on): post for post in posts.order_by(*order)}.values()


def _in_force(from_on: date, until_on: date | None, on: date) -> bool:
    return from_on <= on and (until_on is None or on < until_on)


def sees_all(person: object, on: date) -> bool:
    ref = str(getattr(person, "ref", person))
    return ref == CONSOLE or any(post.role in SEES_ALL for post in Reach([ref]).posts_on(ref, on))


def has_verb(person: object, verb: str, on: date) -> bool:
    """Does any role of this person write this verb everywhere? For windows that are for the province's own desks."""
    return any(verb in right.verbs and right.reach == ALL for role in roles(person, on) for right in ROLES[role])


def roles(person: object, on: date) -> frozenset[str]:
    ref = str(getattr(person, "ref", person))
    return frozenset(post.role for post in Reach([ref]).posts_on(ref, on))


def bodies(person: object, on: date) -> list[Organisation]:
    """The bodies a person holds a post at, on a day."""
    ref = str(getattr(person, "ref", person))
    return list({post.organisation_id: post.organisation for post in Reach([ref]).posts_on(ref, on)}.values())


def visible_refs(person: object, on: date) -> frozenset[str]:
    """Every body and system a person may see on a day: all of them, or the own body with its subtree and their systems."""
    if sees_all(person, on):
        organisations = frozenset(f"org:{code}" for code in Organisation.objects.values_list("code", flat=True))
        return organisations | {f"system:{code}" for code in System.objects.values_list("code", flat=True)}
    own = {organisation.pk for organisation in bodies(person, on)}
    inside = subtree(own, on)
    codes = Organisation.objects.filter(pk__in=inside).values_list("code", flat=True)
    return frozenset(f"org:{code}" for code in codes) | systems_of(inside)


def above(person: object, on: date) -> frozenset[str]:
    """The bodies above those a person holds a post at, up to the top of the tree."""
    parents = {of: row.value for of, row in last_known(OrganisationParent.objects.select_related("value"), on).items()}
    found: dict[int, str] = {}
    waiting = [body.pk for body in bodies(person, on)]
    while waiting:
        parent = parents.get(waiting.pop())
        if parent is not None and parent.pk not in found:
            found[parent.pk] = parent.ref
            waiting.append(parent.pk)
    return frozenset(found.values())


def subtree(roots: set[int], on: date) -> set[int]:
    """The bodies under some bodies on a day, these included, by the dated tree as known now."""
    parents = last_known(OrganisationParent.objects.all(), on)
    children: dict[int | None, list[int]] = {}
    for of, row in parents.items():
        children.setdefault(row.value_id, []).append(of)
    inside, waiting = set(roots), list(roots)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in inside:
                inside.add(child)
                waiting.append(child)
    return inside


def systems_of(organisations: set[int]) -> frozenset[str]:
    """Systems ever owned or operated by some bodies: who had a system keeps seeing its history."""
    holders = (SystemOwner.objects, SystemOperator.objects)
    held = [pair for table in holders for pair in table.exclude(value=None).values_list("value_id", "of__code")]
    return frozenset(f"system:{code}" for body, code in held if body in organisations)
