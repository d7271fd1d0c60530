"""Keys of this installation: made on first use, in files that only their owner reads, apart from the database."""

import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal


def held(place: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes of a key file; what `make` gives is laid there where none lies yet. Refuses a file that others may read."""
    if not place.exists():
        _lay(place, make())
    if place.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refusal(_("Tệp khóa %(place)s để người khác đọc được. Chạy: chmod 600 %(place)s") % {"place": place}, status=500)
    return place.read_bytes()


def _lay(place: Path, content: bytes) -> None:
    """Written whole under another name, then linked: two processes starting together agree on the first one's key."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(fresh, place)
    fresh.unlink()
