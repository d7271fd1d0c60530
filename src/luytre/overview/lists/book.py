"""A list as a workbook: exactly the rows and columns shown, in that order; text as text, days as days, never a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from luytre.overview.lists.listing import Listing
from luytre.overview.lists.shape import Cell, Column

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "|", "%")  # what a spreadsheet might take for a formula when the file is saved as text
HEAD_ROW = 4


def workbook(listing: Listing, mark: str, made: datetime) -> bytes:
    """XLSX bytes of every row that fits what was asked, not only of the page on the screen."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    book.set_properties({"title": str(listing.spec.title), "comments": mark, "created": made.replace(tzinfo=None)})
    sheet = book.add_worksheet(str(listing.spec.title)[:31])
    last = _rows(book, sheet, (row.cells for row in listing.every_row()))
    _head(book, sheet, listing, mark)
    sheet.autofilter(HEAD_ROW, 0, max(last, HEAD_ROW + 1), len(listing.columns) - 1)
    book.close()
    return out.getvalue()


def _rows(book: Workbook, sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> int:
    plain, quoted = book.add_format({"valign": "top"}), book.add_format({"valign": "top", "quote_prefix": True})
    day = book.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"})
    number = HEAD_ROW
    for number, cells in enumerate(rows, HEAD_ROW + 1):
        for column, cell in enumerate(cells):
            _write(sheet, number, column, cell.value, {"plain": plain, "quoted": quoted, "day": day})
    return number


def _write(sheet: Worksheet, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001 (a day)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats["plain"])
    else:
        text = str(value)
        sheet.write_string(row, column, text[:32_000], formats["quoted" if text.startswith(TRIGGERS) else "plain"])


def _head(book: Workbook, sheet: Worksheet, listing: Listing, mark: str) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheet.write_string(0, 0, _("%(title)s, ngày %(day)s") % {"title": listing.spec.title, "day": f"{listing.asked.on:%d/%m/%Y}"}, bold)
    sheet.write_string(1, 0, says(listing))
    sheet.write_string(2, 0, mark, bold)
    for number, column in enumerate(listing.columns):
        sheet.write_string(HEAD_ROW, number, str(column.title), wrapped)
        sheet.set_column(number, number, column.width)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer(f"&L{mark.replace('&', '&&')}&R&P/&N")


def says(listing: Listing) -> str:
    """What was asked, in words: filters, words typed, order, how many rows."""
    parts = [f"{choice.filter.title}: {choice.word}" for choice in listing.filters if choice.value]
    if listing.words:
        parts.append(_("Từ tìm: %(words)s") % {"words": listing.words})
    parts.append(_("Xếp theo: %(column)s") % {"column": _column(listing).title})
    parts.append(_("%(n)d dòng") % {"n": listing.count})
    return " · ".join(parts)


def _column(listing: Listing) -> Column:
    return next(column for column in listing.columns if column.key == listing.sort[0])
