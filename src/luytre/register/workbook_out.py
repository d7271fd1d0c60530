"""A workbook on its way out: the empty template with its guide, and the whole register with its history. Text is never a formula."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from luytre.register import cells
from luytre.register.book import PLAIN, TABLES, Book, DatedRow
from luytre.register.sheets import DATES, GUIDE, SHEETS, Sheet

ADVICE = (
    "Mỗi bảng có một dòng tiêu đề; đề nghị giữ nguyên tiêu đề và tên bảng. Bảng không dùng có thể để trống hoặc xóa.",
    "Mã (chữ không dấu, số, gạch nối) dùng để liên kết các bảng, ví dụ: so-y-te, his.",
    "Một mã có thể có nhiều dòng, mỗi dòng cho một khoảng thời gian: “Từ ngày” tính cả ngày đó, “Đến trước ngày” không tính ngày đó, "
    "để trống là còn hiệu lực. Ô trống nghĩa là dòng đó không nói gì về nội dung của cột.",
    f"Ghi “{cells.NONE_SAID}” để cho biết từ ngày đó không còn giá trị (ví dụ không còn trực thuộc đơn vị nào).",
    f"“Biết từ lúc” thường để trống: hệ thống ghi thời điểm nhập. Ghi “{cells.ALWAYS_SAID}” nếu thông tin vốn đã được biết.",
    "Ngày ghi dạng ngày/tháng/năm, ví dụ 01/07/2025. Không dùng công thức. Không đưa thông tin thuộc bí mật nhà nước vào tệp này.",
    "Hệ thống kiểm tra toàn bộ trước khi ghi: có lỗi thì không ghi dòng nào; nhập lại đúng tệp cũ thì không có gì thay đổi.",
)


def template(mark: str = "") -> bytes:
    """The workbook to fill in."""
    return _write(Book(), mark)


def export(book: Book, mark: str = "") -> bytes:
    """The register as a workbook that can be imported again."""
    return _write(book, mark)


def _write(book: Book, mark: str) -> bytes:
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = workbook.add_format({"bold": True, "bg_color": "#DCE6D9", "border": 1, "text_wrap": True, "valign": "top"})
    days = workbook.add_format({"num_format": "dd/mm/yyyy"})
    wrapped = workbook.add_format({"text_wrap": True})
    guide = workbook.add_worksheet(GUIDE)
    guide.set_column(0, 0, 110)
    for number, advice in enumerate([*([mark] if mark else []), *ADVICE]):
        guide.write_string(number, 0, advice, wrapped)
    for sheet in SHEETS:
        _write_sheet(workbook.add_worksheet(sheet.title), sheet, book, head, days)
    workbook.close()
    return out.getvalue()


def _write_sheet(page: Any, sheet: Sheet, book: Book, head: Any, days: Any) -> None:
    page.freeze_panes(1, 1)
    for place, heading in enumerate(sheet.headings):
        page.write_string(0, place, heading, head)
        page.set_column(place, place, 34 if "Tên" in heading or "tên" in heading else 18)
    for place, column in enumerate(sheet.columns):
        if column.choices:
            page.data_validation(1, place, 5000, place, {"validate": "list", "source": list(column.choices.values())})
    for number, row in enumerate(_lines(sheet, book), start=1):
        for place, value in enumerate(row):
            _write_cell(page, number, place, value, days)


def _write_cell(page: Any, number: int, place: int, value: Any, days: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write_datetime(number, place, value, days)
    elif isinstance(value, int):
        page.write_number(number, place, value)
    else:
        page.write_string(number, place, str(value))


def _lines(sheet: Sheet, book: Book) -> Iterator[list[Any]]:
    if not sheet.is_dated:
        for code, fields in sorted(book.plain.get(sheet.of, {}).items()):
            yield [code, *(fields.get(name, "") for name in sheet.plain or {})]
        return
    yield from (_dated_lines(sheet, book))


def _dated_lines(sheet: Sheet, book: Book) -> Iterator[list[Any]]:
    """One line for the values that share code and period, so that a body's first line says all about it; further values go below."""
    together: dict[tuple[Any, ...], list[dict[str, DatedRow]]] = defaultdict(list)
    for table in sheet.tables or {}:
        for row in book.dated.get(table, []):
            lines = together[(row.of, row.from_on, row.until_on, _known(row.known_at))]
            free = next((line for line in lines if table not in line), None)
            if free is None:
                lines.append({table: row})
            else:
                free[table] = row
    order = sorted(together, key=lambda key: (key[0], key[1], key[2] or date.max, key[3]))
    for key in order:
        for line in together[key]:
            yield _line(sheet, book, key, line)


def _line(sheet: Sheet, book: Book, key: tuple[Any, ...], line: dict[str, DatedRow]) -> list[Any]:
    said: list[Any] = [key[0], *[None] * (len(sheet.columns) - 1)]
    for name, place in (sheet.plain or {}).items():
        said[place] = book.plain.get(sheet.of, {}).get(key[0], {}).get(name)
    for table, row in line.items():
        for place, value in zip((sheet.tables or {})[table], row.values, strict=True):
            said[place] = _said(sheet, place, value)
    return [*said, *key[1:]]


def _said(sheet: Sheet, place: int, value: Any) -> Any:
    column = sheet.columns[place]
    if value is None:
        return cells.NONE_SAID if column.empties else None
    if isinstance(value, bool):
        return cells.YES if value else cells.NO
    return column.choices[value] if column.choices else value


def _known(known: Any) -> str:
    if known is None:
        return cells.ALWAYS_SAID
    assert isinstance(known, datetime)
    return known.astimezone(cells.ZONE).isoformat()


def whole_register() -> Book:
    """Everything the register holds, history included, as a book: one query a table."""
    book = Book()
    for kind, plain in PLAIN.items():
        columns = [f"{name}__code" if name in plain.references else name for name in plain.fields]
        for code, *values in plain.model._default_manager.order_by("code").values_list("code", *columns):
            book.put(kind, code, **dict(zip(plain.fields, values, strict=True)))
    for name, table in TABLES.items():
        columns = [f"{field}__code" if field in table.references else field for field in table.fields]
        rows: Any = table.model._default_manager.order_by("of__code", "from_on", "id")
        for of, *rest in rows.values_list("of__code", *columns, "from_on", "until_on", "known_at"):
            book.dated.setdefault(name, []).append(DatedRow(of, tuple(rest[:-3]), *rest[-3:]))
    return book


__all__ = ["DATES", "export", "template", "whole_register"]
