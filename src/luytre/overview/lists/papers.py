"""The list of papers: everything filed as evidence, about whom, when, by whom, and what became of it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.core.fold import sort_key
from luytre.journal import clock, findables
from luytre.journal.models import Entry
from luytre.overview import law_words
from luytre.overview.asked import Asked
from luytre.overview.lists.shape import Cell, Column, Filter, Row, Said, Spec, Words
from luytre.overview.reader import Reader
from luytre.overview.things.sent import STATES, Sent
from luytre.register import reading
from luytre.rooms.duties import queries
from luytre.verbs import VOCABULARY

ORDERS = {"on": "on", "at": "at", "paper": "verb"}


def columns(asked: Asked) -> Sequence[Column]:
    return (
        Column("paper", _("Văn bản"), "pri", width=48),
        Column("number", _("Số, ký hiệu"), "nw", sorts=False, width=18),
        Column("about", _("Đơn vị, hệ thống"), sorts=False, width=40),
        Column("on", _("Ngày việc"), "nw r", falls=True, width=12),
        Column("at", _("Nộp ngày"), "nw r", falls=True, width=12),
        Column("by", _("Người nộp"), sorts=False, width=28),
        Column("files", _("Tệp"), "r", sorts=False, width=6),
        Column("state", _("Tình trạng"), sorts=False, width=24),
    )


def filters(asked: Asked, who: Reader) -> Sequence[Filter]:
    named = [(name, law_words.said(verb.paper)) for name, verb in VOCABULARY.items() if verb.fileable]
    kinds: list[tuple[str, Words]] = [*sorted(named, key=lambda pair: sort_key(pair[1]))]
    years = [(str(year), str(year)) for year in range(asked.today.year, asked.today.year - 6, -1)]
    return (
        Filter("state", _("Tình trạng"), STATES),
        Filter("year", _("Năm"), years),
        Filter("verb", _("Loại văn bản"), kinds),
    )


def chosen(asked: Asked, who: Reader, said: Said) -> Any:
    query = _filtered(asked, who, said)
    key, turned = said["sort"], bool(said["turned"])
    falls = (key != "paper") != turned
    sign = "-" if falls else ""
    return query.order_by(f"{sign}{ORDERS.get(key, 'at')}", f"{sign}id").values_list("pk", flat=True)


def _filtered(asked: Asked, who: Reader, said: Said) -> QuerySet[Entry]:
    query = queries.in_state(queries.sent(who.sees), said["state"], clock.now()).filter(on__lte=asked.on)
    query = reading.readable(query, seen_by=who.person, on=asked.today)
    if asked.known:
        query = query.filter(at__lte=asked.known)
    if said["year"]:
        query = query.filter(on__year=int(said["year"]))
    if said["verb"]:
        query = query.filter(verb=said["verb"])
    if said["q"]:
        query = query.filter(pk__in=findables.entries(said["q"], who.sees))
    return query


def rows(numbers: Sequence[int], asked: Asked, who: Reader) -> list[Row]:
    held = {one.id: Sent(one, clock.now()) for one in queries.shown_of(numbers, seen=who.sees)}
    return [_row(held[number]) for number in numbers if number in held]


def _row(sent: Sent) -> Row:
    one = sent.evidence
    cells = [
        Cell(one.paper, "link", sent.url),
        Cell(one.number),
        Cell(one.about),
        Cell(one.on, "day"),
        Cell(timezone.localdate(one.at), "day"),
        Cell(one.by, "quiet"),
        Cell(len(one.files) or None, "number"),
        Cell(sent.word, "tag", css=one.standing_kind, says=one.reason),
    ]
    return Row(f"entry:{one.id}", sent.url, cells)


SPEC = Spec(
    "papers",
    _("Văn bản, minh chứng"),
    _("Mọi văn bản đã nộp: nói về ai, ngày nào, ai nộp, kết quả xem xét."),
    "lists:papers",
    "lists:papers-book",
    columns,
    filters,
    chosen,
    rows,
    "at",
    _("Số văn bản, tên đơn vị, loại văn bản"),
    _("Chưa có văn bản nào được nộp."),
)
