"""Charts as SVG from the server: they print, need no script, and say their sentence to screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from luytre.ui import figures


@dataclass(frozen=True)
class Point:
    """One day of a series: `part` of `whole`."""

    on: date
    part: int
    whole: int

    @property
    def share(self) -> float:
        return 100 * self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True)
class Mark:
    """A day on which the law or the map of bodies changed."""

    on: date
    says: str
    short: str = ""


@dataclass(frozen=True)
class Plot:
    """A drawing area over days `first`–`last` and shares 0–`top` %, inside its margins. Places are SVG units."""

    first: date
    last: date
    top: float = 100
    width: int = 760
    height: int = 360
    left: int = 40
    right: int = 128
    head: int = 34
    foot: int = 34

    def x(self, on: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(self.left + (on - self.first).days * (self.width - self.left - self.right) / span, 1)

    def y(self, share: float) -> float:
        return round(self.floor - share / self.top * (self.floor - self.head), 1)

    @property
    def floor(self) -> int:
        return self.height - self.foot

    @property
    def edge(self) -> int:
        return self.width - self.right

    @property
    def is_wide(self) -> bool:
        return self.width > 500


def trend(points: Sequence[Point], marks: Sequence[Mark], label: str, sentence: str, *, narrow: bool = False) -> SafeString:
    """A line of shares over time, its last figure written at its end. `sentence` is what a screen reader hears."""
    if len(points) < 2:
        return SafeString("")
    step, top = _scale(max(point.share for point in points))
    plot = Plot(points[0].on, points[-1].on, top)
    if narrow:
        plot = Plot(points[0].on, points[-1].on, top, width=340, height=240, left=34, right=52, head=34, foot=28)
    line = " ".join(f"{plot.x(point.on)},{plot.y(point.share)}" for point in points)
    red = format_html('<polyline class="l-red" points="{}"/>', line)
    drawn = _grid(plot, step) + _marks(plot, marks) + red + _end(plot, points[-1], label) + _months(plot, points)
    return format_html('<svg class="ch" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', plot.width, plot.height, sentence, drawn)


def _scale(highest: float) -> tuple[int, int]:
    """The step of the ticks and the top of the axis, so that there are at most six ticks."""
    step = next((step for step in (1, 2, 5, 10) if highest <= 5 * step), 20)
    return step, step * max(1, -(-int(highest + 0.999) // step))


def _grid(plot: Plot, step: int) -> SafeString:
    rows = [(plot.left, plot.edge, plot.y(v), plot.y(v), plot.left - 8, plot.y(v) + 4, v) for v in range(0, int(plot.top) + 1, step)]
    both = '<line class="gr" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}%</text>'
    return format_html_join("", both, rows)


def _marks(plot: Plot, marks: Sequence[Mark]) -> SafeString:
    rows = []
    for number, mark in enumerate(mark for mark in marks if plot.first < mark.on <= plot.last):
        at, height = plot.x(mark.on), plot.head - 18 + 15 * (number % 2)
        is_late = at > plot.width / 2
        rows.append(
            (
                at,
                at,
                height - 9,
                plot.floor,
                at + (-6 if is_late else 6),
                height,
                "end" if is_late else "start",
                mark.says if plot.is_wide else mark.short,
            )
        )
    both = '<line class="now" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="{}">{}</text>'
    return format_html_join("", both, rows)


def _end(plot: Plot, end: Point, label: str) -> SafeString:
    x, y = plot.x(end.on), plot.y(end.share)
    said = f"{figures.percent(end.part, end.whole)} {label}" if plot.is_wide else figures.percent(end.part, end.whole)
    dot = format_html('<circle class="d-red" cx="{}" cy="{}" r="4.5"/><text class="lb" x="{}" y="{}">{}</text>', x, y, x + 10, y + 1, said)
    if not plot.is_wide:
        return dot
    return dot + format_html('<text x="{}" y="{}">{} / {}</text>', x + 10, y + 17, figures.grouped(end.part), figures.grouped(end.whole))


def _months(plot: Plot, points: Sequence[Point]) -> SafeString:
    every = max(1, -(-len(points) // (8 if plot.is_wide else 4)))
    chosen = [point for back, point in enumerate(reversed(points)) if back % every == 0]
    rows = [(plot.x(point.on), plot.height - 12, f"{point.on.month}/{point.on:%y}") for point in chosen]
    return format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', rows)
