"""The table of the projection: built anew, or brought up to date entry by entry. Optimistic: who comes second discards its work."""

import gc
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

from django.db import transaction

from luytre import journal
from luytre.core.duty import columns
from luytre.core.duty.columns import ALWAYS
from luytre.core.duty.kin import Kin
from luytre.core.duty.model import Fact
from luytre.core.duty.slots import Slots, coverage, heard_by, slot_keys, touched
from luytre.core.duty.standings import CONFIRMED
from luytre.core.law.decided import concerned
from luytre.rooms.duties import queries
from luytre.rooms.duties.models import Numbered, Projection, Slot

YEARS_AHEAD = 2  # timelines reach the end of the second year ahead; once only one is left they are built anew
TOO_MANY = 4000  # slots: from here on building all anew is quicker
BATCH = 2000
Key = tuple[str, str]


@dataclass(frozen=True)
class Report:
    """What a rebuild did."""

    slots: int
    spans: int
    judging_seconds: float
    writing_seconds: float


def state() -> Projection:
    """How far the projection has come; a fresh one where none was ever built."""
    held = Projection.objects.filter(pk=1).first() or Projection(pk=1)
    if held.law and held.law != queries.law().digest:
        queries.hear_of(held.law)  # another process may have recorded a decision
    return held


def is_built(held: Projection, on: date) -> bool:
    """Whether the table was judged by the law of today, far enough ahead."""
    return bool(held.base and held.law == queries.law().digest and held.until and held.until.year > on.year)


def ensure(*, on: date, workers: int = 1) -> Report | None:
    """Build where there is nothing, or where law or horizon have moved on; else only catch up."""
    if is_built(state(), on):
        catch_up(on=on)
        return None
    return rebuild(on=on, workers=workers)


# -- all anew --


def rebuild(*, on: date, workers: int = 1) -> Report:
    """Judge every slot anew and replace the table. `workers`: processes to judge in (forked: only from a command, not from a server)."""
    seq, started = journal.queries.last_seq(), time.perf_counter()
    queries.read_decisions()
    until = date(on.year + YEARS_AHEAD, 12, 31)
    things, facts = queries.all_things(), list(journal.queries.facts(upto=seq))
    with _uncollected():
        histories = _judge_all(_slots(things, facts, until), workers)
    judged = time.perf_counter()
    with transaction.atomic():
        held = state()
        turn = held.turn + 1
        Slot.objects.all().delete()
        rows = [Slot(ref=ref, line=line, history=blob, turn=turn) for (ref, line), blob in histories.items()]
        Slot.objects.bulk_create(rows, batch_size=BATCH)
        held.turn, held.base, held.stamp, held.law, held.until, held.entry = turn, _token(), _token(), queries.law().digest, until, seq
        held.save()
    spans = sum(len(blob) for blob in histories.values()) // columns.SPAN.size
    return Report(len(histories), spans, judged - started, time.perf_counter() - judged)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Judging makes no cycles worth looking for, and looking through a whole province again and again costs more than judging it."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def check(*, on: date) -> list[Key]:
    """The slots whose table differs from one judged anew, after catching up; empty when the projection is what it should be."""
    catch_up(on=on)
    held = state()
    if held.until is None:
        return []
    fresh = _judge_all(_slots(queries.all_things(), list(journal.queries.facts(upto=held.entry)), held.until), workers=1)
    stored = {(ref, line): bytes(blob) for ref, line, blob in Slot.objects.values_list("ref", "line", "history")}
    return sorted(key for key in fresh.keys() | stored.keys() if fresh.get(key) != stored.get(key))


def _token() -> int:
    return secrets.randbelow(2**62) + 1


def _slots(things: Sequence[queries.Thing], facts: Sequence[Fact], until: date) -> Slots:
    numbers = _numbers(thing.id for thing in things if thing.kind == "organisation")
    return Slots(queries.law(), things, facts, numbers, until)


def _numbers(refs: Iterable[str]) -> dict[str, int]:
    """The number of each body; new bodies get one."""
    wanted = set(refs)
    held = dict(Numbered.objects.values_list("ref", "pk"))
    new = sorted(wanted - held.keys())
    if new:
        Numbered.objects.bulk_create([Numbered(ref=ref) for ref in new], ignore_conflicts=True)
        held = dict(Numbered.objects.values_list("ref", "pk"))
    return held


_at_work: Slots | None = None  # what forked workers inherit


