"""What is kept about a person: the card colleagues look up, the copy the person may have, the traces an erasure finds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from luytre.core.fold import spelt, written
from luytre.doors import queries as doors
from luytre.journal.models import Aside, Attachment, Entry, Mention
from luytre.post.models import Letter
from luytre.register import access
from luytre.register.models import ContactPoint, Person, Post, TeamMember

READ, EXPORT, ERASE = "personal_data.read", "personal_data.exported", "personal_data.erased"


@dataclass(frozen=True)
class Card:
    """A person with the posts held, now and before; `about`: the bodies by which the reader may look."""

    person: Person
    posts: list[Post]
    about: list[str]
    may_export: bool
    may_erase: bool


def card(code: str, *, seen_by: object, on: date) -> Card | None:
    """The card of a person who holds or held a post where the reader may look up people, or one's own; None for others as for nobody."""
    reach, oneself = access.reading_refs(seen_by, READ, on), f"person:{code}" == access.ref_of(seen_by)
    posts = list(Post.objects.filter(of__code=code).select_related("organisation", "of").order_by("-from_on", "-pk"))
    about = sorted({post.organisation.ref for post in posts if oneself or reach is None or post.organisation.ref in reach})
    if not about:
        return None
    return Card(posts[0].of, posts, about, _may(seen_by, EXPORT, about, on), may_erase(seen_by, on))


def _may(person: object, verb: str, about: list[str], on: date) -> bool:
    return all(access.may(person, verb, ref, on) for ref in about)


def may_erase(person: object, on: date) -> bool:
    return access.has_verb(person, ERASE, on)


def data_of(person: Person) -> dict[str, Any]:
    """Everything kept about a person, as plain data: for the person's own copy."""
    account = getattr(person, "account", None)
    letters = Letter.objects.filter(Q(person=person.ref) | Q(to__iexact=person.email)) if person.email else Letter.objects.none()
    return {
        "code": person.code,
        "name": person.name,
        "salutation": person.salutation,
        "phone": person.phone,
        "email": person.email,
        "account": doors.kept_about(account) if account else None,
        "invitations": [
            {"sent_at": one.sent_at, "body": one.organisation.name} for one in person.invitations.select_related("organisation")
        ],
        "contact_points": [
            {"body": point.of.name, "name": point.name, "phone": point.phone, "email": point.email} for point in _points(person)
        ],
        "letters": [{"to": one.to, "subject": one.subject, "written_at": one.written_at} for one in letters.order_by("pk")],
        "posts": [_post(post) for post in person.posts.select_related("organisation").order_by("from_on")],
        "teams": [{"team": row.of.name, "from": row.from_on} for row in TeamMember.objects.filter(person=person).select_related("of")],
        "entries_written": [_entry(entry) for entry in Entry.objects.filter(by=person.ref).select_related("aside").order_by("pk")],
        "entries_naming": list(Mention.objects.filter(thing=person.ref).values_list("entry_id", flat=True)),
        "free_text_naming": [{"entry": aside.entry_id, "text": aside.text} for aside in traces(person)[0]],
    }


def _post(post: Post) -> dict[str, Any]:
    return {"role": post.role, "title": post.title, "body": post.organisation.name, "from": post.from_on, "until": post.until_on}


def _entry(entry: Entry) -> dict[str, Any]:
    aside = getattr(entry, "aside", None)
    return {"entry": entry.pk, "verb": entry.verb, "at": entry.at, "on": entry.on, "text": aside.text if aside else None}


def _points(person: Person) -> list[ContactPoint]:
    return traces(person)[2]


def traces(person: Person) -> tuple[list[Aside], list[Attachment], list[ContactPoint]]:
    """Where a person's name, telephone or address stands outside the register: free text, names of files, published contact points."""
    marks = [spelt(mark) for mark in marks_of(person)]
    asides = [aside for aside in Aside.objects.filter(erased_by=None).iterator() if any(_names(said, marks) for said in _said(aside.text))]
    files = [file for file in Attachment.objects.exclude(salt="").iterator() if _names(file.name, marks)]
    points = [point for point in ContactPoint.objects.all() if _names(f"{point.name} {point.phone} {point.email}", marks)]
    return asides, files, points


def marks_of(person: Person) -> list[str]:
    """What tells of a person in a text; three letters would tell of too many."""
    return [mark for mark in (person.name, person.phone, person.email) if len(mark.strip()) > 3]


def _said(held: Any) -> Iterator[str]:
    """Every text within data of the shape of JSON."""
    if isinstance(held, (dict, list)):
        for part in held.values() if isinstance(held, dict) else held:
            yield from _said(part)
    elif held is not None:
        yield str(held)


def _names(text: str, marks: list[re.Pattern[str]]) -> bool:
    return any(mark.search(written(text)) for mark in marks)
