"""Digests: a person's non-urgent letters go out once a day, together; and letters whose words are made when they leave."""

import hashlib
import html
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.post.actions import message_id
from luytre.post.hours import is_day_off, is_quiet
from luytre.post.models import WAITING, Channel, Letter
from luytre.post.outcomes import Sealed

DIGEST = "digest"
# Letters that wait to be gathered: they never go out by themselves.
HELD = Q(channel=Channel.MAIL, urgent=False) & ~Q(person="") & ~Q(topic=DIGEST)


class Words(NamedTuple):
    """What a letter says."""

    subject: str
    text: str
    html: str = ""


Renew = Callable[[str, datetime], Words | None]  # key of a letter, now → its words as they are true now; None: nothing left to tell
_renewed: dict[str, Renew] = {}


def renew(topic: str, words: Renew) -> None:
    """Whoever writes letters of a topic may say how they read at the moment they leave (a matter may be closed by then)."""
    _renewed[topic] = words


def gather(now: datetime) -> int:
    """Put the waiting letters of each person who had none today into one; returns how many digests were made.
    None in quiet hours and on days off: what waits then goes out together on the next working day."""
    if is_quiet(now) or is_day_off(now):
        return 0
    waiting = Letter.objects.filter(WAITING & HELD).values("person", "to").annotate(count=Count("id")).order_by("person", "to")
    return sum(_gather(row["person"], row["to"], now) for row in list(waiting))


def _gather(person: str, to: str, now: datetime) -> bool:
    """One digest a day and address. One that could not go out yet takes up what came since; else a new one is made, whose key is the
    day's, so that the second of two workers finds it made."""
    mine = Letter.objects.filter(WAITING & HELD, person=person, to=to)
    under_way = Letter.objects.filter(WAITING, topic=DIGEST, person=person, to=to).first()
    if under_way is not None:
        mine.update(carried_by=under_way)
        return False
    key = f"{DIGEST}:{timezone.localdate(now):%Y-%m-%d}:{person}:{hashlib.sha256(to.encode()).hexdigest()[:16]}"
    if Letter.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic():
            made = Letter.objects.create(
                key=key, channel=Channel.MAIL, to=to, person=person, topic=DIGEST, written_at=now, message_id=message_id(key)
            )
            return bool(mine.update(carried_by=made))
    except IntegrityError:
        return False


def sealed(letter: Letter, now: datetime) -> Sealed | None:
    """The letter as it leaves: a digest made of what it still carries, other letters as they read now; None: nothing left to tell."""
    words, inside = _together(letter, now) if letter.topic == DIGEST else (_words(letter, now), ())
    if words is None:
        return None
    return Sealed(letter.to, words.subject, words.text, words.html, letter.message_id, letter.urgent, inside)


def _words(letter: Letter, now: datetime) -> Words | None:
    if letter.topic in _renewed:
        return _renewed[letter.topic](letter.key, now)
    return Words(letter.subject, letter.text, letter.html)


def _together(digest: Letter, now: datetime) -> tuple[Words | None, tuple[int, ...]]:
    """The words of a digest, and the letters in it."""
    parts: dict[int, Words] = {}
    for letter in digest.carries.filter(cancelled_at=None).order_by("id"):
        words = _words(letter, now)
        if words is None:
            Letter.objects.filter(pk=letter.pk).update(cancelled_at=now)
        else:
            parts[letter.pk] = words
    return _joined(list(parts.values()), now), tuple(parts)


def _joined(parts: Sequence[Words], now: datetime) -> Words | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return Words(
        _("%(count)s việc cần xem, %(day)s") % {"count": len(parts), "day": f"{timezone.localdate(now):%d/%m/%Y}"},
        "\n\n".join(f"— {part.subject} —\n\n{part.text}" for part in parts),
        "<hr>".join(part.html or f"<h2>{html.escape(part.subject)}</h2><pre>{html.escape(part.text)}</pre>" for part in parts),
    )
