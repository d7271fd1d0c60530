"""The list of bodies: kind, head, systems, what is late, open and done."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from luytre.core.fold import tokens
from luytre.overview.asked import Asked
from luytre.overview.board.page import TYPE_TITLES
from luytre.overview.board.queries import CODE, TYPE_ORDER, Province
from luytre.overview.bodies import officers_on, values_on
from luytre.overview.law_words import said as in_language
from luytre.overview.links import thing_url
from luytre.overview.lists import figures
from luytre.overview.lists.shape import Cell, Column, Filter, Row, Said, Spec
from luytre.overview.reader import Reader
from luytre.register.models import Organisation, OrganisationName, OrganisationParent
from luytre.ui.statuses import DONE, LATE

UNDONE = (*LATE, "due_soon", "open", "unknown", "undated")


def columns(asked: Asked) -> Sequence[Column]:
    return (
        Column("name", _("Đơn vị"), "pri", width=44),
        Column("type", _("Loại"), width=22),
        Column("parent", _("Trực thuộc"), sorts=False, width=34),
        Column("head", _("Người đứng đầu"), sorts=False, width=28),
        Column("systems", _("Hệ thống"), "r", falls=True, width=10),
        Column("open", _("Còn phải làm"), "r", falls=True, width=12),
        Column("late", _("Quá hạn"), "r", falls=True, width=10),
        Column("done", _("Hoàn thành"), "r nw", falls=True, width=14),
    )


def filters(asked: Asked, who: Reader) -> Sequence[Filter]:
    held = figures.province(asked, who)
    kinds = [(kind, f"{TYPE_TITLES[kind]()} ({count})") for kind in TYPE_ORDER if (count := held.types.count(kind))]
    duties = [(duty.id, f"{duty.id} · {in_language(duty.name)}") for duty in held.duties]
    return (
        Filter("type", _("Loại"), kinds),
        Filter("late", _("Quá hạn"), [("1", _("Có việc quá hạn")), ("0", _("Không có việc quá hạn"))]),
        Filter("duty", _("Nhiệm vụ chưa xong"), duties),
    )


def chosen(asked: Asked, who: Reader, said: Said) -> Any:
    """Codes; by name cut in the database, by a figure in its order."""
    held = figures.province(asked, who)
    places = _places(held, said)
    query = Organisation.objects.order_by("sorting", "code")
    query = query.filter(code__in=[held.refs[place].removeprefix("org:") for place in places])
    for word in tokens(said["q"]):
        query = query.filter(folded__contains=word)
    key, turned = said["sort"], bool(said["turned"])
    if key == "name":
        return (query.reverse() if turned else query).values_list("code", flat=True)
    return figures.sorted_by(list(query.values_list("code", flat=True)), _figure(held, key), turned=turned)


def _places(held: Province, said: Said) -> list[int]:
    late, duty, kind = held.late.tolist(), said["duty"], said["type"]
    column = next((number for number, one in enumerate(held.duties) if one.id == duty), None)
    undone = np.isin(held.grid[:, column], [CODE[status] for status in UNDONE]) if column is not None else None
    return [
        place
        for place, one in enumerate(held.types)
        if (not kind or one == kind)
        and (not said["late"] or (late[place] > 0) == (said["late"] == "1"))
        and (undone is None or undone[place])
    ]


def _figure(held: Province, key: str) -> dict[str, int]:
    if key == "late":
        return figures.by_code(held.refs, held.late)
    if key == "open":
        return figures.by_code(held.refs, figures.counts(held.grid, figures.OPEN))
    if key == "done":
        return figures.by_code(held.refs, figures.counts(held.grid, DONE))
    if key == "systems":
        return figures.by_code(held.refs, np.bincount(_owners(held), minlength=len(held.day.type))[held.rows])
    kinds = {kind: len(TYPE_ORDER) - number for number, kind in enumerate(TYPE_ORDER)}
    return {ref.removeprefix("org:"): kinds.get(kind, 0) for ref, kind in zip(held.refs, held.types, strict=True)}


def _owners(held: Province) -> Any:
    return held.day.owner[figures.system_rows(held)]


def rows(codes: Sequence[str], asked: Asked, who: Reader) -> list[Row]:
    """The rows of one page: names, heads and parents are read for these alone."""
    held = figures.province(asked, who)
    place = {ref: number for number, ref in enumerate(held.refs)}
    names = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    names |= values_on(OrganisationName, asked.on, asked.known, of=codes)
    parents = values_on(OrganisationParent, asked.on, asked.known, of=codes, value="value__name")
    heads = officers_on(asked.on, asked.known, of=codes)
    owned = np.bincount(_owners(held), minlength=len(held.day.type))[held.rows]
    opened = figures.counts(held.grid, figures.OPEN)
    found = []
    for code in codes:
        ref = f"org:{code}"
        where = place[ref]
        tally, url = held.tally([where]), thing_url(ref, asked.tail)
        cells = [
            Cell(names.get(code, code), "link", url),
            Cell(str(TYPE_TITLES[held.types[where]]()), "quiet"),
            Cell(parents.get(code) or "", "quiet"),
            Cell(heads[ref][0].called if heads.get(ref) else ""),
            Cell(int(owned[where]), "number"),
            Cell(int(opened[where]), "number"),
            Cell(tally.late, "late"),
            Cell(f"{tally.done} / {tally.whole}", "share"),
        ]
        found.append(Row(ref, url, cells))
    return found


SPEC = Spec(
    "organisations",
    _("Đơn vị"),
    _("Số việc quá hạn, còn phải làm và đã hoàn thành của từng đơn vị, theo Chỉ thị."),
    "things:organisations",
    "lists:organisations-book",
    columns,
    filters,
    chosen,
    rows,
    "late",
    _("Tên đơn vị, gõ không dấu cũng được"),
    _("Chưa có đơn vị nào trong sổ đăng ký vào ngày này."),
)
