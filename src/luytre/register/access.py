"""Who may do what and read what: roles are functions, a role says which verbs, a post says for which body and from when until when.

Reach: "own" = the body of the post, the systems it owns or operates, and bodies that delegated to it in writing; "below" = these and
everything under them in the tree of the day; "all" = the whole province. Seeing and reading flow down the tree; writing needs the post
or the letter. Labels (TLP 2.0) narrow reading further.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luytre.journal.gatehouse import Ask
from luytre.register import keys
from luytre.register.models import Organisation, OrganisationParent, Post, Role, System, SystemOperator, SystemOwner
from luytre.register.queries import last_known, last_values
from luytre.register.reach import ALL, BELOW, OWN, SEE, Ground, Letter, Reach
from luytre.verbs import VOCABULARY

__all__ = ["ALL", "BELOW", "OWN", "ROLES", "SEE", "Ground", "Letter", "Reach"]  # the words of reach.py are said as access.ALL


@dataclass(frozen=True, slots=True)
class Right:
    """The verbs a role may write, and how far."""

    verbs: frozenset[str]
    reach: str = OWN


def _fileable() -> frozenset[str]:
    return frozenset(name for name, verb in VOCABULARY.items() if verb.fileable)


_PAPERS = frozenset({"paper.numbered", "paper.issued", "paper.cancelled", "paper.signed"})  # the work of a records office
_REMINDED = frozenset({"reminder.acknowledged"})
_CALENDAR = frozenset({"calendar.opened", "calendar.closed"})  # one's own due days on one's own phone
_TEMPLATES = frozenset({"template.loaded", "template.restored"})
_ANSWERS = frozenset({"instruction.answered", "waiver.requested"})  # what a body says to those above it
_SIGNED = frozenset({"register.confirmed", "delegation.granted", "delegation.ended", "storage.restricted", "storage.opened"})
_HUNTS = frozenset({"hunt.started", "finding.triaged"})  # of one's own systems
_DRAFTS = frozenset({"submission.drafted", "submission.presented"})  # what an officer does of a report before the head signs it
_HEADS_OWN = frozenset({"submission.signed", "submission.handed_back"})
_KEPT = _PAPERS | _CALENDAR | _ANSWERS | _SIGNED | _REMINDED | _HUNTS | _DRAFTS
_OWN_PAPERS = _fileable() | _KEPT | {"entry.retracted", "register.changed", "label.given"}
_OFFICERS = _OWN_PAPERS - _SIGNED  # what is signed, the head signs
_READING = frozenset({"incident.read", "hunt.read", "personal_data.read", "export.taken"})
_ONESELF = Right(frozenset({"personal_data.exported"}))  # one's own data, or of one's body
_ACCOUNTS = frozenset({"account.invited", "account.withdrawn", "account.suspended", "account.restored"})  # of one's own body
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
        "check.done",
        "entry.retracted",
        "label.given",
        *_ANSWERS,
        *_CALENDAR,
        *_PAPERS,
        *_REMINDED,
    }
)
_COORDINATING = frozenset(
    {
        "evidence.accepted",
        "evidence.rejected",
        "report.requested",
        "submission.accepted",
        "submission.returned",
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
        "label.given",
        "reminder.asked",
        *_REMINDED,
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
        *_REMINDED,
        *_PAPERS,
    }
)
_HEARD = frozenset({"incident.acknowledged"})  # said by the desk that receives a notice, not by who sent it
_CASE = frozenset(name for name, verb in VOCABULARY.items() if verb.noun == "incident" and not verb.reads) - _HEARD  # the work of a case
_REPORTS = frozenset(name for name, verb in VOCABULARY.items() if verb.noun == "incident_report")  # of the desk where anyone reports
_DESK = _HEARD | frozenset(name for name, verb in VOCABULARY.items() if verb.noun in ("shift", "alarm"))  # of who sits at the duty desk
_KEYS = frozenset({"key.issued", "key.ended"})  # of machines
_DOORS = frozenset({"account.unlocked", "door.opened", "door.closed"})
_FACTOR = frozenset({"factor.added", "factor.removed", "factor.renewed"})
ROLES: dict[str, tuple[Right, ...]] = {
    Role.HEAD: (Right(_OWN_PAPERS | _HEADS_OWN | _TEMPLATES | _ACCOUNTS | _CASE), Right(_READING, BELOW), _ONESELF),
    Role.CONTACT: (Right(_OFFICERS | _ACCOUNTS | _CASE), Right(_READING, BELOW), _ONESELF),
    Role.OFFICER: (Right(_OFFICERS | _CASE), Right(_READING, BELOW), _ONESELF),
    Role.ENTERPRISE: (Right(_ENTERPRISE | _ACCOUNTS | _CASE), Right(_READING, BELOW), _ONESELF),
    Role.APPRAISER: (
        Right(frozenset({"dossier.approved", "assessment.passed", "entry.retracted", "export.taken"}), ALL),
        Right(_CALENDAR),
        _ONESELF,
    ),
    Role.RESPONSE_TEAM: (
        Right(
            frozenset({"order.issued", "advisory.received", "threat.announced", "exercise.held", "label.given"})
            | _READING
            | _CASE
            | _REPORTS
            | _DESK,
            ALL,
        ),
        Right(_OFFICERS),
        _ONESELF,
    ),
    Role.COORDINATOR: (Right(_COORDINATING | _READING | _CASE | _REPORTS | _DESK, ALL), Right(_OFFICERS), _ONESELF),
    Role.CHAIR: (
        Right(_CHAIRING, ALL),
        Right(_READING | {"label.given", "storage.restricted", "storage.opened", "journal.read", "journal.exported"}, ALL),
        _ONESELF,
    ),
    Role.AUDITOR: (Right(frozenset({"journal.read", "journal.exported", "export.taken"}), ALL), _ONESELF),
    Role.ADMINISTRATOR: (
        Right(frozenset({"register.imported", "register.changed", "aside.erased"}) | _TEMPLATES | _ACCOUNTS | _DOORS | _KEYS, ALL),
        Right(frozenset({"personal_data.read", "personal_data.exported", "personal_data.erased", "export.taken"}), ALL),
    ),
}
SIGHT: dict[str, str | None] = {  # how far a post sees; writing never reaches further than its rights say
    Role.HEAD: BELOW,
    Role.CONTACT: BELOW,
    Role.OFFICER: BELOW,
    Role.ENTERPRISE: BELOW,
    Role.APPRAISER: ALL,
    Role.RESPONSE_TEAM: ALL,
    Role.COORDINATOR: ALL,
    Role.CHAIR: ALL,
    Role.AUDITOR: ALL,
    Role.ADMINISTRATOR: None,  # manages accounts and the register's workbook; no board, no evidence, no incident
}
SEES_ALL = frozenset(role for role, reach in SIGHT.items() if reach == ALL)
# Not persons: whoever sits at the server's console may load and mend everything; the clock and the citizen have a few verbs.
CONSOLE, CLOCK, CITIZEN, SELF = "console", "clock", "citizen", "self"
STRANGERS: dict[str, frozenset[str]] = {
    CLOCK: frozenset({"advisory.received", "reminder.sent", "account.locked", "account.suspended", "session.ended"}),
    CITIZEN: frozenset({"incident.detected", "incident_report.received", "incident_report.added"}),
    # of anyone, about the own account
    SELF: frozenset({"session.started", "session.ended", "account.opened", "password.changed"} | _FACTOR),
}


def may(person: object, verb: str, thing: str, on: date) -> bool:
    """May this person (or ref) write this verb about this thing ("org:…", "system:…") on a day?"""
    return _by_this_door(person, thing, on) and may_all([Ask(ref_of(person), verb, thing, on)])[0]


def may_all(asks: Sequence[Ask]) -> list[bool]:
    """The journal's gate: all asks answered with a constant number of queries."""
    reach = Reach({ask.by for ask in asks if ask.by.startswith("person:")}, _reaches)
    return [_granted(ask, reach) for ask in asks]


