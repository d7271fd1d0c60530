"""Questions to the post: how many letters wait, what became of one, which addresses give letters back."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from luytre.post.models import WAITING, Letter, Try
from luytre.post.ways import ways

BATCH = 500


def waiting() -> QuerySet[Letter]:
    """Letters not gone out yet, oldest first."""
    return Letter.objects.filter(WAITING).order_by("id")


def failed() -> QuerySet[Letter]:
    """Letters refused or given back, latest first, with their tries."""
    return Letter.objects.filter(Q(refused_at__isnull=False) | Q(bounced_at__isnull=False)).prefetch_related("attempts").order_by("-id")


def sent() -> QuerySet[Letter]:
    """Letters gone out, latest first; a digest once, for all it carried."""
    return Letter.objects.filter(sent_at__isnull=False, carried_by=None).order_by("-sent_at", "-id")


def last_words(letter: Letter) -> str:
    """What the other side said last."""
    tried = letter.attempts.order_by("-id").first()
    return f"{tried.code} {tried.says}".strip() if tried else ""


def by_key(keys: Iterable[str]) -> dict[str, Letter]:
    wanted = list(keys)
    found: dict[str, Letter] = {}
    for start in range(0, len(wanted), BATCH):
        found |= Letter.objects.select_related("carried_by").in_bulk(wanted[start : start + BATCH], field_name="key")
    return found


def oldest_waiting(now: datetime) -> float:
    """How many seconds the oldest letter has waited; 0 when none waits."""
    first = waiting().values_list("written_at", flat=True).first()
    return max((now - first).total_seconds(), 0.0) if first else 0.0


def dead(addresses: Iterable[str]) -> set[str]:
    """Of some addresses, those of which a mail server said last that nobody is reached there. A server that is down, a full mailbox or a
    refusal of our own server says nothing about an address."""
    settled = Try.objects.filter(letter__to__in=list(addresses)).exclude(outcome__in=(Try.Outcome.LATER, Try.Outcome.DELAYED))
    last = {to: _is_nobody(outcome, code, says) for to, outcome, code, says in settled.order_by("id").values_list(*_SAID)}
    return {to for to, is_dead in last.items() if is_dead}


_SAID = ("letter__to", "outcome", "code", "says")


def _is_nobody(outcome: str, code: str, says: str) -> bool:
    """By RFC 3463: 5.1.x speaks of the address, 5.2.1 of a closed mailbox; a plain 550, 551 or 553 means the same."""
    if outcome == Try.Outcome.SENT:
        return False
    status = found[0] if (found := re.findall(r"\b[245]\.\d{1,3}\.\d{1,3}\b", f"{code} {says}")) else ""
    if status:
        return status.startswith("5.1.") or status == "5.2.1"
    return code in ("550", "551", "553")


def ways_set() -> set[str]:
    """The channels that have a way out here."""
    return set(ways(timezone.now()))
