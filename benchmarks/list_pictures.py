"""Takes the pictures of every list from a running demo: full of rows, with nothing there, and with a fault; axe must find nothing.

Run: bin/demo in one terminal, then uv run python -m benchmarks.list_pictures [http://127.0.0.1:8000] [NAME …] in another.
Each page is asked at 360 and 1440 px: no sideways scrolling, no finding of axe. The pictures go to docs/pictures/lists/. What a fault is
differs: a day that is in no calendar, a form sent with nothing chosen, an address that is not for who asks.
"""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.pictures import COLOURS, FOLDER, mark_in_sight, sign_in

WIDTHS, HEIGHT = (360, 1440), 900
HEAVIEST = 60_000
NOTHING, NO_DAY = "?q=khongcogicanam", "?on=31/02/2026"


class Shown(NamedTuple):
    """Who asks for what, what the server answers, and what is pressed there before the picture is taken."""

    who: str
    path: str
    status: int = 200
    press: str = ""


@dataclass(frozen=True)
class List:
    """A list in its three states."""

    name: str
    full: Shown
    empty: Shown | None
    error: Shown

    @property
    def states(self) -> dict[str, Shown]:
        return {"full": self.full, "error": self.error} | ({"empty": self.empty} if self.empty else {})


def _of_desk(name: str) -> List:
    """The four great lists, which have a day and a field to search by."""
    path = f"/desk/{name}/"
    return List(name, Shown("dau-moi", path), Shown("dau-moi", path + NOTHING), Shown("dau-moi", path + NO_DAY, 400))


LISTS = (
    *map(_of_desk, ("organisations", "systems", "papers", "people")),
    List(
        "instructions",
        Shown("chu-tich", "/desk/instructions/"),
        Shown("doanh-nghiep", "/desk/instructions/"),
        Shown("chu-tich", "/desk/instructions/new/", 422, "main form[method=post] .btn-primary"),
    ),
    List(
        "reviews",
        Shown("dau-moi", "/desk/duties/reviews/"),
        None,  # the sample's queue is never empty
        Shown("xa", "/desk/duties/reviews/", 404),
    ),
    List(
        "reports",
        Shown("dau-moi", "/desk/submissions/"),
        Shown("doanh-nghiep", "/desk/submissions/"),
        Shown("dau-moi", "/desk/submissions/new/", 422, "main form[method=post] .btn-primary"),
    ),
    List(
        "reminders",
        Shown("dau-moi", "/desk/reminders/?show=late"),
        Shown("dau-moi", "/desk/reminders/?show=late&q=khongcogicanam"),
        Shown("dau-moi", "/desk/reminders/?show=late", 422, "main form[method=post] .btn-primary"),
    ),
    List(
        "incidents",
        Shown("dau-moi", "/desk/incidents/cases/?show=all"),
        Shown("dau-moi", "/desk/incidents/cases/?show=all&q=khongcogicanam"),
        Shown("dau-moi", "/desk/incidents/new/?body=org:so-y-te", 422, "main form[method=post] .btn-primary"),
    ),
)


def take(context: BrowserContext, site: str, name: str, state: str, asked: Shown, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    status = _answer(page, f"{site}{asked.path}", asked.press)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    findings = Axe().run(page).violations_count
    sys.stdout.write(f"{name} {state} {width}: {status}, axe {findings}{', SIDEWAYS' if wide else ''}\n")
    right = status == asked.status and page.url.startswith(site + asked.path.partition("?")[0])
    if wide or findings or not right or not mark_in_sight(page, HEIGHT) or _has_rows(page) != (state == "full"):
        raise SystemExit(f"{name} {state} {width}: not fit to be shown")
    _keep(page.screenshot(), f"{name}-{state}-{width}")
    page.close()


def _answer(page: Page, url: str, press: str) -> int:
    """Open a page, and send its form as it stands where that is asked for."""
    answer = page.goto(url)
    page.wait_for_load_state("networkidle")
    if press:
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        with page.expect_navigation() as gone:
            page.locator(press).first.click()
        answer = gone.value
        page.wait_for_load_state("networkidle")
    return answer.status if answer else 0


def _keep(shot: bytes, name: str) -> None:
    """As WebP without loss, of a palette: small enough to lie beside the code."""
    place = FOLDER / "lists" / f"{name}.webp"
    drawn = Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    drawn.convert("RGB").save(place, lossless=True, method=6)
    if place.stat().st_size > HEAVIEST:
        raise SystemExit(f"{name}: {place.stat().st_size // 1024} KB")


def _has_rows(page: Page) -> bool:
    """Whether a list with anything in it stands there; a fault stands above it."""
    return page.locator(".empty, .sum, .lead").count() == 0


def main(argv: Sequence[str]) -> int:
    site = (argv[0] if argv else "http://127.0.0.1:8000").rstrip("/")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is missing: apt install chromium")
    (FOLDER / "lists").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        people: dict[str, BrowserContext] = {}
        for one in LISTS:
            for state, asked in one.states.items() if one.name in argv[1:] or not argv[1:] else ():
                for width in WIDTHS:
                    take(_as(browser, site, asked.who, people), site, one.name, state, asked, width)
        browser.close()
    return 0


def _as(browser: Browser, site: str, who: str, people: dict[str, BrowserContext]) -> BrowserContext:
    if who not in people:
        people[who] = browser.new_context(locale="vi-VN")
        people[who].set_default_timeout(120_000)  # a busy machine draws its first board slowly
        sign_in(people[who].new_page(), site, who)
    return people[who]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
