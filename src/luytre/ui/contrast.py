"""Contrast of two colours by WCAG 2.2, and the colours written in tokens.css."""

import re


def tokens(css: str) -> dict[str, str]:
    """Name → #rrggbb of the custom properties of a style sheet; the first definition counts (later ones are for print)."""
    found: dict[str, str] = {}
    for name, colour in re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})\b", css):
        found.setdefault(name, colour)
    return found


def contrast(first: str, second: str) -> float:
    """The ratio 1–21 of two #rrggbb colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
