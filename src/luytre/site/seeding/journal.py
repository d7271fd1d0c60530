"""The world's deeds as entries of the journal, through its bulk door: the same questions are asked as of anyone."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context

from luytre import journal
from luytre.site.seeding.cast import BODIES
from luytre.site.world import World
from luytre.site.world.bodies import PROVINCE, TEAM
from luytre.site.world.deeds import Deed
from luytre.site.world.papers import Paper, papers
from luytre.site.world.people import Person
from luytre.verbs import VOCABULARY

WORKERS = ("contact", "enterprise", "coordinator", "response_team")
LEADERS = ("head", "chair")
LEADERS_OWN = ("register.confirmed", "waiver.granted", "instruction.given")
# What the free text of a deed is called in its aside; else a note.
TEXTS = {"instruction.given": "text"} | dict.fromkeys(("evidence.rejected", "instruction.returned", "waiver.requested"), "reason")
BOOK = "instruction"


Files = dict[str, list[journal.Stored]]  # of each deed


def load(world: World, files: Files) -> int:
    """Write every deed as one chain; returns how many entries."""
    who = _Desk(world.land.people)
    entries = journal.record_many([_row(deed, who, files) for deed in world.deeds])
    _count_instructions(world)
    _count_incidents(world)
    return len(entries)


def _count_instructions(world: World) -> None:
    """The next instruction of the demo goes on where the seeded ones end."""
    from luytre.papers.models import Book
    from luytre.register.models import Organisation

    years = [deed.on.year for deed in world.deeds if deed.verb == "instruction.given"]
    province = Organisation.objects.get(code=PROVINCE.removeprefix("org:"))
    Book.objects.bulk_create(Book(organisation=province, kind=BOOK, year=year, last=years.count(year)) for year in sorted(set(years)))


def _count_incidents(world: World) -> None:
    """So do the incidents, in the book of the team's desk."""
    from luytre.papers.models import Book
    from luytre.register.models import Organisation

    numbers = [str(deed.detail["incident"]).split("-") for deed in world.deeds if deed.verb == "incident.detected"]
    team = Organisation.objects.get(code=TEAM.removeprefix("org:"))
    years = sorted({year for _, year, _ in numbers})
    last = {year: max(int(number) for _, of, number in numbers if of == year) for year in years}
    Book.objects.bulk_create(Book(organisation=team, kind="incident", year=int(year), last=last[year]) for year in years)


def _row(deed: Deed, who: "_Desk", files: Files) -> journal.Row:
    return journal.Row(
        verb=deed.verb,
        by=who.of(deed),
        at=deed.known_at,
        about=deed.about,
        on=deed.on,
        moment=deed.at,
        detail=deed.detail,
        filed=VOCABULARY[deed.verb].fileable and deed.paper is not None,
        retracts=deed.retracts.id if deed.retracts else None,
        attachments=files.get(deed.id, ()),
        aside={TEXTS.get(deed.verb, "note"): deed.note} if deed.note else None,
        key=deed.id,
    )


class _Desk:
    """Who sat at a body's desk on the day a deed was recorded."""

    def __init__(self, people: list[Person]) -> None:
        self.posts: dict[tuple[str, bool], list[Person]] = {}
        for person in people:
            if person.role in (*WORKERS, *LEADERS):
                self.posts.setdefault((person.body, person.role in LEADERS), []).append(person)

    def of(self, deed: Deed) -> str:
        return f"person:{self._sitting(deed.by, deed.verb in LEADERS_OWN, deed.known_at.date()).id}"

    def _sitting(self, body: str, head: bool, on: date) -> Person:
        return next(p for p in self.posts[body, head] if p.from_on <= on and (p.until_on is None or on < p.until_on))


_world: World | None = None  # what the forked process inherits


@contextmanager
def papers_beside(world: World) -> Iterator[Future[Files]]:
    """Print the papers and put them away in a process of their own, while this one writes the register."""
    from django.db import connections

    global _world
    _world = world
    connections.close_all()  # no process goes on with the other's
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as beside:
        yield beside.submit(_files)
    _world = None


def _files() -> Files:
    """Each paper is put away once and attached wherever it proves something."""
    assert _world is not None
    put_away: dict[int, journal.Stored] = {}
    return {deed.id: [_stored(paper, put_away)] for deed, paper in _kept(_world)}


def _kept(world: World) -> Iterator[tuple[Deed, Paper]]:
    """All at once, so that the same paper stays the same object."""
    yield from list(papers(world.land, world.deeds, BODIES))


def _stored(paper: Paper, put_away: dict[int, journal.Stored]) -> journal.Stored:
    from luytre.journal import store

    if id(paper) not in put_away:
        put_away[id(paper)] = store.put(journal.Upload(paper.name, paper.media_type, paper.content))
    return put_away[id(paper)]
