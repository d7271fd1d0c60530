"""The province in memory: column files mapped, slots changed since laid over them. Each process follows the table by its turn."""

import json
import shutil
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from luytre import journal
from luytre.core.duty.slots import coverage, lines
from luytre.core.duty.standings import BODY_MARKS, SYSTEM_MARKS, Plane, Standings
from luytre.rooms.duties import queries
from luytre.rooms.duties.models import Projection, Slot
from luytre.rooms.duties.projection import store


@dataclass
class _Held:
    standings: Standings
    base: int
    turn: int
    stamp: int


_lock = threading.RLock()
_held: _Held | None = None


def forget() -> None:
    """Drop what this process holds; the next question reads it again."""
    global _held
    with _lock:
        _held = None
    queries.forget_decisions()


def follow(*, on: date) -> None:
    """After an act: take it in, where there is a projection at all; never at the cost of the act itself."""
    if store.state().base:
        store.catch_up(on=on)


def standings_of_all(on: date) -> Standings:
    """The province as far as the journal has come. Two queries where nothing is new; a projection never built is built here.

    `on`: the day that counts as today, for the horizon of a first building.
    """
    now = store.state()
    if now.base and journal.queries.last_seq() <= now.entry:
        return _follow(now)
    if now.base:
        store.catch_up(on=on)
    else:
        store.ensure(on=on)
    return _follow(store.state())


def turn() -> tuple[int, int, int]:
    """How far what this process holds has come: two answers alike mean that nothing has changed in between, for every entry taken in
    is a turn. No query: ask `standings_of_all` first."""
    with _lock:
        return (_held.base, _held.turn, _held.stamp) if _held else (0, 0, 0)


def _follow(now: Projection) -> Standings:
    global _held
    with _lock:
        if _held is None or _held.base != now.base or _held.turn > now.turn or (_held.turn == now.turn and _held.stamp != now.stamp):
            standings, turn = _from_files(now) or _from_table(now)
            _held = _Held(standings, now.base, turn, now.stamp)
        if _held.turn < now.turn:
            new = Slot.objects.filter(turn__gt=_held.turn, turn__lte=now.turn).values_list("ref", "line", "history")
            _held.standings.replace({(ref, line): bytes(blob) for ref, line, blob in new})
            _held.turn, _held.stamp = now.turn, now.stamp
        return _held.standings


# -- files --


def _folder(now: Projection) -> Path:
    return Path(settings.DATA_DIR) / "projection" / f"{now.base:x}"


def _from_files(now: Projection) -> tuple[Standings, int] | None:
    """The columns of this base, if they are there and whole."""
    try:
        standings, about = Standings.load(_folder(now))
    except (OSError, ValueError, KeyError, json.JSONDecodeError):
        return None
    return (standings, int(about["turn"])) if int(about["turn"]) <= now.turn else None


def _from_table(now: Projection) -> tuple[Standings, int]:
    """The columns from the table, written as files for the next process: into a folder of their own, then moved in one step."""
    rows = Slot.objects.order_by("ref", "line").values_list("ref", "line", "history")
    standings = _standings({(ref, line): bytes(blob) for ref, line, blob in rows.iterator(chunk_size=5000)})
    place = _folder(now)
    fresh = place.with_name(f".{place.name}.{threading.get_ident():x}")
    shutil.rmtree(fresh, ignore_errors=True)
    standings.save(fresh, {"turn": now.turn})
    for old in place.parent.glob("*"):
        if old != fresh:  # a process that has mapped the old files keeps them until it lets go
            shutil.rmtree(old, ignore_errors=True)
    try:
        fresh.rename(place)
    except OSError:  # another process was quicker
        shutil.rmtree(fresh, ignore_errors=True)
    return standings, now.turn


def _standings(histories: dict[tuple[str, str], bytes]) -> Standings:
    law = queries.law()
    refs = sorted({ref for ref, _ in histories})
    bodies, systems = [ref for ref in refs if ref.startswith("org:")], [ref for ref in refs if not ref.startswith("org:")]

    def plane(things: list[str], names: tuple[str, ...], value_type: str) -> Plane:
        return Plane.build(things, names, [histories.get((ref, name), b"") for ref in things for name in names], value_type)

    return Standings(
        plane(bodies, lines(law, "organisation"), "i1"),
        plane(bodies, BODY_MARKS, "i4"),
        plane(systems, lines(law, "system"), "i1"),
        plane(systems, SYSTEM_MARKS, "i4"),
        covered=word.duties if (word := coverage(law)) else (),
    )
