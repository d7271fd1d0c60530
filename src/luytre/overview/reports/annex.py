"""The annex as a workbook: every figure of a report with its number, and on other sheets exactly the rows each number counts."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone, translation
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from luytre.overview.lists.book import PLAIN, TRIGGERS
from luytre.overview.reports.figures import Row, Value
from luytre.overview.reports.monthly import Monthly
from luytre.overview.reports.papers import Corrections
from luytre.overview.reports.tables import SPANS, Table
from luytre.overview.reports.wording import month_words

ROWS_HEAD = ("Đơn vị, hệ thống", "Dòng", "Ngày", "Số, tình trạng", "Giá trị", "Đạt")


class Book:
    """A workbook in the manner of the house: text is text, days are days, nothing is ever a formula."""

    def __init__(self, title: str, mark: str, made: datetime) -> None:
        self.out = BytesIO()
        self.book: Workbook = xlsxwriter.Workbook(self.out, {**PLAIN, "constant_memory": False})
        self.book.set_properties({"title": title, "comments": mark, "created": made.replace(tzinfo=None)})
        self.mark = mark
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.plain = self.book.add_format({"valign": "top", "text_wrap": True})
        self.quoted = self.book.add_format({"valign": "top", "quote_prefix": True, "text_wrap": True})
        self.day = self.book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        self.link = self.book.add_format({"font_color": "#14532d", "underline": 1, "valign": "top", "align": "right"})

    def sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet = self.book.add_worksheet(name[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.mark.replace('&', '&&')}&R&P/&N")
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.day)  # noqa: DTZ001 (a day)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self.plain)
        else:
            text = str(value)[:32_000]
            sheet.write_string(row, column, text, self.quoted if text.startswith(TRIGGERS) else self.plain)

    def line(self, sheet: Worksheet, row: int, values: Sequence[Any]) -> None:
        for column, value in enumerate(values):
            self.write(sheet, row, column, value)

    def head(self, sheet: Worksheet, row: int, words: Sequence[str]) -> None:
        for column, word in enumerate(words):
            sheet.write_string(row, column, word, self.bold)

    def close(self) -> bytes:
        self.book.close()
        return self.out.getvalue()


def workbook(report: Monthly, corrections: Sequence[Corrections], mark: str, made: datetime) -> bytes:
    """XLSX bytes: tables on the first sheet, each number linked to its rows on the second; what changed on a third."""
    with translation.override("vi"):
        title = f"Phụ lục số liệu báo cáo {month_words(report)}"
        book = Book(title, mark, made)
        front = book.sheet("So lieu", (52, 16, 16, 16, 16, 16, 16, 16, 16))
        rows = book.sheet("Dong so lieu", (52, 36, 12, 26, 12, 12))
        places = _rows(book, rows, report)
        _front(book, front, report, title, places)
        if any(one.changed for one in corrections):
            _changes(book, corrections)
        return book.close()


def _rows(book: Book, sheet: Worksheet, report: Monthly) -> dict[tuple[str, str], int]:
    """Every row of every figure, under a line that names it; (figure, period) → that line."""
    book.head(sheet, 0, ROWS_HEAD)
    sheet.freeze_panes(1, 0)
    places, line = {}, 1
    for value in report.every_value():
        if not value.rows:
            continue
        places[value.figure.id, value.span.name] = line
        title = f"{value.figure.words['vi']} · {SPANS[value.span.name]['vi'].lower()}: {value.text}"
        sheet.write_string(line, 0, title, book.bold)
        for line, row in enumerate(value.rows, line + 1):  # noqa: B020  the line goes on where the last row ended
            _row(book, sheet, line, row, report.ground.name(row.about) if row.about else "", value)
        line += 1
    return places


def _row(book: Book, sheet: Worksheet, line: int, row: Row, name: str, value: Value) -> None:
    book.write(sheet, line, 0, name)
    sheet.write_string(line, 1, row.key)
    if row.on:
        sheet.write_datetime(line, 2, datetime(row.on.year, row.on.month, row.on.day), book.day)  # noqa: DTZ001 (a day)
    if row.says:
        book.write(sheet, line, 3, row.says)
    if row.amount is not None:
        sheet.write_number(line, 4, row.amount)
    if value.figure.fold == "share" and not row.of and not value.figure.id.startswith("duty."):  # a duty's status says it
        sheet.write_string(line, 5, "đạt" if row.met else "chưa đạt")


def _front(book: Book, sheet: Worksheet, report: Monthly, title: str, places: dict[tuple[str, str], int]) -> None:
    sheet.write_string(0, 0, title, book.bold)
    sheet.write_string(
        1, 0, f"Số liệu chốt lúc {timezone.localtime(report.known):%H:%M %d/%m/%Y}. Bấm vào một số để xem các dòng được đếm."
    )
    sheet.write_string(2, 0, book.mark, book.bold)
    line = 4
    for table in report.tables.values():
        line = _table(book, sheet, line, table, places)


def _table(book: Book, sheet: Worksheet, line: int, table: Table, places: dict[tuple[str, str], int]) -> int:
    sheet.write_string(line, 0, table.title["vi"], book.bold)
    book.head(sheet, line + 1, [table.first["vi"], *(head["vi"] for head in table.heads)])
    for number, told in enumerate(table.lines, line + 2):
        book.write(sheet, number, 0, told.label["vi"])
        for column, cell in enumerate(told.cells, 1):
            place = places.get((cell.figure.id, cell.span.name)) if isinstance(cell, Value) else None
            if place is not None:
                sheet.write_url(number, column, f"internal:'Dong so lieu'!A{place + 1}", book.link, cell.text)
            else:
                book.write(sheet, number, column, cell.text)
    return line + len(table.lines) + 3


def _changes(book: Book, corrections: Sequence[Corrections]) -> None:
    sheet = book.sheet("Dieu chinh", (24, 50, 18, 14, 14, 80))
    book.head(sheet, 0, ("Báo cáo số", "Chỉ số", "Kỳ", "Đã báo cáo", "Nay là", "Lý do"))
    line = 1
    for one in corrections:
        for row in one.changed:
            book.line(sheet, line, (one.of, row.words["vi"], SPANS[row.span]["vi"], row.was, row.now, row.why))
            line += 1
