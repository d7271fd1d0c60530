"""Main pages in a real browser at both widths: no sideways scrolling, no console faults, nothing leaves the server, axe finds nothing."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Opener = Callable[..., Page]


PAGES = [
    ("dau-moi", "/desk/board/"),
    ("dau-moi", "/desk/board/?type=commune&sort=name&on=30/06/2026&known=on"),
    ("chu-tich", "/desk/board/?on=2023-06-01"),
    ("chu-tich", "/desk/brief/"),
    ("dau-moi", "/desk/brief/?on=2026-03-31"),
    ("dau-moi", "/desk/compare/"),
    ("dau-moi", "/desk/compare/?from=2025-06-30&to=2025-07-01&type=commune"),
    ("dau-moi", "/desk/coordination/"),
    ("dau-moi", "/desk/coordination/unconfirmed/"),
    ("dau-moi", "/desk/coordination/law/"),
    ("dau-moi", "/desk/coordination/law/13-CT-UBND-2022/advisory_days/"),
    ("chu-tich", "/desk/duties/waivers/"),
    ("xa", "/desk/duties/waivers/request/"),
    ("dau-moi", "/desk/duties/reviews/"),
    ("dau-moi", "/desk/submissions/"),
    ("dau-moi", "/desk/submissions/new/"),
    ("dau-moi", "/desk/submissions/cooperation/"),
    ("dau-moi", "/desk/submissions/cooperation/new/"),
    ("chu-tich", "/desk/instructions/"),
    ("chu-tich", "/desk/instructions/YK-2026-005/"),
    ("chu-tich", "/desk/instructions/new/?to=org:14980&duty=D07"),
    ("dau-moi", "/desk/organisations/"),
    ("dau-moi", "/desk/organisations/so-y-te/"),
    ("dau-moi", "/desk/systems/"),
    ("dau-moi", "/desk/systems/?duty=D09&level=3"),
    ("dau-moi", "/desk/why/D36/org:so-y-te/"),
    ("dau-moi", "/desk/why/D09/org:14980/"),
    ("xa", "/desk/mine/"),
    ("xa", "/desk/mine/systems/"),
    ("thu-truong", "/desk/mine/"),
    ("doanh-nghiep", "/desk/mine/"),
    ("dau-moi", "/desk/papers/?state=waiting"),
    ("dau-moi", "/desk/people/?role=head"),
    ("dau-moi", "/desk/people/?q=khongcogi"),
    ("dau-moi", "/desk/search/?q=dong+son"),
    ("xa", "/desk/mine/?tab=waiting"),
    ("xa", "/desk/mine/?tab=sent"),
    ("xa", "/desk/mine/calendar/"),
    ("dau-moi", "/kit/"),
]
WIDTHS = (360, 1440)


def scrolls_sideways(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("who", "path"), PAGES, ids=[f"{who} {path}" for who, path in PAGES])
def test_a_page_is_whole(open_as: Opener, who: str, path: str, width: int) -> None:
    page = open_as(who, path, width=width)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".demo-line")).to_contain_text("DỮ LIỆU MINH HỌA")
    assert not scrolls_sideways(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.faults == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", WIDTHS)
def test_signing_in_is_whole_and_a_wrong_word_is_told_kindly(open_as: Opener, site: str, width: int) -> None:
    page = open_as("dau-moi", "/desk/board/", width=width)
    page.context.clear_cookies()
    page.goto(f"{site}/desk/board/")
    expect(page.locator("h1")).to_have_text("Đăng nhập")
    assert not scrolls_sideways(page)
    assert Axe().run(page).violations_count == 0
    page.fill("#id_username", "dau-moi")
    page.fill("#id_password", "sai")
    page.click("form[method=post] .btn-primary")
    expect(page.locator(".sum")).to_contain_text("Chưa đăng nhập được")
    expect(page.locator("#id_username")).to_have_value("dau-moi")


def test_a_cell_says_why_beside_the_board(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/?type=commune")
    cell = page.locator('.hm a[data-status="overdue"]').first
    cell.focus()
    page.keyboard.press("Enter")
    side = page.locator("#side .side")
    expect(side).to_contain_text("Điều khoản")
    expect(side).to_contain_text("Chỉ thị")
    expect(page).to_have_url(re.compile("why="))
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(side).to_have_count(0)
    expect(cell).to_be_focused()
    assert page.faults == []  # type: ignore[attr-defined]


def test_arrow_keys_walk_the_heat_map(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/?type=commune")
    rows = page.locator(".hm tbody tr:not(.grp)")
    rows.nth(0).locator("td > a").first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).locator("td > a").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(rows.nth(1).locator("td > a").nth(1)).to_be_focused()


def test_names_are_filtered_without_diacritics(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/?type=commune")
    before = page.locator(".hm tbody tr:not(.grp):visible").count()
    page.fill("main input[name=q]", "thiet ong")
    expect(page.locator(".hm tbody tr:not(.grp):visible")).to_have_count(1)
    assert before == 166
    page.fill("main input[name=q]", "xyzzy")
    expect(page.locator("#khong-thay")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".empty")).to_contain_text("Không có đơn vị nào khớp “xyzzy”")


def test_the_legend_shows_one_status(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/?type=commune")
    page.locator('.hm-legend a[data-show="overdue"]').click()
    expect(page.locator("table.hm")).to_have_attribute("data-only", "overdue")
    page.locator('.hm-legend a[data-show="overdue"]').click()
    expect(page.locator("table.hm")).not_to_have_attribute("data-only", "overdue")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_all_works_without_javascript(open_as: Opener, width: int) -> None:
    page = open_as("dau-moi", "/desk/board/?type=commune&q=thiet+ong", width=width, script=False)
    link = page.locator(".hm a[data-status]" if width > 767 else ".duty-list a.bare").first
    link.click()
    expect(page.locator("h1")).to_contain_text("Thiết Ống")
    expect(page.locator(".wy-lead")).not_to_be_empty()
    page.goto(page.url.split("/desk/")[0] + "/desk/board/?on=30/06/2026")
    expect(page.locator(".past-line")).to_contain_text("30/06/2026")


@pytest.mark.parametrize("script", [True, False])
def test_from_the_brief_to_the_fact_in_two_clicks(open_as: Opener, script: bool) -> None:
    page = open_as("chu-tich", "/desk/brief/", script=script)
    page.locator('.chl li:has(.mk[data-status="met"]) a[href*="/why/"]').first.click()  # one: why is this cell as it is
    fact = page.locator('.facts a[href*="/evidence/"]').first
    fact.click()  # two: the fact itself
    page.wait_for_url(re.compile(r"/desk/duties/evidence/\d+/"))
    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator("main")).to_contain_text("Ghi nhận lúc")


def test_from_a_red_cell_the_chair_instructs(open_as: Opener) -> None:
    page = open_as("chu-tich", "/desk/brief/")
    page.locator(".nm .btn").first.click()
    expect(page.locator("h1")).to_have_text("Cho ý kiến chỉ đạo")
    expect(page.locator('input[name="to"]:checked')).to_have_count(1)
    expect(page.locator("#id_duty")).not_to_have_value("")
    page.fill("#id_text", "Hoàn thành và báo cáo bằng văn bản.")
    page.fill("#id_due_on", "30/11/2026")
    page.click("main .btn-primary")
    expect(page.locator(".said")).to_contain_text("YK-2026-")
    expect(page.locator(".say")).to_contain_text("Hoàn thành và báo cáo bằng văn bản.")


def test_the_language_is_switched_and_kept(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/")
    page.locator("summary.me").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Board of Directive 13/CT-UBND")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(page.url.split("/desk/")[0] + "/desk/systems/")
    expect(page.locator("h1")).to_have_text("Information systems")


def test_a_commune_officer_sees_only_their_own(open_as: Opener, site: str) -> None:
    page = open_as("xa", "/desk/organisations/14980/")
    expect(page.locator("h1")).to_contain_text("Thiết Ống")
    foreign = page.goto(f"{site}/desk/organisations/so-y-te/")
    absent = page.goto(f"{site}/desk/organisations/khong-co/")
    assert foreign is not None
    assert absent is not None
    assert (foreign.status, absent.status) == (404, 404)
    expect(page.locator("h1")).to_have_text("Không thấy trang này")


def test_a_day_that_is_not_in_the_calendar_is_told_kindly(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/?on=31/02/2026", width=360)
    expect(page.locator(".lead")).to_contain_text("31/02/2026")
    assert not scrolls_sideways(page)


def test_a_system_is_added_with_faults_told_first(open_as: Opener) -> None:
    page = open_as("xa", "/desk/mine/systems/", width=360)
    page.fill("#id_from_on", "31/02/2026")
    page.click("main .btn-primary")
    expect(page.locator(".sum li")).to_have_count(2)
    expect(page.locator("#id_from_on")).to_have_value("31/02/2026")
    assert Axe().run(page).violations_count == 0
    page.fill("#id_name", "Trang thông tin điện tử mẫu")
    page.fill("#id_from_on", "01/10/2026")
    page.select_option("#id_phase", "operating")
    page.click("main .btn-primary")
    expect(page.locator("main")).to_contain_text("Trang thông tin điện tử mẫu")


def test_the_page_prints_with_its_mark_and_without_its_tools(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/")
    page.emulate_media(media="print")
    expect(page.locator(".demo-line")).to_be_visible()
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator(".hm-legend")).to_be_hidden()


def test_the_search_answers_while_one_types_and_enter_goes_there(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/")
    page.keyboard.press("Control+k")
    page.keyboard.type("so y te")
    first = page.locator('.pal [role="option"]').first
    expect(first).to_contain_text("Sở Y tế")
    expect(first).to_have_attribute("aria-selected", "true")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("ArrowDown")
    expect(page.locator('.pal [role="option"]').nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/desk/organisations/so-y-te/"))
    assert page.faults == []  # type: ignore[attr-defined]


def test_a_list_is_walked_by_keys(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/systems/?sort=name")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("table[data-rows] tr.sel")).to_have_count(1)
    second = page.locator("table[data-rows] tbody tr").nth(1)
    expect(second).to_have_class("sel")
    page.keyboard.press("/")
    expect(page.locator("[data-list-q]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    second.locator("a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/desk/systems/[^?/]+/"))


def test_the_search_works_without_script(open_as: Opener) -> None:
    page = open_as("dau-moi", "/desk/board/", script=False)
    page.fill("form.find input", "dong son")
    page.press("form.find input", "Enter")
    expect(page).to_have_url(re.compile(r"/desk/search/\?q=dong\+son"))
    expect(page.locator(".hits").first).to_contain_text("Đông Sơn")
