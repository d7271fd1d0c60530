"""A paper as PDF/A-2a by Typst: tagged, Tinos embedded, the machine's fonts and the network out of reach, same bytes every time."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from luytre.core.paper import fonts
from luytre.core.paper.letters import Fault, PaperRefused, undrawable
from luytre.core.paper.model import Figure, Paper
from luytre.core.paper.rows import measured
from luytre.core.paper.sheet import Sheet, sheet

_COLUMNS_MM = (30 + 40.25, 30 + 84.5 + 40.25)  # the middles of the two columns in which signers stand, from the page's left
_LAYOUT = Path(__file__).with_name("decree30.typ")


def _undrawn(error: typst.TypstError) -> Exception:
    """Letters that the font lists and yet cannot draw are the author's to change; any other error of the layout is ours."""
    match = re.search(r"the text `\"(.+?)\"` could not be displayed", str(error))
    return PaperRefused([Fault("", f"không in được chữ “{match[1]}”; hãy thay bằng chữ khác")]) if match else error


@cache
def _book() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.home())])


@cache
def _compiler() -> Any:
    return typst.Compiler(root=str(fonts.home()), font_paths=_book())


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2a bytes. Refuses letters the font cannot draw, naming their place."""
    check_drawable(paper)
    page = sheet(paper)
    try:
        made: bytes = _compiler().compile(
            input=_LAYOUT.read_bytes(),
            format="pdf",
            sys_inputs={"doc": _as_json(page)},
            pdf_standards=["a-2a"],
            timestamp=_moment(page),
            pretty=False,
        )
    except typst.TypstError as error:
        raise _undrawn(error) from error
    return made


def spots(paper: Paper) -> list[tuple[int, float, float]]:
    """For each signer the page (from 1) and the middle top of the room to sign, in millimetres from the page's left and top."""
    compiler = typst.Compiler(input=_LAYOUT, root=str(_LAYOUT.parent), font_paths=_book(), sys_inputs={"doc": _as_json(sheet(paper))})
    found = json.loads(compiler.query("<sign-here>", field="value"))
    return [(spot["page"], _COLUMNS_MM[spot["x"] > 112], float(spot["y"]) + 4) for spot in found]


def png_of(svg: str, width_mm: float, ppi: int = 220) -> bytes:
    """A chart's SVG as PNG, drawn with the same font: Word and the like keep pictures better than SVG."""
    source = f'#set page(width: auto, height: auto, margin: 2pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: {width_mm:g}mm)'
    made: bytes = _compiler().compile(input=source.encode(), format="png", ppi=ppi, sys_inputs={"svg": svg})
    return made


def check_drawable(paper: Paper) -> None:
    """Raises PaperRefused when a string holds a letter that Tinos lacks or a picture cannot be decoded."""
    faults: list[Fault] = []
    undrawable(msgspec.to_builtins(paper, builtin_types=(bytes,)), fonts.letters(), "", faults)
    for path, figure in _figures(paper):
        if not _decodes(figure.picture):
            faults.append(Fault(f"{path}.picture", "ảnh bị hỏng, không đọc được; hãy lưu lại ảnh dạng PNG hoặc JPEG"))
    if faults:
        raise PaperRefused(faults)


def _figures(paper: Paper) -> Iterator[tuple[str, Figure]]:
    for path, blocks in [("blocks", paper.blocks), *((f"annexes[{i}].blocks", a.blocks) for i, a in enumerate(paper.annexes))]:
        yield from ((f"{path}[{at}]", block) for at, block in enumerate(blocks) if isinstance(block, Figure))


def _decodes(picture: bytes) -> bool:
    source = (
        f"#set page(width: 2mm, height: 2mm, margin: 0mm)\n#image(bytes({json.dumps(list(picture)).replace('[', '(').replace(']', ')')}))"
    )
    try:
        _compiler().compile(input=source.encode(), format="png", ppi=10, sys_inputs={})
    except typst.TypstError:
        return False
    return True


def _as_json(page: Sheet) -> str:
    return json.dumps(measured(page), ensure_ascii=False, default=lambda value: list(value) if isinstance(value, bytes) else str(value))


def _moment(page: Sheet) -> datetime:
    """The day of the paper, never the clock: two builds of one paper are equal to the byte."""
    year, month, day = page["date"] or (2000, 1, 1)
    return datetime(year, month, day, tzinfo=UTC)
