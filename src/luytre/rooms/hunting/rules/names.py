"""Names of files as people send them: shown as they are, never trusted as a path."""

import hashlib
import re
import unicodedata

LONGEST = 120
BAD = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(name: str) -> str:
    """The last part of a name without what hides or harms; "tep" where nothing is left. Its ending is kept when it is cut."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = BAD.sub("_", last).strip(" .")
    if len(clean) > LONGEST:
        clean = f"{clean[: LONGEST - 20]}…{clean[-19:]}"
    while len(clean.encode("utf-8", "replace")) > 240:
        clean = clean[1:]
    return clean.encode("utf-8", "replace").decode() or "tep"


def key_of(name: str, size: int, modified: str) -> str:
    """The same file by name, size and time of change."""
    return hashlib.sha256(f"{name}\0{size}\0{modified}".encode()).hexdigest()
