"""A stranger's try by browser: each role signs in by the page, then asks for every address of another body, by the bar and by script.

The province of tests/isolation, served as an installation is (Granian, its own data folder): once with the staff door open everywhere, and
once with the staff networks elsewhere, so that everybody comes by the duty door. Of a foreign thing the browser gets what it gets of one
that is not there: the same status and the same words on the page. Slow: some thousands of pages.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as Unshown

from conftest import sqlite
from isolation.conftest import BODIES, FILED, PEOPLE, TODAY, settled
from isolation.matrix import ROWS, Cast
from isolation.test_isolation import ABOUT_ONE, HOME, PLAIN, acts, filled, questions, searches
from luytre.register import actions as register
from luytre.register.book import Book

from .conftest import CHROMIUM, wait_for

pytestmark = pytest.mark.slow
PASSWORD = "lua-nep-cai-hoa-vang-1974"
INSIDE, OUTSIDE = "staff", "duty"
ASKED = """async ([urls, methods]) => {
  const token = document.cookie.match(/csrftoken=(\\w+)/)?.[1] ?? "";
  const seen = text => { const page = new DOMParser().parseFromString(text, "text/html");
    page.querySelectorAll("script, style, input[type=hidden]").forEach(one => one.remove()); return page.body.textContent.trim(); };
  const found = [];
  for (const url of urls) for (const method of methods) {
    const sent = {method, redirect: "follow", headers: {"X-CSRFToken": token}};
    if (method === "POST") sent.body = new URLSearchParams({reason: "thử", csrfmiddlewaretoken: token});
    const answer = await fetch(url, sent), text = await answer.text();
    found.push([answer.status, new URL(answer.url).pathname === url.split("?")[0], seen(text), text]);
  }
  return found;
}"""
METHODS = ("GET", "POST", "PUT", "DELETE")


@dataclass
class Place:
    """The served province: its addresses by door, and what its bodies have."""

    sites: dict[str, str]
    cast: Cast


@contextmanager
def served(folder: Path, **more: str) -> Iterator[str]:
    """A process that serves a data folder, as an installation does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {"LUYTRE_DATA": str(folder), "LUYTRE_TODAY": TODAY.isoformat(), "LUYTRE_MARK": "Bản thử", "LUYTRE_MFA": "off"}
    told |= {"LUYTRE_WRITES": "0", "LUYTRE_EXPORTS": "0", "DJANGO_SETTINGS_MODULE": "luytre.site.settings", **more}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LUYTRE_")} | told
    command = [sys.executable, "-c", f"from luytre.site.demo import serve; serve({port})"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            wait_for(f"http://127.0.0.1:{port}/dang-nhap/", running)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Place]:
    """Two bodies and more, each with things of every kind, in a data folder of their own; open to this process too."""
    if not CHROMIUM:
        pytest.skip("no Chromium here (apt install chromium)")
    from django.test import override_settings

    folder, before = tmp_path_factory.mktemp("strangers"), connections["default"]
    database = {**before.settings_dict, **sqlite(folder)}
    told = {"DATA_DIR": folder, "MEDIA_ROOT": folder / "attachments", "LUYTRE_TODAY": TODAY.isoformat()}
    with ExitStack() as stack:
        stack.enter_context(override_settings(LUYTRE_SEAL_INSIDE=True, **told))
        stack.enter_context(django_db_blocker.unblock())
        connections["default"] = load_backend(database["ENGINE"]).DatabaseWrapper(database, "default")
        try:
            cast = peopled()
            inside = stack.enter_context(served(folder))
            outside = stack.enter_context(served(folder, LUYTRE_STAFF_NETWORKS="10.20.0.0/16"))
            yield Place({INSIDE: inside, OUTSIDE: outside}, cast)
        finally:
            connections["default"].close()
            connections["default"] = before


def peopled() -> Cast:
    """The province with its people's passwords, and one thing of every kind for each body that is asked about."""
    call_command("migrate", verbosity=0)
    cast = Cast(settled(PASSWORD))
    book = Book()
    book.add("organisation.network", "firm", "127.0.0.0/8", from_on=date(2022, 1, 1))
    register.load(by="console", at=FILED, book=book)
    for address in ABOUT_ONE:
        for body in ("agency", "child", "sibling", "commune"):
            filled(address, body, cast)
    return cast


