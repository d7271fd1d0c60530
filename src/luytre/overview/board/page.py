"""The board page as plain data: everything board.html shows, built from a Province."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.core.law.model import Duty
from luytre.core.when import nth_month
from luytre.overview.asked import Asked
from luytre.overview.board import atlas
from luytre.overview.board.heat import PAGE, Block, Column, Group, Heat, Row
from luytre.overview.board.queries import TYPE_ORDER, Province, Sieve, Tally
from luytre.overview.law_words import GROUPS, said
from luytre.overview.links import body_url, optional, things_url, why_url
from luytre.ui import charts, figures
from luytre.ui.statuses import LATE, ORDER

MAP_SINCE = date(2025, 7, 1)  # the communes of the map came into being that day


@dataclass(frozen=True)
class Figure:
    label: str
    value: int
    whole: int
    note: str
    url: str
    fill: str = "brand"
    css: str = ""

    @property
    def bar(self) -> list[tuple[str, int]]:
        return [(self.fill, self.value), ("rest", max(self.whole - self.value, 0))]


@dataclass(frozen=True)
class Worst:
    name: str
    url: str
    late: int
    head: str
    what: str
    days: int


@dataclass(frozen=True)
class GroupLine:
    title: str
    tally: Tally

    @property
    def late(self) -> int:
        return self.tally.late

    @property
    def done(self) -> int:
        return self.tally.done

    @property
    def whole(self) -> int:
        return self.tally.whole

    @property
    def bar(self) -> list[tuple[str, int]]:
        rest = self.whole - self.done - self.late - self.tally.of("due_soon")
        return [("met", self.done), ("due_soon", self.tally.of("due_soon")), ("overdue", self.late), ("rest", rest)]

    @property
    def says(self) -> str:
        words = _("%(title)s: %(done)d hoàn thành, %(late)d quá hạn, trên %(whole)d")
        return words % {"title": self.title, "done": self.done, "late": self.late, "whole": self.whole}


@dataclass(frozen=True)
class Segment:
    type: str
    title: str
    count: int
    current: bool


@dataclass(frozen=True)
class DutyRow:
    name: str
    url: str
    why: str
    status: str


TYPE_TITLES = {
    "all": lambda: _("Tất cả"),
    "department": lambda: _("Sở, ban, ngành"),
    "commune": lambda: _("Xã, phường"),
    "district": lambda: _("Cấp huyện"),
    "unit": lambda: _("Đơn vị trực thuộc"),
    "enterprise": lambda: _("Doanh nghiệp"),
    "coordinator": lambda: _("Cơ quan đầu mối"),
    "team": lambda: _("Đội ứng cứu"),
}


class Board:
    """What board.html shows. `before`: the province a month earlier, for comparison; `trend`: points of month ends."""

    def __init__(self, now: Province, before: Province, sieve: Sieve, page: int, duty: str, trend: Sequence[charts.Point]) -> None:
        self.now, self.before, self.sieve = now, before, sieve
        self.tail = now.asked.tail
        self.total = now.tally()
        self.chosen = now.chosen(sieve)
        self.page: Page[Any] = Paginator(self.chosen, PAGE).get_page(page)
        self.places: list[int] = list(self.page.object_list)
        self.trend = trend
        self.columns = self._columns()
        self.duty = next((d for d in self.columns if d.id == duty), None) or self._worst_column()

    # -- figures --

    @property
    def figures(self) -> list[Figure]:
        return [self._late(), self._clean(), self._levels(), self._hunts(), self._unknown()]

    def _late(self) -> Figure:
        label = _("Nhiệm vụ quá hạn hoặc đã lỡ kỳ")
        note = self._compared(self.total.late, self.before.tally().late)
        return Figure(label, self.total.late, self.total.whole, note, f"{self._with('show=overdue')}#nhiet", "overdue", "red")

    def _clean(self) -> Figure:
        then = self.before.late
        note = self._compared(int((self.now.late == 0).sum()), int((then == 0).sum()))
        clean = int((self.now.late == 0).sum())
        return Figure(
            _("Đơn vị không có việc nào quá hạn"), clean, len(self.now.refs), note, things_url("organisations", self.tail, "late=0")
        )

    def _levels(self) -> Figure:
        done, owed = self.now.systems("D07")
        note = ngettext("Yêu cầu 100%%; còn %(n)s hệ thống", "Yêu cầu 100%%; còn %(n)s hệ thống", owed - done) % {
            "n": figures.grouped(owed - done)
        }
        return Figure(_("Hệ thống đã được phê duyệt cấp độ"), done, owed, note, things_url("systems", self.tail, "duty=D07"))

    def _hunts(self) -> Figure:
        done, owed = self.now.systems("D09")
        on = self.now.asked.on
        half, end = ("I", date(on.year, 6, 30)) if on.month <= 6 else ("II", date(on.year, 12, 31))
        label = _("Hệ thống đã săn lùng mối nguy hại, kỳ %(half)s/%(year)d") % {"half": half, "year": on.year}
        note = _("Còn %(days)d ngày đến hết kỳ") % {"days": (end - on).days}
        return Figure(label, done, owed, note, things_url("systems", self.tail, "duty=D09"))

    def _unknown(self) -> Figure:
        count = self.total.of("unknown")
        note = _("Không có dữ liệu thì không tính là xong")
        return Figure(
            _("Chưa xác định được, không tính là hoàn thành"),
            count,
            self.total.whole,
            note,
            f"{self._with('show=unknown')}#nhiet",
            "unknown",
        )

    def _compared(self, now: int, then: int) -> str:
        day = figures.day(self.before.asked.on)
        if now == then:
            return _("Bằng ngày %(day)s") % {"day": day}
        words = _("Tăng %(n)s so với %(day)s") if now > then else _("Giảm %(n)s so với %(day)s")
        return words % {"n": figures.grouped(abs(now - then)), "day": day}

    def _with(self, said: str) -> str:
        return f"{self.tail}&{said}" if self.tail else f"?{said}"

    # -- the ten worst --

    @cached_property
    def worst(self) -> list[Worst]:
        places = self.now.worst(10)
        longest = self.now.longest([self.now.refs[place] for place in places])
        return [self._worst_row(place, longest) for place in places]

    def _worst_row(self, place: int, longest: dict[str, int]) -> Worst:
        ref = self.now.refs[place]
        late = [duty for duty, status in zip(self.now.duties, self.now.statuses(place), strict=True) if status in LATE]
        return Worst(
            self.now.name(place), body_url(ref, self.tail), len(late), self.now.bodies.head(ref), _named(late), longest.get(ref, 0)
        )

    @property
    def worst_url(self) -> str:
        return things_url("organisations", self.tail, "")

    # -- the map --

    @property
    def map(self) -> SafeString | None:
        return atlas.draw(atlas.file(), self._late_by_commune, self._commune_names) if self.now.asked.on >= MAP_SINCE else None

    @property
    def steps(self) -> list[atlas.Step]:
        return atlas.steps(self._late_by_commune.values())

    @property
    def communes(self) -> int:
        return len(self._late_by_commune)

    @cached_property
    def _late_by_commune(self) -> dict[str, int]:
        late = self.now.late.tolist()
        return {self.now.refs[p].removeprefix("org:"): late[p] for p, kind in enumerate(self.now.types) if kind == "commune"}

    @cached_property
    def _commune_names(self) -> dict[str, str]:
        return {self.now.refs[p].removeprefix("org:"): self.now.name(p) for p, kind in enumerate(self.now.types) if kind == "commune"}

    # -- the heat map --

    @cached_property
    def segments(self) -> list[Segment]:
        counted = {kind: self.now.types.count(kind) for kind in TYPE_ORDER}
        every = Segment("", TYPE_TITLES["all"](), len(self.now.refs), not self.sieve.type)
        return [every, *(Segment(k, TYPE_TITLES[k](), n, self.sieve.type == k) for k, n in counted.items() if n)]

    @property
    def legend(self) -> list[tuple[str, int]]:
        tally = self.now.tally(self.chosen)
        return [(status, tally.of(status)) for status in ORDER if tally.of(status)]

    def _columns(self) -> list[Duty]:
        """Columns in which at least one body of this page has something to do."""
        tally = [self.now.tally(self.places, [place]) for place in range(len(self.now.duties))]
        return [duty for duty, found in zip(self.now.duties, tally, strict=True) if found.whole or found.of("recommended")]

    @cached_property
    def heat(self) -> Heat:
        return Heat(self._groups(), self._blocks(), self.tail)

    def _groups(self) -> list[Group]:
        by_group = {group: [d for d in self.columns if d.group == group] for group in GROUPS}
        return [Group(str(GROUPS[g]), [Column(d.id, d.clause, said(d.name)) for d in ds]) for g, ds in by_group.items() if ds]

    def _blocks(self) -> list[Block]:
        late, wanted = self.now.late.tolist(), [self.now.duties.index(duty) for duty in self.columns]
        blocks = []
        for kind in TYPE_ORDER:
            rows = [self._row(place, wanted) for place in self.places if self.now.types[place] == kind]
            everyone = [late[place] for place, other in enumerate(self.now.types) if other == kind]
            if rows:
                blocks.append(Block(TYPE_TITLES[kind](), rows, len(everyone), sum(number > 0 for number in everyone)))
        return blocks

    def _row(self, place: int, wanted: Sequence[int]) -> Row:
        ref, statuses = self.now.refs[place], self.now.statuses(place)
        return Row(ref, self.now.name(place), body_url(ref, self.tail), [statuses[column] for column in wanted], int(self.now.late[place]))

    @property
    def heat_sub(self) -> str:
        words = _(
            "%(bodies)s đơn vị, %(duties)d nhiệm vụ của Chỉ thị; số ở đầu cột là điểm của Chỉ thị. Mỗi ô có dấu, màu và tên trạng thái."
        )
        return words % {"bodies": figures.grouped(len(self.chosen)), "duties": len(self.columns)}

    @property
    def range(self) -> str:
        words = _("Đơn vị %(first)s–%(last)s trên %(all)s")
        return words % {"first": self.page.start_index(), "last": self.page.end_index(), "all": figures.grouped(len(self.chosen))}

    @property
    def matrix_url(self) -> str:
        url = optional("matrix-xlsx")
        return url + self.tail if url else ""

    # -- one duty, for the phone --

    def _worst_column(self) -> Duty | None:
        counts = [(self.now.tally(self.places, [self.now.duties.index(duty)]).late, -n, duty) for n, duty in enumerate(self.columns)]
        return max(counts, key=lambda item: item[:2])[2] if counts else None

    @cached_property
    def duty_rows(self) -> list[DutyRow]:
        if self.duty is None:
            return []
        column = self.now.duties.index(self.duty)
        rows = [(self.now.statuses(place)[column], place) for place in self.places]
        ranked = sorted(((ORDER.index(status), n, status, place) for n, (status, place) in enumerate(rows) if status), key=lambda r: r[:2])
        return [
            DutyRow(
                self.now.name(place),
                body_url(self.now.refs[place], self.tail),
                why_url(self.duty.id, self.now.refs[place], self.tail),
                status,
            )
            for _rank, _n, status, place in ranked
            if status != "not_applicable"
        ]

    @property
    def duty_sum(self) -> str:
        if self.duty is None:
            return ""
        tally = self.now.tally(self.chosen, [self.now.duties.index(self.duty)])
        words = _("%(late)d quá hạn · %(unknown)d chưa xác định · %(done)d hoàn thành, trên %(whole)d đơn vị")
        return words % {"late": tally.late, "unknown": tally.of("unknown"), "done": tally.done, "whole": tally.whole}

    # -- trend and groups --

    @property
    def groups(self) -> list[GroupLine]:
        places = {g: [n for n, d in enumerate(self.now.duties) if d.group == g] for g in GROUPS}
        lines = [GroupLine(str(GROUPS[group]), self.now.tally(None, columns)) for group, columns in places.items() if columns]
        return [line for line in lines if line.whole]

    @property
    def trend_wide(self) -> SafeString:
        return self._trend(narrow=False)

    @property
    def trend_narrow(self) -> SafeString:
        return self._trend(narrow=True)

    def _trend(self, *, narrow: bool) -> SafeString:
        if len(self.trend) < 2:
            return SafeString("")
        first, last = self.trend[0], self.trend[-1]
        sentence = _("Tỷ lệ nhiệm vụ quá hạn từ %(first)s ngày %(from)s đến %(last)s ngày %(to)s") % {
            "first": figures.percent(first.part, first.whole),
            "from": figures.day(first.on),
            "last": figures.percent(last.part, last.whole),
            "to": figures.day(last.on),
        }
        return charts.trend(
            self.trend, [charts.Mark(day, says(), figures.day(day)) for day, says in EVENTS], _("quá hạn"), sentence, narrow=narrow
        )


EVENTS: tuple[tuple[date, Callable[[], str]], ...] = (
    (date(2025, 7, 1), lambda: _("01/7/2025: bỏ cấp huyện, 166 xã, phường mới")),
    (date(2026, 7, 1), lambda: _("01/7/2026: Luật 116/2025 có hiệu lực")),
)


def _named(late: Sequence[Duty]) -> str:
    named = ", ".join(said(duty.name) for duty in late[:2])
    return named if len(late) <= 2 else _("%(named)s và %(n)d việc khác") % {"named": named, "n": len(late) - 2}


def month_ends(until: date, count: int) -> list[date]:
    """The last days of the `count` months before the month of `until`, then `until` itself."""
    first = until.replace(day=1)
    ends = [nth_month(first, -back) for back in range(count - 1, -1, -1)]
    return [date.fromordinal(end.toordinal() - 1) for end in ends] + [until]


def presets(today: date) -> list[tuple[str, date | None]]:
    """Days often asked for: today, the last two ends of quarters, the end of last year."""
    quarters = [date(today.year, month, day) for month, day in ((3, 31), (6, 30), (9, 30)) if date(today.year, month, day) < today]
    named: list[tuple[str, date | None]] = [(figures.day_month(on), on) for on in reversed(quarters[-2:])]
    last = date(today.year - 1, 12, 31)
    return [(_("Hôm nay"), None), *named, (figures.day(last), last)]


def month_before(asked: Asked) -> Asked:
    return Asked(nth_month(asked.on, -1), asked.known, asked.today)
