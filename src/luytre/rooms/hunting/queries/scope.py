"""Who may hunt where, and read what was found: bodies by their posts; a hunt belongs to one body, and so do its logs."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from luytre.register import access
from luytre.register.models import Organisation, OrganisationKind, System, SystemOperator, SystemOwner
from luytre.register.queries import last_known
from luytre.register.systems import SystemPhase
from luytre.rooms.hunting.models import Hunt

STARTED, READ = "hunt.started", "hunt.read"


def readable(hunts: QuerySet[Hunt], *, seen_by: object, on: date) -> QuerySet[Hunt]:
    """Hunts whose body a person may read about."""
    refs = access.reading_refs(seen_by, READ, on)
    return hunts if refs is None else hunts.filter(body__in=refs)


def offered_bodies(person: object, on: date) -> list[tuple[str, str]]:
    """Bodies this person may hunt for, by name."""
    refs = [ref for ref in access.reached(person, on, STARTED) if ref.startswith("org:")]
    living = set(last_known(OrganisationKind.objects.filter(of__code__in=[ref[4:] for ref in refs]), on))
    codes = {f"org:{code}" for code in Organisation.objects.filter(pk__in=living).values_list("code", flat=True)}
    return sorted(((ref, name) for ref, name in called(refs).items() if ref in codes), key=lambda pair: pair[1])


def called(refs: Iterable[str]) -> dict[str, str]:
    """What a few bodies and systems are called: only these are asked for."""
    wanted = {ref.partition(":")[::2] for ref in refs if ref}
    found: dict[str, str] = {}
    for kind, table in (("org", Organisation), ("system", System)):
        codes = [code for of, code in wanted if of == kind]
        rows = table._default_manager.filter(code__in=codes).values_list("code", "name") if codes else ()
        found |= {f"{kind}:{code}": name for code, name in rows}
    return found


def may_hunt(person: object, on: date) -> bool:
    return any(ref.startswith("org:") for ref in access.reached(person, on, STARTED))


def may(person: object, verb: str, refs: Iterable[str], on: date) -> bool:
    wanted = list(refs)
    return bool(wanted) and all(access.may(person, verb, ref, on) for ref in wanted)


def systems_of(body: str, on: date) -> list[tuple[str, str]]:
    """Operating systems a body owns or operates on a day, by ref and name."""
    code = body.removeprefix("org:")
    found: dict[str, str] = {}
    for table in (SystemOwner, SystemOperator):
        for row in last_known(table._default_manager.filter(value__code=code).select_related("of"), on).values():
            found[row.of.ref] = row.of.name
    rows = SystemPhase.objects.select_related("of").filter(of__code__in=[ref.removeprefix("system:") for ref in found])
    phases = {row.of.ref: row.value for row in last_known(rows, on).values()}
    return sorted(((ref, name) for ref, name in found.items() if phases.get(ref) == "operating"), key=lambda pair: pair[1])
