"""Workbooks made for the tests: cells as a person would type them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from luytre.register.sheets import SHEETS

HEADINGS = {sheet.title: sheet.headings for sheet in SHEETS}
GOOD: dict[str, list[list[Any]]] = {
    "Đơn vị": [
        ["tinh", "UBND tỉnh", "UBND tỉnh", None, "có", None, "01/01/2020", None, "từ đầu"],
        ["so-y-te", "Sở Y tế", "sở, ban, ngành cấp tỉnh", "tinh", "có", None, "01/01/2020", None, "từ đầu"],
        ["so-y-te", "Sở Y tế và Dân số", None, None, None, None, "01/03/2025", None, None],
        ["bv", "Bệnh viện Đa khoa", "unit", "so-y-te", "Có", "sample", "01/01/2020", None, None],
    ],
    "Kế thừa": [["bv", "so-y-te", "D07", "01/07/2025", None, None]],
    "Cán bộ": [["tran-tre", "Trần Tre", "Bà", "0237 000 0001", "tre@don-vi.example"]],
    "Chức vụ": [["tran-tre", "bv", "người đứng đầu", "Giám đốc", "01/02/2022", None, None]],
    "Đầu mối": [["bv", "Phòng CNTT", "0237 000 0002", None, "https://bv.example/lien-he", "01/02/2022", None, None]],
    "Nhà cung cấp": [["cty-mang", "Công ty Mạng Tre", "2800000000"]],
    "Đội ứng cứu": [["doi-tinh", "Đội ứng cứu sự cố", "tinh"]],
    "Thành viên đội": [["doi-tinh", "tran-tre", "có", "01/02/2022", None, None]],
    "Hệ thống": [
        ["his", "Quản lý bệnh viện", "bv", "so-y-te", 2, "đang vận hành", "01/10/2022", "01/05/2023", None],
        ["his", None, None, None, 3, None, "01/05/2023", None, "2023-05-10T08:00:00.123456+07:00"],
        ["his", "Quản lý bệnh viện", "bv", "(không)", None, "đang vận hành", "01/05/2023", None, None],
    ],
    "Dữ liệu cá nhân": [["his", "dữ liệu cá nhân nhạy cảm", 120000, "01/10/2022", None, None]],
    "Tên miền": [["his", "his.bv.example", "01/10/2022", None, None]],
    "Dải mạng": [["his", "10.1.2.0/24", "01/10/2022", None, None]],
    "Cung cấp": [["his", "cty-mang", "vận hành thuê ngoài", "01/10/2022", None, None]],
}


def workbook(sheets: dict[str, list[list[Any]]], headings: dict[str, Sequence[str]] | None = None) -> bytes:
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"strings_to_urls": False, "strings_to_formulas": True})
    for title, rows in sheets.items():
        page = made.add_worksheet(title)
        for number, row in enumerate([(headings or HEADINGS).get(title, HEADINGS.get(title, [])), *rows]):
            page.write_row(number, 0, row)
    made.close()
    return out.getvalue()


def with_cell(sheet: str, row: int, column: int, value: Any) -> dict[str, list[list[Any]]]:
    """The good workbook with one cell changed."""
    changed = {title: [list(line) for line in lines] for title, lines in GOOD.items()}
    changed[sheet][row][column] = value
    return changed
