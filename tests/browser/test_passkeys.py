"""A security key in a real browser: Chromium's virtual authenticator is added to an account, then signs in with it alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from luytre.site.seeding.cast import PASSWORD

pytestmark = pytest.mark.slow
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_key(page: Page) -> None:
    """Give the page a virtual security key."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def test_a_passkey_is_added_and_signs_in_alone(site: str, browser: Browser) -> None:
    address = site.replace("127.0.0.1", "localhost")  # a key belongs to a name, not to a number
    context = browser.new_context(locale="vi-VN")
    page: Any = context.new_page()
    with_key(page)
    page.goto(f"{address}/dang-nhap/")
    page.fill("#id_username", "thu-truong")
    page.fill("#id_password", PASSWORD)
    page.click("form[method=post] button.btn-primary")
    page.goto(f"{address}/tai-khoan/khoa/them/")
    page.fill("#id_name", "Khóa thử")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    expect(page.locator("h1")).to_have_text("Mã dự phòng")
    page.goto(f"{address}/tai-khoan/khoa/")
    expect(page.locator("body")).to_contain_text("Khóa thử")
    page.goto(f"{address}/dang-xuat/")
    page.click("main form[method=post] button")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)
    page.goto(f"{address}/tai-khoan/")
    expect(page.locator("body")).to_contain_text("thu-truong")
    context.close()
