"""The monthly report: every figure counted a second way, opened row by row, issued, frozen, issued again, as known then and now."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal import clock, store
from luytre.overview.reports import actions, annex, figures, monthly, papers, queries, sources
from luytre.overview.reports.figures import Value
from luytre.papers import queries as office
from luytre.register.models import Account, Organisation, Person
from luytre.rooms.duties import projection
from luytre.site.world import LAST_DAY

from . import recount

pytestmark = pytest.mark.usefixtures("world_db")
OCTOBER = date(2026, 10, 1)
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)  # all of the world is known by then
JUDGED = ("duty.D03", "duty.D09", "duty.D13", "duty.D15")  # judged one by one: one line at a time is slow


@pytest.fixture(autouse=True)
def fresh_memory(world_db: Path) -> None:
    projection.forget()


def client(who: str) -> Client:
    signed_in = Client()
    signed_in.force_login(Account.objects.get(username=who))
    return signed_in


@cache
def report() -> monthly.Monthly:
    """October as counted once for all tests that only read."""
    return actions.monthly(OCTOBER, NOW, LAST_DAY)


def coordinator() -> Person:
    return Account.objects.get(username="dau-moi").person


def days(value: Value) -> recount.Days:
    return value.span.first, value.span.until, value.span.on


def second_way(raw: recount.Raw, value: Value) -> object:
    name = value.figure.id
    for start, count in {
        "incidents": recount.incident_figure,
        "time.": recount.time_figure,
        "warnings": recount.warning_figure,
        "weaknesses": recount.weakness_figure,
        "systems": recount.system_figure,
    }.items():
        if name.startswith(start):
            return count(raw, name, days(value))  # type: ignore[operator]
    for table, count in (
        (recount.ACTS, recount.act_figure),
        (recount.SYSTEMS, recount.touched_figure),
        (recount.BODIES, recount.body_figure),
    ):
        if name in table:  # type: ignore[operator]
            return count(raw, name, days(value))  # type: ignore[operator]
    return recount.spending_figure(raw, days(value)) if name == "spending" else None


def first_way(value: Value) -> object:
    if value.figure.fold in ("median", "last"):
        return value.number
    return f"{value.part}/{value.whole}" if value.figure.fold == "share" else str(value.count)


def test_every_figure_is_the_same_counted_a_second_way(world_db: Path) -> None:
    raw, told = recount.Raw(world_db), report()
    counted, other = 0, []
    for name in figures.CATALOGUE:
        if name.startswith(("clock.", "dut", "bodies")):
            continue
        for span in told.spans:
            value = told.value(name, span)
            if value.asked:
                counted += 1
                again = second_way(raw, value)
                if again != first_way(value):
                    other.append((name, span, first_way(value), again))
    assert other == []
    assert counted > 350


@pytest.mark.slow
def test_every_duty_of_the_report_and_every_clock_is_what_the_judge_says_line_by_line(world_db: Path) -> None:
    raw, told = recount.Raw(world_db), report()
    one_by_one = recount.OneByOne(told.known)
    for name in (f"duty.{duty}" for duty in monthly.DUTIES):
        _same_as_judged(told.value(name), one_by_one)
    for duty in ("D30", "ND331.31.2d", "L91.23", "D31"):
        for span in told.spans:
            value = told.value(f"clock.{duty}", span)
            assert (value.part, value.whole) == one_by_one.clock(raw, duty, days(value)), (duty, span)


def test_duties_are_what_the_judge_says_line_by_line() -> None:
    told = report()
    one_by_one = recount.OneByOne(told.known)
    for name in JUDGED[:2]:
        _same_as_judged(told.value(name), one_by_one)


def _same_as_judged(value: Value, one_by_one: recount.OneByOne) -> None:
    duty = value.figure.id.partition(".")[2]
    kind = one_by_one.law.duties[duty].subject
    refs = one_by_one.there(kind, value.span.on)
    assert (value.part, value.whole) == one_by_one.duty(duty, value.span.on, refs), duty


def test_standings_add_up_from_the_boards_own_totals() -> None:
    told = report()
    totals = projection.totals(told.on, told.known, today=LAST_DAY)
    directive = [tally for duty, tally in totals.by_duty.items() if "." not in duty]
    value = told.value("duties")
    assert (value.part, value.whole) == (sum(one.done for one in directive), sum(one.owed for one in directive))
    assert told.value("duties.late").count == sum(one.late for one in directive)
    clean, behind = told.value("bodies.clean"), told.value("bodies.behind")
    assert not {row.about for row in clean.rows} & {row.about for row in behind.rows}
    assert sum(int(row.amount or 0) for row in behind.rows) <= told.value("duties.late").count


def test_the_types_add_up_and_so_do_the_ways_of_handling() -> None:
    told = report()
    for span in told.spans:
        whole = told.value("incidents", span).count
        assert sum(told.value(f"incidents.{how}", span).count for how in ("self", "helped", "open")) == whole
        assert sum(told.value(f"incidents.{type_}", span).count for type_ in monthly.TYPES_IN_ORDER) == whole
        assert sum(told.value(f"incidents.level.{level}", span).count for level in monthly.LEVELS) == whole


def test_every_number_on_the_page_opens_its_rows() -> None:
    """Each linked number leads to a page that says the same number and as many rows; followed for one in six."""
    who = client("dau-moi")
    page = who.get("/desk/reports/monthly/2026-10/")
    told: monthly.Monthly = page.context["report"]
    text = page.content.decode()
    shown = [value for table in told.tables.values() for value in table.values]
    for number, value in enumerate(shown):
        address = f"/desk/reports/monthly/2026-10/figures/{value.figure.id}/{value.span.name}/"
        assert (address in text) == value.opens
        if value.opens and number % 6 == 0:
            opened = who.get(address).context
            assert (opened["page"].paginator.count, opened["value"].text) == (len(value.rows), value.text)


def test_the_workbook_holds_every_figure_and_exactly_its_rows() -> None:
    told = report()
    book = CalamineWorkbook.from_filelike(BytesIO(annex.workbook(told, [], "MẪU", clock.now())))
    lines = book.get_sheet_by_name("Dong so lieu").to_python()[1:]
    heads = {line[0]: number for number, line in enumerate(lines) if line[0] and not line[1] and "·" in str(line[0])}
    ends = [*sorted(heads.values()), len(lines)]
    checked = 0
    for value in told.every_value():
        if not value.rows:
            continue
        title = f"{value.figure.words['vi']} · {annex.SPANS[value.span.name]['vi'].lower()}: {value.text}"
        start = heads[title]
        end = ends[ends.index(start) + 1]
        assert [line[1] for line in lines[start + 1 : end]] == [row.key for row in value.rows], title
        checked += 1
    assert checked > 150


def test_a_month_is_issued_numbered_frozen_and_is_the_months_own_evidence() -> None:
    who = client("dau-moi")
    assert who.post("/desk/reports/monthly/2026-10/issue/").status_code == 302
    issue = queries.last_issue("monthly", "2026-10")
    assert issue is not None
    assert office.broken(issue.paper) == []
    assert hashlib.sha256(store.read(issue.annex_sha256)).hexdigest() == issue.annex_sha256
    entry = journal.models.Entry.objects.filter(verb="monthly_report.issued", detail__month="2026-10").latest("pk")
    assert entry.detail["number"] == str(issue.paper.number)
    assert {file.sha256 for file in entry.attachments.all()} == {issue.paper.pdf_sha256, issue.annex_sha256}
    for kind in ("pdf", "docx", "xlsx"):
        assert who.get(f"/desk/reports/monthly/2026-10/files/{kind}/").status_code == 200
    with pytest.raises(Refusal, match="không đổi"):
        actions.issue(by=coordinator(), at=clock.now(), first=OCTOBER, issuer=issue.paper.organisation)


def test_a_late_fact_shows_in_the_next_issue_with_its_reason_and_changes_no_issued_byte() -> None:
    issuer, first_at = Organisation.objects.get(code="co-quan-dau-moi"), NOW
    issued = actions.issue(by=coordinator(), at=first_at, first=OCTOBER, issuer=issuer)
    before = (store.read(issued.paper.pdf_sha256), store.read(issued.paper.docx_sha256), store.read(issued.annex_sha256))
    late_at = first_at + timedelta(minutes=5)
    detail = {"incident": "SC-2026-9001", "type": "malware", "serious": False}
    said = {"about": ["org:so-y-te"], "on": date(2026, 10, 12), "moment": datetime(2026, 10, 12, 2, tzinfo=UTC), "detail": detail}
    told = journal.record(by="console", at=late_at, verb="incident.detected", **said)
    again = actions.issue(by=coordinator(), at=late_at + timedelta(minutes=5), first=OCTOBER, issuer=issuer)
    assert again.replaces == issued
    assert again.paper.replaces == issued.paper
    assert int(again.figures["incidents"]["this"]) == int(issued.figures["incidents"]["this"]) + 1
    text = again.paper.data
    assert "SỐ LIỆU ĐIỀU CHỈNH" in text
    assert f"(số {told.pk}," in text
    assert "ghi nhận muộn" in text
    assert (store.read(issued.paper.pdf_sha256), store.read(issued.paper.docx_sha256), store.read(issued.annex_sha256)) == before
    assert office.broken(issued.paper) == []
    sources.REPORTS.held.clear()
    old = actions.monthly(OCTOBER, issued.known, LAST_DAY)
    assert queries.frozen(old) == issued.figures


def test_the_next_month_says_what_changed_of_the_last() -> None:
    issuer, at = Organisation.objects.get(code="co-quan-dau-moi"), NOW
    issued = actions.issue(by=coordinator(), at=at, first=date(2026, 9, 1), issuer=issuer)
    gone = actions.monthly(date(2026, 9, 1), at, LAST_DAY).value("incidents").rows[0]
    code = gone.key.partition(":")[2]
    entry = journal.models.Entry.objects.get(verb="incident.detected", detail__incident=code)
    journal.retract(by="console", at=at + timedelta(minutes=1), entry=entry)
    [told] = actions.corrections(actions.monthly(OCTOBER, at + timedelta(minutes=2), LAST_DAY), None)
    assert told.of == str(issued.paper.number)
    changed = {row.figure: row for row in told.changed}
    assert int(changed["incidents"].now) == int(changed["incidents"].was) - 1
    assert "rút lại" in changed["incidents"].why


def test_the_words_are_composed_edited_and_composed_again() -> None:
    who = client("dau-moi")
    page = who.get("/desk/reports/monthly/2026-10/words/")
    assert "toàn tỉnh ghi nhận" in page.content.decode()
    assert who.post("/desk/reports/monthly/2026-10/words/", {"general": "Câu của người soạn.\n=cmd()"}).status_code == 302
    assert "Câu của người soạn." in who.get("/desk/reports/monthly/2026-10/").content.decode()
    who.post("/desk/reports/monthly/2026-10/words/", {"general": " "})
    assert "toàn tỉnh ghi nhận" in who.get("/desk/reports/monthly/2026-10/").content.decode()


def test_the_reports_are_for_those_who_lead_and_issued_by_the_coordinator() -> None:
    address = "/desk/reports/monthly/2026-10/"
    for who in ("can-bo", "xa", "doanh-nghiep"):
        assert client(who).get(address).status_code == client(who).post(f"{address}issue/").status_code == 404
    for who in ("chu-tich", "kiem-tra"):
        assert client(who).get(address).status_code == 200
        assert client(who).post(f"{address}issue/").status_code == client(who).post(f"{address}words/").status_code == 403
    auditor = client("kiem-tra")  # does not read incidents: sees their number and not their rows
    assert "/figures/incidents/" not in auditor.get(address).content.decode()
    assert auditor.get(f"{address}figures/incidents/this/").status_code == 403
    assert auditor.get(f"{address}files/xlsx/?draft=1").status_code == 403
    assert auditor.get(f"{address}figures/systems/this/").status_code == 200


def test_a_month_still_running_is_not_issued_and_a_month_nobody_knows_is_not_there() -> None:
    who = client("dau-moi")
    assert who.post("/desk/reports/monthly/2026-11/issue/").status_code == 409
    for period in ("2026-13", "2021-01", "2027-01", "thang", "2026-1"):
        assert who.get(f"/desk/reports/monthly/{period}/").status_code == 404
    assert who.get("/desk/reports/monthly/2026-10/figures/khong-co/this/").status_code == 404


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    told = report()
    name, names = "=cmd|'/c calc'!A1", told.ground.bodies.names
    body = told.value("systems").rows[0].about
    real, names[body] = names[body], name
    book = CalamineWorkbook.from_filelike(BytesIO(annex.workbook(told, [], "=1+1", clock.now())))
    cells = [cell for line in book.get_sheet_by_name("Dong so lieu").to_python() for cell in line]
    names[body] = real
    assert name in cells


def test_the_paper_says_what_the_tables_say() -> None:
    told = report()
    made = papers.paper(told, actions.sections_of(told, {}), [], Organisation.objects.get(code="co-quan-dau-moi"), None)
    rows = [row for block in made.blocks if hasattr(block, "rows") for row in block.rows]
    for table in told.tables.values():
        for line in table.lines:
            assert any(row[1] == line.label["vi"] and list(row[2:]) == [cell.text for cell in line.cells] for row in rows), line.label
