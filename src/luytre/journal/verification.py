"""Verification: walks the chain from its beginning and names the first entry that is not as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from luytre.journal.digests import entry_digest, next_link, salted
from luytre.journal.models import Entry, Head
from luytre.journal.store import path, sha256_of

BATCH = 2000
UNSEALED_FOR = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first fault: the entry's number (None when the row is gone), its place in the chain, and what is wrong (code)."""

    entry: int | None
    seq: int | None
    why: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Verdict:
    """What a walk found. `erased` lists (entry, number of the order): asides gone on purpose, the chain unharmed."""

    checked: int = 0
    head: str = ""
    broken: Broken | None = None
    erased: list[tuple[int, str]] = field(default_factory=list)
    unsealed: int = 0

    @property
    def is_whole(self) -> bool:
        return self.broken is None


def verify(now: datetime, *, files: bool = True, anchor: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain. `files` also hashes every attachment; `anchor` is a (seq, link) noted earlier that must still stand."""
    walk = _Walk(files, anchor)
    for entry in _entries():
        walk.verdict.broken = walk.fault(entry)
        if walk.verdict.broken:
            return walk.verdict
        walk.advance(entry)
    walk.verdict.broken = walk.fault_at_end() or _unsealed(walk.verdict, now)
    return walk.verdict


def _entries() -> Iterator[Entry]:
    sealed = Entry.objects.exclude(seq=None).order_by("seq").select_related("aside", "aside__erased_by")
    return sealed.prefetch_related("mentions", "attachments").iterator(chunk_size=BATCH)


def _unsealed(verdict: Verdict, now: datetime) -> Broken | None:
    waiting = Entry.objects.filter(seq=None).order_by("at")
    verdict.unsealed = waiting.count()
    stale = waiting.filter(at__lt=now - UNSEALED_FOR).first()
    return Broken(stale.pk, None, "unsealed") if stale else None


class _Walk:
    """Where the walk stands: the last place and link, and the digests of files met so far."""

    def __init__(self, files: bool, anchor: tuple[int, str] | None) -> None:
        self.verdict = Verdict()
        self.seq, self.link = 0, ""
        self.files, self.anchor = files, anchor
        self.hashed: dict[str, str | None] = {}

    def advance(self, entry: Entry) -> None:
        self.seq, self.link = entry.seq or 0, entry.link
        self.verdict.checked += 1
        self.verdict.head = self.link

    def fault(self, entry: Entry) -> Broken | None:
        if entry.seq != self.seq + 1:
            return Broken(None, self.seq + 1, "row_gone")
        why = self._why(entry)
        return Broken(entry.pk, entry.seq, *why) if why else None

    def _why(self, entry: Entry) -> tuple[str, dict[str, str]] | None:
        attachments = list(entry.attachments.all())
        if entry_digest(entry, [mention.thing for mention in entry.mentions.all()], attachments) != entry.digest:
            return "content_changed", {}
        if next_link(self.link, self.seq + 1, entry) != entry.link:
            return "link_broken", {}
        if self.anchor and self.anchor[0] == entry.seq and self.anchor[1] != entry.link:
            return "anchor_differs", {}
        return self._aside_fault(entry) or self._file_fault(entry)

    def _aside_fault(self, entry: Entry) -> tuple[str, dict[str, str]] | None:
        aside = getattr(entry, "aside", None)
        if not entry.aside_digest:
            return ("aside_added", {}) if aside else None
        if aside is None:
            return "aside_gone", {}
        if aside.erased_by is None:
            return None if salted(aside.salt, aside.text) == entry.aside_digest else ("aside_changed", {})
        if aside.erased_by.verb != "aside.erased" or aside.erased_by.detail.get("entry") != entry.pk:
            return "aside_gone", {}
        self.verdict.erased.append((entry.pk, aside.erased_by.detail["order"]))
        return None

    def _file_fault(self, entry: Entry) -> tuple[str, dict[str, str]] | None:
        for attachment in entry.attachments.all():
            said = {"sha256": attachment.sha256, "name": attachment.name}
            if attachment.salt and salted(attachment.salt, attachment.name) != attachment.name_digest:
                return "file_renamed", said
            if self.files and self._hash(attachment.sha256) != attachment.sha256:
                return ("file_gone" if self.hashed[attachment.sha256] is None else "file_changed"), said
        return None

    def _hash(self, sha256: str) -> str | None:
        if sha256 not in self.hashed:
            self.hashed[sha256] = sha256_of(path(sha256))
        return self.hashed[sha256]

    def fault_at_end(self) -> Broken | None:
        head = Head.objects.filter(pk=1).first()
        if head and head.seq != self.seq:
            return Broken(None, self.seq + 1, "row_gone")
        if head and head.link != self.link:
            return Broken(None, self.seq, "head_differs")
        if self.anchor and self.anchor[0] > self.seq:
            return Broken(None, self.seq + 1, "row_gone")
        return None
