"""The look keeps its promises: contrast, numbers and days, weight of the heat map, escaping, icons that exist."""

import gzip
import random
import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from luytre.core.duty.model import STATUSES
from luytre.overview.board import atlas
from luytre.overview.board.heat import PAGE, Block, Column, Group, Heat, Row
from luytre.ui import charts, figures
from luytre.ui.contrast import contrast, tokens
from luytre.ui.statuses import LOOKS, ORDER

UI = Path(__file__).parents[2] / "src/luytre/ui"
COLOURS = tokens((UI / "static/luytre/tokens.css").read_text())


def test_statuses_are_the_judges_in_its_order() -> None:
    assert tuple(LOOKS) == STATUSES == ORDER


@pytest.mark.parametrize("status", STATUSES)
def test_ink_of_a_status_is_read_on_its_ground(status: str) -> None:
    assert contrast(COLOURS[f"st-{status}-ink"], COLOURS.get(f"st-{status}-bg", "#ffffff")) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("lt-ink-2", "lt-ground"),
        ("lt-ink-3", "lt-ground"),
        ("lt-ink-3", "lt-sunk"),
        ("lt-brand", "lt-ground"),
        ("lt-red", "lt-red-soft"),
        ("lt-amber", "lt-amber-soft"),
        ("lt-ink-2", "lt-brand-soft"),
    ],
)
def test_text_is_read_on_its_ground(ink: str, ground: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[ground]) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_numbers_and_days_in_both_languages() -> None:
    with translation.override("vi"):
        assert (figures.grouped(5823), figures.percent(474, 5823), figures.day(date(2026, 6, 3))) == ("5.823", "8,1%", "03/06/2026")
        assert figures.weekday(date(2026, 11, 22)) == "Chủ nhật"
        assert figures.percent(1, 0) == "–"
    with translation.override("en"):
        assert (figures.grouped(5823), figures.percent(474, 5823), figures.day(date(2026, 6, 3))) == ("5,823", "8.1%", "03/06/2026")


def _heat(bodies: int, duties: int) -> Heat:
    chance = random.Random(13)
    names = [Column(f"D{n:02}", "1.1", f"Tên nhiệm vụ {n}") for n in range(duties)]
    groups = [Group(f"Nhóm {start}", names[start : start + 6]) for start in range(0, duties, 6)]
    rows = [_row(n, chance.choices(STATUSES, k=duties)) for n in range(bodies)]
    return Heat(groups, [Block("Xã, phường", rows, bodies, bodies)], "?on=2026-06-30&known=2026-07-01T00%3A00%3A00")


def _row(number: int, statuses: list[str]) -> Row:
    return Row(f"org:xa-so-{number}", f"UBND xã số {number}", f"/desk/organisations/xa-so-{number}/", statuses, 3)


def test_a_full_page_of_the_heat_map_weighs_less_than_300_kb() -> None:
    html = str(_heat(PAGE, 48).html())
    assert html.count('<a data-status="') == PAGE * 48
    assert len(gzip.compress(html.encode(), 6)) < 300 * 1024


def test_the_heat_map_escapes_names_and_keeps_words_for_screen_readers() -> None:
    row = Row("org:a", "<b>Đông & Tây", "/x/", ["overdue", ""], 1)
    html = str(Heat([Group("N", [Column("D01", "1.1", "Một"), Column("D02", "1.2", "Hai")])], [Block("B", [row])]).html())
    assert "&lt;b&gt;Đông &amp; Tây" in html
    assert ">Quá hạn</a>" in html
    assert html.count("data-status") == 1, "no line, no cell"


def test_every_icon_named_anywhere_is_in_the_sprite() -> None:
    listed = {line for line in (UI / "icons.txt").read_text().splitlines() if line and not line.startswith("#")}
    texts = [path.read_text() for path in UI.parent.rglob("*.html")]
    named = {name for text in texts for name in re.findall(r'\{%\s*icon "([a-z0-9-]+)"', text)} | {look.icon for look in LOOKS.values()}
    assert len(named) > 20
    assert named <= listed, named - listed


def test_the_map_draws_every_commune_and_hatches_the_worst() -> None:
    codes = [shape.code for shape in atlas.atlas(atlas.file()).shapes]
    html = str(atlas.draw(atlas.file(), {codes[0]: 12, codes[1]: 1}, {codes[0]: "Phường <Một>"}))
    assert html.count("<title>") == len(codes) == 166
    assert html.count('class="hat"') == 1
    assert "Phường &lt;Một&gt;: 12" in html
    assert [atlas.grade(n) for n in (0, 1, 2, 3, 5, 6, 9, 10, 99)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_the_trend_ends_with_its_figure_and_has_a_sentence() -> None:
    points = [charts.Point(date(2026, month, 28), month, 100) for month in range(1, 7)]
    html = str(charts.trend(points, [charts.Mark(date(2026, 3, 1), "Một ngày & đêm")], "quá hạn", "Từ 1 đến 6"))
    assert "6,0% quá hạn" in html
    assert 'aria-label="Từ 1 đến 6"' in html
    assert "Một ngày &amp; đêm" in html
    assert str(charts.trend(points[:1], [], "", "")) == ""


SCRIPTS = r"<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:"


def test_styles_and_scripts_stay_out_of_templates() -> None:
    """The content security policy allows none inline; a template that tries is found here, not in a user's browser.

    A letter is no page: mail readers drop style sheets, so its styles stand inline; scripts it may not hold either.
    """
    for path in [*UI.parent.rglob("*.html"), *UI.parent.rglob("*.jinja")]:
        refused = SCRIPTS if path.name == "letter.html" else rf"\sstyle=|<style|{SCRIPTS}"
        assert not re.search(refused, path.read_text()), path
