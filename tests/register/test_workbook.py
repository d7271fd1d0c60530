"""The workbook: in, out and in again the same register with its history; every bad input told in words, nothing written."""

import unicodedata
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.models import Entry
from luytre.register import access, actions, imports, queries, workbook_out
from luytre.register.book import PLAIN, TABLES, Book
from luytre.register.models import Account, Organisation, Person, Post, System
from luytre.register.workbook_in import read

from .books import GOOD, HEADINGS, with_cell, workbook

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def bring(content: bytes, at: datetime = AT) -> imports.Preview:
    return imports.bring_in(by="console", at=at, sha256=imports.keep("so.xlsx", BytesIO(content)))


def snapshot() -> Any:
    book = workbook_out.whole_register()
    return book.plain, {table: sorted(rows, key=repr) for table, rows in book.dated.items()}


def empty_the_register() -> None:
    for table in TABLES.values():
        table.model._default_manager.all().delete()
    for kind in ("team", "system", "supplier", "person", "organisation"):
        PLAIN[kind].model._default_manager.all().delete()


def test_a_good_workbook_is_brought_in_whole() -> None:
    done = bring(workbook(GOOD))
    assert done.reading.faults == []
    things = {thing.id: thing.attributes for thing in queries.things()}
    assert [row.value for row in things["org:so-y-te"]["name"]] == ["Sở Y tế", "Sở Y tế và Dân số"]
    assert [(row.value, row.from_on, row.until_on) for row in things["system:his"]["level"]] == [
        (2, date(2022, 10, 1), date(2023, 5, 1)),
        (3, date(2023, 5, 1), None),
    ]
    assert things["system:his"]["operator"][-1].value is None
    assert things["org:bv"]["successor"][0].value == {"org": "org:so-y-te", "duty": "D07"}
    assert things["org:bv"]["head"][0].value == "Bà Trần Tre"
    assert things["org:bv"]["exists"][0].known_at == AT  # said now, known from now
    assert things["org:tinh"]["exists"][0].known_at is None
    assert Organisation.objects.get(code="so-y-te").name == "Sở Y tế và Dân số"


def test_the_same_file_again_changes_nothing() -> None:
    bring(workbook(GOOD))
    before, seq = snapshot(), journal.queries.last_seq()
    again = bring(workbook(GOOD), AT.replace(hour=9))
    assert (again.reading.faults, again.changes.rows) == ([], 0)
    assert (snapshot(), journal.queries.last_seq()) == (before, seq)


def test_out_and_into_an_empty_register_gives_the_same_with_its_history() -> None:
    bring(workbook(GOOD))
    correction = Book()
    correction.add("system.level", "his", 4, from_on=date(2023, 5, 1))
    actions.load(by="console", at=AT.replace(day=21), book=correction)
    before = snapshot()
    out = workbook_out.export(workbook_out.whole_register())
    empty_the_register()
    done = bring(out, AT.replace(day=22))
    assert done.reading.faults == []
    assert snapshot() == before
    again = bring(workbook_out.export(workbook_out.whole_register()), AT.replace(day=22, hour=9))
    assert again.changes.rows == 0


def test_a_preview_writes_nothing() -> None:
    seen = imports.preview(by="console", at=AT, sha256=imports.keep("so.xlsx", BytesIO(workbook(GOOD))))
    assert seen.changes.rows > 20
    assert (Organisation.objects.count(), journal.queries.last_seq()) == (0, 0)


def test_the_template_is_read_without_faults_once_filled() -> None:
    assert [fault.says for fault in read(BytesIO(workbook_out.template()), {}).faults] == []


def test_decomposed_text_is_one_with_composed() -> None:
    rows = [[unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row] for row in GOOD["Đơn vị"]]
    headings = {title: [unicodedata.normalize("NFD", heading) for heading in known] for title, known in HEADINGS.items()}
    bring(workbook(GOOD))
    done = bring(workbook({"Đơn vị": rows}, headings), AT.replace(hour=9))
    assert (done.reading.faults, done.changes.rows) == ([], 0)


