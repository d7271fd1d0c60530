"""The map of communes and wards, for orientation: one path each, coloured by how much is late there; drawn once, filled per day."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

import luytre
from luytre.ui import figures

WIDTH = 1080  # whole units, so that steps between points are short numbers
STEPS = ((0, 0), (1, 2), (3, 5), (6, 9), (10, None))


@dataclass(frozen=True)
class Shape:
    """One commune: its code, its outline as an SVG path, where its name goes, its area in square units."""

    code: str
    name: str
    path: str
    at: tuple[int, int]


@dataclass(frozen=True)
class Atlas:
    width: int
    height: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Step:
    """One step of the ramp with the number of communes in it."""

    grade: int
    says: str
    count: int


def grade(late: int) -> int:
    """0–4: none, 1–2, 3–5, 6–9, 10 or more."""
    return sum(late >= low for low, _high in STEPS[1:])


def steps(late: Iterable[int]) -> list[Step]:
    counted = [grade(number) for number in late]
    return [Step(number, _step_words(*edges), counted.count(number)) for number, edges in enumerate(STEPS)]


def _step_words(low: int, high: int | None) -> str:
    if high == 0:
        return _("Không quá hạn")
    return _("%(low)d việc trở lên") % {"low": low} if high is None else _("%(low)d–%(high)d việc") % {"low": low, "high": high}


def file() -> Path:
    """The outlines that came with the house: inside the wheel, or world/ of a checkout."""
    package = Path(luytre.__file__).parent
    shipped = package / "_data" / "world"
    return (shipped if shipped.is_dir() else package.parents[1] / "world") / "map/thanh-hoa-communes-2025.geojson"


@lru_cache(maxsize=2)
def atlas(file: Path) -> Atlas:
    """The outlines of a GeoJSON file (features with `code` and `name`), in plate carrée true at the middle latitude."""
    features = json.loads(file.read_text())["features"]
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)

    def place(point: list[float]) -> tuple[int, int]:
        return round((point[0] - west) * squeeze * scale), round((north - point[1]) * scale)

    return Atlas(WIDTH, round((north - south) * scale), tuple(_shape(feature, place) for feature in features))


def _rings(feature: dict[str, Any]) -> list[list[list[float]]]:
    shape = feature["geometry"]
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [ring for part in parts for ring in part]


def _shape(feature: dict[str, Any], place: Callable[[list[float]], tuple[int, int]]) -> Shape:
    rings = [[place(point) for point in ring] for ring in _rings(feature)]
    largest = max(rings, key=len)
    at = sum(x for x, _y in largest) // len(largest), sum(y for _x, y in largest) // len(largest)
    said = feature["properties"]
    return Shape(said["code"], said["name"], "".join(_outline(ring) for ring in rings), at)


def _outline(ring: list[tuple[int, int]]) -> str:
    """A ring as relative steps; points that fall together are dropped."""
    (x, y), drawn = ring[0], [f"M{ring[0][0]} {ring[0][1]}l"]
    for next_x, next_y in ring[1:]:
        if (next_x, next_y) != (x, y):
            drawn.append(f"{next_x - x} {next_y - y} ")
            x, y = next_x, next_y
    return "".join(drawn).rstrip() + "z"


def draw(file: Path, late: Mapping[str, int], names: Mapping[str, str], labels: int = 9) -> SafeString:
    """The map as SVG. `late`: code → number of late duties; `names`: code → full name; the worst and the largest few carry a label."""
    base = atlas(file)
    areas = [(grade(late.get(shape.code, 0)), shape.path, _title(shape, late, names)) for shape in base.shapes]
    paths = format_html_join("", '<path class="m{}" d="{}"><title>{}</title></path>', areas)
    hatched = format_html_join("", '<path class="hat" d="{}"/>', [(path,) for number, path, _title in areas if number >= 3])
    worst = sorted(base.shapes, key=lambda shape: -late.get(shape.code, 0))
    written = format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{} · {}</text>', _labels(worst, late, labels))
    defs = '<defs><pattern id="hat" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hat-l" x1="0" y1="0" x2="0" y2="10"/></pattern></defs>'  # noqa: E501
    label = _("Bản đồ %(n)s xã, phường theo số việc quá hạn. Số của từng nơi ở bảng bên dưới.") % {"n": figures.grouped(len(base.shapes))}
    box = '<svg class="map" viewBox="-4 -4 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>'
    return format_html(box, base.width + 8, base.height + 8, label, SafeString(defs), paths, hatched, written)


def _title(shape: Shape, late: Mapping[str, int], names: Mapping[str, str]) -> str:
    return _("%(name)s: %(n)d việc quá hạn") % {"name": names.get(shape.code, shape.name), "n": late.get(shape.code, 0)}


def _labels(worst: list[Shape], late: Mapping[str, int], wanted: int) -> list[tuple[int, int, str, int]]:
    """The worst places, none so near to one already written that the words would touch."""
    written: list[tuple[int, int, str, int]] = []
    for shape in worst:
        x, y = max(70, min(WIDTH - 70, shape.at[0])), shape.at[1]
        if len(written) < wanted and all(abs(x - a) > 190 or abs(y - b) > 34 for a, b, _name, _n in written):
            written.append((x, y, shape.name, late.get(shape.code, 0)))
    return written
