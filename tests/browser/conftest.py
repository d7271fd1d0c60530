"""A real browser before the served sample world: Debian's Chromium, driven by Playwright; skips with a message where there is none."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from luytre.site.seeding.cast import PASSWORD

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).is_file()), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served copy of the sample world."""
    if not CHROMIUM:
        pytest.skip("no Chromium here (apt install chromium)")
    data = shutil.copytree(seeded, tmp_path_factory.mktemp("browser") / "demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "luytre.cli", "demo", "--data", str(data), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as served:
        try:
            wait_for(f"http://127.0.0.1:{port}/dang-nhap/", served)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(served.pid, 15)


def wait_for(url: str, served: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert served.poll() is None, "the server ended before it answered"
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer in {seconds} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium here (apt install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def states(site: str, browser: Browser) -> dict[str, str]:
    """Kept sign-ins by user name, filled as tests need them."""
    return {}


Opener = Callable[..., Page]


@pytest.fixture
def open_as(site: str, browser: Browser, states: dict[str, dict[str, object]]) -> Iterator[Opener]:
    """open_as("dau-moi", "/desk/board/", width=360, script=False): a page as that person sees it (who = "": nobody signed in), with
    its faults in `page.faults`."""
    contexts: list[BrowserContext] = []

    def opened(who: str, path: str, *, width: int = 1440, script: bool = True, language: str = "") -> Page:
        if who and who not in states:
            states[who] = _signed_in(browser, site, who)
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            storage_state=states[who] if who else None,
            locale="vi-VN",  # type: ignore[arg-type]
        )
        contexts.append(context)
        if language:
            context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        page = context.new_page()
        page.faults = []  # type: ignore[attr-defined]
        page.on("console", lambda said: page.faults.append(said.text) if said.type in ("error", "warning") else None)  # type: ignore[attr-defined]
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))  # type: ignore[attr-defined]
        page.on("request", lambda asked: page.faults.append(f"left: {asked.url}") if not asked.url.startswith((site, "data:")) else None)  # type: ignore[attr-defined]
        page.goto(f"{site}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def _signed_in(browser: Browser, site: str, who: str) -> dict[str, object]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/dang-nhap/")
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    page.click("form[method=post] button.btn-primary")
    page.wait_for_load_state()
    assert "/dang-nhap/" not in page.url, f"{who} could not sign in"
    state: dict[str, object] = dict(context.storage_state())  # type: ignore[arg-type]
    context.close()
    return state
