"""The worker: claims letters that are due, hands each to its way out, notes what was answered. Any number may run side by side.

Nothing lost: a letter is claimed for a lease; whoever dies holding it loses it to the next worker when the lease ends.
Nothing doubled: a claim is one conditional UPDATE, held by one worker at a time, renewed before each hand-over. What no sender can
know is whether a server took a letter whose answer never came back; such a letter goes out again under the same Message-ID.
"""

import secrets
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from typing import Protocol

from django.db.models import F, Q

from luytre.post import digests
from luytre.post.hours import is_quiet
from luytre.post.models import UNSETTLED, WAITING, Letter, Try
from luytre.post.outcomes import GIVE_UP, LATER, LONGEST_WAIT, NEVER, SENT, Outcome, Sealed, wait
from luytre.post.ways import ways

LEASE = timedelta(minutes=5)  # longer than any one hand-over may take
SLACK = timedelta(minutes=5)  # two workers' clocks, or the turns of one, are never further apart
BATCH = 50


class Way(Protocol):
    """A way out: hands one letter over, may keep a connection between two."""

    def deliver(self, letter: Sealed) -> Outcome: ...
    def close(self) -> None: ...


def run_once(now: datetime, *, given: Mapping[str, Way] | None = None, limit: int = BATCH) -> Counter[str]:
    """Deliver up to `limit` letters that are due; how many ended how ("sent", "later", "never", "cancelled")."""
    done: Counter[str] = Counter()
    began = time.monotonic()
    digests.gather(now)
    with ExitStack() as stack:
        out = given if given is not None else {name: stack.enter_context(closing(way)) for name, way in ways(now).items()}
        token = secrets.token_hex(16)
        for letter in claim(now, token, out.keys(), limit):
            if outcome := _hand_over(letter, token, out[letter.channel], _later(now, began)):
                done[outcome] += 1
    return done


def _later(now: datetime, began: float) -> datetime:
    """The moment, by whole minutes: a lease counts from when it is renewed, not from when a slow batch began."""
    return now + timedelta(minutes=(time.monotonic() - began) // 60)


def run(now: datetime, *, given: Mapping[str, Way] | None = None) -> Counter[str]:
    """Deliver everything that is due."""
    done: Counter[str] = Counter()
    began = time.monotonic()
    while batch := run_once(_later(now, began), given=given):
        done += batch
    return done


def due(now: datetime, channels: Iterable[str]) -> Q:
    """Letters that may go out now: their time has come, nobody holds them, no digest or quiet hour keeps them.

    A lease or a wait longer than any we give was written by a clock since set back: it does not count.
    """
    timely = Q(next_at=None) | Q(next_at__lte=now) | Q(next_at__gt=now + LONGEST_WAIT + SLACK)
    free = Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_until__gt=now + LEASE + SLACK)
    loud = Q(urgent=True) if is_quiet(now) else Q()
    return WAITING & timely & free & loud & ~digests.HELD & Q(channel__in=list(channels))


def claim(now: datetime, token: str, channels: Iterable[str], limit: int) -> list[Letter]:
    """Take letters that are due: urgent ones first, then in the order written."""
    wanted = due(now, channels)
    numbers = list(Letter.objects.filter(wanted).order_by("-urgent", "id").values_list("pk", flat=True)[:limit])
    if not numbers:
        return []
    Letter.objects.filter(wanted, pk__in=numbers).update(claimed_by=token, claimed_until=now + LEASE)
    return list(Letter.objects.filter(claimed_by=token, pk__in=numbers).order_by("-urgent", "id"))


def _hand_over(letter: Letter, token: str, way: Way, now: datetime) -> str | None:
    """Deliver one claimed letter; None where the claim was lost or the letter cancelled meanwhile."""
    held = Letter.objects.filter(WAITING, pk=letter.pk, claimed_by=token)
    if not held.update(tries=F("tries") + 1, claimed_until=now + LEASE):
        return None
    sealed = digests.sealed(letter, now)
    if sealed is None:  # nothing left to tell
        held.update(cancelled_at=now, claimed_by="", claimed_until=None)
        return "cancelled"
    outcome = _given_up(way.deliver(sealed), letter, now)
    Try.objects.create(letter=letter, at=now, outcome=outcome.kind, code=outcome.code[:20], says=outcome.says[:500])
    _settle(letter, sealed, token, outcome, now)
    _settle_carried(letter, sealed, outcome, now)
    return outcome.kind


def _given_up(outcome: Outcome, letter: Letter, now: datetime) -> Outcome:
    """A letter that nobody took for days is refused for good."""
    first = letter.attempts.order_by("id").values_list("at", flat=True).first()
    if outcome.kind == LATER and first is not None and now - first > GIVE_UP:
        return Outcome(NEVER, outcome.code, outcome.says)
    return outcome


def _settle(letter: Letter, sealed: Sealed, token: str, outcome: Outcome, now: datetime) -> None:
    held = Letter.objects.filter(pk=letter.pk, claimed_by=token)
    if outcome.kind == SENT:
        held.update(sent_at=now, claimed_by="", claimed_until=None, subject=sealed.subject)
    elif outcome.kind == NEVER:
        held.update(refused_at=now, claimed_by="", claimed_until=None)
    else:
        held.update(next_at=now + wait(letter.tries + 1), claimed_by="", claimed_until=None)


def _settle_carried(letter: Letter, sealed: Sealed, outcome: Outcome, now: datetime) -> None:
    """The letters in a digest share its fate; one that was laid into it only while it left waits for the next."""
    if outcome.kind != LATER:
        inside = letter.carries.filter(pk__in=sealed.carries)
        inside.update(**{"sent_at" if outcome.kind == SENT else "refused_at": now})
        letter.carries.filter(UNSETTLED).update(carried_by=None)
