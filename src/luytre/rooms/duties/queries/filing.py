"""Who may file what for whom: the bodies of a person's posts and those that delegated to them, their systems, the papers that count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luytre.core.law import Duty
from luytre.core.paper.model import Paper
from luytre.journal.models import Entry
from luytre.register import access
from luytre.register import queries as register
from luytre.register.models import Organisation, OrganisationKind, System, SystemOwner
from luytre.rooms.duties import rules
from luytre.rooms.duties.queries.bench import law
from luytre.rooms.duties.queries.evidence import lang
from luytre.verbs.delegation import SCOPES

NONE_YET = ("", "–")
GRANTED = "delegation.granted"
CAN_FILE = "principles.taught"  # any plain paper: who may file this for a body may file for it at all
CAN_FILE_AS_ENTERPRISE = "cooperation.recorded"


@dataclass(frozen=True)
class Desk:
    """What one person may file, as the form offers it. `body` is the body chosen; choices are (ref, name)."""

    body: str
    body_name: str
    body_type: str
    bodies: Sequence[tuple[str, str]]
    systems: Sequence[tuple[str, str]]
    proofs: Sequence[rules.Proof]


def desk(person: object, on: date, about: Sequence[str] = ()) -> Desk | None:
    """The desk for what is asked (`about`: a body or systems); None where the person may not file for it, or for anybody."""
    bodies = bodies_of(person, on)
    wanted = _body_meant(about, on) if about else next(iter(bodies), None)
    if wanted is None or wanted not in bodies:
        return None
    body_type = type_of(wanted, on) or ""
    owned = [(system.ref, system.name) for system in register.systems_owned(wanted, on)]
    choices = [proof for duty in rules.fileable_duties(law(), body_type, on) for proof in rules.proofs(duty, on)]
    return Desk(wanted, bodies[wanted], body_type, list(bodies.items()), owned, choices)


def _body_meant(about: Sequence[str], on: date) -> str | None:
    """The body a request is about: the one named, or the owner of the first system named."""
    named = next((ref for ref in about if ref.startswith("org:")), None)
    system = next((ref for ref in about if ref.startswith("system:")), None)
    return named or (owner_of(system, on) if system else None)


def owner_of(system: str, on: date) -> str | None:
    """The owner of a system on a day."""
    rows = SystemOwner.objects.filter(of__code=system.removeprefix("system:")).select_related("value")
    row = next(iter(register.last_known(rows, on).values()), None)
    return row.value.ref if row and row.value else None


def type_of(body: str, on: date) -> str | None:
    """The type of a body on a day."""
    row = next(iter(register.last_known(OrganisationKind.objects.filter(of__code=body.removeprefix("org:")), on).values()), None)
    return str(row.value) if row else None


def bodies_of(person: object, on: date) -> dict[str, str]:
    """The bodies a person may file for, by ref: own posts first, then those that delegated in writing."""
    own = {body.ref: body.name for body in access.bodies(person, on)}
    letters = [letter for body in own for letter in rules.delegated_to(delegations(), body, on)]
    return {ref: name for ref, name in (own | register.names(letters)).items() if _may_file(person, ref, on)}


def _may_file(person: object, body: str, on: date) -> bool:
    return access.may(person, CAN_FILE, body, on) or access.may(person, CAN_FILE_AS_ENTERPRISE, body, on)


def delegations() -> list[rules.Delegation]:
    """Every letter of delegation ever granted and not retracted; whether it still holds, the gate decides."""
    letters = Entry.objects.filter(verb="delegation.granted", retractions=None).prefetch_related("mentions")
    return [
        rules.Delegation(mention.thing, entry.detail["to"], entry.on, _day(entry.detail.get("until_on")))
        for entry in letters
        for mention in entry.mentions.all()
    ]


@dataclass(frozen=True)
class HeldLetter:
    """A letter of delegation as its page shows it. `holds`: in force on the day; `may_end`: the reader may end it."""

    entry: int
    unit: str
    to: str
    from_on: date
    says: str
    words: str
    holds: bool
    may_end: bool


def letters(person: object, on: date) -> list[HeldLetter]:
    """The letters a person's bodies gave or hold, the latest first."""
    mine = access.own_refs(person, on)
    reach = access.Reach((), lambda role, verb: [])
    found = []
    for (unit, to), said in reach.letters.items():
        if mine & {unit, to}:
            names = register.names([unit, to])
            found += [_letter(person, unit, to, one, one == _in_force(said, on), names, on) for one in said if one.verb == GRANTED]
    return sorted(found, key=lambda one: (one.from_on, one.entry), reverse=True)


