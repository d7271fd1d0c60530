"""The receipt of a report: a code to say aloud and four words to keep; both read back however they are typed."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from luytre.core.fold import fold

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nothing that is misheard or misread
_LOOKS = str.maketrans({"O": "0", "I": "1", "L": "1"})
CODE = re.compile(r"(?<![0-9A-Za-z-])([0-9A-Za-z]{4})[-\u2010-\u2015 ]?([0-9A-Za-z]{4})(?![0-9A-Za-z-])")
WORDS = 4
DATA = Path(__file__).parents[1] / "data"


def fresh_code() -> str:
    """Eight letters of Crockford's 32 (40 bits), in two groups."""
    return _grouped([secrets.choice(LETTERS) for _ in range(8)])


def code_of(secret: bytes, name: str) -> str:
    """The code of what has a name of its own (a mail): the same name gives the same code, and nobody without the secret can tell it."""
    digest = hmac.digest(secret, f"report:{name}".encode(), "sha256")
    return _grouped([LETTERS[byte % 32] for byte in digest[:8]])


def _grouped(letters: Sequence[str]) -> str:
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def read_code(typed: str) -> str:
    """A code as typed or read out: any case, with or without its hyphen, O for 0; empty where it is none."""
    plain = re.sub(r"[^0-9A-Za-z]", "", typed).upper().translate(_LOOKS)
    return _grouped(list(plain)) if len(plain) == 8 and set(plain) <= set(LETTERS) else ""


def codes_in(text: str) -> list[str]:
    """What may be a code in a line such as a subject, in order; whether a report bears it is for others to know."""
    found = (read_code("".join(match.groups())) for match in CODE.finditer(text[:1000]))
    return list(dict.fromkeys(code for code in found if code))


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """The words secrets are made of; each differs from every other without its marks too."""
    return tuple((DATA / "words.txt").read_text(encoding="utf-8").split())


def words_for(secret: bytes, token: str) -> list[str]:
    """The four words of what was sent with a token: the same token gives the same words, so that a form sent twice has one receipt.

    483 words: 36 bits beside the 40 of the code; five wrong tries an hour are all there are (queries.reports.follow)."""
    digest = hmac.digest(secret, f"words:{token}".encode(), "sha256")
    known = vocabulary()
    return [known[int.from_bytes(digest[4 * place : 4 * place + 4], "big") % len(known)] for place in range(WORDS)]


def plain_words(typed: str | Iterable[str]) -> str:
    """The words as they are compared: without marks, case and commas."""
    text = typed if isinstance(typed, str) else " ".join(typed)
    return " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())


def locked(words: str | Iterable[str]) -> str:
    """A slow hash of the words (scrypt, about 15 ms), with its salt."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_slow(words, salt).hex()}"


def opens(kept: str, typed: str) -> bool:
    """Do these words open what was locked? False where nothing was locked."""
    salt, _, digest = kept.partition("$")
    if not digest:
        return False
    return hmac.compare_digest(bytes.fromhex(digest), _slow(typed, bytes.fromhex(salt)))


def _slow(words: str | Iterable[str], salt: bytes) -> bytes:
    return hashlib.scrypt(plain_words(words).encode()[:200], salt=salt, n=2**12, r=8, p=1, dklen=32)
