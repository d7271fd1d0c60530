"""Logs on their way in: announced by name and size, taken in parts, each sealed where it lies; a file goes on where it stopped."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.hunt.detect import format_of, packing
from luytre.core.refusal import Refusal
from luytre.journal import vault
from luytre.journal.acts import By, ref
from luytre.journal.gatehouse import Ask, require
from luytre.rooms.hunting.models import Hunt, Part, Target, Upload
from luytre.rooms.hunting.rules import names
from luytre.ui import marks

MOST_FILES = 5000  # of one hunt
SPARE = 1 << 30  # bytes that stay free on the disk


def folder(upload: Upload) -> Path:
    """Where the parts of a file lie: under its own hunt, by numbers only; nothing of a sent name is in a path."""
    return Path(settings.DATA_DIR) / "logs" / str(upload.target.hunt_id) / str(upload.pk)


def open_upload(
    *, by: By, at: datetime, target: Target, name: str, size: int, modified_at: datetime | None = None, host: str = ""
) -> Upload:
    """A file is announced; the one announced before by the same name, size and time goes on from where it stopped."""
    _may(by, at, target.hunt)
    if not 0 < size <= settings.LUYTRE_MAX_LOG:
        most = settings.LUYTRE_MAX_LOG >> 30
        raise Refusal(_("Tệp rỗng hoặc lớn hơn %(most)s GB. Chia nhỏ rồi tải lại.") % {"most": most}, field="file")
    clean = names.safe(name)
    key = names.key_of(clean, size, modified_at.isoformat() if modified_at else "")
    held = Upload.objects.filter(target=target, key=key).select_related("target").first()
    if held is not None:
        return held
    _room_for(target.hunt, size)
    said = {"name": clean, "host": host.strip()[:200], "size": size, "modified_at": modified_at, "at": at, "by": ref(by)}
    with suppress(IntegrityError), transaction.atomic():
        Upload.objects.create(target=target, key=key, **said)
    return Upload.objects.select_related("target").get(target=target, key=key)


def _room_for(hunt: Hunt, size: int) -> None:
    files = Upload.objects.filter(target__hunt=hunt)
    if files.count() >= MOST_FILES:
        raise Refusal(_("Một lần săn lùng nhận tối đa %(most)s tệp. Nén nhiều tệp vào một tệp zip.") % {"most": MOST_FILES})
    waiting = files.aggregate(n=Sum(F("size") - F("received")))["n"] or 0
    place = Path(settings.DATA_DIR)
    place.mkdir(parents=True, exist_ok=True)
    # twice: sealed where it lies, and laid out plain while it is hunted through
    if shutil.disk_usage(place).free < 2 * (size + waiting) + SPARE:
        raise Refusal(_("Máy chủ không còn đủ chỗ cho tệp này. Báo quản trị hệ thống; chưa có gì bị mất."), status=507)


def take_part(*, by: By, at: datetime, upload: Upload, offset: int, content: bytes, sha256: str = "") -> Upload:
    """The next stretch of a file. One that came before counts as taken; one that leaves a gap is refused and told where to go on."""
    _may(by, at, upload.target.hunt)
    digest = hashlib.sha256(content).hexdigest()
    if sha256 and sha256 != digest:
        raise Refusal(_("Phần tệp bị sai khi truyền. Trang sẽ gửi lại phần này."), status=409)
    if not content or offset + len(content) > upload.size:
        raise Refusal(_("Phần tệp không khớp với cỡ tệp đã báo. Tải lại tệp từ đầu."), status=409)
    if offset == 0:
        _look_at(upload, content)
    if offset < upload.received and Part.objects.filter(upload=upload, offset=offset, sha256=digest).exists():
        return upload
    if offset != upload.received:
        raise Refusal(_("Tệp đã nhận đến byte %(at)s; gửi tiếp từ đó.") % {"at": upload.received}, status=409)
    _write(folder(upload) / str(offset), content)
    with suppress(IntegrityError), transaction.atomic():
        Part.objects.create(upload=upload, offset=offset, size=len(content), sha256=digest)
        Upload.objects.filter(pk=upload.pk, received=offset).update(received=F("received") + len(content))
    return Upload.objects.select_related("target").get(pk=upload.pk)


def _look_at(upload: Upload, content: bytes) -> None:
    """Before the first byte is kept: is it a log at all, and no document that bears a mark of state secrets?"""
    packed = packing(content[:65_536])
    if packed is None and format_of(content[:65_536]) in ("unknown", "empty"):
        _forget(upload)
        said = _("Không nhận ra “%(name)s” là nhật ký. Nhận: .evtx, .json, .csv, .log, .txt, .xml và tệp nén zip, gz, 7z, tar.")
        raise Refusal(said % {"name": upload.name}, field="file", status=422)
    if packed and len(content) == upload.size and (fault := marks.fault_of_file(str(upload.name), content)):
        _forget(upload)
        raise Refusal(fault, field="file", status=422)


def _write(place: Path, content: bytes) -> None:
    """Sealed, whole or not at all."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_name(f".{os.getpid()}.{secrets.token_hex(6)}")
    try:
        with fresh.open("xb") as out:
            vault.seal((content,), out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)


def take_file(*, by: By, at: datetime, target: Target, name: str, content: bytes, host: str = "") -> Upload:
    """A whole file sent by the plain form."""
    held = open_upload(by=by, at=at, target=target, name=name, size=len(content), host=host)
    return held if held.is_whole else take_part(by=by, at=at, upload=held, offset=held.received, content=content[held.received :])


def drop(*, by: By, at: datetime, upload: Upload) -> None:
    """Take a file out of a hunt that is not concluded; its bytes are deleted."""
    _may(by, at, upload.target.hunt)
    if upload.target.hunt.completed_id:
        raise Refusal(_("Lần săn lùng này đã kết luận; tệp của nó được giữ cùng báo cáo."))
    if upload.target.hunt.runs.filter(ended_at=None).exists():
        raise Refusal(_("Lần săn lùng này đang chạy. Chờ chạy xong hoặc bấm Dừng."))
    _forget(upload)


def _forget(upload: Upload) -> None:
    shutil.rmtree(folder(upload), ignore_errors=True)
    upload.delete()


def plain(upload: Upload) -> Iterator[bytes]:
    """The bytes of a whole file, from its sealed parts, in order. Raises vault.Damaged where one was touched."""
    for offset in Part.objects.filter(upload=upload).order_by("offset").values_list("offset", flat=True):
        yield from vault.pieces(folder(upload) / str(offset))


def _may(by: By, at: datetime, hunt: Hunt) -> None:
    require([Ask(ref(by), "hunt.started", hunt.body, timezone.localdate(at))])