@pytest.fixture
def enter(province: Place, browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    """enter("head", INSIDE): a browser in which that person has signed in by the page; nobody for ""."""
    with ExitStack() as stack:

        def opened(who: str, door: str) -> Page:
            context = browser.new_context(base_url=province.sites[door], locale="vi-VN")
            stack.callback(context.close)
            page = context.new_page()
            page.goto("/dang-nhap/")
            if who:
                page.fill("#id_username", who)
                page.fill("#id_password", PASSWORD)
                page.click("form[method=post] button.btn-primary")
                page.wait_for_url(lambda url: "/dang-nhap/" not in url)
            return page

        yield opened


def shown(page: Page, path: str) -> tuple[int, str, str]:
    """By the address bar: the status, the words one sees, and all that came (a file is not shown: its status alone)."""
    try:
        answer = page.goto(path, wait_until="domcontentloaded")
    except Unshown as fault:
        if "ERR_HTTP_RESPONSE_CODE_FAILURE" in str(fault):  # a refusal without a word, in whose place the browser shows a page of its own
            bare = page.request.get(path)
            return bare.status, bare.text(), bare.text()
        if "interrupted by another navigation" in str(fault):  # the browser's own page was still coming
            return shown(page, path)
        assert "Download is starting" in str(fault), fault
        return 200, "a file", ""
    assert answer is not None
    return answer.status, page.inner_text("body"), page.content()


def names_of(body: str) -> list[str]:
    """Words that only what belongs to a body bears."""
    people = [f"Người giữ {who}" for who, (home, _role) in PEOPLE.items() if home == body]
    return [BODIES[body][0], f"kín {body}", f"KIN-{body}", f"sys-{body}", *people]


def foreign_to(who: str, door: str) -> str:
    """Body B: no part of what this person may see, nor the one above."""
    home = PEOPLE[who][0] if who else ""
    sees = HOME[who][1] if who and door == INSIDE else {home}
    return next(body for body in ("sibling", "commune") if body not in sees)


def every_address(who: str, body: str | None, cast: Cast) -> list[str]:
    """All addresses that name a thing, in the path or behind the question mark, about that body's things."""
    role = PEOPLE[who][1] if who else ""
    paths = [filled(address, body, cast) for address, row in ABOUT_ONE.items() if role not in row.also]
    return paths + [asked for address, row in ROWS.items() for asked in questions(f"/{address}", row, body, cast)]


TRIES = [*((who, INSIDE) for who in HOME), *((who, OUTSIDE) for who in PEOPLE), ("", INSIDE), ("", OUTSIDE)]


@pytest.mark.parametrize(("who", "door"), TRIES)
def test_a_foreign_thing_is_no_thing(who: str, door: str, province: Place, enter: Callable[[str, str], Page]) -> None:
    page, body = enter(who, door), foreign_to(who, door)
    there, absent = (every_address(who, one, province.cast) for one in (body, None))
    before = acts()
    for url, other in zip(there, absent, strict=True):
        (status, text, source), (none_status, none_text, _) = shown(page, url), shown(page, other)
        assert (status, less(text, url)) == (none_status, less(none_text, other)), url
        assert named(source, url, body) == [], url
    page.goto("/tai-khoan/" if who else "/dang-nhap/")
    answers = [page.evaluate(ASKED, [urls, METHODS]) for urls in (there, absent)]
    asked = [(url, other, method) for url, other in zip(there, absent, strict=True) for method in METHODS]
    assert len(asked) == len(answers[0]) > 4 * 60
    for (url, other, method), (status, stayed, text, source), (none_status, none_stayed, none_text, _) in zip(asked, *answers, strict=True):
        assert (status, stayed, less(text, url)) == (none_status, none_stayed, less(none_text, other)), (method, url)
        assert named(source, url, body) == [], (method, url)
    assert acts() == before


def less(text: str, url: str) -> str:
    """The words on a page, less the very words the address asked with."""
    for said in sorted({word for part in url.split("?")[1:] for word in part.replace("&", "=").split("=")[1::2]}, key=len, reverse=True):
        text = text.replace(said, "…")
    return text


def named(source: str, url: str, body: str) -> list[str]:
    """Foreign words in what came, less those the address itself said."""
    return [name for name in names_of(body) if name in source and name not in url]


@pytest.mark.parametrize(("who", "door"), TRIES)
def test_no_page_of_ones_own_names_the_other_body(who: str, door: str, province: Place, enter: Callable[[str, str], Page]) -> None:
    page, body = enter(who, door), foreign_to(who, door)
    role, home = PEOPLE[who] if who else ("", "agency")
    rows = {address: row for address, row in {**PLAIN, **ABOUT_ONE}.items() if role not in row.also and row.about != "session"}
    opened = 0
    for address, row in rows.items():
        for url in searches(address, row, home, province.cast) if home in province.cast.papers or not row.about else ():
            status, _text, source = shown(page, url)
            assert status < 500, url
            opened += status == 200 and "/dang-nhap/" not in page.url
            assert named(source, "", body) == [], url
    assert not who or opened > 10, "hardly a page was there to look at"
