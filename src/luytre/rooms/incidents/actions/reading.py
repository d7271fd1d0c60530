"""That a machine read incidents is told, as when a person opens one."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from luytre import journal
from luytre.journal.acts import By


def tell_read(*, by: By, at: datetime, refs: Sequence[str]) -> None:
    if refs:
        journal.record(by=by, at=at, verb="incident.read", about=list(refs), on=timezone.localdate(at))
