"""The full matrix as a workbook: bodies × duties in words, with the demo mark, the day judged and the day of knowledge."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from luytre.core.duty.model import STATUSES
from luytre.core.fold import sort_key
from luytre.core.refusal import Refusal
from luytre.core.when import EARLIEST, LATEST
from luytre.register import access
from luytre.register import queries as register
from luytre.rooms.duties import queries
from luytre.rooms.duties.projection.memory import standings_of_all
from luytre.rooms.duties.projection.province import Matrix, matrix
from luytre.ui.statuses import LOOKS

# Fills that stay apart in grey print too: solid for what is late, pale for what is done, none for what asks nothing.
FILLS = {
    "overdue": ("#B3261E", "#FFFFFF"),
    "missed": ("#7A1F3D", "#FFFFFF"),
    "due_soon": ("#FFE2A8", "#3D2A00"),
    "open": ("#DCE9F7", "#12324F"),
    "met": ("#DDF0E3", "#123D22"),
    "met_late": ("#E9F3D9", "#2D3D12"),
    "unknown": ("#E8E4F3", "#2E2254"),
}
HEAD_ROW = 4


def workbook(
    matrix: Matrix, names: Mapping[str, str], heads: Sequence[tuple[str, str]], words: Mapping[str, str], mark: str, made: datetime
) -> bytes:
    """XLSX bytes. `heads`: (duty id, short name) in the order of the matrix; `words`: status → its word. Text is written as text, never
    as a formula or a link."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": _("Ma trận nhiệm vụ"), "comments": mark, "created": made.replace(tzinfo=None)})
    sheet = book.add_worksheet(_("Ma trận"))
    _head(book, sheet, matrix, heads, mark)
    formats = {status: _format(book, *FILLS.get(status, ("", ""))) for status in STATUSES}
    for row, (ref, cells) in enumerate(matrix.rows.items(), HEAD_ROW + 1):
        sheet.write_string(row, 0, names.get(ref, ref))
        sheet.write_string(row, 1, ref.partition(":")[2])
        for column, cell in enumerate(cells, 2):
            if cell.status is not None:
                ratio = f" {cell.done}/{cell.owed}" if cell.owed else ""
                sheet.write_string(row, column, words[cell.status] + ratio, formats[cell.status])
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(matrix.rows), 1), 1 + len(heads))
    book.close()
    return out.getvalue()


def _head(book: Workbook, sheet: Worksheet, matrix: Matrix, heads: Sequence[tuple[str, str]], mark: str) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheet.write_string(0, 0, _("Tình trạng thực hiện Chỉ thị 13/CT-UBND ngày %(day)s") % {"day": f"{matrix.on:%d/%m/%Y}"}, bold)
    sheet.write_string(1, 0, _known(matrix.known))
    sheet.write_string(2, 0, mark, bold)
    for column, text in enumerate((_("Đơn vị"), _("Mã"), *(f"{duty} {name}" for duty, name in heads))):
        sheet.write_string(HEAD_ROW, column, text, wrapped)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 1 + len(heads), 15)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer(f"&L{mark.replace('&', '&&')}&R&P/&N")


def _known(known: datetime | None) -> str:
    if known is None:
        return _("Theo mọi dữ liệu đã nhận")
    return _("Theo dữ liệu nhận đến %(moment)s") % {"moment": f"{known:%H:%M %d/%m/%Y}"}


def _format(book: Workbook, fill: str, ink: str) -> Format:
    return book.add_format({"border": 1, "border_color": "#D5D9D6", **({"bg_color": fill, "font_color": ink} if fill else {})})


def moments(asked: Mapping[str, str], today: date) -> tuple[date, datetime | None]:
    """The day judged and the moment of knowledge an address asks for; what can't be read, or lies ahead, is refused in words."""
    try:
        on = date.fromisoformat(asked["on"]) if asked.get("on") else today
        known = _moment(asked["known"]) if asked.get("known") else None
        if not all(EARLIEST <= day <= LATEST for day in (on, known.date() if known else on)):
            raise ValueError(on)
    except ValueError as fault:
        raise Refusal(_("Ngày trong địa chỉ trang không đúng. Ghi theo dạng 2026-11-22."), status=400) from fault
    return on, known


def _moment(text: str) -> datetime:
    known = datetime.fromisoformat(text)
    if len(text) == 10:
        known = known.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return known if timezone.is_aware(known) else timezone.make_aware(known)


def book_for(person: object, on: date, known: datetime | None, *, today: date, made: datetime, mark: str) -> bytes:
    """The workbook of every body the person may see that exists on the day, all duties."""
    held = standings_of_all(today)
    day = held.day(on, known)
    alive = [ref for ref, kind in zip(held.bodies.refs, day.type.tolist(), strict=True) if kind >= 0]
    seen = access.visible_refs(person, today)
    names = {ref: str(name) for ref, name in register.names(alive).items()}
    refs = sorted((ref for ref in alive if ref in seen), key=lambda ref: sort_key(names.get(ref) or ref))
    duties = [duty for duty in held.duties if duty.startswith("D")]
    heads = [(duty, queries.law().duties[duty].name[queries.lang()]) for duty in duties]
    words = {status: str(look.word) for status, look in LOOKS.items()}
    return workbook(matrix(refs, duties, on, known, today), names, heads, words, mark, made)
