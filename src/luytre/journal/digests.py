"""Digests: how an entry, a file's name and an aside are hashed, and how one link follows another. SHA-256 throughout."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from luytre.journal.models import Attachment, Entry

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
FORM = 1  # of the hashed text; a later form gets the next number, old entries keep theirs


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no blanks, the same bytes whichever database has kept it."""
    return _encode(value).encode()


def sha256(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def salted(salt: str, value: Any) -> str:
    return sha256(salt.encode(), canonical(value))


def entry_digest(entry: Entry, about: Iterable[str], attachments: Iterable[Attachment]) -> str:
    return sha256(canonical(said_of(entry, about, attachments)))


def said_of(entry: Entry, about: Iterable[str], attachments: Iterable[Attachment]) -> dict[str, Any]:
    """Everything an entry says, save what may be erased: of an aside and of file names only the salted digest."""
    return {
        "form": FORM,
        "verb": entry.verb,
        "by": entry.by,
        "at": _moment(entry.at),
        "on": entry.on.isoformat(),
        "moment": _moment(entry.moment),
        "detail": entry.detail,
        "filed": entry.filed,
        "retracts": entry.retracts_id,
        "about": sorted(about),
        "attachments": sorted([a.sha256, a.size, a.media_type, a.name_digest] for a in attachments),
        "aside": entry.aside_digest,
    }


def next_link(previous: str, seq: int, entry: Entry) -> str:
    return sha256(previous.encode(), str(seq).encode(), str(entry.pk).encode(), entry.digest.encode())


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None
