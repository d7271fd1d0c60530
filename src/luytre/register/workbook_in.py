"""A workbook on its way in: every line read, every fault named with sheet, row and column, before anything is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, Protocol

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from luytre.core.fold import fold
from luytre.register import cells
from luytre.register.archive import inspect
from luytre.register.book import PLAIN, UNSAID, Book, DatedRow
from luytre.register.cells import CellFault, tidy
from luytre.register.sheets import DATES, GUIDE, SHEETS, WANTED, Column, Sheet

MOST_FAULTS = 300


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: sheet, row as numbered in the workbook (None: the whole sheet), heading of the column."""

    sheet: str
    row: int | None
    column: str
    says: str


@dataclass
class Reading:
    """A workbook as read: the book, its faults, how many lines each sheet had."""

    book: Book = field(default_factory=Book)
    faults: list[Fault] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def shown_faults(self) -> list[Fault]:
        return self.faults[:MOST_FAULTS]


Known = dict[str, set[str]]  # kind → codes


class Postmaster(Protocol):
    """Says which addresses may stand for whom (register/mail.py); asked once the whole workbook has been read."""

    def fault(self, address: str, bodies: Iterable[str]) -> str: ...

    def bodies_of(self, person: str) -> list[str]: ...


def read(file: BinaryIO, there: Known, official: Callable[[Book], Postmaster] | None = None) -> Reading:
    """Read a whole workbook; `there` = the codes the register knows already, by kind; `official` judges addresses of mail.
    Raises Refusal when it is no workbook at all."""
    inspect(file)
    lines = _Lines(Reading())
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        for title in workbook.sheet_names:
            lines.sheet(title, workbook.get_sheet_by_name(title).to_python(skip_empty_area=False))
    except CalamineError as fault:
        lines.fault(_("(cả tệp)"), None, "", _("Không đọc được sổ tính: %(fault)s") % {"fault": str(fault)[:200]})
    if not lines.reading.lines and not lines.reading.faults:
        lines.fault(_("(cả tệp)"), None, "", _("Sổ tính không có bảng nào của tệp mẫu."))
    lines.check(there)
    if official:
        lines.check_mail(official(lines.reading.book))
    return lines.reading