def _granted(ask: Ask, reach: Reach) -> bool:
    if ask.by == CONSOLE:
        return True
    if ask.by in STRANGERS:
        return ask.verb in STRANGERS[ask.by]
    if ask.by.startswith("key:"):
        return _by_key(ask)
    if ask.thing == ask.by:
        return ask.verb in STRANGERS[SELF]
    return reach.ground(ask) is not None


def _by_key(ask: Ask) -> bool:
    """A machine: what its scopes say, about its body and what that owns or operates; what any citizen may report, anywhere."""
    key = keys.named(ask.by)
    if key is None or not key.is_good(ask.on) or ask.verb not in key.verbs:
        return False
    return ask.verb in STRANGERS[CITIZEN] or ask.thing in key_refs(key, ask.on)


def key_refs(key: keys.ApiKey, on: date) -> frozenset[str]:
    """The body of a key, and the systems it owns or operates on a day."""
    return frozenset({key.organisation.ref}) | systems_of({key.organisation_id}, on)


def ground(person: object, verb: str, thing: str, on: date) -> Ground | None:
    """What grants it (SEE or a verb); None where nothing does. A thing foreign and a thing absent are told apart by nothing."""
    if not _by_this_door(person, thing, on) or (verb == SEE and not _is_there(thing)):
        return None
    asked = Ask(ref_of(person), verb, thing, on)
    return Reach([asked.by], _reaches).ground(asked)


