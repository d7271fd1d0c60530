"""How a stored file leaves the house: always as a download under its own name, never shown in place, its type not guessed at."""

from typing import Protocol

from django.http import FileResponse
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal import store


class Held(Protocol):
    """An attachment, or what stands for one."""

    @property
    def sha256(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...


def download(held: Held) -> FileResponse:
    """The file as it came. 410 where it no longer lies in the store."""
    if not store.exists(held.sha256):
        raise Refusal(_("Tệp này không còn trong kho. Báo quản trị hệ thống, kèm mã %(sha)s.") % {"sha": held.sha256[:12]}, status=410)
    kind = held.media_type or "application/octet-stream"
    answer = FileResponse(store.opened(held.sha256), as_attachment=True, filename=held.name or "tep", content_type=kind)
    answer.headers["Content-Length"] = str(store.size(held.sha256))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
