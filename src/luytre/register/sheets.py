"""The workbook's sheets as data: which columns each has, and which rows of a book a line becomes. Template, import, export share it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from luytre.register import cells
from luytre.register.models import OrganisationType, Phase, Role, SystemData

Reading = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """A column: its heading, how a cell is read; `refers` = the kind of thing whose code stands there; `empties` = "(không)" is allowed."""

    heading: str
    read: Reading = cells.text
    required: bool = False
    refers: str | None = None
    empties: bool = False
    blank: Any = ""

    @property
    def choices(self) -> Mapping[str, str] | None:
        """What may be picked in the workbook, by key."""
        if self.read is cells.yes:
            return {cells.YES: cells.YES, cells.NO: cells.NO}
        return self.read.words if isinstance(self.read, cells.Choice) else None


@dataclass(frozen=True)
class Sheet:
    """A sheet: what its first column's code names; `declares` = a line may bring a new thing of that kind.

    `plain` maps columns to undated fields, `tables` maps dated tables to the columns of their fields; `single` tables hold one value at
    a time, so their periods may not overlap.
    """

    title: str
    of: str
    columns: tuple[Column, ...]
    declares: bool = False
    plain: Mapping[str, int] | None = None
    tables: Mapping[str, tuple[int, ...]] | None = None
    single: bool = False

    @property
    def is_dated(self) -> bool:
        return self.tables is not None

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns] + (list(DATES) if self.is_dated else [])


DATES = ("Từ ngày", "Đến trước ngày", "Biết từ lúc")


def _code(heading: str, kind: str, *, required: bool = True, empties: bool = False) -> Column:
    return Column(heading, cells.code, required=required, refers=kind, empties=empties, blank=None)


def _choice(heading: str, choices: Any, *, required: bool = False, empties: bool = False) -> Column:
    return Column(heading, cells.Choice(dict(choices)), required=required, empties=empties)


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "Đơn vị",
        "organisation",
        (
            _code("Mã đơn vị", "organisation"),
            Column("Tên đơn vị", cells.name),
            _choice("Loại", OrganisationType.choices),
            _code("Trực thuộc (mã)", "organisation", required=False, empties=True),
            Column("Tồn tại", cells.yes),
            Column("Nguồn", cells.text),
        ),
        declares=True,
        plain={"certainty": 5},
        tables={"organisation.name": (1,), "organisation.type": (2,), "organisation.parent": (3,), "organisation.exists": (4,)},
        single=True,
    ),
    Sheet(
        "Kế thừa",
        "organisation",
        (
            _code("Mã đơn vị", "organisation"),
            _code("Đơn vị kế thừa (mã)", "organisation"),
            Column("Nhiệm vụ (trống: tất cả)", cells.duty),
        ),
        tables={"organisation.successor": (1, 2)},
    ),
    Sheet(
        "Tên miền thư",
        "organisation",
        (_code("Mã đơn vị", "organisation"), Column("Tên miền thư công vụ", cells.domain, required=True)),
        tables={"organisation.domain": (1,)},
    ),
    Sheet(
        "Địa chỉ truy cập",
        "organisation",
        (_code("Mã đơn vị", "organisation"), Column("Dải địa chỉ", cells.network, required=True)),
        tables={"organisation.network": (1,)},
    ),
    Sheet(
        "Đầu mối",
        "organisation",
        (
            _code("Mã đơn vị", "organisation"),
            Column("Tên đầu mối", required=True),
            Column("Điện thoại"),
            Column("Thư điện tử", cells.email),
            Column("Trang công bố", cells.page),
        ),
        tables={"contact": (1, 2, 3, 4)},
    ),
    Sheet(
        "Cán bộ",
        "person",
        (
            _code("Mã cán bộ", "person"),
            Column("Họ và tên", required=True),
            Column("Xưng hô"),
            Column("Điện thoại"),
            Column("Thư điện tử", cells.email),
        ),
        declares=True,
        plain={"name": 1, "salutation": 2, "phone": 3, "email": 4},
    ),
    Sheet(
        "Chức vụ",
        "person",
        (
            _code("Mã cán bộ", "person"),
            _code("Mã đơn vị", "organisation"),
            _choice("Vai trò", Role.choices, required=True),
            Column("Chức danh"),
        ),
        tables={"post": (1, 2, 3)},
    ),
    Sheet(
        "Nhà cung cấp",
        "supplier",
        (_code("Mã nhà cung cấp", "supplier"), Column("Tên nhà cung cấp", cells.name, required=True), Column("Mã số thuế")),
        declares=True,
        plain={"name": 1, "tax_code": 2},
    ),
    Sheet(
        "Đội ứng cứu",
        "team",
        (_code("Mã đội", "team"), Column("Tên đội", cells.name, required=True), _code("Mã đơn vị", "organisation")),
        declares=True,
        plain={"name": 1, "organisation": 2},
    ),
    Sheet(
        "Thành viên đội",
        "team",
        (
            _code("Mã đội", "team"),
            _code("Mã cán bộ", "person"),
            Column("Đội trưởng", cells.yes, blank=False),
        ),
        tables={"member": (1, 2)},
    ),
    Sheet(
        "Hệ thống",
        "system",
        (
            _code("Mã hệ thống", "system"),
            Column("Tên hệ thống", cells.name),
            _code("Chủ quản (mã)", "organisation", required=False, empties=True),
            _code("Vận hành (mã)", "organisation", required=False, empties=True),
            Column("Cấp độ", cells.level, empties=True),
            _choice("Giai đoạn", Phase.choices, empties=True),
        ),
        declares=True,
        tables={"system.name": (1,), "system.owner": (2,), "system.operator": (3,), "system.level": (4,), "system.phase": (5,)},
        single=True,
    ),
    Sheet(
        "Dữ liệu cá nhân",
        "system",
        (
            _code("Mã hệ thống", "system"),
            _choice("Loại dữ liệu", SystemData.Kind.choices, required=True),
            Column("Số người", cells.count, required=True),
        ),
        tables={"system.data": (1, 2)},
    ),
    Sheet(
        "Tên miền",
        "system",
        (_code("Mã hệ thống", "system"), Column("Tên miền", cells.domain, required=True)),
        tables={"system.domain": (1,)},
    ),
    Sheet(
        "Dải mạng",
        "system",
        (_code("Mã hệ thống", "system"), Column("Dải mạng", cells.network, required=True)),
        tables={"system.network": (1,)},
    ),
    Sheet(
        "Cung cấp",
        "system",
        (_code("Mã hệ thống", "system"), _code("Mã nhà cung cấp", "supplier"), Column("Dịch vụ")),
        tables={"system.supplier": (1, 2)},
    ),
)
# A new thing must say at least this much.
WANTED: dict[str, tuple[str, ...]] = {
    "organisation": ("organisation.name", "organisation.type", "organisation.exists"),
    "system": ("system.name", "system.owner"),
}
GUIDE = "Hướng dẫn"
