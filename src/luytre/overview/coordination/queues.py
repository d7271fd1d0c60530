"""What waits for the coordinator, each with its figure and where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luytre.core.duty.standings import HAS_SYSTEMS
from luytre.core.fold import sort_key
from luytre.journal.models import Entry
from luytre.overview.asked import Asked
from luytre.overview.board.queries import Province
from luytre.overview.board.sources import nameless
from luytre.overview.reader import Reader
from luytre.rooms.duties import queries as duties
from luytre.rooms.instructions import queries as instructions
from luytre.rooms.submissions import queries as submissions
from luytre.ui import figures


@dataclass(frozen=True)
class Queue:
    """One pile of work."""

    title: str
    says: str
    count: int
    url: str
    icon: str
    late: int = 0


@dataclass(frozen=True)
class Unconfirmed:
    """A body whose head has not confirmed which systems it has."""

    ref: str
    name: str
    head: str
    url: str


def queues(who: Reader, now: datetime, today: date) -> list[Queue]:
    """The piles of work, in the order of the day."""
    figures_now = nameless(Asked(today, None, today), who.sees)
    return [
        _evidence(who, now),
        _waivers(who, today),
        _answers(who, today),
        _reports(who, today),
        _registers(figures_now),
        _law(figures_now, today),
        _defaults(today),
    ]


def _evidence(who: Reader, now: datetime) -> Queue:
    waiting = duties.queue(seen_by=who.person, now=now)
    recent = duties.queue(seen_by=who.person, now=now, days=30)
    count, last = (waiting.count(), recent.count()) if waiting is not None and recent is not None else (0, 0)
    says = _("%(n)s nộp trong 30 ngày qua; minh chứng có giá trị ngay từ lúc nộp") % {"n": figures.grouped(last)}
    return Queue(_("Minh chứng chờ xem xét"), says, count, reverse("duties:reviews"), "clipboard-check")


def _waivers(who: Reader, today: date) -> Queue:
    waiting = [asked for asked in duties.waivers_asked(seen_by=who.person, on=today) if asked.is_waiting]
    oldest = min((asked.at for asked in waiting), default=None)
    says = _("Lâu nhất từ %(day)s; Chủ tịch quyết định") % {"day": f"{oldest:%d/%m/%Y}"} if oldest else _("Không đề nghị nào chờ")
    return Queue(_("Đề nghị miễn chờ quyết định"), says, len(waiting), reverse("duties:waivers"), "rubber-stamp")


def _answers(who: Reader, today: date) -> Queue:
    held = instructions.all_of(seen_by=who.person, on=today)
    late = sum(one.late for one in held)
    says = _("%(n)s phần việc của đơn vị đã quá hạn trả lời") % {"n": late}
    url = f"{reverse('instructions:list')}?show=waiting"
    return Queue(_("Trả lời ý kiến chỉ đạo chờ xem"), says, sum(one.waiting for one in held), url, "writing", late)


def _reports(who: Reader, today: date) -> Queue:
    held = submissions.requests(seen_by=who.person, on=today)
    running = [one for one in held if one.done < len(one.parts)]
    late = sum(one.late for one in running)
    says = _("%(n)s báo cáo của đơn vị đã quá hạn") % {"n": late}
    return Queue(_("Yêu cầu báo cáo đột xuất đang chờ"), says, len(running), reverse("submissions:list"), "message-circle", late)


def _registers(now: Province) -> Queue:
    count = len(unconfirmed(now))
    says = _("Chưa xác nhận thì nhiệm vụ theo hệ thống của đơn vị là “chưa xác định”")
    return Queue(_("Đơn vị chưa xác nhận danh mục hệ thống"), says, count, reverse("coordination:unconfirmed"), "server-off")


def _law(now: Province, today: date) -> Queue:
    undecided = [one for one in duties.openings(today) if one.value is None]
    lines = now.tally().of("undated")
    says = _("%(n)s ô đang “chưa có thời hạn” vì luật không ghi số ngày") % {"n": lines}
    return Queue(_("Con số luật để ngỏ, chưa ai định"), says, len(undecided), reverse("coordination:openings"), "calendar-question")


def _defaults(today: date) -> Queue:
    house = [one for one in duties.openings(today) if one.value is not None and one.house]
    says = _("Đang dùng quy ước của hệ thống; có văn bản thì ghi quyết định thay quy ước")
    return Queue(_("Cách hiểu, chu kỳ theo quy ước"), says, len(house), reverse("coordination:openings"), "scale")


def unconfirmed(now: Province) -> Sequence[Unconfirmed]:
    """Bodies that owe duties per system and whose register nobody has confirmed this year, by name."""
    rows = [(row, ref) for row, ref in zip(now.rows.tolist(), now.refs, strict=True) if int(now.day.type[row]) in HAS_SYSTEMS]
    bodies = [ref for row, ref in rows if not now.day.confirmed[row]]
    found = [
        Unconfirmed(ref, now.bodies.name(ref), now.bodies.head(ref), f"/desk/organisations/{ref.removeprefix('org:')}/") for ref in bodies
    ]
    return sorted(found, key=lambda body: sort_key(body.name))


@dataclass(frozen=True)
class Decided:
    """A decision as a line of a list."""

    title: str
    value: str
    number: str
    at: datetime


def decided_lately(today: date) -> list[Decided]:
    """The last decisions about numbers and readings."""
    told = Entry.objects.filter(verb__in=duties.DECIDED, retractions=None).order_by("-pk")[:10]
    return [_decided(entry, today) for entry in told]


def _decided(entry: Entry, today: date) -> Decided:
    said = duties.decision(entry.verb, entry.detail)
    held = duties.opening(said.instrument, said.name, today)
    value = dict(held.choices).get(said.value, f"{said.value} {held.unit_word}".strip()) if held else said.value
    return Decided(held.title if held else said.name, value, said.number, entry.at)
