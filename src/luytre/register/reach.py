"""How far a post reaches: its body and what it holds, down the tree of the day, along a letter of delegation; each answer says its way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet

from luytre.journal.gatehouse import Ask
from luytre.journal.models import Entry
from luytre.register.models import Organisation, OrganisationParent, Post, SystemOperator, SystemOwner
from luytre.verbs import VOCABULARY

OWN, BELOW, ALL = "own", "below", "all"
SEE = "see"  # asked like a verb, though nothing is written: may this person know that the thing is there?
# A letter entrusts the filing of evidence, wholly or for some nouns; never the head's own signature, and never further on.
_FILEABLE = frozenset(name for name, verb in VOCABULARY.items() if verb.fileable)
DELEGABLE = (_FILEABLE | {"entry.retracted", SEE}) - {"register.confirmed", "delegation.granted", "delegation.ended"}
SCOPES: dict[str, frozenset[str]] = {
    "reports": frozenset({"plan", "annual_report", "monthly_report", "report", "synthesis", "level_report", "spending"}),
    "systems": frozenset(
        {"system", "dossier", "security_plan", "assessment", "hunt", "scan", "weakness", "layer", "monitoring", "infrastructure"}
        | {"supplier", "accounts", "logs", "permissions", "restore", "penetration_test", "risk", "diagram", "device", "devices"}
    ),
    "incidents": frozenset({"incident", "response_plan", "exercise", "team", "expert", "contact", "reporting_guide", "order", "advisory"}),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of delegation, or of its end: from which day, to which (inclusive), for what."""

    entry: int
    verb: str
    from_on: date
    until_on: date | None
    scope: str
    number: str

    def entrusts(self, verb: str, on: date) -> bool:
        in_time = self.verb == "delegation.granted" and (self.until_on is None or on <= self.until_on)
        nouns = SCOPES.get(self.scope)
        return in_time and verb in DELEGABLE and (nouns is None or verb in (SEE, "entry.retracted") or verb.split(".")[0] in nouns)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something is granted: by which post and reach, along which way from the body of the post to the thing, by which letter."""

    post: Post
    reach: str
    way: tuple[str, ...]
    letter: Letter | None = None


Periods = dict[str, list[tuple[str | None, date, date | None]]]


class Reach:
    """The posts of some persons, and what is needed to say how far each reaches on any day; asked once, answered from memory."""

    def __init__(self, people: Iterable[str], reaches: Callable[[str, str], list[str]]) -> None:
        self.reaches = reaches  # how far a role reaches with a verb, or sees
        codes = {ref.removeprefix("person:") for ref in people}
        rows = Post.objects.filter(of__code__in=codes) if len(codes) < 500 else Post.objects.all()
        self.posts: dict[str, list[Post]] = {}
        for post in _as_known_last(rows.select_related("of", "organisation")) if codes else ():
            self.posts.setdefault(post.of.ref, []).append(post)

    def posts_on(self, by: str, on: date) -> list[Post]:
        return [post for post in self.posts.get(by, ()) if _in_force(post.from_on, post.until_on, on)]

    def ground(self, ask: Ask) -> Ground | None:
        tried = (self._ground(reach, post, ask) for post in self.posts_on(ask.by, ask.on) for reach in self.reaches(post.role, ask.verb))
        return next((found for found in tried if found), None)

    def _ground(self, reach: str, post: Post, ask: Ask) -> Ground | None:
        if reach == ALL:
            return Ground(post, ALL, (post.organisation.ref, ask.thing))
        through = (self._through(reach, post, holder, ask) for holder in self._held_by(ask.thing, ask.on))
        return next((found for found in through if found), None)

    def _through(self, reach: str, post: Post, holder: str, ask: Ask) -> Ground | None:
        """By way of the thing itself, or of who holds it: down the tree, else by letter."""
        body, end = post.organisation.ref, () if holder == ask.thing else (ask.thing,)
        way = self._way(body, holder, ask.on) if reach == BELOW else (body,) if body == holder else ()
        if way:
            return Ground(post, reach, (*way, *end))
        letter = self.letter(holder, body, ask)
        return Ground(post, reach, (body, holder, *end), letter) if letter else None

    def _held_by(self, thing: str, on: date) -> list[str]:
        """The thing itself, and who owns or operates it on the day."""
        held = (_on(periods.get(thing, ()), on) for periods in self._holders) if thing.startswith("system:") else ()
        return [thing, *(body for body in held if body)]

    def _way(self, top: str, body: str, on: date) -> tuple[str, ...]:
        """From a body down the tree of the day to one beneath it, both included; empty where none leads there."""
        way = [body]
        while way[-1] != top:
            parent = _on(self._parents.get(way[-1], ()), on)
            if parent is None or parent in way:
                return ()
            way.append(parent)
        return tuple(reversed(way))

    @cached_property
    def _parents(self) -> Periods:
        return _periods(OrganisationParent, "org")

    @cached_property
    def _holders(self) -> tuple[Periods, Periods]:
        """System → owner, and system → operator."""
        return _periods(SystemOwner, "system"), _periods(SystemOperator, "system")

    def letter(self, body: str, to: str, ask: Ask) -> Letter | None:
        """The last letter between the two on the day, if it entrusts what is asked."""
        last = next((letter for letter in reversed(self.letters.get((body, to), ())) if letter.from_on <= ask.on), None)
        return last if last and last.entrusts(ask.verb, ask.on) else None

    @cached_property
    def letters(self) -> dict[tuple[str, str], list[Letter]]:
        """(body, the one entrusted) → letters of delegation in the journal, in order of their day."""
        found: dict[tuple[str, str], list[Letter]] = {}
        rows = Entry.objects.filter(verb__in=("delegation.granted", "delegation.ended"), retractions=None).order_by("on", "id")
        for thing, number, verb, detail, day in rows.values_list("mentions__thing", "id", "verb", "detail", "on"):
            until = date.fromisoformat(detail["until_on"]) if detail.get("until_on") else None
            letter = Letter(number, verb, day, until, detail.get("scope", "all"), detail.get("number", ""))
            found.setdefault((thing, detail["to"]), []).append(letter)
        return found


def _periods(table: Any, kind: str) -> Periods:
    """Who is whose, by ref, in the order in which rows came to be known."""
    rows = table._default_manager.order_by(F("known_at").asc(nulls_first=True), "from_on", "id")
    found: Periods = {}
    for of, body, start, end in rows.values_list("of__code", "value__code", "from_on", "until_on"):
        found.setdefault(f"{kind}:{of}", []).append((f"org:{body}" if body else None, start, end))
    return found


def _on(rows: Sequence[tuple[str | None, date, date | None]], on: date) -> str | None:
    """Of the rows in force on a day, what the one known last says."""
    return next((body for body, start, end in reversed(rows) if _in_force(start, end, on)), None)


def posts_at(organisation: Organisation, on: date) -> list[Post]:
    """The posts held at a body on a day, as known now."""
    rows = Post.objects.filter(organisation=organisation).select_related("of", "organisation")
    return [post for post in _as_known_last(rows) if _in_force(post.from_on, post.until_on, on)]


def _as_known_last(posts: QuerySet[Post]) -> Iterable[Post]:
    """A later row about the same post from the same day replaces the earlier one: so a post is ended or corrected."""
    order = (F("known_at").asc(nulls_first=True), "id")
    return {(post.of_id, post.organisation_id, post.role, post.from_on): post for post in posts.order_by(*order)}.values()


def _in_force(from_on: date, until_on: date | None, on: date) -> bool:
    return from_on <= on and (until_on is None or on < until_on)
