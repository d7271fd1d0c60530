"""The full matrix as a workbook: bodies × duties in words, with the demo mark, the day judged and the day of knowledge."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from luytre.core.duty.rollup import STATUSES
from luytre.rooms.duties.projection.province import Matrix

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


def day_in_name(on: date) -> str:
    return f"ma-tran-{on:%Y-%m-%d}.xlsx"
