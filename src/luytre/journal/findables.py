"""What can be searched for: one row a thing, with its folded words and who may see it, written with the acts; one question to read it."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from luytre.core.fold import fold, tokens
from luytre.journal.models import Entry, Findable, FindableScope, Mention
from luytre.journal.rows import insert, reserve
from luytre.verbs import VOCABULARY

COLUMNS = ("id", "thing", "kind", "title", "folded", "words", "about", "on", "path")
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
    things = {one.thing: one for one in found}
    with transaction.atomic():
        for part in _parts(things.values()):
            _drop([one.thing for one in part])
            _write([_row(one) for one in part])


def _parts(found: Iterable[Found]) -> Iterator[list[Found]]:
    rest = iter(found)
    while part := list(islice(rest, BATCH)):
        yield part


def _drop(refs: Sequence[str]) -> None:
    there = list(Findable.objects.filter(thing__in=refs).values_list("pk", flat=True))
    if there:
        FindableScope.objects.filter(findable__in=there).delete()
        Findable.objects.filter(pk__in=there).delete()


def _row(one: Found) -> tuple[Any, ...]:
    title, about = one.title[:300], sorted(set(one.about))
    words = " ".join(tokens(f"{one.title} {one.text}"))
    return one.thing, one.kind, title, fold(title)[:300], words, about, one.on, one.path


ABOUT = 5  # the place of `about` in a row


def _write(rows: Sequence[tuple[Any, ...]]) -> None:
    ids = reserve("journal_findable", len(rows))
    insert(Findable, COLUMNS, [(pk, *row) for pk, row in zip(ids, rows, strict=True)])
    marks = [(pk, mark(ref)) for pk, row in zip(ids, rows, strict=True) for ref in row[ABOUT]]
    insert(FindableScope, ("findable_id", "mark"), marks)


@lru_cache(maxsize=16384)
def mark(ref: str) -> int:
    """A ref as a number; should two ever share one, reading asks `about` again."""
    return int.from_bytes(hashlib.blake2s(ref.encode(), digest_size=8).digest(), signed=True)


# -- entries --


def put_entries(entries: Sequence[Entry], mentions: Iterable[tuple[int, str]]) -> None:
    """What new entries are found by: their paper, number and day, and the name of the thing where they concern a single one."""
    told: dict[int, list[str]] = {}
    for number, thing in mentions:
        told.setdefault(number, []).append(thing)
    kept = [entry for entry in entries if is_sought(entry)]
    names = _names({things[0] for entry in kept if len(things := told[entry.pk]) == 1})
    _write([_entry_row(entry, sorted(told[entry.pk]), names) for entry in kept])


def rebuild_entries() -> int:
    """Write anew what all entries are found by; returns how many there are to be found."""
    FindableScope.objects.filter(findable__kind="entry").delete()
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


def _entry_row(entry: Entry, about: Sequence[str], names: dict[str, str]) -> tuple[Any, ...]:
    """As _row, for entries by the ten thousand: what recurs (papers, names, marks) is folded once."""
    paper, number = _paper(entry.verb), str(entry.detail.get("number") or "")
    title = f"{paper}, số {number}"[:300] if number else paper
    name = names.get(about[0], "") if len(about) == 1 else ""
    day = (f"{entry.on.day:02}", f"{entry.on.month:02}", str(entry.on.year))
    words = dict.fromkeys((*_known(VOCABULARY[entry.verb].paper["en"], paper), *tokens(number), str(entry.pk), *day, *_known(name)))
    folded = f"{fold(paper)}, so {fold(number)}"[:300] if number else fold(paper)
    return f"entry:{entry.pk}", "entry", title, folded, " ".join(words), about, entry.on, ""


@lru_cache(maxsize=4096)
def _known(*texts: str) -> tuple[str, ...]:
    return tuple(tokens(" ".join(texts)))


def _paper(verb: str) -> str:
    said = VOCABULARY[verb].paper["vi"]
    return said[:1].upper() + said[1:]


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
    ids = _begins(fold(typed)[:100], kind, seen, limit)
    if len(ids) < limit:
        ids = list(dict.fromkeys([*ids, *_ids(sought, kind, seen, limit)]))[:limit]
    held = Findable.objects.defer("words").in_bulk(ids)
    return [held[pk] for pk in ids if pk in held and (seen is None or not seen.isdisjoint(held[pk].about))]


def entries(typed: str, seen: frozenset[str] | None) -> RawSQL:
    """The numbers of all entries that match, as a question inside a question: for lists that go on to filter and sort them."""
    sought = tokens(typed)[:MOST_TOKENS]
    if not sought or (seen is not None and not seen):
        return RawSQL("SELECT id FROM journal_entry WHERE 1 = 0", [])
    sql, values = (_postgresql if _is_postgresql() else _sqlite)(sought, "entry", seen)
    return RawSQL(f"SELECT CAST(substr(thing, 7) AS bigint) FROM journal_findable WHERE id IN ({sql})", values)  # noqa: S608, S611


def _ids(sought: Sequence[str], kind: str, seen: frozenset[str] | None, limit: int) -> list[int]:
    return _first(*(_postgresql if _is_postgresql() else _sqlite)(sought, kind, seen), limit)


def _begins(typed: str, kind: str, seen: frozenset[str] | None, limit: int) -> list[int]:
    """Whose title begins as typed, in the order of the titles, straight from their index: a title that begins so has every word typed.
    (PostgreSQL: its order is the one LIKE can use.)"""
    if _is_postgresql():
        sql = "SELECT id FROM journal_findable WHERE kind = %s AND folded LIKE %s{} ORDER BY folded USING ~<~"
        return _first(sql.format(_within("id", seen)), [kind, f"{_plain(typed)}%"], limit)
    sql = "SELECT id FROM journal_findable WHERE kind = %s AND folded >= %s AND folded < %s{} ORDER BY folded"
    return _first(sql.format(_within("+id", seen)), [kind, typed, typed + "\U0010ffff"], limit)


def _first(sql: str, values: Sequence[Any], limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {limit:d}", values)
        return [pk for (pk,) in cursor.fetchall()]


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _sqlite(sought: Sequence[str], kind: str, seen: frozenset[str] | None) -> tuple[str, list[Any]]:
    match = " AND ".join([f"(kind : {kind})", *(f'(words : "{word}"*)' for word in sought)])
    words = "journal_findable_words MATCH %s"
    return f"SELECT rowid FROM journal_findable_words WHERE {words}{_within('+rowid', seen)} ORDER BY rowid DESC", [match]  # noqa: S608


def _postgresql(sought: Sequence[str], kind: str, seen: frozenset[str] | None) -> tuple[str, list[Any]]:
    match = " & ".join([f"'#{kind}'", *(f"'{word}':*" for word in sought)])
    sql = f"SELECT id FROM journal_findable WHERE {LEXEMES} @@ %s::tsquery{_within('id', seen)} ORDER BY id + 0 DESC"  # noqa: S608
    return sql, [match]  # + 0: read from the words, not backwards through every row until enough are found


def _within(column: str, seen: frozenset[str] | None) -> str:
    """Only what the reader may see; nothing here but numbers, so they stand in the question itself. (SQLite: a plus before the column
    keeps it from asking the words anew for every row the reader may see.)"""
    if seen is None:
        return ""
    marks = ",".join(str(mark(ref)) for ref in seen)
    return f" AND {column} IN (SELECT findable_id FROM journal_findablescope WHERE mark IN ({marks}))"  # noqa: S608


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


# The very expression of the index of migration 0002: words and the kind as lexemes, without a dictionary in between.
LEXEMES = "array_to_tsvector(string_to_array(words || ' #' || kind, ' '))"
