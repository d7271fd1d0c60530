"""PDF: the text of every page, forms, notes, bookmarks, properties and attached files; pages that are pictures stay unread."""

import io
import logging
from collections.abc import Iterator
from typing import Any

from luytre.core.marking.reading.found import Reading
from luytre.core.marking.reading.package import Open
from luytre.core.marking.reading.plain import BREAKS
from luytre.core.marking.verdict import Line

MAX_PAGES = 500
_FEW = 15  # letters: a page with fewer and a picture is a scan


def read_pdf(content: bytes, reading: Reading, where: str, depth: int, open_: Open) -> None:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints about broken files are not ours
    try:
        document = PdfReader(io.BytesIO(content), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            reading.close(f"{where}PDF đặt mật khẩu")
            return
        reading.add(_properties(document, where))
        for number, page in enumerate(document.pages, 1):
            if number > MAX_PAGES:
                reading.close(f"{where}PDF dài quá {MAX_PAGES} trang")
                break
            _read_page(page, number, reading, where)
        for name, files in document.attachments.items():
            for data in files:
                reading.names.append((name, f"{where}tên tệp đính kèm"))
                open_(name, data, reading, f"{where}{name}: ", depth + 1)
    except Exception:
        reading.close(f"{where}PDF bị hỏng")


def _read_page(page: Any, number: int, reading: Reading, where: str) -> None:
    text = page.extract_text() or ""
    reading.add(Line(line, f"{where}trang {number}, dòng {at}") for at, line in enumerate(BREAKS.split(text), 1))
    reading.add(Line(said, f"{where}trang {number}, ghi chú hoặc ô nhập", "apart") for said in _notes(page))
    letters = sum(c.isalpha() for c in text)
    odd = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\n\r\t\f") for c in text)
    if letters < _FEW and _draws(page):
        reading.close(f"{where}trang {number} là ảnh, không đọc được chữ")
    elif odd > 0.2 * max(1, len(text)):
        reading.close(f"{where}trang {number} dùng phông chữ không đọc được")


def _draws(page: Any) -> bool:
    """The page shows a picture, or lines enough to be letters drawn as curves."""
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources else None
    if objects and any(entry.get_object().get("/Subtype") in ("/Image", "/Form") for entry in objects.get_object().values()):
        return True
    contents = page.get_contents()
    return contents is not None and (b" BI" in contents.get_data() or len(contents.get_data()) > 2000)


def _notes(page: Any) -> Iterator[str]:
    for entry in page.get("/Annots") or ():
        note = entry.get_object()
        for key in ("/Contents", "/V", "/T", "/Subj", "/RC", "/NM"):
            value = note.get(key)
            if isinstance(value, str):
                yield from BREAKS.split(value)


def _properties(document: Any, where: str) -> Iterator[Line]:
    for key, value in (document.metadata or {}).items():
        if isinstance(value, str):
            yield Line(value, f"{where}thuộc tính tệp ({key.strip('/')})", "apart")
    for mark in _flat(document.outline):
        yield Line(str(mark.title), f"{where}mục lục", "text")


def _flat(outline: Any, depth: int = 0) -> Iterator[Any]:
    for entry in outline if depth < 20 else ():
        if isinstance(entry, list):
            yield from _flat(entry, depth + 1)
        elif getattr(entry, "title", None):
            yield entry
