"""The demo's province: the same each time, whole on every day, evidently invented."""

import hashlib
import io
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import docx
import pypdf
import pytest

from luytre.site.world import LAST_DAY, World, grow
from luytre.site.world.bodies import COMMUNES_BEGIN
from luytre.site.world.papers import DOCX, MARK, PDF, PNG, papers
from luytre.site.world.source import table, tree
from luytre.site.world.write import jsonl
from luytre.verbs import VOCABULARY


@cache
def world() -> World:
    return grow()


def test_two_generations_are_equal_to_the_byte(tmp_path: Path) -> None:
    digests = [
        [hashlib.sha256(path.read_bytes()).hexdigest() for path in jsonl(w, tmp_path / n)] for n, w in [("a", world()), ("b", grow())]
    ]
    assert digests[0] == digests[1]


def test_its_size_is_what_the_brief_of_the_province_asks() -> None:
    kinds = Counter(body.type for body in world().land.bodies)
    assert kinds["commune"] == 166 and kinds["district"] == 27 and kinds["enterprise"] == 6
    assert kinds["coordinator"] == kinds["team"] == 1
    assert 560 <= len(world().land.bodies) <= 640
    assert len(world().land.systems) >= 300
    levels = {level for system in world().land.systems for level, _, _ in system.levels}
    assert levels == {1, 2, 3, 4, 5}


def test_references_are_unique_and_lead_somewhere() -> None:
    refs = [body.ref for body in world().land.bodies] + [system.ref for system in world().land.systems]
    assert len(refs) == len(set(refs))
    known = set(refs)
    pointed = {ref for deed in world().deeds for ref in deed.about} | {parent for b in world().land.bodies for parent, _, _ in b.parents}
    pointed |= {owner for s in world().land.systems for owner, _, _ in s.owners} | {s for b in world().land.bodies for s in b.successors}
    assert pointed <= known


@pytest.mark.parametrize("on", [date(2022, 11, 4), date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1), LAST_DAY])
def test_every_body_alive_has_one_head_that_day(on: date) -> None:
    heads = Counter(
        p.body for p in world().land.people if p.role in ("head", "chair") and p.from_on <= on and (not p.until_on or on < p.until_on)
    )
    alive = [body.ref for body in world().land.bodies if body.lives(on)]
    assert [ref for ref in alive if heads[ref] != 1] == []


def test_districts_end_and_pass_to_communes_that_took_them_over() -> None:
    ended = [body for body in world().land.bodies if body.type == "district" and body.until_on == COMMUNES_BEGIN]
    assert len(ended) == 26
    heirs = {ref for body in ended for ref in body.successors}
    assert heirs == {f"org:{row['code']}" for row in table("units/thanh-hoa-communes-2025.csv")}
    assert sum(body.lives(date(2025, 7, 1)) for body in world().land.bodies if body.type == "district") == 0


def test_nothing_is_done_before_the_doer_exists_or_after_it_ended() -> None:
    body = world().land.body
    ghosts = [d.id for d in world().deeds if d.retracts is None and not (body[d.by].lives(d.on) and body[d.by].lives(d.known_at.date()))]
    assert ghosts == []
    assert all(deed.known_at.date() >= deed.on for deed in world().deeds)
    assert max(deed.known_at.date() for deed in world().deeds) <= LAST_DAY


def test_a_retraction_comes_after_what_it_takes_back() -> None:
    taken_back = [deed for deed in world().deeds if deed.retracts]
    assert len(taken_back) > 100
    assert all(deed.retracts and deed.retracts.known_at < deed.known_at and deed.retracts.id for deed in taken_back)


def test_people_are_evidently_invented() -> None:
    everyone = world().land.people
    assert all(person.email.endswith(".example") and person.phone.startswith("0237 000 ") for person in everyone)
    pools = tree("people/names.yaml")
    given = {name for sex in ("men", "women") for name in pools[sex]["given"]}
    assert [person.name for person in everyone if not any(person.name.endswith(f" {name}") for name in given)] == []


def test_diligence_does_not_follow_names() -> None:
    """Renaming every body leaves every temper as it was: chance is drawn by place in the list."""
    from luytre.site.world import bodies

    everyone = bodies.bodies()
    before = [temper["name"] for temper in bodies.tempers(everyone).values()]
    for body in everyone:
        body.name, body.ref = "X", f"org:x{body.place}"
    assert [temper["name"] for temper in bodies.tempers(everyone).values()] == before


def test_papers_come_late_now_and_then() -> None:
    waits = [(deed.known_at.date() - deed.on) // timedelta(days=1) for deed in world().deeds]
    assert 0.02 < sum(wait > 20 for wait in waits) / len(waits) < 0.2


def test_every_deed_speaks_the_vocabulary() -> None:
    strange = [
        (deed.id, deed.verb, sorted(deed.detail))
        for deed in world().deeds
        if set(deed.detail) - set(VOCABULARY[deed.verb].detail)
        or any(field.required and name not in deed.detail for name, field in VOCABULARY[deed.verb].detail.items())
    ]
    assert strange == []


def test_sample_papers_carry_the_mark() -> None:
    """Word and PDF papers say in their text that they are samples."""
    w = world()
    first: dict[str, bytes] = {}
    for _, paper in papers(w.land, w.deeds[-900:], {"org:so-y-te"}):
        first.setdefault(paper.media_type, paper.content)
    assert "DỮ LIỆU MINH HỌA" in pypdf.PdfReader(io.BytesIO(first[PDF])).pages[0].extract_text()
    assert docx.Document(io.BytesIO(first[DOCX])).sections[0].footer.paragraphs[0].text == MARK
    assert first[PNG].startswith(b"\x89PNG")
