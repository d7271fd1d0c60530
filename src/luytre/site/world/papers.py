"""Sample papers behind the deeds: PDF, Word and scanned pictures, each marked as a sample."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import orjson

from luytre.core.paper import fonts as paper_fonts
from luytre.site.world.bodies import PROVINCE
from luytre.site.world.chance import Chance
from luytre.site.world.deeds import Deed
from luytre.site.world.land import Land
from luytre.site.world.source import home
from luytre.verbs import VOCABULARY

MARK = "DỮ LIỆU MINH HỌA – không phản ánh tình trạng thật của cơ quan nào"
KINDS = {
    "QĐ": "Quyết định",
    "KH": "Kế hoạch",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "HĐ": "Hợp đồng",
    "TB": "Thông báo",
    "CC": "Chứng chỉ",
}
OWN_SINCE = date(2026, 7, 1)  # older papers of the cast are specimens too
PDF, DOCX, PNG = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/png"


@dataclass(frozen=True)
class Paper:
    """One file: its name, media type and content."""

    name: str
    media_type: str
    content: bytes


def papers(land: Land, deeds: list[Deed], cast: set[str]) -> Iterator[tuple[Deed, Paper]]:
    """A paper of its own for what the cast did lately, a specimen shared by many for one in eight of the others."""
    for number, deed in enumerate(deeds):
        if deed.paper and deed.by in cast and deed.on >= OWN_SINCE:
            yield deed, _print(_own(land, deed), _form(number), f"{deed.verb.replace('.', '-')}-{deed.on:%Y%m%d}")
        elif deed.paper and Chance("paper", number).yes(0.12):
            yield deed, _specimen(deed.verb, deed.paper, _form(deed.verb))


def _form(key: object) -> str:
    return Chance("form", key).weighted([(PDF, 6), (PNG, 3), (DOCX, 1)])


@cache
def _specimen(verb: str, kind: str, form: str) -> Paper:
    text = {"parent": "Cơ quan cấp trên (mẫu)", "body": "Đơn vị mẫu", "title": "Thủ trưởng đơn vị", "signer": "(chữ ký mẫu)"}
    text |= {"number": f"00/{kind}-MẪU", "day": "…", "month": "…", "year": "20…"}
    return _print(text | _content(verb, kind, "đơn vị mẫu"), form, f"mau-{verb.replace('.', '-')}")


def _own(land: Land, deed: Deed) -> dict[str, Any]:
    body = land.body[deed.by]
    head = next(
        (p for p in land.people if p.body == body.ref and p.role == "head" and p.from_on <= deed.on and not _left(p.until_on, deed)), None
    )
    parent = next((ref for ref, from_on, until_on in body.parents if from_on <= deed.on and not _left(until_on, deed)), PROVINCE)
    return {
        "parent": land.body[parent].name if parent != PROVINCE or body.type != "commune" else "UBND tỉnh Thanh Hóa",
        "body": body.name,
        "number": deed.detail.get("number", ""),
        "day": f"{deed.on:%d}",
        "month": f"{deed.on:%m}",
        "year": f"{deed.on:%Y}",
        "title": head.title if head else "Thủ trưởng",
        "signer": head.name if head else "",
    } | _content(deed.verb, deed.paper or "BB", body.name)


def _left(until_on: Any, deed: Deed) -> bool:
    return until_on is not None and deed.on >= until_on


def _content(verb: str, kind: str, body: str) -> dict[str, Any]:
    subject = VOCABULARY[verb].paper["vi"]
    lines = [
        f"Văn bản minh họa cho {subject}, do {body} lập trong thế giới mẫu của phần mềm.",
        "Số liệu, tên người và hệ thống trong văn bản này đều được dựng ra; văn bản không có giá trị pháp lý.",
        "Bản thật do người có thẩm quyền ký số hoặc ký, đóng dấu theo quy định về công tác văn thư.",
    ]
    return {"kind": KINDS[kind], "subject": subject[0].upper() + subject[1:], "lines": lines}


def _print(text: dict[str, Any], form: str, stem: str) -> Paper:
    text = {**text, "mark": MARK, "mark_short": "DỮ LIỆU MINH HỌA"}
    if form == DOCX:
        return Paper(f"{stem}.docx", DOCX, _word(text))
    return Paper(f"{stem}.{'pdf' if form == PDF else 'png'}", form, _typeset(text, form))


def _typeset(text: dict[str, Any], form: str) -> bytes:
    import typst

    inputs = {"paper": orjson.dumps(text).decode()}
    how: dict[str, Any] = {"format": "pdf"} if form == PDF else {"format": "png", "ppi": 60.0}
    made = typst.compile(str(home() / "papers/specimen.typ"), font_paths=_fonts(), sys_inputs=inputs, **how)
    return bytes(made[0] if isinstance(made, list) else made)


@cache
def _fonts() -> Any:
    """Our own fonts, read once; a machine's own would give other bytes on another machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(paper_fonts.home())])


def _word(text: dict[str, Any]) -> bytes:
    import docx

    paper = docx.Document()
    for line in (
        text["body"],
        f"Số: {text['number']}",
        text["kind"].upper(),
        text["subject"],
        *text["lines"],
        text["title"],
        text["signer"],
    ):
        paper.add_paragraph(line)
    paper.sections[0].footer.paragraphs[0].text = text["mark"]
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
