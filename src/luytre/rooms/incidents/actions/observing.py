"""Traces read out of what is told of a case, kept once each; addresses everybody uses are marked as such."""

from datetime import datetime

from luytre.rooms.incidents.models import Incident, Observable
from luytre.rooms.incidents.rules import known_good, observables


def observe(*, incident: Incident, text: str, at: datetime) -> int:
    """Keep what is seen in a text; returns how many were new."""
    seen = observables.seen_in(text)
    rows = [
        Observable(
            incident=incident.code, kind=one.kind, value=one.value[:300], known_good=known_good.name_of(one.kind, one.value), first_at=at
        )
        for one in seen
    ]
    before = Observable.objects.filter(incident=incident.code).count()
    Observable.objects.bulk_create(rows, ignore_conflicts=True)
    return Observable.objects.filter(incident=incident.code).count() - before
