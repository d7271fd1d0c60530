"""The page that sets two days side by side: figures of both, causes, and the changed cells, filtered and paged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from luytre.core.when import nth_month
from luytre.overview.asked import Asked, asked_day
from luytre.overview.board.changes import BETTER, CAUSES, FINISHED, KINDS, OTHER, WORSE, Change, Changes
from luytre.overview.board.page import TYPE_TITLES
from luytre.overview.board.queries import TYPE_ORDER, Province

PAGE = 50


@dataclass(frozen=True)
class Pair:
    """The two days asked for, in order; by default the last month."""

    first: date
    last: date
    today: date

    def of(self, on: date) -> Asked:
        return Asked(on, None, self.today)


def pair(request: HttpRequest, today: date) -> Pair:
    last = asked_day(request.GET.get("to", "")) or today
    first = asked_day(request.GET.get("from", "")) or nth_month(last, -1)
    return Pair(min(first, last), max(first, last), today)


@dataclass
class Comparison:
    """What compare.html shows."""

    pair: Pair
    then: Province
    now: Province
    changes: Changes
    kind: str
    cause: str
    type: str
    number: int

    @cached_property
    def chosen(self) -> list[Change]:
        return self.changes.of(self.kind, self.cause, self.type)

    @cached_property
    def page(self) -> Page[Change]:
        return Paginator(self.chosen, PAGE).get_page(self.number)

    @cached_property
    def rows(self) -> list[Change]:
        return self.changes.explained(list(self.page.object_list))

    @property
    def figures(self) -> list[tuple[str, int, int]]:
        before, after = self.then.tally(), self.now.tally()
        return [
            (_("Quá hạn hoặc lỡ kỳ"), before.late, after.late),
            (_("Đã hoàn thành"), before.done, after.done),
            (_("Chưa xác định"), before.of("unknown"), after.of("unknown")),
            (_("Tổng số nhiệm vụ phải làm"), before.whole, after.whole),
        ]

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        words = {WORSE: _("Chuyển đỏ"), BETTER: _("Hết đỏ"), FINISHED: _("Mới hoàn thành"), OTHER: _("Đổi khác")}
        return [(kind, words[kind], self.changes.counts[kind]) for kind in KINDS]

    @property
    def causes(self) -> list[tuple[str, str, int]]:
        return self.changes.by_cause(self.kind)

    @property
    def types(self) -> Sequence[tuple[str, str]]:
        return [(name, TYPE_TITLES[name]()) for name in TYPE_ORDER if name in self.now.types]


def wanted(request: HttpRequest) -> tuple[str, str, str, int]:
    """Which changes are asked for; what nobody can mean counts as not asked."""
    kind, cause, type_ = (request.GET.get(name, "") for name in ("kind", "cause", "type"))
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 6 else 1
    return kind if kind in KINDS else "", cause if cause in CAUSES else "", type_ if type_ in TYPE_ORDER else "", page
