"""Asks a ClamAV daemon about a file before it is written (clamd's INSTREAM, over its socket). By setting; without it nothing is asked."""

import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal

SECONDS = 60
PIECE = 256 * 1024


def check(content: bytes) -> None:
    """Refuses a file in which the daemon finds something (422), and every file while it cannot be asked (503): nothing passes unseen."""
    if not settings.LUYTRE_CLAMAV:
        return
    try:
        answer = _asked(content)
    except (OSError, ValueError) as fault:
        raise _unasked() from fault
    if answer.endswith("FOUND"):
        said = _("Phần mềm chống mã độc phát hiện %(name)s trong tệp; tệp không được nhận. Quét máy đã tạo tệp rồi gửi bản sạch.")
        raise Refusal(said % {"name": answer.removeprefix("stream:").removesuffix("FOUND").strip()}, field="attachments", status=422)
    if not answer.endswith("OK"):
        raise _unasked()


def _unasked() -> Refusal:
    said = _("Chưa quét được mã độc nên chưa nhận tệp. Thử lại sau ít phút; nếu vẫn vậy, báo quản trị hệ thống.")
    return Refusal(said, field="attachments", status=503)


def _asked(content: bytes) -> str:
    with closing(_connected()) as line:
        line.sendall(b"zINSTREAM\0")
        for place in range(0, len(content), PIECE):
            piece = content[place : place + PIECE]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connected() -> socket.socket:
    """unix:/path or tcp://host:port"""
    place = settings.LUYTRE_CLAMAV
    if place.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(place.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    parts = urlsplit(place)
    return socket.create_connection((parts.hostname or "", parts.port or 3310), SECONDS)
