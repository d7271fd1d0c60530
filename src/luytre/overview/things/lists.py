"""Lists of bodies and of systems with where they stand: filtered, sorted, counted for a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from luytre.core.fold import fold, sort_key
from luytre.overview.board.page import TYPE_TITLES, Segment
from luytre.overview.board.queries import CODE, TYPE_ORDER, Province, Sieve, Tally
from luytre.overview.bodies import values_on
from luytre.register.models import Phase, SystemLevel, SystemPhase
from luytre.ui.statuses import LATE, ORDER

LEVELS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class BodyRow:
    code: str
    name: str
    type: str
    head: str
    tally: Tally

    @property
    def bar(self) -> list[tuple[str, int]]:
        rest = self.tally.whole - self.tally.done - self.tally.late
        return [("met", self.tally.done), ("overdue", self.tally.late), ("rest", rest)]


@dataclass(frozen=True)
class BodyList:
    rows: list[BodyRow]
    segments: list[Segment]
    words: str


def organisations(province: Province, sieve: Sieve, late: str) -> BodyList:
    """`late`: "0" only bodies without late lines, "1" only those with some."""
    places = [place for place in province.chosen(sieve) if not late or (province.late[place] > 0) == (late == "1")]
    if sieve.sort != "name":
        places.sort(key=lambda place: -int(province.late[place]))
    counted = {kind: province.types.count(kind) for kind in TYPE_ORDER}
    every = Segment("", TYPE_TITLES["all"](), len(province.refs), not sieve.type)
    segments = [every, *(Segment(k, TYPE_TITLES[k](), n, k == sieve.type) for k, n in counted.items() if n)]
    return BodyList([_body_row(province, place) for place in places], segments, sieve.words)


def _body_row(province: Province, place: int) -> BodyRow:
    ref = province.refs[place]
    kind = TYPE_TITLES[province.types[place]]()
    return BodyRow(ref.removeprefix("org:"), province.name(place), kind, province.bodies.head(ref), province.tally([place]))


@dataclass(frozen=True)
class SystemRow:
    code: str
    name: str
    owner: str
    owner_name: str
    level: int | None
    phase: str
    late: int
    statuses: Mapping[str, str]

    @property
    def ref(self) -> str:
        return f"system:{self.code}"


@dataclass(frozen=True)
class SystemList:
    rows: list[SystemRow]
    duties: list[Any]
    words: str
    level: str
    duty: str


def systems(province: Province, said: Mapping[str, str]) -> SystemList:
    """All systems with an owner on the day that one may see; `said`: q, level, duty (only those where it is not done), sort."""
    words, level, duty = fold(said.get("q", ""))[:80], said.get("level", ""), said.get("duty", "")
    rows = [row for row in _system_rows(province) if words in fold(f"{row.name} {row.owner_name} {row.code}")]
    rows = [row for row in rows if level not in LEVELS or row.level == int(level)]
    if duty:
        rows = [row for row in rows if row.statuses.get(duty, "") in (*LATE, "due_soon", "open", "unknown", "undated")]
        rows.sort(key=lambda row: ORDER.index(row.statuses[duty]))
    elif said.get("sort") != "name":
        rows.sort(key=lambda row: -row.late)
    shown = [duty for duty in province.duties if duty.subject == "system"]
    return SystemList(rows, shown, said.get("q", ""), level, duty)


def _system_rows(province: Province) -> list[SystemRow]:
    day, plane, asked = province.day, province.standings.systems, province.asked
    levels = values_on(SystemLevel, asked.on, asked.known)
    phases = values_on(SystemPhase, asked.on, asked.known)
    names, labels = province.bodies.names, dict(Phase.choices)
    owned = np.flatnonzero(np.isin(day.owner, province.rows))
    late = ((day.systems == CODE["overdue"]) | (day.systems == CODE["missed"])).sum(axis=1)
    found = []
    for row in owned.tolist():
        ref, owner = plane.refs[row], province.standings.bodies.refs[day.owner[row]]
        code = ref.removeprefix("system:")
        statuses = {line: ORDER[value] for line, value in zip(plane.lines, day.systems[row].tolist(), strict=True) if value >= 0}
        owned_by, phase = owner.removeprefix("org:"), str(labels.get(phases.get(code, ""), ""))
        named = names.get(ref, code), owned_by, names.get(owner, owner)
        found.append(SystemRow(code, *named, levels.get(code), phase, int(late[row]), statuses))
    return sorted(found, key=lambda system: sort_key(system.name))
