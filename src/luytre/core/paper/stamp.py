"""What shows where a paper is signed: who and when, drawn in the paper's own font; blue for a person, red for a seal."""

import io
import json
from datetime import datetime
from typing import Any

import typst
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from luytre.core.paper import fonts

WIDE_PT, HIGH_PT = 190.0, 44.0
_SOURCE = """
#set page(width: WIDE pt, height: HIGH pt, margin: 3pt, fill: none)
#set text(font: "Tinos", size: 9pt, lang: "vi", fallback: false, fill: rgb("COLOUR"))
#set par(leading: 0.35em, spacing: 0.5em)
#for line in json(bytes(sys.inputs.lines)) { par(line) }
"""


def stamp(lines: list[str], colour: str, at: datetime) -> Any:
    """The look of a signature field holding some lines; `colour` as "#rrggbb"."""
    source = _SOURCE.replace("WIDE ", f"{WIDE_PT:g}").replace("HIGH ", f"{HIGH_PT:g}").replace("COLOUR", colour)
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.home())])
    compiler = typst.Compiler(root=str(fonts.home()), font_paths=book)
    drawn: Any = compiler.compile(input=source.encode(), format="pdf", sys_inputs={"lines": json.dumps(lines)}, timestamp=at)
    whole = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID)
    return StaticStampStyle(background=_Drawn(drawn), background_layout=whole, border_width=0, background_opacity=1.0)


class _Drawn(PdfContent):
    """A one-page PDF as content of a stamp."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Drawn"] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Drawn Do"
