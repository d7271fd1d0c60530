"""Questions to the records office: papers and their files, what a re-issue changed, whether a frozen paper is still whole."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luytre.core.paper.frozen import Change, changes
from luytre.core.paper.model import Paper
from luytre.core.paper.reading import read
from luytre.journal import store
from luytre.papers.models import Book, IssuedPaper, Template
from luytre.register import access
from luytre.register.models import Organisation


def issued(*, seen_by: object, on: object) -> QuerySet[IssuedPaper]:
    """Issued papers of the bodies a person may see on a day."""
    refs = access.visible_refs(seen_by, on)  # type: ignore[arg-type]
    codes = [ref.removeprefix("org:") for ref in refs if ref.startswith("org:")]
    return IssuedPaper.objects.filter(organisation__code__in=codes).select_related("number__book", "organisation", "template")


def data_of(paper: IssuedPaper) -> Paper:
    """The frozen data as a paper again."""
    return read(paper.data.encode())


def file_of(paper: IssuedPaper, kind: str) -> bytes:
    """The frozen bytes of "pdf" or "docx"."""
    return store.read(paper.pdf_sha256 if kind == "pdf" else paper.docx_sha256)


def last_signed(paper: IssuedPaper) -> bytes | None:
    """The bytes of the signed copy taken in last; none when there is none yet."""
    copy = paper.signed_copies.order_by("-at", "-pk").first()
    return store.read(copy.sha256) if copy else None


def changed(paper: IssuedPaper) -> list[Change]:
    """What this issue changed against the one it replaces; nothing when it replaces none."""
    return changes(data_of(paper.replaces), data_of(paper)) if paper.replaces else []


def broken(paper: IssuedPaper) -> list[str]:
    """What of a frozen paper is no longer as it was issued: files gone or changed, data changed. Empty = whole."""
    found = []
    if hashlib.sha256(paper.data.encode()).hexdigest() != paper.data_sha256:
        found.append(_("dữ liệu của văn bản đã bị thay đổi"))
    for name, sha256 in (("PDF", paper.pdf_sha256), ("Word", paper.docx_sha256)):
        lying = store.sha256_of(store.path(sha256))
        if lying != sha256:
            found.append(_("tệp %(name)s bị mất") % {"name": name} if lying is None else _("tệp %(name)s đã bị thay đổi") % {"name": name})
    return found


def template_of(organisation: Organisation, kind: str) -> Template | None:
    """The template in force: the body's last one for the kind, else its last for all kinds, else none (the original)."""
    rows = Template.objects.filter(organisation=organisation, kind__in=(kind, "")).order_by("version")
    last = {row.kind: row for row in rows}
    chosen = last.get(kind) or last.get("")
    return None if chosen is None or chosen.is_original else chosen


def template_bytes(template: Template | None) -> bytes:
    from luytre.core.paper.word.original import original

    return original() if template is None or template.is_original else store.read(template.sha256)


def gaps(book: Book) -> list[int]:
    """Numbers of a register that nobody has: always none, or something is wrong."""
    taken = set(book.numbers.values_list("value", flat=True))
    return [value for value in range(1, book.last + 1) if value not in taken]


def trusted_roots() -> list[bytes]:
    """The certificates that signatures must lead to: files in the folder of the setting LUYTRE_TRUST."""
    folder = Path(settings.LUYTRE_TRUST)
    return [path.read_bytes() for path in _certificates(folder.iterdir())] if folder.is_dir() else []


def _certificates(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if path.suffix.lower() in (".pem", ".crt", ".cer", ".der"))
