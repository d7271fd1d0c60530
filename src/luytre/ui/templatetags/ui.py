"""Components as tags: {% icon %}, {% chip %}, {% mark %}, {% bar %}, {% panel %}…{% endpanel %}, {% note %}…; figures as filters."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from luytre.ui import figures
from luytre.ui.statuses import LOOKS

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One icon of the sprite, silent to screen readers."""
    sprite = static("luytre/dist/icons.svg")
    return format_html('<svg class="i {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', css, sprite, name)


@register.simple_tag
def chip(status: str, text: str = "") -> SafeString:
    """A status in words: icon, colour and word; `text` may say more ("Quá hạn 443 ngày"), never less."""
    look = LOOKS[status]
    return format_html('<span class="st" data-status="{}">{}<span>{}</span></span>', status, icon(look.icon), text or look.word)


@register.simple_tag
def mark(status: str, label: bool = False) -> SafeString:
    """A status as a small square; `label` gives it its word for screen readers where no word stands beside it."""
    look = LOOKS[status]
    word = format_html('<span class="sr">{}</span>', look.word) if label else ""
    return format_html('<span class="mk" data-status="{}" title="{}">{}{}</span>', status, look.word, icon(look.icon), word)


@register.filter
def status_word(status: str) -> str:
    return str(LOOKS[status].word)


@register.filter
def status_icon(status: str) -> str:
    return LOOKS[status].icon


@register.simple_tag
def bar(parts: Iterable[tuple[str, int]], label: str, height: int = 8) -> SafeString:
    """A stacked bar as SVG: parts are (fill, value); fills are the f-… classes of app.css without their prefix."""
    parts = list(parts)
    whole, x, rects = sum(value for _, value in parts) or 1, 0.0, []
    for fill, value in parts:
        width = 100 * value / whole
        rects.append((fill, f"{x:.2f}", f"{max(width - 0.35, 0):.2f}"))
        x += width
    inner = format_html_join("", '<rect class="f-{}" x="{}" y="0" width="{}" height="8"/>', rects)
    box = '<svg class="bar bar-{}" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    return format_html(box, height, label, inner)


@register.simple_block_tag
def panel(content: str, title: str = "", sub: str = "", css: str = "", id: str = "", aside: str = "") -> SafeString:
    """A white panel with a title, an optional line of help and tools at the right."""
    head = format_html("<div><h2>{}</h2>{}</div>", title, format_html("<p>{}</p>", sub) if sub else "")
    tools = format_html('<div class="pn-a">{}</div>', aside) if aside else ""
    anchor = format_html(' id="{}"', id) if id else ""
    header = format_html('<header class="pn-h">{}{}</header>', head, tools) if title else ""
    return format_html('<section class="pn {}"{}>{}{}</section>', css, anchor, header, mark_safe(content))  # noqa: S308 (a rendered template)


def _box(css: str, symbol: str, content: str) -> SafeString:
    return format_html('<div class="{}">{}<div>{}</div></div>', css, icon(symbol), mark_safe(content))  # noqa: S308 (a rendered template)


@register.simple_block_tag
def note(content: str, kind: str = "") -> SafeString:
    """To know (plain) or to mind (`kind="warn"`)."""
    return _box(f"note {kind}".strip(), "alert-triangle" if kind == "warn" else "info-circle", content)


@register.simple_block_tag
def need(content: str) -> SafeString:
    """What is missing."""
    return _box("need", "file-off", content)


@register.simple_block_tag
def fix(content: str) -> SafeString:
    """What to do."""
    return _box("fix", "arrow-right", content)


@register.simple_tag
def tag(text: Any, kind: str = "") -> SafeString:
    """A category: level, type, phase, "quy ước"."""
    return format_html('<span class="tag {}">{}</span>', kind, text)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The address of this page with some parameters changed; None or "" drops one."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        params.pop(key, None)
        if value not in (None, ""):
            params[key] = value
    return "?" + urlencode(sorted(params.items()))


@register.filter
def n(value: int) -> str:
    return figures.grouped(int(value))


@register.filter
def share(part: int, whole: int) -> str:
    return figures.percent(part, whole)


@register.filter
def day(value: date | datetime | None) -> str:
    return figures.day(value)


@register.filter
def day_month(value: date) -> str:
    return figures.day_month(value)


@register.filter
def moment(value: datetime | None) -> str:
    return figures.moment(value)


@register.filter
def weekday(value: date) -> str:
    return figures.weekday(value)


@register.filter
def bytes_size(value: int) -> str:
    return figures.size(value)


@register.filter
def initials(name: str) -> str:
    return figures.initials(name)


@register.filter
def call(mapping: dict[Any, Any], key: Any) -> Any:
    """A value of a mapping by a key held in a variable."""
    return mapping.get(key)


@register.filter
def said(words: dict[str, str]) -> str:
    """Words kept in both languages ({vi, en}), in the reader's."""
    return words["en" if figures.is_english() else "vi"]


@register.filter
def at(items: Any, place: int) -> Any:
    """One of several, by its place."""
    return items[place]
