"""Verbs of the post: send writes a letter into the outbox, cancel takes back what has not gone out, forget erases a person. All in the
caller's transaction."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from luytre.core.fold import spelt, written
from luytre.post.models import UNSETTLED, WAITING, Channel, Letter, Try

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One letter to write; the fields of send()."""

    key: str
    channel: str
    to: str
    subject: str
    text: str
    html: str = ""
    urgent: bool = False
    person: str = ""
    topic: str = ""


def send(
    *,
    key: str,
    channel: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    urgent: bool = False,
    person: str = "",
    topic: str = "",
    at: datetime | None = None,
) -> Letter:
    """Write one letter into the outbox, in the caller's transaction. The same `key` again changes nothing: the first letter stands.

    `to`: an e-mail address, a telephone number, or the https address of a receiver. `urgent` overrides quiet hours and digests.
    `person`: "person:<code>", whose non-urgent letters go out once a day, together. `topic`: the room it comes from.
    """
    draft = Draft(key=key, channel=channel, to=to, subject=subject, text=text, html=html, urgent=urgent, person=person, topic=topic)
    return send_many([draft], at=at)[0]


def send_many(drafts: Sequence[Draft], *, at: datetime | None = None) -> list[Letter]:
    """Write many letters at once; returns those that stand under the keys, in the order of the drafts."""
    moment = at or timezone.now()
    Letter.objects.bulk_create([_letter(draft, moment) for draft in drafts], batch_size=BATCH, ignore_conflicts=True)
    found: dict[str, Letter] = {}
    keys = [draft.key for draft in drafts]
    for start in range(0, len(keys), BATCH):
        found |= Letter.objects.in_bulk(keys[start : start + BATCH], field_name="key")
    return [found[key] for key in keys]


def cancel(*, keys: Iterable[str], at: datetime) -> int:
    """What has not gone out under these keys never will; returns how many. A letter just being handed over may still go out."""
    waiting = Letter.objects.filter(sent_at=None, refused_at=None, cancelled_at=None, key__in=list(keys))
    return waiting.update(cancelled_at=at)


def cancel_topic(*, topic: str, written_before: datetime, at: datetime) -> int:
    """Cancel a room's letters that were written before a moment and still wait: newer ones tell the same better."""
    return Letter.objects.filter(WAITING, topic=topic, written_at__lt=written_before).update(cancelled_at=at)


def forget(*, person: str, address: str, marks: Sequence[str], gone: str, at: datetime) -> int:
    """Erase someone from the post: letters to them keep their moments and nothing else, and what waits goes out no more; in letters to
    others `marks` (name, telephone, address) are written over with `gone`. Returns how many letters changed."""
    to_them = Q(person=person) | Q(to__iexact=address) if address else Q(person=person)
    with transaction.atomic():
        Try.objects.filter(letter__in=Letter.objects.filter(to_them)).update(says="")
        Letter.objects.filter(UNSETTLED & to_them).update(cancelled_at=at)
        found = Letter.objects.filter(to_them).update(to=gone, subject="", text="", html="", person="")
        return found + _write_over([spelt(mark) for mark in marks if mark], gone)


def _write_over(marks: Sequence[re.Pattern[str]], gone: str) -> int:
    """Every letter is read here: the database of a small installation tells Ă from ă, and an erasure is rare."""
    changed = []
    for letter in Letter.objects.only("subject", "text", "html").iterator(BATCH) if marks else ():
        before = [written(text) for text in (letter.subject, letter.text, letter.html)]
        after = [_without(marks, gone, text) for text in before]
        if after != before:
            letter.subject, letter.text, letter.html = after
            changed.append(letter)
    Letter.objects.bulk_update(changed, ["subject", "text", "html"], batch_size=BATCH)
    return len(changed)


def _without(marks: Sequence[re.Pattern[str]], gone: str, text: str) -> str:
    for mark in marks:
        text = mark.sub(lambda _found: gone, text)
    return text


def message_id(key: str) -> str:
    """The Message-ID of a letter: the same for every try, so that a mailbox can tell a repeated delivery from a new letter."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{settings.LUYTRE_MAIL_FROM.rpartition('@')[2] or 'localhost'}>"


def _letter(draft: Draft, at: datetime) -> Letter:
    if draft.channel not in Channel.values:
        raise ValueError(f"{draft.channel}: no such channel")
    if not draft.key or not draft.to:
        raise ValueError("a letter needs a key and an address")
    return Letter(
        key=draft.key,
        channel=draft.channel,
        to=draft.to.strip(),
        subject=written(" ".join(draft.subject.split()))[:300],
        text=draft.text,
        html=draft.html,
        urgent=draft.urgent,
        person=draft.person,
        topic=draft.topic,
        written_at=at,
        message_id=message_id(draft.key),
    )
