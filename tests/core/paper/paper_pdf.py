"""What a reader finds on a PDF: its lines with their places, its fonts, its words; and the rules of the decree measured on them."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

MM = 72 / 25.4
_X = "{http://www.w3.org/1999/xhtml}"
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed (apt install poppler-utils)")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed (apt install qpdf)")


def run(*args: str) -> str:
    return subprocess.run(args, capture_output=True, text=True, check=True).stdout


def pages_of(pdf: Path) -> list[dict[str, Any]]:
    """Pages as {w, h, lines: [(top, left, right, bottom, words)]}, in points."""
    pages = []
    for page in ElementTree.fromstring(run("pdftotext", "-bbox-layout", str(pdf), "-")).iter(_X + "page"):
        lines = []
        for line in page.iter(_X + "line"):
            box = [float(line.get(key) or 0) for key in ("yMin", "xMin", "xMax", "yMax")]
            lines.append((*box, " ".join(word.text or "" for word in line.iter(_X + "word"))))
        pages.append({"w": float(page.get("width") or 0), "h": float(page.get("height") or 0), "lines": sorted(lines)})
    return pages


def letters_only(text: str) -> str:
    """Letter for letter: bold marks, blanks and line breaks aside."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text.replace("**", "")))


def strings_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        skipped = {"image", "alt", "align", "width", "kind", "format", "date", "form", "held"}
        return [s for key, item in value.items() if key not in skipped for s in strings_of(item)]
    if isinstance(value, list):
        return [s for item in value for s in strings_of(item)]
    return [value] if isinstance(value, str) else []


def lost_words(sheet: dict[str, Any], text: str) -> list[str]:
    """Strings of the sheet of which a word is nowhere in the text; front matter must be there letter for letter."""
    flow, words = letters_only(text), set(re.findall(r"\w+", unicodedata.normalize("NFC", text)))
    exact = (
        "parent",
        "issuer",
        "number",
        "place_date",
        "type",
        "subject",
        "letter_subject",
        "authority",
        "addressees",
        "bases",
        "enacting",
    )
    lost = [s for key in exact for s in strings_of(sheet[key] or []) if letters_only(s) not in flow]
    rest = strings_of([sheet["blocks"], sheet["closing"], sheet["recipients"], sheet["signers"], sheet["annexes"]])
    return lost + [s for s in rest if letters_only(s) not in flow and not set(re.findall(r"\w+", s.replace("**", ""))) <= words]


def layout_faults(sheet: dict[str, Any], pages: list[dict[str, Any]]) -> list[str]:
    """Where the pages break the decree: margins, page numbers, letterhead, a signature alone."""
    return [*_margins(pages), *_page_numbers(pages, {a["name"] for a in sheet["annexes"]}), *_letterhead(sheet, pages[0]), *_orphans(pages)]


def _margins(pages: list[dict[str, Any]]) -> list[str]:
    bad = []
    for number, page in enumerate(pages, 1):
        body = [line for line in page["lines"] if line[0] > 18 * MM and line[3] < page["h"] - 18 * MM]
        left, right = min(line[1] for line in body) / MM, (page["w"] - max(line[2] for line in body)) / MM
        if not left >= 29.8 or right < 14.8:
            bad.append(f"page {number}: margins {left:.1f} / {right:.1f} mm")
    return bad


def _page_numbers(pages: list[dict[str, Any]], annexes: set[str]) -> list[str]:
    bad, start = [], 1
    for number, page in enumerate(pages, 1):
        head = [line for line in page["lines"] if line[3] < 20 * MM]
        if number == 1 or any(line[4] in annexes for line in page["lines"]):  # the paper and each annex count from one
            start = number
            bad += [f"page {number}: something stands above the text: {line[4]}" for line in head]
            continue
        middle = (30 * MM + page["w"] - 15 * MM) / 2
        if not head or head[0][4] != str(number - start + 1) or abs((head[0][1] + head[0][2]) / 2 - middle) > 2 * MM:
            bad.append(f"page {number}: page number {head}")
    return bad


def _letterhead(sheet: dict[str, Any], page: dict[str, Any]) -> list[str]:
    def row(part: str) -> Any:
        return next((line for line in page["lines"] if part in line[4]), None)

    bad = []
    motto, number, day = row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), row(sheet["number"]), row(sheet["place_date"])
    first = row(sheet["parent"] or sheet["issuer"][0])
    if not motto or not first or abs(motto[0] - first[0]) > 3:
        bad.append("motto and issuer are not side by side, or the motto is broken")
    if not number or not day or abs(number[3] - day[3]) > 4:
        bad.append("number and date are not on one line")
    return bad


def _orphans(pages: list[dict[str, Any]]) -> list[str]:
    for page in pages:
        at = next((line[0] for line in page["lines"] if line[4].startswith("Nơi nhận:")), None)
        if at is not None and sum(20 * MM < line[0] < at for line in page["lines"]) < 2:
            return ["the signature stands alone on its page"]
    return []