FAULTS = [
    ("31/02 in a date", with_cell("Đơn vị", 1, 6, "31/02/2023"), "Đơn vị", 3, "Từ ngày", "không phải là ngày có thật"),
    ("a number for a date", with_cell("Đơn vị", 1, 6, 2023), "Đơn vị", 3, "Từ ngày", "ngày"),
    ("no first day", with_cell("Đơn vị", 1, 6, None), "Đơn vị", 3, "Từ ngày", "Thiếu ngày bắt đầu"),
    ("the end before the beginning", with_cell("Đơn vị", 1, 7, "31/12/2019"), "Đơn vị", 3, "Đến trước ngày", "phải sau ngày bắt đầu"),
    ("a far year", with_cell("Đơn vị", 1, 6, "01/01/0023"), "Đơn vị", 3, "Từ ngày", "02/9/1945"),
    ("a code with blanks", with_cell("Hệ thống", 0, 0, "hệ thống 1"), "Hệ thống", 2, "Mã hệ thống", "Mã chỉ gồm"),
    ("a code nobody knows", with_cell("Hệ thống", 0, 2, "so-la"), "Hệ thống", 2, "Chủ quản (mã)", "Không có mã “so-la”"),
    ("level six", with_cell("Hệ thống", 0, 4, 6), "Hệ thống", 2, "Cấp độ", "từ 1 đến 5"),
    ("an unknown phase", with_cell("Hệ thống", 0, 5, "đang chạy"), "Hệ thống", 2, "Giai đoạn", "Chỉ nhận một trong"),
    ("a wrong mail", with_cell("Cán bộ", 0, 4, "tre.don-vi"), "Cán bộ", 2, "Thư điện tử", "Thư điện tử không đúng"),
    ("a wrong network", with_cell("Dải mạng", 0, 1, "10.1.2.0/40"), "Dải mạng", 2, "Dải mạng", "Dải mạng không đúng"),
    ("a negative count", with_cell("Dữ liệu cá nhân", 0, 2, -5), "Dữ liệu cá nhân", 2, "Số người", "số nguyên"),
    ("a missing name", with_cell("Cán bộ", 0, 1, None), "Cán bộ", 2, "Họ và tên", "Thiếu giá trị"),
    ("a body under itself", with_cell("Đơn vị", 3, 3, "bv"), "Đơn vị", 5, "", "chính mình"),
    ("a new body without type", with_cell("Đơn vị", 3, 2, None), "Đơn vị", 5, "Loại", "Mã mới “bv”"),
    ("a name too long", with_cell("Đơn vị", 3, 1, "x" * 301), "Đơn vị", 5, "Tên đơn vị", "300 ký tự"),
    (
        "a duplicate code with overlapping days",
        {**GOOD, "Đơn vị": [*GOOD["Đơn vị"], ["bv", "Tên khác", "unit", None, "có", None, "01/01/2021", None, None]]},
        "Đơn vị",
        6,
        "Mã đơn vị",
        "Trùng thời gian với dòng 5",
    ),
    ("a person twice", {**GOOD, "Cán bộ": GOOD["Cán bộ"] * 2}, "Cán bộ", 3, "Mã cán bộ", "đã có ở dòng 2"),
    ("a strange sheet", {**GOOD, "Lạ": [["a"]]}, "Lạ", None, "", "Bảng lạ"),
]


