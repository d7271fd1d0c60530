"""What lies on disk and in side rows is sealed with the installation's own key, kept apart from the database (libsodium, by PyNaCl).

Files are a stream of sealed pieces (crypto_secretstream_xchacha20poly1305), so that none need be held whole; texts are secret boxes
(XSalsa20-Poly1305). Each names its key, so that a new key can be put in the first line of the file while older ones are still read.
What was written before the installation had a key is read as it lies; `luytre files seal` seals it.
"""

import base64
import io
import json
import secrets
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES as MORE,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE,
)
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from luytre.core.refusal import Refusal
from luytre.journal import keys

MAGIC = b"LTv1"  # stands before the key's name and the stream's header
TEXT = "LTv1:"
NAME = 8  # bytes of a key's name
LOST = {"damaged": True}  # stands for a text that can't be opened any more
PIECE = 256 * 1024  # of a file, sealed at a time


class Damaged(Exception):
    """A sealed file or text that is not as it was sealed."""


# -- keys --


def key_file() -> Path:
    return Path(settings.LUYTRE_FILES_KEY or Path(settings.DATA_DIR) / "files.key")


def _keys() -> dict[bytes, bytes]:
    """Name → key, the one in use first."""
    place = key_file()
    return _read(place, place.stat().st_mtime_ns if place.exists() else 0)


@lru_cache(maxsize=8)
def _read(place: Path, changed: int) -> dict[bytes, bytes]:
    lines = keys.held(place, lambda: secrets.token_hex(SecretBox.KEY_SIZE).encode() + b"\n").split()
    try:
        found = [bytes.fromhex(line.decode()) for line in lines]
    except ValueError:
        found = []
    if not found or any(len(key) != SecretBox.KEY_SIZE for key in found):
        raise Refusal(_("Tệp khóa %(place)s không đúng dạng: mỗi dòng 64 chữ số thập lục phân.") % {"place": place}, status=500)
    return {blake2b(key, digest_size=NAME, person=b"luytre-key").digest(): key for key in found}


def ready() -> None:
    """Have the key made where there is none yet."""
    _in_use()


def _in_use() -> tuple[bytes, bytes]:
    return next(iter(_keys().items()))


def _named(name: bytes) -> bytes:
    try:
        return _keys()[name]
    except KeyError:
        said = _("Không có khóa %(name)s để mở tệp đã niêm phong. Đặt lại khóa cũ vào %(place)s, mỗi khóa một dòng.")
        raise Refusal(said % {"name": name.hex(), "place": key_file()}, status=500) from None


# -- files --


def seal(content: Iterable[bytes], out: BinaryIO) -> None:
    """Write pieces of any length to a file, sealed under the key in use."""
    sealing = Sealing(out)
    for some in content:
        sealing.write(some)
    sealing.close()


class Sealing:
    """A file being sealed as its bytes come, so that none need be held whole: no more than one piece waits."""

    def __init__(self, out: BinaryIO) -> None:
        name, key = _in_use()
        self.out, self.waiting = out, bytearray()
        self.state = crypto_secretstream_xchacha20poly1305_state()
        out.write(MAGIC + name + crypto_secretstream_xchacha20poly1305_init_push(self.state, key))

    def write(self, some: bytes) -> None:
        self.waiting += some
        while len(self.waiting) > PIECE:
            self._push(PIECE, MESSAGE)

    def close(self) -> None:
        """The last piece, marked as the last: a file cut short is known."""
        self._push(len(self.waiting), FINAL)

    def _push(self, length: int, tag: int) -> None:
        self.out.write(crypto_secretstream_xchacha20poly1305_push(self.state, bytes(self.waiting[:length]), None, tag))
        del self.waiting[:length]


def pieces(file: Path) -> Iterator[bytes]:
    """The plain bytes of a file, piece by piece. Raises Damaged where it was touched or cut short; OSError where it is gone."""
    with file.open("rb") as lying:
        start = lying.read(len(MAGIC))
        if start != MAGIC:
            yield start
            yield from iter(lambda: lying.read(PIECE), b"")
            return
        name, header = lying.read(NAME), lying.read(HEADER)
        state = crypto_secretstream_xchacha20poly1305_state()
        tag = MESSAGE
        try:
            crypto_secretstream_xchacha20poly1305_init_pull(state, header, _named(name))
            while piece := lying.read(PIECE + MORE):
                plain, tag = crypto_secretstream_xchacha20poly1305_pull(state, piece)
                yield plain
        except (CryptoError, ValueError, RuntimeError) as fault:
            raise Damaged(file.name) from fault
        if tag != FINAL:
            raise Damaged(file.name)


def is_sealed(file: Path) -> bool:
    """Whether a file lies sealed under the key in use."""
    with file.open("rb") as lying:
        return lying.read(len(MAGIC) + NAME) == MAGIC + _in_use()[0]


def size(file: Path) -> int:
    """How many plain bytes a file holds, without opening it."""
    lying = file.stat().st_size
    with file.open("rb") as start:
        if start.read(len(MAGIC)) != MAGIC:
            return lying
    sealed = lying - len(MAGIC) - NAME - HEADER
    return max(0, sealed - max(1, -(-sealed // (PIECE + MORE))) * MORE)


def opened(file: Path) -> BinaryIO:
    """The plain bytes as a file to read from beginning to end."""
    if not file.is_file():
        raise FileNotFoundError(file)
    return io.BufferedReader(_Reading(pieces(file)), PIECE)


class _Reading(io.RawIOBase):
    def __init__(self, source: Iterator[bytes]) -> None:
        self.source, self.rest = source, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        while not self.rest:
            piece = next(self.source, None)
            if piece is None:
                return 0
            self.rest = memoryview(piece)
        given = min(len(target), len(self.rest))
        target[:given], self.rest = self.rest[:given], self.rest[given:]
        return given


# -- texts --


def box(text: str) -> str:
    """A text sealed under the key in use."""
    name, key = _in_use()
    return TEXT + base64.b64encode(name + bytes(SecretBox(key).encrypt(text.encode()))).decode()


def unbox(held: str) -> str:
    """The text again; one that was written before there was a key is given as it lies."""
    if not held.startswith(TEXT):
        return held
    try:
        sealed = base64.b64decode(held.removeprefix(TEXT), validate=True)
        return SecretBox(_named(sealed[:NAME])).decrypt(sealed[NAME:]).decode()
    except (CryptoError, ValueError) as fault:
        raise Damaged("text") from fault


def is_boxed(held: str) -> bool:
    """Whether a text lies sealed under the key in use."""
    start = base64.b64encode(_in_use()[0] + bytes(1)).decode()[:10]  # ten letters hold the first sixty bits: the name but four of them
    return held.startswith(TEXT + start)


if TYPE_CHECKING:
    _Text = models.TextField[Any, Any]
else:
    _Text = models.TextField


class SealedText(_Text):
    """Free text or personal data, sealed in the database; nothing can be searched in it."""

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return value if value is None else self.unsealed(value)

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None else box(self.said(value))

    def said(self, value: Any) -> str:
        return str(value)

    def unsealed(self, held: str) -> Any:
        return unbox(held)


class SealedJSON(SealedText):
    """The same for plain data. What cannot be opened any more reads as {"damaged": true}: the chain's digest names the entry."""

    def said(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def unsealed(self, held: str) -> Any:
        try:
            return json.loads(unbox(held))
        except (Damaged, ValueError):
            return LOST

    def to_python(self, value: Any) -> Any:
        return value
