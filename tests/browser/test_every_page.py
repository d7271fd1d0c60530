"""Every HTML address of site/routes.py that somebody may open, found by following links as each of the cast: axe finds nothing there.

The walk takes one address of each kind a person (the first met); of the first two who reach a kind, the one whose page says more is
looked at.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from playwright.sync_api import APIRequestContext, Browser

from luytre.site.routes import ROUTES
from luytre.site.seeding.cast import CAST

from .conftest import Opener
from .test_pages import WIDTHS, scrolls_sideways

STRANGER, ENOUGH = "", 2  # a page is compared by so many people
NAMES = (*(one.username for one in CAST), STRANGER)
LINK = re.compile(r'<a\b[^>]*?\shref="([^"#]+)')
Pages = dict[str, tuple[str, str]]  # name of the address → who, path
# Addresses that are not walked, with the reason.
_WHY: dict[str, str] = {
    "a file, a fragment or a redirect": """duties:attachment duties:model-text feeds:ics incidents:alarms
        incidents:bundle reports:file
        incidents:attachment incidents:draft incidents:file
        incidents:log-draft incidents:log-pdf incidents:paper incidents:report-file instructions:announcement instructions:attachment
        instructions:draft lists:organisations-book lists:papers-book lists:people-book lists:systems-book matrix-xlsx
        mfa_download_recovery_codes openapi portal:thread-file register:export register:template rights:bundle rights:person-data
        search:hits things:home mfa_index portal:scanned""",
    "only writes (POST)": """doors:end_session doors:invitation doors:leaving doors:restoration doors:suspension doors:withdrawal
        duties:acceptance duties:delegation-end duties:rejection duties:retraction duties:waiver-refusal feeds:closing
        incidents:acknowledgement incidents:alarm-answer incidents:asset
        incidents:assets incidents:costs incidents:declining incidents:step reports:issue
        incidents:answer incidents:closure incidents:done incidents:end
        incidents:evidence incidents:explanation incidents:handing incidents:log-issue incidents:merger incidents:notes incidents:receipt
        incidents:report-merger incidents:restoration incidents:shift-handing incidents:shift-taking incidents:split incidents:taking
        incidents:tasks instructions:acceptance instructions:extension instructions:return instructions:withdrawal lists:dropping
        lists:keeping register:confirm register:key-end reminders:acknowledgement set_language things:confirm""",
    "a step of signing in by a second factor or by the shared sign-in, which the demonstration has not": """mfa_authenticate
        mfa_deactivate_totp mfa_edit_webauthn mfa_login_webauthn mfa_reauthenticate mfa_reauthenticate_webauthn mfa_remove_webauthn
        mfa_view_recovery_codes openid_connect_callback openid_connect_login""",
    "what only a citizen holding a reference, or someone invited, opens": "doors:accept portal:thread portal:told",
    "of the administrator, who is not of the cast; or asked with a thing behind the question mark": """doors:bodies doors:body
        register:keys rights:erasure rights:label rights:storage""",
}
NO_PAGE = {name: reason for reason, names in _WHY.items() for name in names.split()}


def walk(asked: APIRequestContext, site: str, known: Collection[str]) -> dict[str, tuple[str, int]]:
    """Name of the address → the first path of it that answers this person with a page, and how much it says; not the `known` ones."""
    found: dict[str, tuple[str, int]] = {}
    waiting, tried = [*_plain_addresses()], set()
    while waiting:
        path = waiting.pop(0)
        name = _name(path)
        if name is None or name in found or path in tried or name in NO_PAGE or name in known:
            continue
        tried.add(path)
        answer = asked.get(f"{site}{path}", max_redirects=0, fail_on_status_code=False, timeout=600_000)
        if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
            text = answer.text()
            if "<html" in text:
                found[name] = path, len(text)
            waiting += [link for link in _links(text, path) if _name(link) not in found]
    return found


def _plain_addresses() -> Iterator[str]:
    for name in ROUTES:
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def _name(path: str) -> str | None:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None


def _links(text: str, path: str) -> Iterator[str]:
    for link in LINK.findall(text):
        whole = urljoin(path, unescape(link))
        if whole.startswith("/") and not whole.startswith("//"):
            yield whole


@pytest.fixture(scope="module")
def pages(site: str, browser: Browser, states: dict[str, dict[str, object]]) -> Pages:
    """Of each address the page that says most."""
    from .conftest import _signed_in

    best: dict[str, tuple[int, str, str]] = {}
    seen: Counter[str] = Counter()
    for who in NAMES:
        if who and who not in states:
            states[who] = _signed_in(browser, site, who)
        context = browser.new_context(storage_state=states[who] if who else None)  # type: ignore[arg-type]
        known = {name for name, times in seen.items() if times >= ENOUGH}
        for name, (path, said) in walk(context.request, site, known).items():
            seen[name] += 1
            best[name] = max(best.get(name, (0, "", "")), (said, who, path))
        context.close()
    return {name: (who, path) for name, (_said, who, path) in best.items()}


@pytest.mark.slow
def test_every_address_is_walked(pages: Pages) -> None:
    assert sorted(set(ROUTES) - set(pages) - set(NO_PAGE)) == []
    assert sorted(set(NO_PAGE) & set(pages)) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_page(pages: Pages, open_as: Opener, width: int) -> None:
    faults = {}
    for name, (who, path) in sorted(pages.items()):
        page = open_as(who, path, width=width)
        found = Axe().run(page)
        if found.violations_count:
            faults[f"{name} {who} {path}"] = [one["id"] for one in found.response["violations"]]
        if scrolls_sideways(page):
            faults.setdefault(f"{name} {who} {path}", []).append("scrolls sideways")
        page.context.close()
    assert faults == {}
