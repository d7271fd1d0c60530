"""Questions of the reminders room: who stands on which rung for a body, what was told already, notices and silences for pages."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from django.db.models import F, Q
from django.utils import timezone

from luytre.core import law as laws
from luytre.core.law import Law
from luytre.core.law.model import Escalation
from luytre.journal.models import Entry
from luytre.post import queries as post
from luytre.register.models import Post, Role
from luytre.rooms.reminders.models import Followed, Notice, Told
from luytre.rooms.reminders.rules import INSTRUCTION_LADDER, Heard, Matter, is_instruction

RUNG_OF = {
    Role.CONTACT: "contact",
    Role.ENTERPRISE: "contact",
    Role.RESPONSE_TEAM: "contact",
    Role.OFFICER: "contact",
    Role.HEAD: "head",
    Role.CHAIR: "head",  # of the province's own body
    Role.COORDINATOR: "contact",  # of the coordinating body itself
}


@lru_cache(maxsize=1)
def law() -> Law:
    """The law whose ladder is climbed, read once a process."""
    return laws.load(laws.home())


@dataclass(frozen=True, slots=True)
class Subject:
    """What a matter is about: a duty of the law, or an instruction of the chair; with the ladder it climbs."""

    title: Mapping[str, str]
    clause: str
    escalate: Sequence[Escalation]


def subject(duty: str) -> Subject:
    """The subject by the number of a duty or instruction; one that the law no longer knows keeps its number and climbs nothing."""
    if is_instruction(duty):
        return Subject({"vi": f"Ý kiến chỉ đạo {duty}", "en": f"Instruction {duty}"}, "", INSTRUCTION_LADDER)
    held = law().duties.get(duty)
    return Subject(held.name, held.clause, held.escalate) if held else Subject({"vi": duty, "en": duty}, "", ())


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone who may be told, with the address; `gap` says why the letter would reach nobody."""

    ref: str
    greeted: str
    email: str
    gap: str = ""


@dataclass(frozen=True)
class People:
    """Who stands on which rung on a day."""

    by_body: Mapping[tuple[str, str], Sequence[Recipient]] = field(default_factory=dict)
    province: Mapping[str, Sequence[Recipient]] = field(default_factory=dict)
    letters: Mapping[str, Sequence[str]] = field(default_factory=dict)  # body → those it delegated to

    def on_rung(self, body: str | None, rung: str) -> Sequence[Recipient]:
        """Those who are told at a rung; where a body delegated in writing, the contact of whom it delegated to."""
        if rung in self.province:
            return self.province[rung]
        if body is None:
            return ()
        entrusted = self.letters.get(body, ()) if rung == "contact" else ()
        found = [one for held in entrusted for one in self.by_body.get((held, rung), ())]
        return found or self.by_body.get((body, rung), ())


def people(on: date) -> People:
    """Every post in force on a day, by body and rung: three queries."""
    posts = _posts(on)
    dead = post.dead({held.of.email for held in posts if held.of.email})
    by_body: dict[tuple[str, str], list[Recipient]] = {}
    province: dict[str, list[Recipient]] = {"coordinator": [], "chair": []}
    for held in posts:
        one = Recipient(held.of.ref, held.of.greeted, held.of.email, _gap(held.of.email, dead))
        among = by_body.setdefault((held.organisation.ref, RUNG_OF[Role(held.role)]), [])
        if held.role != Role.OFFICER or not among:  # an officer stands in where no contact is named
            _put(among, one)
        if held.role in province:
            _put(province[held.role], one)
    return People(by_body, province, delegated(on))


def _posts(on: date) -> list[Post]:
    """Posts in force, officers last. A later row about the same post from the same day replaces the earlier one."""
    rows = Post.objects.filter(role__in=list(RUNG_OF), from_on__lte=on).select_related("of", "organisation")
    order = (F("known_at").asc(nulls_first=True), "id")
    last = {(held.of_id, held.organisation_id, held.role, held.from_on): held for held in rows.order_by(*order)}
    held = [one for one in last.values() if one.until_on is None or on < one.until_on]
    return sorted(held, key=lambda one: (one.role == Role.OFFICER, one.pk))


def _put(among: list[Recipient], one: Recipient) -> None:
    if one.ref not in {held.ref for held in among}:
        among.append(one)


def _gap(email: str, dead: Collection[str]) -> str:
    if not email:
        return str(Told.Gap.NO_ADDRESS)
    return str(Told.Gap.DEAD) if email in dead else ""


def delegated(on: date) -> dict[str, list[str]]:
    """Body → the bodies it has let file for it, by letters that hold on a day."""
    letters = Entry.objects.filter(verb__in=("delegation.granted", "delegation.ended"), retractions=None, on__lte=on).order_by("on", "id")
    last: dict[tuple[str, str], bool] = {}
    for body, verb, detail in letters.values_list("mentions__thing", "verb", "detail"):
        until = detail.get("until_on")
        last[body, detail["to"]] = verb == "delegation.granted" and (not until or on <= date.fromisoformat(until))
    found: dict[str, list[str]] = {}
    for (body, to), holds in last.items():
        if holds:
            found.setdefault(body, []).append(to)
    return found


# -- what was told --


def followed(matters: Iterable[Matter]) -> dict[tuple[str, str, str, date], Followed]:
    """The matters that are followed already, by their key; and every one that is still open."""
    wanted = {matter.key for matter in matters}
    rows = Followed.objects.filter(Q(closed_on=None) | Q(due_on__in={key[3] for key in wanted}))
    found = {(row.duty, row.ref, row.window, row.due_on): row for row in rows}
    return {key: row for key, row in found.items() if row.closed_on is None or key in wanted}


@dataclass
class Track:
    """What was told about one matter: per rung when first and whether acknowledged; per person when last and whether acknowledged."""

    rungs: dict[str, Heard] = field(default_factory=dict)
    last: dict[tuple[str, str], date] = field(default_factory=dict)  # (rung, person) → last told
    acknowledged: set[str] = field(default_factory=set)  # persons


def tracks(matters: Collection[int]) -> dict[int, Track]:
    """Per followed matter, what was told."""
    found: dict[int, Track] = {}
    rows = Told.objects.filter(matter__closed_on=None) if len(matters) > 500 else Told.objects.filter(matter__in=matters)
    said = rows.order_by("on", "id").values_list("matter_id", "rung", "person", "on", "notice__acknowledgement__at")
    for matter, rung, person, on, acknowledged in said:
        track = found.setdefault(matter, Track())
        day = timezone.localdate(acknowledged) if acknowledged else None
        held = track.rungs.get(rung)
        track.rungs[rung] = Heard(on, day) if held is None else replace(held, acknowledged_on=held.acknowledged_on or day)
        track.last[rung, person] = on
        if acknowledged:
            track.acknowledged.add(person)
    return found


def told_today(on: date) -> frozenset[str]:
    """Who had the digest of a day."""
    return frozenset(Notice.objects.filter(on=on, asked_by="").values_list("person", flat=True))
