"""What a letter says, and what may have changed since it was written."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from luytre.journal.models import Mention
from luytre.post.digests import Words
from luytre.register import queries as register
from luytre.rooms.reminders import rules
from luytre.rooms.reminders.models import Notice, Told
from luytre.rooms.reminders.queries.ladder import subject
from luytre.rooms.reminders.rules import letter


def names_of(tellings: Iterable[Told]) -> dict[str, str]:
    """What the things and bodies of some tellings are called."""
    return register.names({ref for told in tellings for ref in (told.matter.ref, told.matter.answerable) if ref})


def words(notice: Notice, tellings: Iterable[Told], names: Mapping[str, str], greeted: str, on: date) -> Words:
    """The letter of a notice, as it reads on a day."""
    digest = rules.digest([_line(told) for told in tellings], names, on)
    context = {
        "digest": digest,
        "greeted": greeted,
        "notice": notice,
        "on": on,
        "site": settings.LUYTRE_SITE_URL,
        "mark": settings.LUYTRE_MARK,
    }
    with translation.override("vi"):
        subject = render_to_string("reminders/letter_subject.txt", context)
        text = render_to_string("reminders/letter.txt", context)
        html = render_to_string("reminders/letter.html", context)
    return Words(" ".join(subject.split()), text.strip() + "\n", html)


def _line(told: Told) -> letter.Told:
    held = told.matter
    about = subject(held.duty)
    return letter.Told(held.duty, about.title, about.clause, held.ref, held.answerable, held.due_on, told.rung, told.again)


def notice_of(key: str) -> Notice | None:
    """The notice a letter carries, with what it tells."""
    number = key.removeprefix("reminder:")
    return Notice.objects.filter(pk=int(number)).prefetch_related("tellings__matter").first() if number.isdecimal() else None


def stirred_since(notice: Notice, on: date) -> frozenset[str]:
    """The things of a notice about which anything may have changed since it was written: all of them on a later day, else those that an
    entry since mentions, by themselves or through the body that answers for them."""
    of = {told.matter.ref: {told.matter.ref, told.matter.answerable} for told in notice.tellings.all()}
    if on != notice.on:
        return frozenset(of)
    since = Mention.objects.filter(entry__seq__gt=notice.seq).exclude(entry__verb__startswith="reminder.")
    mentioned = set(since.filter(thing__in=set().union(*of.values())).values_list("thing", flat=True)) if of else set()
    return frozenset(ref for ref, near in of.items() if near & mentioned)


def greeted(person: str) -> str:
    """How a person is greeted within a sentence."""
    held = register.person(person.removeprefix("person:"))
    return held.greeted if held else ""
