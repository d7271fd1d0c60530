"""Takes the pictures of the README from a running demo, and refuses one on which the demo's mark cannot be seen.

Run: bin/demo in one terminal, then bin/pictures [http://127.0.0.1:8000] in another.
"""

import shutil
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from luytre.site.seeding.cast import PASSWORD
from luytre.site.world.papers import MARK

FOLDER = Path(__file__).parents[1] / "docs/pictures"
COLOURS = 128  # of the palette: flat pages look the same and weigh a third


@dataclass(frozen=True)
class Picture:
    """One picture: who looks at which page, how large."""

    name: str
    who: str
    path: str
    size: tuple[int, int]


PICTURES = (
    Picture("board", "chu-tich", "/desk/board/", (1440, 1000)),
    Picture("board-phone", "chu-tich", "/desk/board/", (390, 844)),
    Picture("mine", "thu-truong", "/desk/mine/", (390, 844)),
    Picture("why", "thu-truong", "/desk/why/D34/org:so-y-te/", (1440, 1000)),
)


def take(browser: Browser, site: str, asked: Picture) -> bytes:
    """PNG bytes of a page as that person sees it."""
    width, height = asked.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    page = context.new_page()
    sign_in(page, site, asked.who)
    page.goto(site + asked.path)
    page.wait_for_load_state("networkidle")
    if not page.url.endswith(asked.path):
        raise SystemExit(f"{asked.name}: {asked.who} was sent to {page.url}")
    if not mark_in_sight(page, height):
        raise SystemExit(f"{asked.name}: the mark of the demo is not in sight")
    shot = page.screenshot()
    context.close()
    return shot


def sign_in(page: Page, site: str, who: str) -> None:
    page.goto(f"{site}/dang-nhap/")
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    page.click("form[method=post] button.btn-primary")
    page.wait_for_load_state()
    if "/dang-nhap/" in page.url:
        raise SystemExit(f"{who} could not sign in at {site}: is this the demo?")


def mark_in_sight(page: Page, height: int) -> bool:
    """Whether the mark, or its two first words where there is little room, stands within the picture."""
    for text in (MARK, "DỮ LIỆU MINH HỌA"):
        for found in page.get_by_text(text).all():
            box = found.bounding_box()
            if box and found.is_visible() and box["y"] >= 0 and box["y"] + box["height"] <= height:
                return True
    return False


def keep(shot: bytes, name: str) -> None:
    drawn = Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    drawn.save(FOLDER / f"{name}.png", optimize=True)


def main(argv: list[str]) -> int:
    site = (argv[0] if argv else "http://127.0.0.1:8000").rstrip("/")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is missing: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for asked in PICTURES:
            keep(take(browser, site, asked), asked.name)
            sys.stdout.write(f"{FOLDER / asked.name}.png\n")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
