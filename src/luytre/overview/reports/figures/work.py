"""Figures of preventive work: warnings, weaknesses, hunts, scans, plans, drills, teams, contacts, campaigns, spending."""

from collections.abc import Callable
from datetime import date

from luytre.overview.reports.figures.shape import Figure, Query, Row
from luytre.overview.reports.ground import Ground, Told
from luytre.overview.reports.spans import Span
from luytre.verbs.shape import words


def _entries(verb: str) -> Query:
    """Acts of one kind within the period; an act about several systems is one."""

    def query(ground: Ground, span: Span) -> list[Row]:
        return [_row(row) for row in ground.of(verb, span.first, span.until)]

    return query


def _row(row: Told, about: str = "") -> Row:
    said = str(row.detail.get("number") or "")
    return Row(f"{row.key}@{about}" if about else row.key, about or min(row.about), row.on, said)


def _systems_by(*verbs: str) -> Query:
    """Systems about which something was done within the period, each once."""

    def query(ground: Ground, span: Span) -> list[Row]:
        found: dict[str, date] = {}
        for verb in verbs:
            for row in ground.of(verb, span.first, span.until):
                found |= {ref: max(row.on, found.get(ref, row.on)) for ref in row.about if ref.startswith("system:")}
        return [Row(ref, ref, on) for ref, on in sorted(found.items())]

    return query


def _bodies_by(verb: str) -> Query:
    """Bodies in being at the end of the period that have done something by then."""

    def query(ground: Ground, span: Span) -> list[Row]:
        there = set(ground.province(span.on).refs)
        found = {ref: row.on for row in ground.of(verb, None, span.until) for ref in row.about if ref in there and row.on <= span.on}
        return [Row(ref, ref, on) for ref, on in sorted(found.items())]

    return query


# -- warnings: one warning goes to many bodies; each has to answer it --


def _warnings(ground: Ground, span: Span) -> list[Row]:
    """Warnings by number, each on the first day anybody received it."""
    first: dict[str, Told] = {}
    for row in ground.told.get("advisory.received", []):
        code = str(row.detail.get("advisory") or row.key)
        if code not in first or row.on < first[code].on:
            first[code] = row
    return [Row(f"advisory:{code}", "", row.on, code) for code, row in sorted(first.items()) if span.first <= row.on < span.until]


def _tasks(ground: Ground, until: date) -> list[tuple[Told, str, date | None]]:
    """(receipt, body or system, day resolved) of every warning received before a day: what each was to do."""
    resolved: dict[tuple[str, str], date] = {}
    for row in ground.of("advisory.resolved", None, until):
        for ref in row.about:
            key = (str(row.detail.get("advisory")), ref)
            resolved[key] = min(row.on, resolved.get(key, row.on))
    found = []
    for row in ground.of("advisory.received", None, until):
        found += [(row, ref, resolved.get((str(row.detail.get("advisory")), ref))) for ref in sorted(row.about)]
    return found


def _warning_row(row: Told, ref: str, met: bool = True) -> Row:
    return Row(f"{row.key}@{ref}", ref, row.on, str(row.detail.get("advisory") or ""), met=met)


def _warnings_to_do(ground: Ground, span: Span) -> list[Row]:
    """Warnings received within the period, body by body; done by its end or not."""
    return [_warning_row(row, ref, bool(done)) for row, ref, done in _tasks(ground, span.until) if row.on >= span.first]


def _warnings_late(ground: Ground, span: Span) -> list[Row]:
    """Warnings past the day written in them, not resolved at the end of the period."""
    found = []
    for row, ref, done in _tasks(ground, span.until):
        due = row.detail.get("due_on")
        if due and not done and date.fromisoformat(str(due)) < span.on and _lives(ground, ref, span.on):
            found.append(_warning_row(row, ref))
    return found


def _lives(ground: Ground, ref: str, on: date) -> bool:
    if ref.startswith("system:"):
        return ground.values("phase", on).get(ref) == "operating"
    return bool(ground.values("exists", on).get(ref))


# -- weaknesses, by their numbers --


def _fixed(ground: Ground, until: date) -> dict[tuple[str, str], date]:
    found: dict[tuple[str, str], date] = {}
    for row in ground.of("weakness.remediated", None, until):
        for ref in row.about:
            key = (str(row.detail.get("weakness")), ref)
            found[key] = min(row.on, found.get(key, row.on))
    return found


GRAVE: dict[str, Callable[[Told], bool]] = {
    "grave": lambda row: bool(row.detail.get("allows_intrusion")),
    "plain": lambda row: not row.detail.get("allows_intrusion"),
}