class _Lines:
    """Reads sheet after sheet, remembering where each row of the book came from."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.declared: dict[str, dict[str, tuple[str, int]]] = {kind: {} for kind in PLAIN}
        self.spoilt: set[tuple[str, str]] = set()  # kind, code
        self.referred: list[tuple[str, str, str, int, str]] = []  # kind, code, sheet, row, heading
        self.placed: dict[tuple[str, str], list[tuple[DatedRow, str, int]]] = {}

    def fault(self, sheet: str, row: int | None, column: str, says: str) -> None:
        self.reading.faults.append(Fault(sheet, row, column, says))

    def sheet(self, title: str, rows: list[list[Any]]) -> None:
        sheet = next((known for known in SHEETS if fold(known.title) == fold(title)), None)
        if sheet is None:
            if fold(title) != fold(GUIDE):
                names = ", ".join(known.title for known in SHEETS)
                self.fault(title, None, "", _("Bảng lạ. Các bảng của tệp mẫu: %(names)s.") % {"names": names})
            return
        places = self._places(sheet, rows[0] if rows else [])
        if places is None:
            return
        self.reading.lines[sheet.title] = 0
        for number, row in enumerate(rows[1:], start=2):
            values = [tidy(row[place]) if place is not None and place < len(row) else None for place in places]
            if any(value is not None for value in values):
                self.reading.lines[sheet.title] += 1
                self._line(sheet, number, values)

    def _places(self, sheet: Sheet, first: list[Any]) -> list[int | None] | None:
        """Where each column stands, by its heading; None when the headings are not those of the template."""
        headings = [fold(str(tidy(cell) or "")) for cell in first]
        wanted = [fold(heading) for heading in sheet.headings]
        strange = [str(first[i]) for i, heading in enumerate(headings) if heading and heading not in wanted]
        absent = [sheet.headings[i] for i, heading in enumerate(wanted) if heading not in headings]
        twice = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
        for names, says in ((strange, _("Cột lạ: %s.")), (absent, _("Thiếu cột: %s.")), (twice, _("Cột lặp lại: %s."))):
            if names:
                self.fault(sheet.title, 1, "", says % ", ".join(names) + " " + _("Đề nghị giữ nguyên dòng tiêu đề của tệp mẫu."))
        return None if strange or absent or twice else [headings.index(heading) for heading in wanted]

    def _line(self, sheet: Sheet, number: int, values: list[Any]) -> None:
        read = [self._cell(sheet, number, column, value) for column, value in zip(sheet.columns, values, strict=False)]
        dates = self._dates(sheet, number, values[len(sheet.columns) :]) if sheet.is_dated else None
        code = read[0]
        if not isinstance(code, str):
            return
        if _FAULTY in read or (sheet.is_dated and dates is None):
            self.spoilt.add((sheet.of, code))  # told once; what hangs on this line is not told as well
            return
        if sheet.declares:
            self._declare(sheet, number, code, read)
        for table, places in (sheet.tables or {}).items():
            if any(values[place] is not None for place in places) and dates:
                row = DatedRow(code, tuple(read[place] for place in places), *dates)
                self._place(sheet, number, table, row)

    def _cell(self, sheet: Sheet, number: int, column: Column, value: Any) -> Any:
        try:
            if value is None:
                if column.required:
                    raise CellFault(str(cells.REQUIRED))
                return column.blank
            if column.empties and cells.says_none(value):
                return None
            read = column.read(value)
        except CellFault as fault:
            self.fault(sheet.title, number, column.heading, str(fault))
            return _FAULTY
        if column.refers:
            self.referred.append((column.refers, read, sheet.title, number, column.heading))
        return read

    def _dates(self, sheet: Sheet, number: int, values: list[Any]) -> tuple[date, date | None, Any] | None:
        found: list[Any] = []
        for heading, value, read in zip(DATES, values, (_required_day, _open_day, cells.known), strict=True):
            try:
                found.append(read(value))
            except CellFault as fault:
                self.fault(sheet.title, number, heading, str(fault))
                return None
        if found[1] is not None and found[1] <= found[0]:
            self.fault(sheet.title, number, DATES[1], _("Ngày kết thúc phải sau ngày bắt đầu."))
            return None
        return found[0], found[1], found[2]

    def _declare(self, sheet: Sheet, number: int, code: str, read: list[Any]) -> None:
        before = self.declared[sheet.of].setdefault(code, (sheet.title, number))
        if before[1] != number and not sheet.is_dated:
            self.fault(
                sheet.title, number, sheet.columns[0].heading, _("Mã “%(code)s” đã có ở dòng %(line)s.") % {"code": code, "line": before[1]}
            )
            return
        fields = {name: read[place] for name, place in (sheet.plain or {}).items() if not sheet.is_dated or read[place]}
        self.reading.book.put(sheet.of, code, **fields)

    def _place(self, sheet: Sheet, number: int, table: str, row: DatedRow) -> None:
        key = row.values if not sheet.single else ()
        if table == "system.data":
            key = row.values[:1]
        others = self.placed.setdefault((table, row.of), [])
        for other, _title, line in others:
            same = key == (() if sheet.single else other.values[:1] if table == "system.data" else other.values)
            if same and _clash(row, other):
                says = _("Trùng thời gian với dòng %(line)s của cùng mã “%(code)s”. Đề nghị sửa ngày hoặc bỏ một dòng.")
                self.fault(sheet.title, number, sheet.columns[0].heading, says % {"line": line, "code": row.of})
                return
        others.append((row, sheet.title, number))
        self.reading.book.dated.setdefault(table, []).append(row)

    def check(self, there: Known) -> None:
        """What only shows when all sheets have been read: codes nobody knows, new things that say too little, a body above itself."""
        for kind, code, sheet, number, heading in self.referred:
            if code not in self.declared[kind] and (kind, code) not in self.spoilt and code not in there.get(kind, set()):
                self.fault(sheet, number, heading, _("Không có mã “%s” trong tệp này và trong sổ đăng ký.") % code)
        for kind, tables in WANTED.items():
            for code in self.declared[kind].keys() - there.get(kind, set()):
                self._check_new(kind, code, [table for table in tables if (table, code) not in self.placed])
        for (table, code), rows in self.placed.items():
            for row, title, number in rows:
                if table in ("organisation.parent", "organisation.successor") and row.values[0] == code:
                    self.fault(title, number, "", _("Đơn vị không thể trực thuộc hoặc kế thừa chính mình."))
        self._sort()

    def _sort(self) -> None:
        order = [sheet.title for sheet in SHEETS]
        self.reading.faults.sort(key=lambda fault: (order.index(fault.sheet) if fault.sheet in order else -1, fault.row or 0))

    def check_mail(self, official: Postmaster) -> None:
        """Addresses of contact points in force, and of people."""
        heading = "Thư điện tử"
        for (table, code), rows in self.placed.items():
            for row, title, number in rows if table == "contact" else ():
                if row.until_on is None and (says := official.fault(row.values[2] or "", [code])):
                    self.fault(title, number, heading, says)
        for code, (title, number) in self.declared["person"].items():
            address = str(self.reading.book.plain.get("person", {}).get(code, {}).get("email") or "")
            if address and (says := official.fault(address, official.bodies_of(code))):
                self.fault(title, number, heading, says)
        self._sort()

    def _check_new(self, kind: str, code: str, absent: list[str]) -> None:
        if not absent or (kind, code) in self.spoilt:
            return
        title, number = self.declared[kind][code]
        sheet = next(sheet for sheet in SHEETS if sheet.title == title)
        headings = [sheet.columns[(sheet.tables or {})[table][0]].heading for table in absent]
        self.fault(title, number, ", ".join(headings), _("Mã mới “%s” phải có giá trị ở các cột này.") % code)


_FAULTY = object()


def _required_day(value: Any) -> date:
    if value is None:
        raise CellFault(_("Thiếu ngày bắt đầu."))
    return cells.day(value)


def _open_day(value: Any) -> date | None:
    return None if value is None else cells.day(value)


def _clash(one: DatedRow, other: DatedRow) -> bool:
    """Two rows say different things, or the same thing twice, about one day as known from one moment."""
    if (one.known_at == UNSAID) != (other.known_at == UNSAID) or one.known_at != other.known_at:
        return False
    starts_before_end = other.until_on is None or one.from_on < other.until_on
    return starts_before_end and (one.until_on is None or other.from_on < one.until_on)
