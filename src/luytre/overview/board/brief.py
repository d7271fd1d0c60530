"""The chair's brief of a day: three sentences, five names, what changed since yesterday and since last month, the most improved."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.core.fold import sort_key
from luytre.core.law.model import Duty
from luytre.overview.asked import Asked
from luytre.overview.board.changes import BETTER, FINISHED, WORSE, Change, Changes
from luytre.overview.board.page import Board, Worst
from luytre.overview.board.queries import CODE, Province
from luytre.overview.law_words import GROUPS, said
from luytre.overview.links import body_url, instruct_url, why_url
from luytre.rooms.instructions.queries import Instruction
from luytre.ui import figures

SHOWN = 5  # changes named in a panel; all of them on the page of the comparison
UNRANKED = ("enterprise", "coordinator", "team")


@dataclass(frozen=True)
class Name:
    """A body the chair should know of today: its head, its figure, and the cell that has been red for longest."""

    ref: str
    name: str
    url: str
    head: str
    late: int
    what: str
    why: str
    days: int
    instruct: str


@dataclass(frozen=True)
class Improved:
    """A body with fewer late lines than a month before."""

    name: str
    url: str
    head: str
    before: int
    now: int

    @property
    def fewer(self) -> int:
        return self.before - self.now


@dataclass(frozen=True)
class Period:
    """What changed since a day: figures with causes, and the first few by name."""

    title: str
    first: Asked
    changes: Changes

    @property
    def worse(self) -> int:
        return self.changes.counts[WORSE]

    @property
    def better(self) -> int:
        return self.changes.counts[BETTER]

    @property
    def finished(self) -> int:
        return self.changes.counts[FINISHED]

    @property
    def worse_causes(self) -> list[tuple[str, str, int]]:
        return self.changes.by_cause(WORSE)

    @property
    def better_causes(self) -> list[tuple[str, str, int]]:
        return self.changes.by_cause(BETTER)

    @cached_property
    def named(self) -> list[Change]:
        """The first few that became red and the first few that were mended."""
        worse, better = self.changes.of(WORSE)[:SHOWN], self.changes.of(BETTER)[:SHOWN]
        return self.changes.explained([*worse, *better])

    @property
    def named_worse(self) -> list[Change]:
        return [change for change in self.named if change.kind == WORSE]

    @property
    def named_better(self) -> list[Change]:
        return [change for change in self.named if change.kind == BETTER]


@dataclass
class Brief:
    """What brief.html shows. `board`: the board of the day, whose worst, map and trend the brief repeats."""

    board: Board
    now: Province
    before: Province
    periods: Sequence[Period]
    instructions: Sequence[Instruction]
    may_instruct: bool

    @property
    def sentences(self) -> list[str]:
        return [self._how_it_stands(), self._where(), self._what_comes()]

    def _how_it_stands(self) -> str:
        total, then = self.now.tally(), self.before.tally()
        words = _("Đến hết ngày %(day)s, %(late)s trên %(whole)s nhiệm vụ quá hạn hoặc lỡ kỳ (%(share)s), %(compared)s.")
        return words % {
            "day": figures.day(self.now.asked.on),
            "late": figures.grouped(total.late),
            "whole": figures.grouped(total.whole),
            "share": figures.percent(total.late, total.whole),
            "compared": self._compared(total.late - then.late),
        }

    def _compared(self, more: int) -> str:
        day = figures.day(self.before.asked.on)
        if not more:
            return _("bằng ngày %(day)s") % {"day": day}
        words = _("tăng %(n)s so với ngày %(day)s") if more > 0 else _("giảm %(n)s so với ngày %(day)s")
        return words % {"n": figures.grouped(abs(more)), "day": day}

    def _where(self) -> str:
        """The duty and the group with most late lines, and how many bodies have none."""
        clean = int((self.now.late == 0).sum())
        ends = _("%(clean)s trên %(all)s đơn vị không có việc nào quá hạn") % {
            "clean": figures.grouped(clean),
            "all": figures.grouped(len(self.now.refs)),
        }
        top = self._most("overdue", "missed")
        if top is None:
            return _("Không nhiệm vụ nào quá hạn: %(ends)s.") % {"ends": ends}
        duty, count = top
        words = _("Nhiều nhất là %(duty)s (%(n)s đơn vị, nhóm %(group)s); %(ends)s.")
        return words % {"duty": said(duty.name), "n": figures.grouped(count), "group": str(GROUPS[duty.group]).lower(), "ends": ends}

    def _what_comes(self) -> str:
        soon = self.now.tally().of("due_soon")
        top = self._most("due_soon")
        first = ngettext("Trong 30 ngày tới có %(n)s việc đến hạn", "Trong 30 ngày tới có %(n)s việc đến hạn", soon) % {
            "n": figures.grouped(soon)
        }
        most = _(", nhiều nhất là %(duty)s (%(n)s đơn vị)") % {"duty": said(top[0].name), "n": figures.grouped(top[1])} if top else ""
        return f"{first}{most}; {self._instructed()}."

    def _instructed(self) -> str:
        running = [one for one in self.instructions if not one.is_closed]
        late = sum(one.late for one in running)
        if not running:
            return _("không có ý kiến chỉ đạo nào đang chờ")
        words = ngettext("%(n)s ý kiến chỉ đạo đang theo dõi", "%(n)s ý kiến chỉ đạo đang theo dõi", len(running)) % {"n": len(running)}
        behind = ngettext("%(n)s đơn vị chậm trả lời", "%(n)s đơn vị chậm trả lời", late) % {"n": late}
        return f"{words}, {behind}" if late else words

    def _most(self, *statuses: str) -> tuple[Duty, int] | None:
        counts = sum((self.now.grid == CODE[status]).sum(axis=0) for status in statuses)
        place = int(counts.argmax()) if len(self.now.refs) else 0
        return (self.now.duties[place], int(counts[place])) if len(self.now.refs) and counts[place] else None

    # -- names --

    @cached_property
    def names(self) -> list[Name]:
        """The five bodies with most late lines, each with the cell that has been red for longest."""
        places = self.now.worst(5)
        cells = self.now.oldest([self.now.refs[place] for place in places])
        worst = {row.url: row for row in self.board.worst}
        return [self._name(place, cells, worst) for place in places]

    def _name(self, place: int, cells: dict[str, tuple[Duty, int]], worst: dict[str, Worst]) -> Name:
        ref, asked = self.now.refs[place], self.now.asked
        url, (duty, days) = body_url(ref, asked.tail), cells[ref]
        instruct = instruct_url([ref], duty.id) if self.may_instruct else ""
        why = why_url(duty.id, ref, asked.tail)
        return Name(ref, self.now.name(place), url, self.now.bodies.head(ref), worst[url].late, said(duty.name), why, days, instruct)

    @property
    def instruct_all(self) -> str:
        return instruct_url([name.ref for name in self.names]) if self.may_instruct and self.names else ""

    @cached_property
    def improved(self) -> list[Improved]:
        """The ten public bodies that brought most late lines to an end within the month; only bodies that were there both days."""
        then = dict(zip(self.before.refs, self.before.late.tolist(), strict=True))
        rows = [
            Improved(self.now.name(place), body_url(ref, self.now.asked.tail), self.now.bodies.head(ref), then[ref], late)
            for place, (ref, late, kind) in enumerate(zip(self.now.refs, self.now.late.tolist(), self.now.types, strict=True))
            if ref in then and then[ref] > late and kind not in UNRANKED
        ]
        return sorted(rows, key=lambda row: (-row.fewer, row.now, sort_key(row.name)))[:10]

    @property
    def running(self) -> list[Instruction]:
        return [one for one in self.instructions if not one.is_closed][:4]
