"""What the pages of a report show: months with their issues, sections with tables and charts, rows with names and links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from luytre.core.law.model import Law
from luytre.core.paper.chart import drawn
from luytre.core.paper.model import Chart
from luytre.journal import clock
from luytre.overview.law_words import said
from luytre.overview.links import optional, thing_url, why_url
from luytre.overview.reader import Reader
from luytre.overview.reports import actions, queries, spans
from luytre.overview.reports.figures import Row, Value
from luytre.overview.reports.models import Issue
from luytre.overview.reports.monthly import Monthly
from luytre.overview.reports.papers import HELD, TITLES
from luytre.overview.reports.tables import Table
from luytre.register import reading
from luytre.rooms.duties import queries as duties
from luytre.ui.statuses import LOOKS

PAGE = 100


@dataclass(frozen=True)
class Month:
    first: date
    issue: Issue | None

    @property
    def period(self) -> str:
        return f"{self.first:%Y-%m}"


def months(today: date) -> list[Month]:
    offered = spans.months_offered(today)
    held = queries.issues(queries.MONTHLY, [f"{first:%Y-%m}" for first in offered])
    return [Month(first, held.get(f"{first:%Y-%m}")) for first in offered]


def halves(today: date) -> list[str]:
    """Periods of Form 05 now due: the two half-years of the year, and the year."""
    return [f"{today.year}-H1", *([f"{today.year}-H2"] if today.month > 6 else []), str(today.year)]


@dataclass(frozen=True)
class Section:
    """One section of the page."""

    name: str
    title: str
    lines: Sequence[SafeString]
    tables: Sequence[Table]
    picture: SafeString
    is_edited: bool


def sections(report: Monthly, edited: Mapping[str, str], tail: str) -> list[Section]:
    made = actions.sections_of(report, edited)
    charts = {"incidents": report.chart_of_months, "levels": report.chart_of_levels}
    found = []
    for name, title in TITLES.items():
        if name in made:
            tables = [report.tables[id_] for id_ in HELD.get(name, ())]
            lines = [bold(line) for line in made[name]]
            found.append(Section(name, title.capitalize(), lines, tables, picture(charts.get(name)), bool(edited.get(name))))
    return found


def bold(line: str) -> SafeString:
    """**…** as strong; everything else is text."""
    parts = line.split("**")
    return format_html_join("", "{}", ((format_html("<b>{}</b>", part) if place % 2 else part,) for place, part in enumerate(parts)))


def picture(chart: Chart | None) -> SafeString:
    """The same drawing as on paper; its words hold every value."""
    if chart is None:
        return SafeString("")
    image, alt = drawn(chart)
    inside = mark_safe(image)  # noqa: S308 (our own drawing)
    box = '<figure class="rp-f" role="img" aria-label="{}">{}<figcaption>{}</figcaption></figure>'
    return format_html(box, alt, inside, chart.caption)


@dataclass(frozen=True)
class Shown:
    """One row of a figure as the page shows it."""

    row: Row
    name: str
    url: str
    says: str
    status: str = ""


def rows_page(value: Value, report: Monthly, number: str | None, who: Reader, tail: str) -> "Page[Shown]":
    closed, law = reading.closed(who.person, clock.today()), duties.law()
    paginator: Paginator[Any] = Paginator(value.rows, PAGE)
    page = paginator.get_page(number)
    page.object_list = [_shown(row, report, closed, law, tail) for row in page.object_list]
    return page


def _shown(row: Row, report: Monthly, closed: frozenset[str], law: Law, tail: str) -> Shown:
    bare = row.key.partition("@")[0]
    if bare in closed:
        return Shown(row, "", "", "")
    ref = row.about if row.about.startswith(("org:", "system:")) else ""
    status = row.says if row.says in LOOKS else ""
    return Shown(row, report.ground.name(ref) if ref else "", _url(row, bare, ref, tail), _says(row, law, status), status)


def _says(row: Row, law: Law, status: str) -> str:
    if status:
        return ""
    return f"{row.says} {said(law.duties[row.says].name)}" if row.says in law.duties else row.says


def _url(row: Row, bare: str, ref: str, tail: str) -> str:
    kind, _colon, code = bare.partition(":")
    if kind == "entry":
        return optional("duties:evidence", int(code))
    if kind == "incident":
        return optional("incidents:incident", code)
    if "#" in row.key:
        body, _hash, duty = row.key.partition("#")
        return why_url(duty, body, tail)
    return thing_url(bare if kind in ("org", "system") else ref, tail) if kind in ("org", "system") or ref else ""
