"""The bundle: a stretch of the journal as a .tar that anyone can check with the one file that lies in it (journal/standalone.py)."""

import io
import json
import tarfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal import heads, standalone, store
from luytre.journal.digests import canonical, said_of
from luytre.journal.models import Entry, SignedHead
from luytre.journal.queries import last_seq

BATCH = 2000
README = """Gói nhật ký của hệ thống Lũy Tre. / A bundle of the journal of Lũy Tre.

Kiểm tra / to check:   python3 verify.py GOI.tar
Nên dùng bản verify.py đã có từ trước, và đối chiếu với mốc đã in: / better with a verify.py you had before, and a head printed earlier:
                       python3 verify.py GOI.tar --head moc-da-in.txt
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What goes into a bundle: from which place to which, with content only of entries about some things, or of some entries (`only`, by
    number), with files and private parts."""

    first: int = 1
    last: int | None = None
    about: Collection[str] = ()
    only: Collection[int] = ()
    files: bool = True
    asides: bool = True


def write(target: Path, wanted: Wanted) -> int:
    """Write a bundle to a new file; how many entries are in it."""
    last = min(wanted.last or last_seq(), last_seq())
    if not 1 <= wanted.first <= last:
        raise Refusal(_("Nhật ký có các vị trí từ 1 đến %(last)s. Chọn lại khoảng cần lấy.") % {"last": last_seq()})
    with tarfile.open(target, "x", format=tarfile.PAX_FORMAT) as tar:
        _put(tar, "manifest.json", canonical(_manifest(wanted, last)))
        signed = SignedHead.objects.filter(seq__gte=wanted.first, seq__lte=last).order_by("pk")
        _put(tar, "heads.jsonl", b"".join(canonical(heads.plain(head)) + b"\n" for head in signed))
        files = _entries(tar, wanted, last, target)
        for sha256 in sorted(files) if wanted.files else ():
            if store.exists(sha256):  # what is gone is told by whoever checks, at its record
                _add(tar, sha256)
        _put(tar, "verify.py", Path(standalone.__file__).read_bytes())
        _put(tar, "DOC-TRUOC.txt", README.encode())
    return last - wanted.first + 1


def _manifest(wanted: Wanted, last: int) -> dict[str, Any]:
    before = Entry.objects.filter(seq=wanted.first - 1).values_list("link", flat=True).first() or ""
    said = {"form": "luytre-bundle/1", "first": wanted.first, "last": last, "before": before}
    return {**said, "files": wanted.files, "asides": wanted.asides}


def _entries(tar: tarfile.TarFile, wanted: Wanted, last: int, target: Path) -> set[str]:
    """All entries, a line each, by way of a file of their own: a tar wants to know the size beforehand. Returns the files they name."""
    lines, files = target.with_name(f"{target.name}.entries"), set()
    try:
        with lines.open("xb") as out:
            for entry in _sealed(wanted.first, last):
                line = _line(entry, wanted)
                files |= {sha256 for sha256, *_rest in line.get("said", {}).get("attachments", ())}
                out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        tar.add(lines, "entries.jsonl", filter=_plain)
    finally:
        lines.unlink(missing_ok=True)
    return files


def _sealed(first: int, last: int) -> Iterator[Entry]:
    rows = Entry.objects.filter(seq__gte=first, seq__lte=last).order_by("seq").select_related("aside", "aside__erased_by")
    return rows.prefetch_related("mentions", "attachments").iterator(chunk_size=BATCH)


def _line(entry: Entry, wanted: Wanted) -> dict[str, Any]:
    """An entry with what its digest is over; of others only the digest, so that the chain holds and nothing foreign is shown."""
    line: dict[str, Any] = {"seq": entry.seq, "id": entry.pk, "digest": entry.digest, "link": entry.link}
    about, attached = [mention.thing for mention in entry.mentions.all()], list(entry.attachments.all())
    if (wanted.about and not set(about) & set(wanted.about)) or (wanted.only and entry.pk not in wanted.only):
        return line
    names = {file.name_digest: [file.salt, file.name] if wanted.asides else ["", ""] for file in attached}
    return {**line, "said": said_of(entry, about, attached), "aside": _aside(entry) if wanted.asides else None, "names": names}


def _aside(entry: Entry) -> dict[str, Any] | None:
    aside = getattr(entry, "aside", None)
    if aside is None:
        return None
    return {"erased": aside.erased_by_id} if aside.erased_by_id else {"salt": aside.salt, "text": aside.text}


def _put(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(content), 0o644
    tar.addfile(about, io.BytesIO(content))


def _plain(about: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names and hours of this machine."""
    about.uid = about.gid = about.mtime = 0
    about.uname = about.gname = ""
    about.mode = 0o644
    return about


def _add(tar: tarfile.TarFile, sha256: str) -> None:
    """A file as it came; one that can't be opened goes in as it lies, for the checker to name."""
    about, sound = tarfile.TarInfo(f"files/{sha256}"), store.sha256_of(store.path(sha256)) == sha256
    _plain(about).size = store.size(sha256) if sound else store.path(sha256).stat().st_size
    with store.opened(sha256) if sound else store.path(sha256).open("rb") as file:
        tar.addfile(about, file)
