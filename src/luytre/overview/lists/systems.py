"""The list of systems: owner, level, phase, last hunt and scan, what is open and late, and every duty owed per system."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.core.fold import tokens
from luytre.overview.asked import Asked
from luytre.overview.board.queries import CODE
from luytre.overview.bodies import in_force, values_on
from luytre.overview.law_words import in_order
from luytre.overview.law_words import said as in_language
from luytre.overview.links import thing_url, why_url
from luytre.overview.lists import figures
from luytre.overview.lists.shape import Cell, Column, Filter, Row, Said, Spec
from luytre.overview.reader import Reader
from luytre.register.models import Phase, System, SystemLevel, SystemName, SystemOwner, SystemPhase
from luytre.rooms.duties import projection
from luytre.ui.statuses import LATE, LOOKS

UNDONE = (*LATE, "due_soon", "open", "unknown", "undated")
DATED = {"level": SystemLevel, "phase": SystemPhase}
DONE_BY = {"hunt": "hunt.completed", "scan": "scan.completed"}


def columns(asked: Asked) -> Sequence[Column]:
    return (
        Column("name", _("Hệ thống"), "pri", width=44),
        Column("owner", _("Chủ quản"), width=34),
        Column("level", _("Cấp độ"), "r", falls=True, width=8),
        Column("phase", _("Giai đoạn"), "nw", width=16),
        Column("hunt", _("Săn lùng gần nhất"), "nw r", falls=True, width=14),
        Column("scan", _("Rà quét gần nhất"), "nw r", falls=True, width=14),
        Column("open", _("Còn phải làm"), "r", falls=True, width=12),
        Column("late", _("Quá hạn"), "r", falls=True, width=10),
        *(Column(duty.id, in_language(duty.name), "vth only-l", sorts=False, width=20) for duty in _duties(asked)),
    )


def _duties(asked: Asked) -> list[Any]:
    return [duty for duty in in_order(projection.standings_of_all(asked.today).duties) if duty.subject == "system"]


def filters(asked: Asked, who: Reader) -> Sequence[Filter]:
    return (
        Filter("level", _("Cấp độ"), [*((str(level), _level(level)) for level in range(1, 6)), ("0", _("Chưa có cấp độ"))]),
        Filter("phase", _("Giai đoạn"), [(str(key), str(label)[:1].upper() + str(label)[1:]) for key, label in Phase.choices]),
        Filter("late", _("Quá hạn"), [("1", _("Có việc quá hạn")), ("0", _("Không có việc quá hạn"))]),
        Filter("duty", _("Nhiệm vụ chưa xong"), [(duty.id, f"{duty.id} · {in_language(duty.name)}") for duty in _duties(asked)]),
    )


def _level(level: int) -> Any:
    return gettext("Cấp độ %(level)s") % {"level": level}


def _on_day(table: Any, asked: Asked, value: str = "value") -> Subquery:
    """A dated attribute on the day, as the database finds it: of rows in force the one known last."""
    rows = table.objects.filter(in_force(asked.on, asked.known), of=OuterRef("pk"))
    return Subquery(rows.order_by(F("known_at").desc(nulls_last=True), "-pk").values(value)[:1])


def chosen(asked: Asked, who: Reader, said: Said) -> Any:
    """Codes; by what the register says cut in the database, by a figure in its order."""
    query = _filtered(asked, who, said)
    key, turned = said["sort"], bool(said["turned"])
    if key in ("name", "owner", *DATED):
        return _by_register(query, key, asked, turned=turned).values_list("code", flat=True)
    return figures.sorted_by(list(query.values_list("code", flat=True)), _figure(asked, who, key), turned=turned)


def _filtered(asked: Asked, who: Reader, said: Said) -> QuerySet[System]:
    owned = System.objects.annotate(held_by=_on_day(SystemOwner, asked, "value")).exclude(held_by=None)
    query: QuerySet[System] = owned.order_by("sorting", "code")
    if who.sees is not None:
        codes = [ref.removeprefix("org:") for ref in who.sees if ref.startswith("org:")]
        query = query.annotate(owner_code=_on_day(SystemOwner, asked, "value__code")).filter(owner_code__in=codes)
    if words := tokens(said["q"]):
        query = query.annotate(owner_folded=_on_day(SystemOwner, asked, "value__folded"))
        for word in words:
            query = query.filter(Q(folded__contains=word) | Q(owner_folded__contains=word) | Q(code__contains=word))
    if said["level"]:
        query = query.annotate(graded=_on_day(SystemLevel, asked)).filter(**_level_is(said["level"]))
    if said["phase"]:
        query = query.annotate(stage=_on_day(SystemPhase, asked)).filter(stage=said["phase"])
    if said["duty"]:
        query = query.filter(code__in=_undone(asked, who, said["duty"]))
    if said["late"]:
        late = [code for code, count in _figure(asked, who, "late").items() if count]
        query = query.filter(code__in=late) if said["late"] == "1" else query.exclude(code__in=late)
    return query


def _level_is(said: str) -> dict[str, Any]:
    return {"graded": int(said)} if said != "0" else {"graded__isnull": True}


def _undone(asked: Asked, who: Reader, duty: str) -> list[str]:
    """Codes of the systems for which a duty is not done."""
    held = figures.province(asked, who)
    rows, column = figures.system_rows(held), held.standings.systems.column.get(duty)
    if column is None:
        return []
    fits = np.isin(held.day.systems[rows][:, column], [CODE[status] for status in UNDONE])
    return [ref.removeprefix("system:") for ref in figures.system_refs(held, rows[fits])]


def _by_register(query: QuerySet[System], key: str, asked: Asked, *, turned: bool) -> QuerySet[System]:
    if key == "name":
        return query.reverse() if turned else query
    value = _on_day(SystemOwner, asked, "value__sorting") if key == "owner" else _on_day(DATED[key], asked)
    first = F("by").desc(nulls_last=True) if (key == "level") != turned else F("by").asc(nulls_last=True)
    return query.annotate(by=value).order_by(first, "sorting", "code")


def _figure(asked: Asked, who: Reader, key: str) -> dict[str, Any]:
    if key in DONE_BY:
        return {ref.removeprefix("system:"): day for ref, day in figures.last_days(DONE_BY[key], asked).items()}
    held = figures.province(asked, who)
    rows = figures.system_rows(held)
    statuses = figures.LATE if key == "late" else figures.OPEN
    return figures.by_code(figures.system_refs(held, rows), figures.counts(held.day.systems[rows], statuses))


def rows(codes: Sequence[str], asked: Asked, who: Reader) -> list[Row]:
    """The rows of one page: whatever the register says is read for these alone."""
    day, refs = asked.on, [f"system:{code}" for code in codes]
    names = dict(System.objects.filter(code__in=codes).values_list("code", "name"))
    names |= values_on(SystemName, day, asked.known, of=codes)
    levels, phases = (values_on(table, day, asked.known, of=codes) for table in DATED.values())
    owners = values_on(SystemOwner, day, asked.known, of=codes, value="value__code")
    owner_names = values_on(SystemOwner, day, asked.known, of=codes, value="value__name")
    done = {key: figures.last_days(verb, asked, refs) for key, verb in DONE_BY.items()}
    held, duties, labels = figures.province(asked, who), _duties(asked), dict(Phase.choices)
    plane = held.standings.systems
    found = []
    for code, ref in zip(codes, refs, strict=True):
        statuses = figures.statuses_of(held.day.systems, plane.row[ref], plane.lines) if ref in plane.row else {}
        url, phase = thing_url(ref, asked.tail), str(labels.get(phases.get(code, ""), ""))
        cells = [
            Cell(names.get(code, code), "link", url),
            Cell(owner_names.get(code) or "", "link", thing_url(f"org:{owners[code]}", asked.tail) if owners.get(code) else ""),
            Cell(levels.get(code), "number"),
            Cell(phase[:1].upper() + phase[1:], "quiet"),
            Cell(done["hunt"].get(ref), "day"),
            Cell(done["scan"].get(ref), "day"),
            Cell(sum(status in figures.OPEN for status in statuses.values()), "number"),
            Cell(sum(status in figures.LATE for status in statuses.values()), "late"),
            *(_mark(statuses.get(duty.id, ""), duty.id, ref, asked) for duty in duties),
        ]
        found.append(Row(ref, url, cells))
    return found


def _mark(status: str, duty: str, ref: str, asked: Asked) -> Cell:
    return Cell(str(LOOKS[status].word), "mark", why_url(duty, ref, asked.tail), status) if status else Cell("", "mark")


SPEC = Spec(
    "systems",
    _("Hệ thống thông tin"),
    _("Cấp độ, giai đoạn, lần săn lùng và rà quét gần nhất, tình trạng từng nhiệm vụ theo hệ thống."),
    "things:systems",
    "lists:systems-book",
    columns,
    filters,
    chosen,
    rows,
    "late",
    _("Tên hệ thống hoặc chủ quản"),
    _("Sổ đăng ký chưa ghi hệ thống nào vào ngày này."),
)