def _is_there(thing: str) -> bool:
    table = {"org": Organisation, "system": System}.get(thing.partition(":")[0])
    return table is not None and table._default_manager.filter(code=thing.partition(":")[2]).exists()


def ref_of(person: object) -> str:
    """Of a person, an account or a ref: the ref."""
    return str(getattr(person, "ref", person))


def _reaches(role: str, verb: str) -> list[str]:
    """How far a role reaches with a verb, or sees; several answers are tried one after another."""
    if verb == SEE:
        reach = SIGHT[role]
        return [reach] if reach else []
    return [right.reach for right in ROLES[role] if verb in right.verbs]


def posts(person: object, on: date) -> list[Post]:
    """The posts a person holds on a day, as known now."""
    ref = ref_of(person)
    return Reach([ref], _reaches).posts_on(ref, on)


def sees_all(person: object, on: date, held: Iterable[Post] | None = None) -> bool:
    """Does this person read beyond the own body? By the duty door (trực) nobody does. `held`: the posts, where they were asked before."""
    if _on_duty(person):
        return False
    return ref_of(person) == CONSOLE or any(post.role in SEES_ALL for post in (posts(person, on) if held is None else held))


def _on_duty(person: object) -> bool:
    """Did this person come by the duty door (trực)?"""
    return bool(getattr(person, "at_duty_door", False))


def _by_this_door(person: object, thing: str, on: date) -> bool:
    """By the duty door only what is one's own."""
    return not _on_duty(person) or thing in own_refs(person, on)


def has_verb(person: object, verb: str, on: date) -> bool:
    """Does any role of this person write this verb everywhere? For windows that are for the province's own desks, inside."""
    return not _on_duty(person) and any(ALL in _reaches(role, verb) for role in roles(person, on))


def has_verbs(person: object, verbs: Sequence[str], on: date) -> frozenset[str]:
    """Of some verbs, those that some role of this person writes everywhere: the posts are read once."""
    if _on_duty(person):
        return frozenset()
    held = roles(person, on)
    return frozenset(verb for verb in verbs if any(ALL in _reaches(role, verb) for role in held))


