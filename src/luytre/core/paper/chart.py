"""Charts of the papers as plain SVG: black, grey and drawn hatching (no patterns: office programs lose them), a number on every bar."""

from xml.sax.saxutils import escape

from luytre.core.paper.model import Chart

_LOOKS = (("#1b1b1b", False), ("#b9b9b9", False), ("#ffffff", True), ("#ffffff", False))  # fill, hatched?
_WIDE = 640


def drawn(chart: Chart) -> tuple[str, str]:
    """The chart as SVG text and the sentence that holds all its values."""
    shape = {"columns": _columns, "bars": _bars}[chart.shape]
    return shape(chart), _alt(chart)


def vi(value: float) -> str:
    """14862 → "14.862", 87.3 → "87,3": dot for thousands, comma for decimals."""
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def _alt(chart: Chart) -> str:
    kind = "Biểu đồ cột" if chart.shape == "columns" else "Biểu đồ thanh"
    parts = []
    for index, label in enumerate(chart.labels):
        values = ", ".join(f"{s.name} {vi(s.values[index])}" if len(chart.series) > 1 else vi(s.values[index]) for s in chart.series)
        parts.append(f"{label}: {values}")
    return f"{kind}. {'; '.join(parts)}"


def _text(x: float, y: float, words: str, *, size: float = 14, anchor: str = "middle", bold: bool = False, fill: str = "#000") -> str:
    weight = "bold" if bold else "normal"
    style = f'font-family="Tinos" font-size="{size:g}" font-weight="{weight}" text-anchor="{anchor}" fill="{fill}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str = "#000", width: float = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width:g}"/>'


def _rect(x: float, y: float, w: float, h: float, look: int) -> str:
    fill, hatched = _LOOKS[look]
    box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{fill}" stroke="#000" stroke-width="1"/>'
    return box + (_hatch(x, y, w, h) if hatched else "")


def _hatch(x: float, y: float, w: float, h: float, step: float = 6) -> str:
    lines, k = [], step
    while k < w + h:
        start = (x, y + k) if k <= h else (x + k - h, y + h)
        end = (x + k, y) if k <= w else (x + w, y + k - w)
        lines.append(_line(*start, *end))
        k += step
    return "".join(lines)


def _svg(height: float, parts: list[str]) -> str:
    size = f'viewBox="0 0 {_WIDE} {height:.0f}" width="{_WIDE}" height="{height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def _legend(chart: Chart, y: float) -> list[str]:
    if len(chart.series) == 1:
        return []
    room = (_WIDE - 8) / len(chart.series)
    parts = []
    for index, series in enumerate(chart.series):
        x = 8 + index * room
        parts += [_rect(x, y - 11, 18, 12, index), _text(x + 25, y, series.name, anchor="start")]
    return parts


def _ticks(peak: float) -> list[float]:
    """Round steps from nought to the peak: 1, 2 or 5 times a power of ten, at most five of them."""
    step = 1.0
    while peak / step > 5:
        step *= 2.5 if str(step)[0] == "2" else 2
    return [step * n for n in range(int(peak / step) + 1)]


def _columns(chart: Chart) -> str:
    left, top, base = 44.0, 22.0, 190.0
    peak = max((max(s.values) for s in chart.series), default=0) or 1
    scale = (base - top) / peak
    parts = []
    for tick in _ticks(peak):
        y = base - tick * scale
        parts += [_line(left, y, _WIDE, y, "#bbb", 0.8), _text(left - 6, y + 5, vi(tick), size=13, anchor="end")]
    step = (_WIDE - left - 6) / len(chart.labels)
    wide = step * 0.68 / len(chart.series)
    for index, label in enumerate(chart.labels):
        x = left + index * step + step * 0.16
        for row, series in enumerate(chart.series):
            tall = series.values[index] * scale
            parts.append(_rect(x + row * wide, base - tall, wide, tall, row if len(chart.series) > 1 else 1))
            parts.append(_text(x + (row + 0.5) * wide, base - tall - 5, vi(series.values[index]), size=13))
        parts.append(_text(x + step * 0.34, base + 18, label, size=13))
    parts.append(_line(left, base, _WIDE, base, width=1.2))
    height = 236 if len(chart.series) > 1 else 214
    return _svg(height, parts + _legend(chart, height - 5))


def _bars(chart: Chart) -> str:
    left, row, gap = 12 + 7.4 * max(len(label) for label in chart.labels), 22.0, 8.0
    left = min(left, 260.0)
    sums = [sum(s.values[i] for s in chart.series) for i in range(len(chart.labels))]
    scale = (_WIDE - left - 70) / (max(sums) or 1)
    parts = []
    for index, label in enumerate(chart.labels):
        y, x = 8 + index * (row + gap), left
        parts.append(_text(left - 8, y + row / 2 + 5, label, anchor="end"))
        for look, series in enumerate(chart.series):
            wide = series.values[index] * scale
            if not wide:
                continue
            parts.append(_rect(x, y, wide, row, look if len(chart.series) > 1 else 1))
            if wide > 9 * len(vi(series.values[index])) + 10 and len(chart.series) > 1:
                parts.append(_inside(x + wide / 2, y + row / 2 + 5, vi(series.values[index]), look))
            x += wide
        parts.append(_text(x + 6, y + row / 2 + 5, vi(sums[index]), anchor="start", bold=True))
    height = 8 + len(chart.labels) * (row + gap) + (24 if len(chart.series) > 1 else 2)
    return _svg(height, parts + _legend(chart, height - 6))


def _inside(x: float, y: float, words: str, look: int) -> str:
    """A number within its bar; over hatching it stands on a white ground, else a photocopy swallows it."""
    if not _LOOKS[look][1]:
        return _text(x, y, words, bold=True, fill="#fff" if look == 0 else "#000")
    wide = 8 * len(words) + 4
    ground = f'<rect x="{x - wide / 2:.1f}" y="{y - 13:.1f}" width="{wide}" height="16" fill="#fff"/>'
    return ground + _text(x, y, words, bold=True)
