"""Figures of incidents: the ten types of Form 05 by how they were handled, levels, severity, times, the law's clocks."""

from collections.abc import Callable
from datetime import datetime

from luytre.overview.reports.figures.shape import Figure, Query, Row
from luytre.overview.reports.ground import Ground, local
from luytre.overview.reports.spans import Span
from luytre.rooms.duties import queries as duties
from luytre.rooms.incidents.rules import severity
from luytre.rooms.incidents.rules.cases import Case
from luytre.verbs.incident import SEVERITIES, TYPES
from luytre.verbs.shape import Words, words

Of = Callable[[Ground, Span, str, Case], bool]
HANDLED = {
    "self": words("Tự xử lý", "Handled by self"),
    "helped": words("Có hỗ trợ", "With help"),
    "open": words("Đang xử lý", "Open"),
}
LEVELS = ("1", "2", "3", "4", "5", "none")
MOMENTS = {
    "notified_at": words("Phát hiện đến thông báo (giờ, trung vị)", "Detection to notice (hours, median)"),
    "restored_at": words("Phát hiện đến khôi phục (giờ, trung vị)", "Detection to restoration (hours, median)"),
    "closed_at": words("Phát hiện đến kết thúc (giờ, trung vị)", "Detection to closing (hours, median)"),
}
CLOCKS = ("D30", "ND331.31.2d", "L91.23", "D31")
VERB_OF = {"notified_at": "incident.notified", "restored_at": "incident.restored", "closed_at": "incident.closed"}


def _row(code: str, case: Case) -> Row:
    return Row(f"incident:{code}", case.body, case.on, code)


def _all(of: Of) -> Query:
    """Incidents detected within the period for which something holds."""

    def query(ground: Ground, span: Span) -> list[Row]:
        found = ((code, case) for code, case in ground.cases.items() if span.first <= case.on < span.until)
        return [_row(code, case) for code, case in sorted(found) if of(ground, span, code, case)]

    return query


def kind(case: Case) -> str:
    return case.type if case.type in TYPES else "other"


def state(ground: Ground, span: Span, code: str, case: Case) -> str:
    """How it stood at the end of the period."""
    ended = [case.moments[name] for name in ("restored_at", "closed_at") if name in case.moments]
    if not any(local(moment) <= span.on for moment in ended):
        return "open"
    return "helped" if code in ground.helped else "self"


def level(ground: Ground, case: Case) -> str:
    found = ground.values("level", case.on).get(case.system) if case.system else None
    return str(found) if found else "none"


def _typed(type_: str, handled: str = "") -> Of:
    return lambda ground, span, code, case: (
        (not type_ or kind(case) == type_) and (not handled or state(ground, span, code, case) == handled)
    )


def _levelled(wanted: str) -> Of:
    return lambda ground, span, code, case: level(ground, case) == wanted


def _severe(wanted: str) -> Of:
    return lambda ground, span, code, case: case.severity == wanted


def _still_open(ground: Ground, span: Span) -> list[Row]:
    """Incidents of any age not restored at the end of the period."""
    found = ((code, case) for code, case in sorted(ground.cases.items()) if case.on < span.until)
    return [_row(code, case) for code, case in found if state(ground, span, code, case) == "open"]


def _time(name: str) -> Query:
    """Hours from detection to a moment that lies within the period."""

    def query(ground: Ground, span: Span) -> list[Row]:
        rows = []
        for code, case in sorted(ground.cases.items()):
            moment = case.moments.get(name)
            if moment and span.first <= local(moment) < span.until:
                rows.append(Row(f"incident:{code}", case.body, local(moment), code, _hours(case.detected_at, moment)))
        return rows

    return query


def _hours(first: datetime, last: datetime) -> float:
    return round((last - first).total_seconds() / 3600, 1)


def _clock(duty: str) -> Query:
    """Incidents detected within the period whose clock was answered or has run out: in time or not."""

    def query(ground: Ground, span: Span) -> list[Row]:
        lines = ground.clock(duty, span.on)
        rows = []
        for code, case in sorted(ground.cases.items()):
            if not span.first <= case.on < span.until:
                continue
            line = next((lines[str(told.id)] for told in ground.case_entries[code] if str(told.id) in lines), None)
            if line and line.status in ("met", "met_late", "overdue", "missed"):
                rows.append(Row(f"incident:{code}", case.body, case.on, code, met=line.status == "met"))
        return rows

    return query


def _clock_words(duty: str) -> Words:
    held = duties.law().duties[duty]
    return words(f"{held.name['vi']} đúng hạn", f"{held.name['en']} in time")


def _type_words(type_: str, handled: str) -> Words:
    if not handled:
        return words(TYPES[type_]["vi"].capitalize(), TYPES[type_]["en"].capitalize())
    vi, en = HANDLED[handled]["vi"].lower(), HANDLED[handled]["en"].lower()
    return words(f"{TYPES[type_]['vi'].capitalize()}: {vi}", f"{TYPES[type_]['en'].capitalize()}: {en}")


TYPES_IN_ORDER = sorted(TYPES, key=severity.row)


def figures() -> list[Figure]:
    found = [Figure("incidents", words("Sự cố ghi nhận", "Incidents"), _all(_typed("")), guarded=True)]
    for handled, said in HANDLED.items():
        vi, en = said["vi"].lower(), said["en"].lower()
        found.append(Figure(f"incidents.{handled}", words(f"Sự cố: {vi}", f"Incidents: {en}"), _all(_typed("", handled)), guarded=True))
    for type_ in TYPES_IN_ORDER:
        for handled in ("", *HANDLED):
            name = f"incidents.{type_}.{handled}" if handled else f"incidents.{type_}"
            found.append(Figure(name, _type_words(type_, handled), _all(_typed(type_, handled)), guarded=True))
    for number in LEVELS:
        vi = "Sự cố tại hệ thống chưa có cấp độ hoặc chưa gắn hệ thống" if number == "none" else f"Sự cố tại hệ thống cấp độ {number}"
        en = "Incidents at systems without a level" if number == "none" else f"Incidents at systems of level {number}"
        found.append(Figure(f"incidents.level.{number}", words(vi, en), _all(_levelled(number)), guarded=True))
    for name, said in SEVERITIES.items():
        vi, en = f"Sự cố mức độ {said['vi']}", f"Incidents of severity {said['en']}"
        found.append(Figure(f"incidents.severity.{name}", words(vi, en), _all(_severe(name)), guarded=True))
    serious = words("Sự cố nghiêm trọng", "Serious incidents")
    found.append(Figure("incidents.serious", serious, _all(lambda g, s, c, case: case.serious), guarded=True))
    still = words("Sự cố còn đang xử lý cuối kỳ", "Incidents still open (whenever detected)")
    found.append(Figure("incidents.still_open", still, _still_open, stock=True, guarded=True))
    found += [Figure(f"time.{name}", said, _time(name), "median", guarded=True) for name, said in MOMENTS.items()]
    found += [Figure(f"clock.{duty}", _clock_words(duty), _clock(duty), "share", guarded=True) for duty in CLOCKS]
    return found
