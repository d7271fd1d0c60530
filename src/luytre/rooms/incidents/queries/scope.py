"""Who may read and do what in the room; which desk receives what anyone reports; how it is called by telephone."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from luytre.journal.models import Entry
from luytre.register import access
from luytre.register.dated import covers
from luytre.register.models import Account, Organisation, OrganisationKind, System, SystemLevel, SystemOwner
from luytre.register.queries import last_known, names
from luytre.rooms.incidents.models import Clock, Incident

DESKS = ("team", "coordinator", "province")  # whose desk it is, by type of body: the first there is


def desk_body(on: date) -> str:
    """The body whose duty desk receives reports by anyone on a day."""
    kinds = last_known(OrganisationKind.objects.select_related("of").filter(value__in=DESKS), on)
    found = sorted((DESKS.index(row.value), row.of.code) for row in kinds.values())
    first = found[0][1] if found else Organisation.objects.order_by("pk").values_list("code", flat=True).first()
    return f"org:{first}"


def teams(on: date) -> frozenset[str]:
    """Response teams: bodies that open a case about another body's incident."""
    rows = OrganisationKind.objects.filter(covers(on), value="team").values_list("of__code", flat=True)
    return frozenset(f"org:{code}" for code in rows)


def called(refs: Iterable[str]) -> dict[str, str]:
    """What a few bodies and systems are called: only these are asked for."""
    wanted = {ref.partition(":")[::2] for ref in refs if ref}
    found: dict[str, str] = {}
    for kind, table in (("org", Organisation), ("system", System)):
        codes = [code for of, code in wanted if of == kind]
        rows = table._default_manager.filter(code__in=codes).values_list("code", "name") if codes else ()
        found |= {f"{kind}:{code}": name for code, name in rows}
    return found


def hotline() -> str:
    return str(settings.LUYTRE_HOTLINE)


def may_desk(person: object, on: date) -> bool:
    """Does this person sit at the duty desk: takes, attaches and answers what anyone reports?"""
    return not getattr(person, "at_duty_door", False) and access.has_verb(person, "incident_report.taken", on)


def may(person: object, verb: str, refs: Iterable[str], on: date) -> bool:
    """May this person write a verb about all of some things?"""
    wanted = list(refs)
    return bool(wanted) and all(access.may(person, verb, ref, on) for ref in wanted)


def readable_refs(person: object, on: date) -> frozenset[str] | None:
    """Bodies and systems whose incidents a person may read; None: all."""
    if getattr(person, "at_duty_door", False):
        return access.reached(person, on, "incident.read")
    return access.reading_refs(person, "incident.read", on)


def readable(cases: QuerySet[Incident], *, seen_by: object, on: date) -> QuerySet[Incident]:
    refs = readable_refs(seen_by, on)
    return cases if refs is None else cases.filter(Q(body__in=refs) | Q(system__in=refs))


def readable_clocks(clocks: QuerySet[Clock], *, seen_by: object, on: date) -> QuerySet[Clock]:
    """Clocks of the cases a person may read; joined, so that the few running clocks are looked at and not all the cases."""
    refs, whole = readable_refs(seen_by, on), clocks.filter(incident__merged_into="")
    return whole if refs is None else whole.filter(Q(incident__body__in=refs) | Q(incident__system__in=refs))


DESK, OPEN, READ = "incident_report.taken", "incident.detected", "incident.read"


def powers(person: object, on: date) -> frozenset[str]:
    """What this person may do in the whole province, of what the list of cases asks: one reading of the posts."""
    return access.has_verbs(person, (DESK, OPEN, READ), on)


def may_open(person: object, on: date) -> bool:
    """Is there a body this person may record an incident for?"""
    return access.has_verb(person, "incident.detected", on) or bool(access.reached(person, on, "incident.detected"))


def offered_bodies(person: object, on: date) -> list[tuple[str, str]]:
    """Bodies this person may record an incident for, by name."""
    everywhere = access.has_verb(person, "incident.detected", on)
    refs = access.visible_refs(person, on) if everywhere else access.reached(person, on, "incident.detected")
    found = names(ref for ref in refs if ref.startswith("org:"))
    living = set(last_known(OrganisationKind.objects.select_related("of"), on))
    codes = {f"org:{code}" for code in Organisation.objects.filter(pk__in=living).values_list("code", flat=True)}
    return sorted(((ref, name) for ref, name in found.items() if ref in codes), key=lambda pair: pair[1])


def systems_of(body: str, on: date) -> list[tuple[str, str]]:
    """Systems a body owns on a day, by ref and name."""
    owned = last_known(SystemOwner.objects.filter(value__code=body.removeprefix("org:")).select_related("of"), on)
    return sorted(((row.of.ref, row.of.name) for row in owned.values()), key=lambda pair: pair[1])


def level_of(system: str, on: date) -> int | None:
    """The approved level of a system on a day."""
    code = system.removeprefix("system:")
    held = System.objects.filter(code=code).first()
    rows = last_known(SystemLevel.objects.filter(of=held), on) if held else {}
    return next((int(row.value) for row in rows.values() if row.value), None)


def owner_of(system: str, on: date) -> str:
    rows = last_known(SystemOwner.objects.filter(of__code=system.removeprefix("system:")).select_related("value"), on)
    return next((row.value.ref for row in rows.values() if row.value), "")


def text_of(entry: Entry, name: str) -> str:
    """A free text of an entry; empty where there is none or it was erased."""
    aside = getattr(entry, "aside", None)
    return str((aside.text or {}).get(name, "")) if aside is not None else ""


def is_erased(entry: Entry) -> bool:
    aside = getattr(entry, "aside", None)
    return aside is not None and aside.text is None


def body_name(ref: str) -> str:
    return names([ref]).get(ref, ref)


def colleague(typed: str, held: Incident, on: date) -> str:
    """Whom evidence may be handed to: by sign-in or code, somebody with a post who may read the case; empty: nobody such."""
    account = Account.objects.filter(Q(username__iexact=typed.strip()) | Q(person__code__iexact=typed.strip())).first()
    if account is None or account.person is None:
        return ""
    refs = readable_refs(account.person, on)
    return account.person.ref if refs is None or set(held.refs) & refs else ""
