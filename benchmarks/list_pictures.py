"""Takes the pictures of every list from a running demo: full of rows, with nothing found, and with a fault; axe must find nothing.

Run: bin/demo in one terminal, then uv run python -m benchmarks.list_pictures [http://127.0.0.1:8000] in another.
Each page is asked at 360 and 1440 px: no sideways scrolling, no finding of axe. The pictures go to docs/pictures/lists/.
"""

import shutil
import sys
from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.pictures import FOLDER, keep, mark_in_sight, sign_in

WHO, WIDTHS, HEIGHT = "dau-moi", (360, 1440), 900
LISTS = ("organisations", "systems", "papers", "people")
STATES = {"full": "", "empty": "?q=khongcogicanam", "error": "?on=31/02/2026"}


def take(context: BrowserContext, site: str, name: str, state: str, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    answer = page.goto(f"{site}/desk/{name}/{STATES[state]}")
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    findings = Axe().run(page).violations_count
    rows = page.locator("table[data-rows] tbody tr").count()
    told = page.locator(".count").first.inner_text().split("\n")[0] if rows else ""
    status = answer.status if answer else 0
    sys.stdout.write(f"{name} {state} {width}: {status}, {rows} rows on the page ({told}), axe {findings}{', SIDEWAYS' if wide else ''}\n")
    right = (status, rows > 0) == {"full": (200, True), "empty": (200, False), "error": (400, False)}[
        state
    ] and f"/desk/{name}/" in page.url
    if wide or findings or not right or not mark_in_sight(page, HEIGHT):
        raise SystemExit(f"{name} {state} {width}: not fit to be shown")
    keep(page.screenshot(), f"lists/{name}-{state}-{width}")
    page.close()


def main(argv: Sequence[str]) -> int:
    site = (argv[0] if argv else "http://127.0.0.1:8000").rstrip("/")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is missing: apt install chromium")
    (FOLDER / "lists").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(locale="vi-VN")
        sign_in(context.new_page(), site, WHO)
        for name in LISTS:
            for state in STATES:
                for width in WIDTHS:
                    take(context, site, name, state, width)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
