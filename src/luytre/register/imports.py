"""A workbook between its preview and its import: kept aside under its digest for a day, checked without a trace, then loaded whole."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal import store
from luytre.journal.acts import By
from luytre.journal.store import Upload, put, sha256_of
from luytre.register import actions
from luytre.register.book import PLAIN, Book
from luytre.register.loading import Changes
from luytre.register.mail import Official
from luytre.register.workbook_in import Reading, read

KEPT_FOR = 24 * 3600  # seconds


@dataclass
class Preview:
    """What an import would do: the reading with its faults, and, where there are none, the rows it would add."""

    sha256: str
    reading: Reading
    changes: Changes = field(default_factory=Changes)


def folder() -> Path:
    return Path(settings.DATA_DIR) / "incoming"


def keep(name: str, content: BinaryIO) -> str:
    """Put an uploaded workbook aside and say its digest; yesterday's are thrown away."""
    for old in folder().glob("*/*"):
        if old.stat().st_mtime < time.time() - KEPT_FOR:
            old.unlink(missing_ok=True)
    return put(Upload(name, "application/octet-stream", content), folder()).sha256


def kept(sha256: str) -> BytesIO:
    place = folder() / sha256[:2] / sha256
    if not place.is_file() or sha256_of(place) != sha256:
        raise Refusal(_("Tệp xem trước không còn. Đề nghị tải lên lại."), field="file")
    return BytesIO(store.read(sha256, folder()))


def preview(*, by: By, at: datetime, sha256: str) -> Preview:
    """Read a kept workbook and try the import in a transaction that is undone: what is shown is what would happen."""
    with kept(sha256) as file:
        seen = Preview(sha256, read(file, _codes(), _official(at)))
    if not seen.reading.faults:
        with transaction.atomic():
            seen.changes = actions.load(by=by, at=at, book=seen.reading.book, sha256=sha256)
            transaction.set_rollback(True)
    return seen


def bring_in(*, by: By, at: datetime, sha256: str) -> Preview:
    """Import a kept workbook: all of it, or nothing when any line has a fault."""
    with kept(sha256) as file:
        done = Preview(sha256, read(file, _codes(), _official(at)))
    if not done.reading.faults:
        done.changes = actions.load(by=by, at=at, book=done.reading.book, sha256=sha256)
        store.path(sha256, folder()).unlink(missing_ok=True)
    return done


def _official(at: datetime) -> Callable[[Book], Official]:
    return lambda book: Official(timezone.localdate(at), book)


def _codes() -> dict[str, set[str]]:
    """The codes the register knows, by kind: one query each."""
    return {kind: set(plain.model._default_manager.values_list("code", flat=True)) for kind, plain in PLAIN.items()}