def letter(number: int, *, seen_by: object, on: date) -> HeldLetter | None:
    """A letter one of the person's bodies gave or holds."""
    return next((one for one in letters(seen_by, on) if one.entry == number), None)


def _in_force(said: Sequence[access.Letter], on: date) -> access.Letter | None:
    last = next((one for one in reversed(said) if one.from_on <= on), None)
    return last if last and last.entrusts(access.SEE, on) else None


def _letter(person: object, unit: str, to: str, one: access.Letter, holds: bool, names: dict[str, str], on: date) -> HeldLetter:
    says = _("%(unit)s giao %(to)s") % {"unit": names.get(unit, unit), "to": names.get(to, to)}
    until = _("đến hết %(day)s") % {"day": f"{one.until_on:%d/%m/%Y}"} if one.until_on else _("đến khi chấm dứt")
    words = f"{one.number} · {SCOPES[one.scope][lang()]} · {one.from_on:%d/%m/%Y} {until}"
    may_end = holds and access.may(person, "delegation.ended", unit, on)
    return HeldLetter(one.entry, unit, to, one.from_on, says, words, holds, may_end)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def waivable() -> list[Duty]:
    """Duties a waiver may be granted for: those of the directive first, each in the order of the law."""
    binding = [duty for duty in law().duties.values() if duty.modal == "must"]
    return sorted(binding, key=lambda duty: not duty.id.startswith("D"))


def waiver_choices() -> dict[str, list[tuple[str, str]]]:
    """What a waiver may name: duties, and bodies or systems."""
    duties = [(duty.id, f"{duty.id} · {duty.name[lang()]}") for duty in waivable()]
    return {"duties": [NONE_YET, *duties], "things": [NONE_YET, *things_of_province()]}


def delegation_choices(person: object, on: date) -> dict[str, list[tuple[str, str]]]:
    """The bodies a person may delegate for, and to whom: the bodies above them and those the person sees below."""
    units = [(body.ref, body.name) for body in access.bodies(person, on) if access.may(person, "delegation.granted", body.ref, on)]
    near = access.above(person, on) | access.visible_refs(person, on) if units else frozenset()
    bodies = [(body.ref, body.name) for body in Organisation.objects.order_by("sorting") if body.ref in near] if units else []
    return {"units": units, "bodies": [NONE_YET, *bodies]}


def model_text(duty: str, about: str, *, seen_by: object, on: date, mark: str) -> Paper | None:
    """The text to start from for a duty, for a body the person may file for; None for an unknown duty or a body of others."""
    held = law().duties.get(duty)
    found = desk(seen_by, on, [about] if about else ())
    ways = rules.proofs(held, on) if held else []
    if held is None or found is None or not ways:
        return None
    named = [name for ref, name in found.systems if ref == about] or [name for _, name in found.systems]
    return rules.model_text(law(), held, ways[0].verb, found.body_name, tuple(named[:20]), mark)


def things_of_province() -> list[tuple[str, str]]:
    """Every body and system with its name, for choosing one."""
    bodies = [(body.ref, body.name) for body in Organisation.objects.order_by("sorting")]
    return bodies + [(system.ref, system.name) for system in System.objects.order_by("sorting")]
