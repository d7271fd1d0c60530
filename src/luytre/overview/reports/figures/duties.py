"""Figures of duties: how many of those who owe one have done it at the end of a period, by system where it is owed by system."""

import numpy as np

from luytre.overview.board.queries import CODE
from luytre.overview.reports.figures.shape import Figure, Query, Row
from luytre.overview.reports.ground import Ground
from luytre.overview.reports.spans import Span
from luytre.rooms.duties import queries
from luytre.ui.statuses import DONE, LATE, ORDER, OUTSIDE
from luytre.verbs.shape import words

OUT = [CODE[status] for status in OUTSIDE]
RANKED_OUT = ("enterprise", "coordinator", "team")  # never ranked among public bodies


def shown() -> list[str]:
    """Duties of the directive, in its order."""
    return sorted(duty for duty in queries.law().duties if "." not in duty)


def _query(duty: str) -> Query:
    return _by_system(duty) if queries.law().duties[duty].subject == "system" else _by_body(duty)


def _by_body(duty: str) -> Query:
    def query(ground: Ground, span: Span) -> list[Row]:
        held = ground.province(span.on)
        place = next((number for number, one in enumerate(held.duties) if one.id == duty), None)
        if place is None:
            return []
        cells = zip(held.refs, held.grid[:, place].tolist(), strict=True)
        return [_row(ref, code) for ref, code in cells if code >= 0 and code not in OUT]

    return query


def _by_system(duty: str) -> Query:
    def query(ground: Ground, span: Span) -> list[Row]:
        held = ground.province(span.on)
        column = held.standings.systems.column.get(duty)
        if column is None:
            return []
        mine = np.flatnonzero(np.isin(held.day.owner, held.rows)).tolist()
        codes = held.day.systems[:, column].tolist()
        return [_row(held.standings.systems.refs[row], codes[row]) for row in mine if codes[row] >= 0 and codes[row] not in OUT]

    return query


def _row(ref: str, code: int) -> Row:
    status = ORDER[code]
    return Row(ref, ref, None, status, met=status in DONE)


def _late(ground: Ground, span: Span) -> list[Row]:
    """Cells late at the end of the period: a body and a duty each."""
    held = ground.province(span.on)
    late = np.isin(held.grid, [CODE[status] for status in LATE])
    return [
        Row(f"{held.refs[place]}#{held.duties[column].id}", held.refs[place], None, held.duties[column].id)
        for place, column in np.argwhere(late)
    ]


def _owed(ground: Ground, span: Span) -> list[Row]:
    """Bodies, each with how many of the duties it owes are done."""
    held = ground.province(span.on)
    owed = ((held.grid >= 0) & ~np.isin(held.grid, OUT)).sum(axis=1).tolist()
    done = np.isin(held.grid, [CODE[status] for status in DONE]).sum(axis=1).tolist()
    return [
        Row(ref, ref, None, f"{part}/{whole}", of=(part, whole)) for ref, part, whole in zip(held.refs, done, owed, strict=True) if whole
    ]


def _clean(ground: Ground, span: Span) -> list[Row]:
    """Public bodies with nothing late, those with most done first."""
    held = ground.province(span.on)
    done = np.isin(held.grid, [CODE[status] for status in DONE]).sum(axis=1)
    places = [p for p, kind in enumerate(held.types) if kind not in RANKED_OUT and not held.late[p]]
    places.sort(key=lambda place: (-int(done[place]), held.refs[place]))
    return [Row(held.refs[place], held.refs[place], None, str(int(done[place]))) for place in places]


def _behind(ground: Ground, span: Span) -> list[Row]:
    """Public bodies with something late, the most first."""
    held = ground.province(span.on)
    places = held.worst(len(held.refs))
    return [Row(held.refs[place], held.refs[place], None, str(int(held.late[place])), float(held.late[place])) for place in places]


def figures() -> list[Figure]:
    law = queries.law()
    found = [
        Figure("duties", words("Tỷ lệ nhiệm vụ đã làm", "Share of duties done"), _owed, "share", stock=True, as_rate=True),
        Figure("duties.late", words("Nhiệm vụ quá hạn hoặc lỡ kỳ", "Duties late"), _late, stock=True),
        Figure("bodies.clean", words("Đơn vị không có việc quá hạn", "Bodies with nothing late"), _clean, stock=True),
        Figure("bodies.behind", words("Đơn vị có việc quá hạn", "Bodies with something late"), _behind, stock=True),
    ]
    for duty in shown():
        name = law.duties[duty].name
        found.append(Figure(f"duty.{duty}", words(f"{duty} {name['vi']}", f"{duty} {name['en']}"), _query(duty), "share", stock=True))
    return found