def roles(person: object, on: date) -> frozenset[str]:
    return frozenset(post.role for post in posts(person, on))


def own_refs(person: object, on: date) -> frozenset[str]:
    """The bodies where a person holds a post that sees at all, and what these own or operate: nothing above, nothing below."""
    own = {post.organisation_id: post.organisation.ref for post in posts(person, on) if SIGHT[post.role]}
    return frozenset(own.values()) | systems_of(set(own), on)


def bodies(person: object, on: date) -> list[Organisation]:
    """The bodies a person holds a post at, on a day."""
    return list({post.organisation_id: post.organisation for post in posts(person, on)}.values())


def seats(person: object, on: date) -> list[str]:
    """The bodies where a person sits, by ref: what a reading of no one thing in particular is told about."""
    return [body.ref for body in bodies(person, on)]


# -- what may be seen --


def visible_refs(person: object, on: date) -> frozenset[str]:
    """Every body and system a person may see on a day: all of them; or the bodies of the posts with their subtree, those that
    delegated in writing, and the systems these own or operate on the day."""
    if sees_all(person, on):
        organisations = frozenset(f"org:{code}" for code in Organisation.objects.values_list("code", flat=True))
        return organisations | {f"system:{code}" for code in System.objects.values_list("code", flat=True)}
    return reached(person, on, SEE)


def reading_refs(person: object, verb: str, on: date) -> frozenset[str] | None:
    """The things about which a person may use a verb of reading ("incident.read"); None: all of them. By the duty door: the own ones."""
    return None if ref_of(person) == CONSOLE or has_verb(person, verb, on) else reached(person, on, verb)


def reached(person: object, on: date, verb: str) -> frozenset[str]:
    """What the posts at bodies reach on a day, those for the whole province left aside; by the duty door of every post its own body."""
    ref = ref_of(person)
    reach = Reach([ref], _reaches)
    far = {OWN, BELOW, ALL} if _on_duty(person) else {OWN, BELOW}
    near = [post for post in reach.posts_on(ref, on) if set(_reaches(post.role, verb)) & far]
    own = {post.organisation_id for post in near}
    here = {post.organisation.ref for post in near}
    inside = own if _on_duty(person) else subtree(own, on) | _entrusted(here, reach, verb, on)
    codes = Organisation.objects.filter(pk__in=inside).values_list("code", flat=True)
    return frozenset(f"org:{code}" for code in codes) | systems_of(inside, on)


def _entrusted(to: set[str], reach: Reach, verb: str, on: date) -> set[int]:
    """Bodies that delegated in writing to some bodies, for what is asked."""
    asked = Ask("", verb, "", on)
    bodies = {body.removeprefix("org:") for body, other in reach.letters if other in to and reach.letter(body, other, asked)}
    return set(Organisation.objects.filter(code__in=bodies).values_list("pk", flat=True))


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
    children: dict[int | None, list[int]] = {}
    for of, parent in last_values(OrganisationParent.objects.all(), on).items():
        children.setdefault(parent, []).append(of)
    inside, waiting = set(roots), list(roots)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in inside:
                inside.add(child)
                waiting.append(child)
    return inside


def systems_of(organisations: set[int], on: date) -> frozenset[str]:
    """Systems that some bodies own or operate on a day; who gave a system away sees it no more."""
    held = {of for table in (SystemOwner, SystemOperator) for of in _held(table._default_manager.all(), organisations, on)}
    codes = System.objects.filter(pk__in=held).values_list("code", flat=True)
    return frozenset(f"system:{code}" for code in codes)


def _held(rows: QuerySet[Any], bodies: set[int], on: date) -> list[int]:
    """Of the systems that were ever theirs, those that are on the day: what others hold is not read."""
    ever = rows.filter(of__in=rows.filter(value__in=bodies).values("of"))
    return [of for of, body in last_values(ever, on).items() if body in bodies]
