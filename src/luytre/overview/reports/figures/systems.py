"""Figures of systems: by level, dossier approved, plan deployed, at the end of a period."""

from luytre.overview.reports.figures.shape import Figure, Query, Row
from luytre.overview.reports.ground import Ground
from luytre.overview.reports.spans import Span
from luytre.verbs.shape import words

LEVELS = ("", "1", "2", "3", "4", "5", "none")
STATES = {
    "": words("Tổng số", "All"),
    "approved": words("Đã được phê duyệt", "Approved"),
    "waiting": words("Chưa được phê duyệt", "Not approved"),
    "deployed": words("Đã triển khai phương án", "Plan deployed"),
}
PROOF = {"approved": "dossier.approved", "waiting": "dossier.approved", "deployed": "security_plan.deployed"}


def proved(ground: Ground, verb: str, span: Span) -> set[str]:
    """Things about which something was done by the day looked at."""
    return {ref for row in ground.of(verb, None, span.until) if row.on <= span.on for ref in row.about}


def _query(level: str, state: str) -> Query:
    def query(ground: Ground, span: Span) -> list[Row]:
        levels, owners = ground.values("level", span.on), ground.values("owner", span.on)
        done = proved(ground, PROOF[state], span) if state else set()
        rows = []
        for ref in ground.systems(span.on):
            held = str(levels.get(ref) or "none")
            if (not level or held == level) and (not state or (ref in done) == (state != "waiting")):
                rows.append(Row(ref, str(owners.get(ref) or ""), None, "" if held == "none" else held))
        return rows

    return query


def _words(level: str) -> tuple[str, str]:
    if not level:
        return "Hệ thống thông tin", "Information systems"
    if level == "none":
        return "Hệ thống chưa xác định cấp độ", "Systems without a level"
    return f"Hệ thống cấp độ {level}", f"Systems of level {level}"


def figures() -> list[Figure]:
    found = []
    for level in LEVELS:
        for state, said in STATES.items():
            vi, en = _words(level)
            name = ".".join(part for part in ("systems", level, state) if part)
            called = words(f"{vi}: {said['vi'].lower()}", f"{en}: {said['en'].lower()}") if state else words(vi, en)
            found.append(Figure(name, called, _query(level, state), stock=True))
    return found
