"""What runs by itself: the clocks of incidents are told; where a mailbox is named, its new mail is taken in."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings

from luytre.rooms.incidents import actions

SECONDS, MOST, LARGEST = 30, 50, 60 * 1024 * 1024


def clocks(now: datetime) -> int:
    return actions.remind(at=now)


def mail(now: datetime) -> int:
    """New mail of the mailbox LUYTRE_IMAP names, oldest first: taken in, then marked seen. A stop between the two takes it in a second
    time, and it is known as the same mail by its name. Returns how many."""
    if not settings.LUYTRE_IMAP:
        return 0
    place = urlsplit(settings.LUYTRE_IMAP)
    box = _connected(place.scheme, place.hostname or "", place.port)
    try:
        box.login(unquote(place.username or ""), settings.LUYTRE_IMAP_PASSWORD)
        box.select(unquote(place.path.strip("/")) or "INBOX")
        return sum(_take(box, number, now) for number in _unseen(box))
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()


def _connected(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    """imaps: TLS from the start; imap: only on this very machine, or turned into TLS before anything is said."""
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=ssl.create_default_context(), timeout=SECONDS)
    box = imaplib.IMAP4(host, port or 143, timeout=SECONDS)
    if host not in ("127.0.0.1", "localhost", "::1"):
        box.starttls(ssl.create_default_context())
    return box


def _unseen(box: imaplib.IMAP4) -> Iterator[str]:
    _said, found = box.uid("SEARCH", "UNSEEN")
    numbers = found[0].decode().split() if found and found[0] else []
    yield from numbers[:MOST]


def _take(box: imaplib.IMAP4, number: str, now: datetime) -> int:
    raw = _fetched(box, number)
    if raw is not None:
        actions.take_in(at=now, raw=raw)
    box.uid("STORE", number, "+FLAGS", "(\\Seen)")
    return int(raw is not None)


def _fetched(box: imaplib.IMAP4, number: str) -> bytes | None:
    """The whole mail, left unseen until it has been taken in; one too large is left to a person: it stays, flagged."""
    _said, size = box.uid("FETCH", number, "(RFC822.SIZE)")
    told = size[0] if size else b""
    if isinstance(told, bytes) and int(told.rpartition(b"RFC822.SIZE ")[2].split(b")")[0].split()[0]) > LARGEST:
        box.uid("STORE", number, "+FLAGS", "(\\Flagged)")
        return None
    _said, parts = box.uid("FETCH", number, "(BODY.PEEK[])")
    return next((part[1] for part in parts if isinstance(part, tuple)), None)
