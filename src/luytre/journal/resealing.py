"""Seals anew what lies open or under an older key: after the upgrade that brought the key, and after a change of keys."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from luytre.journal import vault
from luytre.journal.models import Aside

BATCH = 2000


def files() -> int:
    """How many files were sealed anew; each is replaced whole, and only by what opened to the very same bytes."""
    return sum(_file(file) for file in Path(settings.MEDIA_ROOT).glob("??/*"))


def _file(file: Path) -> bool:
    if vault.is_sealed(file):
        return False
    fresh = file.with_name(f".{os.getpid()}.{secrets.token_hex(8)}")
    try:
        with fresh.open("xb") as out:
            vault.seal(vault.pieces(file), out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except vault.Damaged:
        return False  # left as it lies: `luytre journal verify` names its record
    finally:
        fresh.unlink(missing_ok=True)
    return True


def texts() -> int:
    """How many texts of side rows were sealed anew."""
    table, count = connection.ops.quote_name(Aside._meta.db_table), 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, text FROM {table} WHERE text IS NOT NULL")  # noqa: S608 (a table of ours)
        stale = [number for number, held in cursor.fetchall() if not vault.is_boxed(held)]
    for first in range(0, len(stale), BATCH):
        with transaction.atomic():
            rows = [row for row in Aside.objects.filter(pk__in=stale[first : first + BATCH]) if row.text != vault.LOST]
            Aside.objects.bulk_update(rows, ["text"])
            count += len(rows)
    return count
