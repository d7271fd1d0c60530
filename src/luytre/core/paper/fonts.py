"""Tinos: where its four files lie, which letters it has, how wide a line of it is. The machine's own fonts are never used."""

import os
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from luytre.core.paper.letters import Fault, PaperRefused

_FILES = {"regular": "400Regular", "italic": "400Regular_Italic", "bold": "700Bold", "bold_italic": "700Bold_Italic"}


@cache
def home() -> Path:
    """The folder with Tinos: LUYTRE_FONTS, else the one the build put beside this module. Refuses when a file is missing."""
    folder = Path(os.environ.get("LUYTRE_FONTS") or Path(__file__).with_name("fonts"))
    missing = [name for name in _FILES.values() if not _file(folder, name)]
    if missing:
        says = f"không thấy phông chữ Tinos ({', '.join(missing)}) trong {folder}; hãy cài đặt lại luytre hoặc đặt LUYTRE_FONTS"
        raise PaperRefused([Fault("", says)])
    return folder


def _file(folder: Path, name: str) -> Path | None:
    return next(iter(sorted(folder.rglob(f"*{name}.ttf"))), None)


@cache
def _face(style: str) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(str(_file(home(), _FILES[style])), lazy=True)


@cache
def letters() -> frozenset[int]:
    """Code points that all four faces can draw."""
    covered = [set(_face(style).getBestCmap()) for style in _FILES]
    return frozenset(set.intersection(*covered)) | {0xA0}


def width_mm(text: str, points: float, style: str = "regular") -> float:
    """The width of one line of text in millimetres, by the font's own advance widths (kerning left out)."""
    face = _face(style)
    cmap, metrics = face.getBestCmap(), face["hmtx"]
    units = sum(metrics[cmap.get(ord(char), ".notdef")][0] for char in text)
    return float(units / face["head"].unitsPerEm * points * 25.4 / 72)


@cache
def _shaper(style: str) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(_file(home(), _FILES[style])))))


def reach_em(text: str, style: str = "regular") -> list[float]:
    """How far one line of text reaches after each of its letters, in em, kerning and ligatures included (HarfBuzz); starts with 0."""
    import uharfbuzz

    font, buffer = _shaper(style), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    widths = [0.0] * (len(text) + 1)
    for glyph, place in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
        widths[glyph.cluster + 1] += place.x_advance
    return [reached / font.face.upem for reached in accumulate(widths)]
