"""Questions to the post: how many letters wait, what became of one, which addresses give letters back."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from luytre.post.models import WAITING, Letter


def waiting() -> QuerySet[Letter]:
    """Letters not gone out yet, oldest first."""
    return Letter.objects.filter(WAITING).order_by("id")


def failed() -> QuerySet[Letter]:
    """Letters refused or given back, latest first, with their tries."""
    return Letter.objects.filter(Q(refused_at__isnull=False) | Q(bounced_at__isnull=False)).prefetch_related("attempts").order_by("-id")


def by_key(keys: Iterable[str]) -> dict[str, Letter]:
    return Letter.objects.in_bulk(list(keys), field_name="key")


def oldest_waiting(now: datetime) -> float:
    """How many seconds the oldest letter has waited; 0 when none waits."""
    first = waiting().values_list("written_at", flat=True).first()
    return max((now - first).total_seconds(), 0.0) if first else 0.0


def dead(addresses: Iterable[str]) -> set[str]:
    """Of some addresses, those whose last settled letter was refused or given back: nobody is reached there."""
    wanted = list(addresses)
    settled = Letter.objects.filter(to__in=wanted).filter(Q(sent_at__isnull=False) | Q(refused_at__isnull=False))
    last: dict[str, bool] = {}
    for to, refused, bounced in settled.order_by("id").values_list("to", "refused_at", "bounced_at"):
        last[to] = refused is not None or bounced is not None
    return {to for to, is_dead in last.items() if is_dead}
