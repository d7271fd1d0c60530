"""The writer: rows are checked against the vocabulary and the gate, then become entries, in one transaction. One row or 50,000."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.journal import findables
from luytre.journal.digests import entry_digest, salted
from luytre.journal.gatehouse import Ask, look, require
from luytre.journal.models import Aside, Attachment, Entry, Mention
from luytre.journal.rows import insert, reserve
from luytre.journal.sealer import Chain, seal, seals_inside
from luytre.journal.shapes import checked_detail, clean
from luytre.journal.store import Stored, Upload, put
from luytre.ui import marks

BATCH = 2000
COLUMNS = tuple(field.attname for field in Entry._meta.concrete_fields)
_values = attrgetter(*COLUMNS)
MANY = 1000  # from here on PostgreSQL too seals inside: one long act rather than thousands of updates after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fact to write. `retracts` is the number of an entry, or the `key` of an earlier row of the same batch."""

    verb: str
    by: str
    at: datetime
    about: Sequence[str]
    on: date
    moment: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    filed: bool = False
    retracts: int | str | None = None
    attachments: Sequence[Upload | Stored] = ()
    aside: Mapping[str, Any] | None = None
    key: str | None = None


def record_many(rows: Sequence[Row]) -> list[Entry]:
    """Write all rows or none, asking the same questions as for one; returns the entries in the order of the rows."""
    if not rows:
        return []
    _ask(rows)
    look(rows)
    with transaction.atomic():
        inside = seals_inside() or len(rows) >= MANY
        chain = Chain() if inside else None
        batch = _Batch(rows)
        if chain:
            chain.add(batch.entries)
        batch.save()
        if chain:
            chain.close()
        else:
            transaction.on_commit(seal)
    return batch.entries


def _ask(rows: Iterable[Row]) -> None:
    require(sorted({Ask(row.by, row.verb, thing, _local(row.at)) for row in rows for thing in row.about}))


class _Batch:
    """Rows turned into entries with their mentions, attachments and asides, ready to be saved."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.entries: list[Entry] = []
        self.mentions: list[tuple[int, str]] = []
        self.attachments: list[Attachment] = []
        self.asides: list[Aside] = []
        self.keys: dict[str, int] = {}
        self.said = _mentions({row.retracts for row in rows if isinstance(row.retracts, int)})  # what entries to take back mention
        for number, row in zip(_reserve(len(rows)), rows, strict=True):
            self._add(number, row)

    def _add(self, number: int, row: Row) -> None:
        about = _about(row)
        _turn_away_secrets(row)
        entry = Entry(
            id=number, verb=row.verb, by=row.by, at=row.at, on=_day(row), moment=row.moment, detail=checked_detail(row), filed=row.filed
        )
        entry.retracts_id = self._retracted(row, about)
        attached = [_attachment(number, file) for file in row.attachments]
        if row.aside:
            self._put_aside(entry, clean(dict(row.aside)))
        entry.digest = entry_digest(entry, about, attached)
        self.entries.append(entry)
        self.mentions += [(number, thing) for thing in about]
        self.attachments += attached
        if row.key:
            self.keys[row.key] = number
            self.said[number] = set(about)

    def _put_aside(self, entry: Entry, text: Any) -> None:
        aside = Aside(entry_id=entry.pk, text=text, salt=secrets.token_hex(16))
        entry.aside_digest = salted(aside.salt, text)
        self.asides.append(aside)

    def _retracted(self, row: Row, about: list[str]) -> int | None:
        """The number of the entry taken back, which must be there and mention what is taken back of it."""
        if row.retracts is None:
            return None
        number = self.keys.get(row.retracts) if isinstance(row.retracts, str) else row.retracts
        if number is None or number not in self.said:
            raise ValueError(f"{row.verb}: retracts {row.retracts!r}, which is no entry and no key of an earlier row")
        if foreign := set(about) - self.said[number]:
            raise ValueError(f"{row.verb}: {row.retracts!r} does not mention {', '.join(sorted(foreign))}")
        return number

    def save(self) -> None:
        insert(Entry, COLUMNS, [_values(entry) for entry in self.entries])
        insert(Mention, ("entry_id", "thing"), self.mentions)
        Attachment.objects.bulk_create(self.attachments, batch_size=BATCH)
        Aside.objects.bulk_create(self.asides, batch_size=BATCH)
        findables.put_entries(self.entries, self.mentions)


def _mentions(entries: set[int]) -> dict[int, set[str]]:
    said: dict[int, set[str]] = {}
    for entry, thing in Mention.objects.filter(entry__in=entries).values_list("entry_id", "thing") if entries else ():
        said.setdefault(entry, set()).add(thing)
    return said


def _local(moment: datetime) -> date:
    """The day of a moment where the office is, whoever looks at it from wherever."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def _turn_away_secrets(row: Row) -> None:
    """No text that bears a mark of state secrets is written, whichever way it came."""
    for told in (row.detail, row.aside or {}):
        for name, value in told.items():
            fault = marks.fault_of_text(value) if isinstance(value, str) else None
            if fault:
                raise Refusal(fault, field=name, status=422)


def _about(row: Row) -> list[str]:
    about = sorted(set(row.about))
    if not about:
        raise ValueError(f"{row.verb}: an entry mentions at least one thing")
    return about


def _day(row: Row) -> date:
    if timezone.is_naive(row.at) or (row.moment and timezone.is_naive(row.moment)):
        raise ValueError(f"{row.verb}: moments carry their time zone")
    if row.on > _local(row.at):
        said = _("Ngày thực hiện %(day)s ở sau ngày ghi nhận. Đề nghị kiểm tra lại ngày.")
        raise Refusal(said % {"day": f"{row.on:%d/%m/%Y}"}, field="on")
    return row.on


def _attachment(entry: int, file: Upload | Stored) -> Attachment:
    stored = put(file) if isinstance(file, Upload) else file
    name = clean(stored.name)[-255:]
    salt = secrets.token_hex(16)
    return Attachment(
        entry_id=entry,
        sha256=stored.sha256,
        size=stored.size,
        media_type=stored.media_type[:100],
        name=name,
        salt=salt,
        name_digest=salted(salt, name),
    )


def _reserve(count: int) -> Sequence[int]:
    """Numbers for new entries, known before they are written, so that digests and links can be computed in one pass."""
    return reserve("journal_entry", count)