def _judge_all(slots: Slots, workers: int) -> dict[Key, bytes]:
    refs = sorted(slots.things)
    if workers < 2:
        return dict(_judge_refs(slots, refs))
    global _at_work
    _at_work = slots
    parts = [refs[start::64] for start in range(64)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        done = {key: blob for part in pool.map(_judge_part, parts) for key, blob in part}
    _at_work = None
    return {key: done[key] for ref in refs for key in slots.keys([ref])}


def _judge_part(refs: Sequence[str]) -> list[tuple[Key, bytes]]:
    assert _at_work is not None
    return _judge_refs(_at_work, refs)


def _judge_refs(slots: Slots, refs: Sequence[str]) -> list[tuple[Key, bytes]]:
    known = [ref for ref in refs if slots.things[ref].kind in slots.lines]
    return [((ref, line), columns.pack(spans)) for ref in known for line, spans in slots.histories(ref).items()]


# -- what is new --


def catch_up(*, on: date) -> int:
    """Take in what the journal has learnt since; returns how many slots were judged again (of all: the number of slots)."""
    held = state()
    last = journal.queries.last_seq()
    if not held.base or last <= held.entry:
        return 0
    facts = list(journal.queries.facts(after=held.entry, upto=last))
    decided = [fact for fact in facts if fact.verb in queries.DECIDED or fact.retracts]
    if decided:
        queries.read_decisions()
    changed = _changed(facts, held) if len(facts) <= TOO_MANY else None
    if changed is None or len(changed) > TOO_MANY:
        return rebuild(on=on).slots
    if decided and held.law != queries.law().digest:
        changed |= _under_new_law(decided, held, last)
        held.law = queries.law().digest
    return len(changed) if _write(changed, held, last) else 0


def _changed(facts: Sequence[Fact], held: Projection) -> dict[Key, bytes] | None:
    """The histories of the slots these facts may change, judged again; None where everything should be."""
    assert held.until is not None
    mentioned = {ref for fact in facts for ref in fact.about if ref.startswith(("org:", "system:"))}
    if len(mentioned) > TOO_MANY:
        return None
    things = queries.things_near(mentioned)
    kin, law = Kin(things), queries.law()
    keys = touched(law, kin, facts, queries.verbs_of(fact.retracts for fact in facts if fact.retracts))
    for ref in {ref for fact in facts if queries.may_change_register(fact.verb) for ref in fact.about}:
        keys |= dict.fromkeys(slot_keys(law, kin, kin.rows_read_by(ref)), ALWAYS)
    if len(keys) > TOO_MANY:
        return None
    weighed = {name for ref, _ in keys for name in kin.facts_of(ref)}
    told = queries.facts_about(weighed, heard_by(law, {line for _, line in keys}))
    return dict(_judge_again(_slots(things, told, held.until), keys))


def _under_new_law(decided: Sequence[Fact], held: Projection, last: int) -> dict[Key, bytes]:
    """The slots of every duty that may hang on what was decided, all anew: what a decision changes it changes for every bearer.
    How the duty was known before does not stay: a decision says how the law is to be read, not that something happened."""
    assert held.until is not None
    told = queries.decided_in(decided)
    lines = {duty for one in told for duty in concerned(queries.law(), one.instrument, one.name)}
    if not lines:
        return {}
    things = queries.all_things()
    kinds = {duty: queries.law().duties[duty].subject for duty in lines}
    keys = {(thing.id, line): ALWAYS for thing in things for line in sorted(lines) if kinds[line] == thing.kind}
    if (word := coverage(queries.law())) and lines & set(word.duties):
        keys |= {(thing.id, CONFIRMED): ALWAYS for thing in things if thing.kind == "organisation"}
    heard = heard_by(queries.law(), lines | {CONFIRMED})
    facts = [fact for fact in journal.queries.facts(upto=last) if fact.verb in heard or fact.retracts]
    return dict(_judge_again(_slots(things, facts, held.until), keys))


def _judge_again(slots: Slots, keys: Mapping[Key, int]) -> Iterator[tuple[Key, bytes]]:
    """The slots judged again, thing by thing, on top of what the table holds."""
    stored = _stored(keys)
    for ref in sorted({ref for ref, _ in keys}):
        since = {line: moment for (of, line), moment in keys.items() if of == ref}
        before = {line: columns.unpack(stored[ref, line]) for line in since if (ref, line) in stored}
        start = {line: moment if line in before else ALWAYS for line, moment in since.items()}
        for line, spans in slots.histories(ref, start, before).items():
            yield (ref, line), columns.pack(spans)


def _stored(keys: Mapping[Key, int]) -> dict[Key, bytes]:
    refs = {ref for ref, _ in keys}
    rows = Slot.objects.filter(ref__in=refs).values_list("ref", "line", "history")
    return {(ref, line): bytes(blob) for ref, line, blob in rows if (ref, line) in keys}


def _write(changed: Mapping[Key, bytes], held: Projection, last: int) -> bool:
    """Store the new histories, unless another process has moved the projection on in the meantime."""
    with transaction.atomic():
        turn = held.turn + 1
        moved = Projection.objects.filter(pk=1, turn=held.turn, base=held.base)
        if not moved.update(turn=turn, entry=last, stamp=_token(), law=held.law):
            return False
        rows = [Slot(ref=ref, line=line, history=blob, turn=turn) for (ref, line), blob in changed.items()]
        Slot.objects.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["ref", "line"], update_fields=["history", "turn"]
        )
    return True
