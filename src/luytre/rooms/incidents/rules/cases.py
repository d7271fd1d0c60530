"""A case folded out of its facts: when it was detected, told, restored, closed; what it is. Facts in the order of recording. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

MOMENTS = {
    "incident.notified": "notified_at",
    "incident.acknowledged": "acknowledged_at",
    "incident.reported": "reported_at",
    "incident.restored": "restored_at",
    "incident.explained": "explained_at",
    "incident.closed": "closed_at",
}
FLAGS = ("serious", "grave", "personal_data")


@dataclass(frozen=True)
class Told:
    """One entry of the journal, as far as the case needs it. `moment`: of the fact, or the end of what is known of it."""

    verb: str
    about: tuple[str, ...]
    on: date
    moment: datetime
    by: str
    detail: Mapping[str, Any]
    title: str = ""


@dataclass
class Case:
    """What the facts come to."""

    on: date
    detected_at: datetime
    body: str
    system: str = ""
    lead: str = ""
    title: str = ""
    type: str = ""
    what: str = "incident"
    severity: str = ""
    computed: str = ""
    answers: str = ""
    merged_into: str = ""
    serious: bool = False
    grave: bool = False
    personal_data: bool = False
    moments: dict[str, datetime] = field(default_factory=dict)


def fold_case(told: Iterable[Told], teams: frozenset[str] = frozenset()) -> Case | None:
    """The case, None where nothing detected it (or that was taken back). `teams`: bodies that open a case of another's incident."""
    facts = list(told)
    detections = [fact for fact in facts if fact.verb == "incident.detected"]
    if not detections:
        return None
    first = next((fact for fact in detections if set(_bodies(fact)) - teams), detections[0])
    bodies = [body for body in _bodies(first) if body not in teams] or list(_bodies(first))
    if not bodies:
        return None
    case = Case(first.on, first.moment, bodies[0], system=next((ref for ref in first.about if ref.startswith("system:")), ""))
    case.lead = first.by
    for fact in facts:
        _take(case, fact)
    return case


def _bodies(fact: Told) -> tuple[str, ...]:
    return tuple(ref for ref in fact.about if ref.startswith("org:"))


def _take(case: Case, fact: Told) -> None:
    if fact.verb in ("incident.detected", "incident.assessed"):
        for name in ("type", "what", "severity", "computed", "answers"):
            if fact.detail.get(name):
                setattr(case, name, str(fact.detail[name]))
        for name in FLAGS:
            if name in fact.detail:  # serious once, serious for good: an upgrade is an assessment that says so
                setattr(case, name, bool(fact.detail[name]))
        case.title = fact.title or case.title
    elif fact.verb == "incident.merged":
        case.merged_into = str(fact.detail["into"])
    elif fact.verb in MOMENTS:
        case.moments.setdefault(MOMENTS[fact.verb], fact.moment)


def stage(restored: bool, explained: bool, closed: bool, reported: bool, notified: bool) -> str:
    """Which of the four steps of the ordinary process a case is in (Circular 20/2017 Art. 11)."""
    if closed:
        return "closed"
    if restored:
        return "sum_up"
    return "handle" if reported or notified else "receive"