@pytest.mark.parametrize(("sheets", "sheet", "row", "column", "says"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_each_fault_is_told_by_sheet_row_and_column_and_nothing_is_written(
    sheets: Any, sheet: str, row: int | None, column: str, says: str
) -> None:
    done = bring(workbook(sheets))
    told = [(fault.sheet, fault.row, fault.column) for fault in done.reading.faults if says in fault.says]
    assert (sheet, row, column) in told, done.reading.faults
    assert (Organisation.objects.count(), System.objects.count(), journal.queries.last_seq()) == (0, 0, 0)


def test_a_faulty_line_is_told_once_and_not_again_by_what_hangs_on_it() -> None:
    sheets = with_cell("Cán bộ", 0, 4, "tre.don-vi")
    sheets["Đơn vị"][1][6] = "31/02/2023"
    faults = bring(workbook(sheets)).reading.faults
    assert [(fault.sheet, fault.row, fault.column) for fault in faults] == [("Đơn vị", 3, "Từ ngày"), ("Cán bộ", 2, "Thư điện tử")]


def test_wrong_columns() -> None:
    headings = {**HEADINGS, "Cán bộ": ["Mã cán bộ", "Tên", "Xưng hô", "Điện thoại"]}
    said = " ".join(fault.says for fault in bring(workbook(GOOD, headings)).reading.faults)
    assert "Cột lạ: Tên." in said
    assert "Thiếu cột: Họ và tên, Thư điện tử." in said
    assert Organisation.objects.count() == 0


def test_a_formula_in_a_cell_is_refused() -> None:
    with pytest.raises(Refusal, match="Ô B2 chứa công thức"):
        bring(workbook(with_cell("Cán bộ", 0, 1, "=cmd()")))
    plain = BytesIO()
    import xlsxwriter

    made = xlsxwriter.Workbook(plain, {"strings_to_formulas": False})
    page = made.add_worksheet("Cán bộ")
    page.write_row(0, 0, HEADINGS["Cán bộ"])
    page.write_row(1, 0, ["tre", "=cmd|'/c calc'!A0", "Ông", None, None])
    made.close()
    assert "công thức" in bring(plain.getvalue()).reading.faults[0].says


def test_text_that_looks_like_a_formula_goes_out_as_text() -> None:
    book = Book()
    book.put("supplier", "a", name='=HYPERLINK("x")', tax_code="+84")
    with zipfile.ZipFile(BytesIO(workbook_out.export(book))) as made:
        assert not [name for name in made.namelist() if name.startswith("xl/worksheets/sheet") and b"<f>" in made.read(name)]


def zip_bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        with bomb.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(b"0" * 1024 * 1024)
    return out.getvalue()


def lying_bomb() -> bytes:
    """A bomb whose directory says that it unpacks to ten bytes."""
    content = bytearray(zip_bomb())
    size = (200 * 1024 * 1024).to_bytes(4, "little")
    return bytes(content).replace(size, (10).to_bytes(4, "little"))


def far_cell() -> bytes:
    out = BytesIO()
    import xlsxwriter

    made = xlsxwriter.Workbook(out)
    made.add_worksheet("Đơn vị").write(1_048_575, 16_383, "xa")
    made.close()
    return out.getvalue()


def damaged() -> bytes:
    """A workbook whose squeezed bytes are no longer what they were."""
    whole = bytearray(workbook(GOOD))
    with zipfile.ZipFile(BytesIO(bytes(whole))) as made:
        part = max(made.infolist(), key=lambda part: part.compress_size)
    start = part.header_offset + 30 + len(part.filename)
    whole[start : start + 20] = bytes(20)
    return bytes(whole)


TRAPS = {
    "a zip bomb": (zip_bomb, "quá lớn"),
    "a zip bomb that lies": (lying_bomb, "Excel"),
    "a cell at the far corner": (far_cell, "quá lớn"),
    "no zip at all": (lambda: b"%PDF-1.7", "Excel"),
    "a zip that is no workbook": (lambda: _zip("a.txt"), "Excel"),
    "a workbook cut short": (lambda: workbook(GOOD)[:3000], "Excel"),
    "a byte damaged within": (damaged, "Excel"),
    "an empty workbook.xml": (lambda: _zip("xl/workbook.xml"), ""),
}


def _zip(name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_are_refused_in_words(trap: str) -> None:
    make, says = TRAPS[trap]
    try:
        faults = [fault.says for fault in bring(make()).reading.faults]
    except Refusal as refusal:
        faults = [refusal.says]
    assert faults
    assert says in faults[0]
    assert (Organisation.objects.count(), journal.queries.last_seq()) == (0, 0)


# -- the window --


@pytest.fixture
def desk(client: Client) -> Client:
    """The coordinator's officer, signed in."""
    office = Organisation.objects.create(code="dau-moi", name="Đầu mối")
    person = Person.objects.create(code="le-truc", name="Lê Trúc", salutation="Ông")
    Post.objects.create(of=person, organisation=office, role="coordinator", from_on=date(2020, 1, 1))
    client.force_login(Account.objects.open("dau-moi", "x", person))
    return client


def upload(desk: Client, content: bytes, name: str = "so.xlsx") -> Any:
    file = BytesIO(content)
    file.name = name
    return desk.post("/desk/register/import/", {"file": file, "declared": "on"})


def test_look_first_then_all_of_it(desk: Client) -> None:
    seen = upload(desk, workbook(GOOD))
    assert seen.status_code == 200
    assert Organisation.objects.filter(code="bv").count() == 0
    done = desk.post("/desk/register/import/confirmation/", {"ticket": seen.context["ticket"]}, follow=True)
    assert "Đã nhập" in done.content.decode()
    assert Organisation.objects.filter(code="bv").count() == 1
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.by) == ("register.imported", "person:le-truc")


def test_faults_are_shown_in_a_table(desk: Client) -> None:
    answer = upload(desk, workbook(with_cell("Đơn vị", 1, 6, "31/02/2023")))
    assert answer.status_code == 422
    assert "31/02/2023" in answer.content.decode()
    assert Organisation.objects.filter(code="bv").count() == 0


@pytest.mark.parametrize("trap", TRAPS)
def test_no_trap_breaks_the_window(desk: Client, trap: str) -> None:
    assert upload(desk, TRAPS[trap][0]()).status_code == 422


def test_a_file_over_the_limit_is_refused_in_words(desk: Client, settings: Any) -> None:
    settings.LUYTRE_MAX_UPLOAD = 1024
    answer = upload(desk, b"0" * 2048)
    assert (answer.status_code, "Đề nghị chia nhỏ" in answer.content.decode()) == (422, True)


def test_an_old_or_forged_ticket_is_refused(desk: Client) -> None:
    assert desk.post("/desk/register/import/confirmation/", {"ticket": "forged"}).status_code == 409
    assert desk.post("/desk/register/import/confirmation/", {}).status_code == 409


def test_others_may_not_import(client: Client) -> None:
    assert client.get("/desk/register/import/").status_code == 302
    client.force_login(Account.objects.open("khach", "x"))
    assert client.get("/desk/register/import/").status_code == 403
    assert not access.has_verb("person:khach", "register.imported", AT.date())


def test_template_and_export_come_as_files(desk: Client) -> None:
    for address in ("import/template.xlsx", "export.xlsx"):
        answer = desk.get(f"/desk/register/{address}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
