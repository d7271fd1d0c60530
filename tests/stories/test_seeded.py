"""The seeded installation holds the very world that was grown, in one unbroken chain; its people can sign in."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from luytre import journal
from luytre.core.duty.model import Fact
from luytre.journal import clock
from luytre.journal.models import Attachment, Entry
from luytre.post.models import UNSETTLED, Letter
from luytre.register import queries
from luytre.register.models import Account, Organisation, Post, System
from luytre.rooms.reminders.models import Notice, Told
from luytre.rooms.reminders.queries import silent, subject
from luytre.site.seeding.cast import CAST, PASSWORD
from luytre.site.seeding.reminded import BACK
from luytre.site.world import LAST_DAY, World, grow


@pytest.fixture(scope="module")
def world() -> World:
    return grow()


def test_the_register_gives_the_judge_what_the_files_give(world_db: Path, world: World) -> None:
    """Things read from the database equal those grown, attribute by attribute."""
    grown = {thing.id: {key: list(rows) for key, rows in thing.attributes.items()} for thing in world.things()}
    read = {thing.id: {key: list(rows) for key, rows in thing.attributes.items()} for thing in queries.things()}
    assert grown.keys() == read.keys()
    assert [ref for ref in grown if _plain(grown[ref]) != _plain(read[ref])] == []


def _plain(attributes: dict) -> dict:
    """Rows in one order; the order of heirs says nothing."""
    return {key: sorted((_value(row.value), row.from_on, row.until_on, row.known_at) for row in rows) for key, rows in attributes.items()}


def _value(value: object) -> str:
    return str(sorted(map(str, value)) if isinstance(value, list) else value)


def test_the_journal_gives_the_judge_what_the_files_give(world_db: Path, world: World) -> None:
    read = [fact for fact in journal.queries.facts() if fact.verb != "register.imported"]
    numbers = {fact.id: number for number, fact in enumerate(read)}

    def said(fact: Fact, retracts: object) -> tuple:
        return (fact.verb, tuple(sorted(fact.about)), fact.on, fact.known_at, fact.at, fact.detail, retracts)

    grown_numbers = {fact.id: number for number, fact in enumerate(world.facts())}
    grown = [said(fact, fact.retracts and grown_numbers[fact.retracts]) for fact in world.facts()]
    got = [said(fact, fact.retracts and numbers[fact.retracts]) for fact in read]
    first = next((pair for pair in zip(got, grown, strict=False) if pair[0] != pair[1]), None)  # a diff of 40,000 lines takes minutes
    assert first is None
    after = got[len(grown) :]
    told = [fact for fact in after if not fact[0].startswith("reminder.")]  # to the duty desk, by the room's own actions (reports.yaml)
    assert 9 < len(told) < 200
    assert {verb.partition(".")[0] for verb, *_rest in told} == {"hunt", "incident", "incident_report"}
    assert {on for _verb, _about, on, *_rest in told} <= {LAST_DAY - timedelta(days=back) for back in range(8)}
    reminded = [fact for fact in after if fact not in told]
    assert {verb for verb, *_rest in reminded} == {"reminder.sent", "reminder.acknowledged"}
    assert {on for _verb, _about, on, *_rest in reminded} == {LAST_DAY - timedelta(days=back) for back in BACK}


def test_three_weeks_of_reminders_stand_as_the_ladder_would_have_made_them(world_db: Path) -> None:
    told = Told.objects.select_related("matter", "notice")
    assert {one.rung for one in told} == {"contact", "head", "coordinator", "chair"}
    steps = {duty: {step.to: step.days for step in subject(duty).escalate} for duty in {one.matter.duty for one in told}}
    early = [
        one for one in told if one.on < one.matter.due_on + timedelta(days=min(steps[one.matter.duty].values())) and one.rung == "contact"
    ]
    assert early == []
    assert silent(LAST_DAY).count() > 9
    assert Notice.objects.filter(acknowledgement__isnull=False).count() > 9
    assert not Letter.objects.filter(UNSETTLED).exists()  # nothing of the past goes out when the demo starts


def test_the_chain_is_whole_and_every_attachment_lies_in_its_place(world_db: Path) -> None:
    verdict = journal.verify(clock.now())
    assert verdict.is_whole, verdict.broken
    assert verdict.checked == Entry.objects.count() > 40_000
    assert Attachment.objects.count() > 1_000


def test_each_of_the_cast_signs_in_and_holds_the_post_it_is_named_for(world_db: Path) -> None:
    for one in CAST:
        account = authenticate(RequestFactory().post("/"), username=one.username, password=PASSWORD)
        assert isinstance(account, Account) and account.person, one.username
        held = Post.objects.filter(of=account.person, organisation__code=one.body.removeprefix("org:"), role=one.role)
        assert held.exists(), one.username


def test_sample_bodies_are_marked_as_such(world_db: Path) -> None:
    assert Organisation.objects.filter(name__contains="mẫu").exclude(certainty="sample").count() == 0
    assert Organisation.objects.filter(certainty="sample").count() > 300
    assert System.objects.count() >= 300
