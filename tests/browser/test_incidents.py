"""Incidents in a real browser: the public walk on a phone without script, every page of the room without findings at both widths."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

Opener = Callable[..., Page]
STAFF = (
    "/desk/incidents/",
    "/desk/incidents/cases/?show=all",
    "/desk/incidents/figures/",
    "/desk/incidents/reports/?state=all",
    "/desk/incidents/phone/",
    "/desk/incidents/shift/",
    "/desk/incidents/log/",
    "/desk/incidents/new/?body=org:so-y-te",
)


def findings(page: Page) -> list[str]:
    """What axe says, and whether the page scrolls sideways."""
    found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return found + (["scrolls sideways"] if wide else [])


@pytest.mark.parametrize("width", [360, 1280])
def test_the_public_walk_has_no_findings(site: str, browser: Browser, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN").new_page()
    page.goto(f"{site}/bao-cao-su-co/")
    assert findings(page) == []
    page.click("button.btn")
    expect(page.locator("#sum")).to_be_visible()
    assert findings(page) == []
    page.check("[name=kind][value=fraud]")
    page.fill("[name=text]", f"Bị lừa chuyển tiền {width}")
    page.wait_for_timeout(4500)
    page.click("button.btn")
    expect(page.locator(".code")).to_be_visible()
    assert findings(page) == []
    page.click(f"a[href='/theo-doi/{page.locator('.code').inner_text()}/']")
    assert findings(page) == []
    page.goto(f"{site}/theo-doi/")
    assert findings(page) == []


def test_report_follow_and_answer_without_script_on_a_phone(site: str, browser: Browser, open_as: Opener) -> None:
    """The citizen reports, the desk answers, the citizen reads it by code and words and answers back; no script anywhere."""
    phone = {"viewport": {"width": 360, "height": 780}, "java_script_enabled": False, "locale": "vi-VN"}
    page = browser.new_context(**phone).new_page()  # type: ignore[arg-type]
    page.goto(f"{site}/bao-cao-su-co/")
    page.check("[name=kind][value=site]")
    page.fill("[name=text]", "Trang xã bị sửa thành quảng cáo")
    page.wait_for_timeout(4500)
    page.click("button.btn")
    code = page.locator(".code").inner_text()
    words = " ".join(page.locator(".words li").all_inner_texts())
    desk = open_as("ung-cuu", f"/desk/incidents/reports/{code}/", width=360, script=False)
    desk.fill("[name=tra-loi-text]", "Bạn cho biết địa chỉ trang")
    desk.click("button:has-text('Trả lời người báo')")
    other = browser.new_context(**phone).new_page()  # type: ignore[arg-type]
    other.goto(f"{site}/theo-doi/")
    other.fill("[name=code]", code.lower())
    other.fill("[name=words]", words)
    other.click("button.btn")
    expect(other.locator("main")).to_contain_text("Bạn cho biết địa chỉ trang")
    other.fill("[name=text]", "xahoangphu.example")
    other.click("button.btn")
    desk.reload()
    expect(desk.locator("main")).to_contain_text("xahoangphu.example")


@pytest.mark.parametrize("width", [360, 1440])
def test_pages_of_the_desk_have_no_findings(open_as: Opener, width: int) -> None:
    for path in STAFF:
        assert findings(open_as("ung-cuu", path, width=width)) == [], path
    page = open_as("ung-cuu", "/desk/incidents/cases/", width=width)
    page.click("table a >> nth=0")
    assert findings(page) == []
    page = open_as("ung-cuu", "/desk/incidents/reports/", width=width)
    page.click(".rp-t a >> nth=0")
    assert findings(page) == []
