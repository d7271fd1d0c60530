"""Files sent with a form that had a fault elsewhere: put by at once, and brought back by a token of the very person who sent them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from luytre.journal.store import Stored, Upload, put
from luytre.ui.files import media_type

SALT = "luytre.journal.sent"
MOST, LASTS = 20, 24 * 3600  # files a form; seconds a token counts


@dataclass(frozen=True)
class Kept:
    """A file that was sent before; the token brings it back, for this person only."""

    name: str
    size: int
    sha256: str
    token: str


def keep(uploads: "Iterable[UploadedFile[Any]]") -> list[Stored]:
    """Put uploaded files into the journal's store before anything is filed, so that a faulty form does not lose them."""
    return [put(Upload(upload.name or _("tệp"), media_type(upload) or "", upload)) for upload in uploads]


def sender(request: HttpRequest) -> str:
    """Whose the tokens are."""
    return str(getattr(request.user, "ref", ""))


def brought_back(request: HttpRequest) -> list[Stored]:
    """Files sent before by this very person, less those dropped; another's token, or one too old, counts for nothing."""
    dropped = set(request.POST.getlist("drop"))
    kept = []
    for token in request.POST.getlist("kept")[:MOST]:
        try:
            file = Stored(**signing.loads(token, salt=f"{SALT}.{sender(request)}", max_age=LASTS))
        except (signing.BadSignature, TypeError):
            continue
        if file.sha256 not in dropped:
            kept.append(file)
    return kept


def shown(files: Sequence[Stored], whose: str) -> list[Kept]:
    """Kept files as a form shows them, each with its token."""
    return [Kept(file.name, file.size, file.sha256, _token(file, whose)) for file in files]


def _token(file: Stored, whose: str) -> str:
    plain = {"name": file.name, "media_type": file.media_type, "sha256": file.sha256, "size": file.size}
    return signing.dumps(plain, salt=f"{SALT}.{whose}")
