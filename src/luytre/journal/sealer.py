"""The sealer: gives entries their gap-free place in the chain. Under one advisory lock on PostgreSQL, inside the act on SQLite."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection, transaction

from luytre.journal.digests import next_link
from luytre.journal.models import Entry, Head

LOCK = 0x4C75795472650001  # "LuyTre" and a number: the advisory lock of the chain
BATCH = 500


def seals_inside() -> bool:
    """SQLite has one writer at a time anyway, so sealing inside the act costs nothing there."""
    return connection.vendor == "sqlite" or settings.LUYTRE_SEAL_INSIDE


class Chain:
    """The end of the chain, held until the transaction ends: nobody else can seal meanwhile."""

    def __init__(self) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        self.head, _ = Head.objects.get_or_create(pk=1)

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            entry.seq = self.head.seq + 1
            entry.link = next_link(self.head.link, entry.seq, entry)
            self.head.seq, self.head.link = entry.seq, entry.link

    def close(self) -> None:
        self.head.save(update_fields=["seq", "link"])


def seal() -> int:
    """Seal whatever has been committed and is not sealed yet; returns how many. Safe to call from anywhere, any number of times."""
    sealed = 0
    while True:
        with transaction.atomic():
            chain = Chain()
            batch = list(Entry.objects.filter(seq=None).order_by("id")[:BATCH])
            if not batch:
                return sealed
            chain.add(batch)
            Entry.objects.bulk_update(batch, ["seq", "link"])
            chain.close()
        sealed += len(batch)