def _weakness(which: str, grave: str) -> Query:
    """Weaknesses `found` or `fixed` within the period, or open at its `start` or `end`."""

    def query(ground: Ground, span: Span) -> list[Row]:
        done = _fixed(ground, span.until)
        rows = []
        for row in ground.of("weakness.found", None, span.until):
            for ref in sorted(row.about):
                fixed = done.get((str(row.detail.get("weakness")), ref))
                if (not grave or GRAVE[grave](row)) and _counts(which, row.on, fixed, span):
                    on = fixed if which == "fixed" else row.on
                    rows.append(Row(f"{row.key}@{ref}", ref, on, str(row.detail.get("weakness") or "")))
        return rows

    return query


def _counts(which: str, found: date, fixed: date | None, span: Span) -> bool:
    if which == "found":
        return found >= span.first
    if which == "fixed":
        return fixed is not None and fixed >= span.first
    if which == "start":
        return found < span.first and (fixed is None or fixed >= span.first)
    return fixed is None


def _spending(ground: Ground, span: Span) -> list[Row]:
    """What was last reported of the share of spending, by the end of the period."""
    rows = [row for row in ground.of("spending.reported", None, span.until) if row.detail.get("percent")]
    rows.sort(key=lambda row: (row.on, row.id))
    return [
        Row(row.key, min(row.about), row.on, str(row.detail.get("number") or ""), float(str(row.detail["percent"]).replace(",", ".")))
        for row in rows[-1:]
    ]


WHICH = {
    "start": words("tồn đầu kỳ", "open at the start"),
    "found": words("phát hiện mới", "found"),
    "fixed": words("đã khắc phục", "fixed"),
    "end": words("còn lại cuối kỳ", "open at the end"),
}
KINDS = {
    "": words("Điểm yếu", "Weaknesses"),
    "grave": words("Điểm yếu cho phép xâm nhập", "Weaknesses that allow intrusion"),
    "plain": words("Điểm yếu khác", "Other weaknesses"),
}


def figures() -> list[Figure]:
    found = [
        Figure("warnings", words("Cảnh báo đã phát hành", "Warnings issued"), _warnings),
        Figure("warnings.tasks", words("Lượt đơn vị xử lý xong cảnh báo", "Warnings handled by bodies"), _warnings_to_do, "share"),
        Figure("warnings.late", words("Lượt cảnh báo quá hạn xử lý", "Warnings past their day"), _warnings_late, stock=True),
        Figure("orders", words("Yêu cầu điều phối đã ban hành", "Coordination orders issued"), _entries("order.issued")),
        Figure("hunts", words("Đợt săn lùng mối nguy hại", "Threat hunts"), _entries("hunt.completed")),
        Figure("hunts.systems", words("Hệ thống được săn lùng", "Systems hunted"), _systems_by("hunt.completed")),
        Figure("scans", words("Đợt rà quét lỗ hổng", "Vulnerability scans"), _entries("scan.completed")),
        Figure("scans.systems", words("Hệ thống được rà quét", "Systems scanned"), _systems_by("scan.completed")),
        Figure("plans.issued", words("Phương án ứng cứu ban hành", "Response plans issued"), _systems_by("response_plan.issued")),
        Figure("plans.updated", words("Phương án ứng cứu cập nhật", "Response plans updated"), _systems_by("response_plan.updated")),
        Figure("drills", words("Cuộc diễn tập thực chiến", "Real-combat drills"), _entries("exercise.held")),
        Figure("campaigns", words("Đợt tuyên truyền", "Awareness campaigns"), _entries("campaign.held")),
        Figure("teams", words("Đơn vị có Tổ ứng cứu sự cố", "Bodies with a response team"), _bodies_by("team.established"), stock=True),
        Figure(
            "contacts", words("Đơn vị đã công bố đầu mối", "Bodies with a published contact"), _bodies_by("contact.published"), stock=True
        ),
        Figure(
            "spending", words("Tỷ lệ chi cho an toàn thông tin (%)", "Share of spending on security (%)"), _spending, "last", stock=True
        ),
    ]
    for grave, kind in KINDS.items():
        for which, said in WHICH.items():
            name = ".".join(part for part in ("weaknesses", grave, which) if part)
            vi, en = f"{kind['vi']}: {said['vi']}", f"{kind['en']}: {said['en']}"
            found.append(Figure(name, words(vi, en), _weakness(which, grave), stock=which in ("start", "end"), guarded=True))
    return found
