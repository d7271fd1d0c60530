"""A paper as Word: the original template or an office's own, its fields filled, its body set block by block in real styles."""

import io
from typing import Any

from luytre.core.paper.model import Paper
from luytre.core.paper.sheet import Sheet, sheet


def docx(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as .docx bytes, editable, the same bytes for the same paper and template. `template` must have passed `check.faults`."""
    from luytre.core.paper.pdf import check_drawable
    from luytre.core.paper.word.package import packed

    check_drawable(paper)
    buffer = io.BytesIO()
    _document(sheet(paper), template).save(buffer)
    return packed(buffer.getvalue())


def _document(page: Sheet, template: bytes | None) -> Any:
    from luytre.core.paper.word import body, filled, styles

    document, place = filled.fill(page, template)
    blocks = body.blocks(document, page["blocks"])
    if page["held"]:
        body.hold(blocks)
    for made in [*blocks, *body.closing(page)]:
        place.addprevious(made)
    place.getparent().remove(place)
    for annex in page["annexes"]:
        body.annex(document, annex)
    known = styles.ids(document)
    styles.rename(document, known)
    filled.measure(document, page, known)
    filled.describe(document, page)
    return document
