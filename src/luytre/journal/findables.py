"""What can be searched for: one row a thing, with its folded words and who may see it, written with the acts; one question to read it."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from luytre.core.fold import fold, tokens
from luytre.journal.models import Entry, Findable, Mention
from luytre.journal.rows import insert
from luytre.verbs import VOCABULARY

COLUMNS = ("thing", "kind", "title", "folded", "words", "scopes", "about", "on", "path")
BATCH = 1000
MOST_TOKENS = 8  # of what is typed; more would only make the question slower
MOST_REFS = 400  # names of so many things at most are looked up at once


@dataclass(frozen=True, slots=True)
class Found:
    """A thing to be found. `text`: every other word it may be found by; `about`: seen by whoever sees one of these refs."""

    thing: str
    kind: str
    title: str
    about: Sequence[str]
    text: str = ""
    on: date | None = None
    path: str = ""


def put(found: Iterable[Found]) -> None:
    """Write things to be found; what is there already is written over."""
    rows = [Findable(**dict(zip(COLUMNS, _row(one), strict=True))) for one in found]
    Findable.objects.bulk_create(rows, batch_size=BATCH, update_conflicts=True, unique_fields=["thing"], update_fields=COLUMNS[1:])


def _row(one: Found) -> tuple[object, ...]:
    title, about = one.title[:300], sorted(set(one.about))
    words = " ".join(tokens(f"{one.title} {one.text}"))
    scopes = " ".join(_mark(ref) for ref in about)
    return one.thing, one.kind, title, fold(title)[:300], words, scopes, about, one.on, one.path


def _mark(ref: str) -> str:
    """A ref as a word of the index that nobody can type: search words hold letters and digits only."""
    return "@" + hashlib.blake2s(ref.encode(), digest_size=8).hexdigest()


# -- entries --


def put_entries(entries: Sequence[Entry], mentions: Iterable[tuple[int, str]]) -> None:
    """What new entries are found by: their paper, number and day, and the name of the thing where they concern a single one."""
    told: dict[int, list[str]] = {}
    for number, thing in mentions:
        told.setdefault(number, []).append(thing)
    kept = [entry for entry in entries if is_sought(entry)]
    names = _names({things[0] for entry in kept if len(things := told[entry.pk]) == 1})
    insert(Findable, COLUMNS, [_row(_of_entry(entry, told[entry.pk], names)) for entry in kept])


def rebuild_entries() -> int:
    """Write anew what all entries are found by; returns how many there are to be found."""
    Findable.objects.filter(kind="entry").delete()
    last = 0
    while entries := list(Entry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        put_entries(entries, Mention.objects.filter(entry__in=entries).values_list("entry_id", "thing"))
        last = entries[-1].pk
    return Findable.objects.filter(kind="entry").count()


def is_sought(entry: Entry) -> bool:
    """Papers and facts people look for; not what only the machinery reads."""
    verb = VOCABULARY.get(entry.verb)
    return verb is not None and (verb.fileable or "number" in entry.detail)


def _of_entry(entry: Entry, about: Sequence[str], names: dict[str, str]) -> Found:
    verb, number = VOCABULARY[entry.verb], str(entry.detail.get("number") or "")
    title = verb.paper["vi"][:1].upper() + verb.paper["vi"][1:] + (f", số {number}" if number else "")
    text = f"{verb.paper['en']} {entry.pk} {entry.on:%d %m %Y} {names.get(about[0], '') if len(about) == 1 else ''}"
    return Found(f"entry:{entry.pk}", "entry", title, about, text, entry.on)


def _names(refs: Collection[str]) -> dict[str, str]:
    rows = Findable.objects.filter(kind__in=("org", "system"))
    if len(refs) <= MOST_REFS:
        rows = rows.filter(thing__in=refs)
    return dict(rows.values_list("thing", "title")) if refs else {}


# -- the question --


def matching(typed: str, kind: str, seen: frozenset[str] | None, limit: int) -> list[Findable]:
    """Things of a kind whose words begin with every word typed, and which a reader of `seen` (None: of everything) may see.

    Titles that begin as typed come first, then the latest written; at most `limit`.
    """
    sought = tokens(typed)[:MOST_TOKENS]
    if not sought or (seen is not None and not seen):
        return []
    ids = _ids(sought, kind, seen, limit, begins=fold(typed)[:100])
    if len(ids) < limit:
        ids = list(dict.fromkeys([*ids, *_ids(sought, kind, seen, limit)]))[:limit]
    held = Findable.objects.in_bulk(ids)
    return [held[pk] for pk in ids if pk in held and (seen is None or not seen.isdisjoint(held[pk].about))]


def _ids(sought: Sequence[str], kind: str, seen: frozenset[str] | None, limit: int, begins: str = "") -> list[int]:
    sql, values = (_postgresql if connection.vendor == "postgresql" else _sqlite)(sought, kind, seen, begins)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {limit:d}", values)
        return [pk for (pk,) in cursor.fetchall()]


def _sqlite(sought: Sequence[str], kind: str, seen: frozenset[str] | None, begins: str) -> tuple[str, list[str]]:
    parts = [f"kind : {kind}", *(f'words : "{word}"*' for word in sought)]
    if seen is not None:
        parts.append(f"scopes : ({' OR '.join(_mark(ref)[1:] for ref in sorted(seen))})")
    match = " AND ".join(f"({part})" for part in parts)
    if not begins:
        return "SELECT rowid FROM journal_findable_words WHERE journal_findable_words MATCH %s ORDER BY rowid DESC", [match]
    sql = (
        "SELECT f.id FROM journal_findable f JOIN journal_findable_words w ON w.rowid = f.id "
        "WHERE f.folded >= %s AND f.folded < %s AND f.kind = %s AND journal_findable_words MATCH %s ORDER BY f.folded"
    )
    return sql, [begins, begins + "\U0010ffff", kind, match]


def _postgresql(sought: Sequence[str], kind: str, seen: frozenset[str] | None, begins: str) -> tuple[str, list[str]]:
    parts = [f"'#{kind}'", *(f"'{word}':*" for word in sought)]
    if seen is not None:
        parts.append(f"({' | '.join(repr(_mark(ref)) for ref in sorted(seen))})")
    sql = f"SELECT id FROM journal_findable WHERE {LEXEMES} @@ %s::tsquery"  # noqa: S608 (a constant)
    if not begins:
        return f"{sql} ORDER BY id DESC", [" & ".join(parts)]
    return f"{sql} AND kind = %s AND folded LIKE %s ORDER BY folded", [" & ".join(parts), kind, f"{_plain(begins)}%"]


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


# The very expression of the index of migration 0002: words, marks and the kind as lexemes, without a dictionary in between.
LEXEMES = "array_to_tsvector(string_to_array(btrim(words || ' ' || scopes) || ' #' || kind, ' '))"
