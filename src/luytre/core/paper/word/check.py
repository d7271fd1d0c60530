"""Is a Word template an office sends in fit to be used? Every fault named in Vietnamese, with the part of the file it stands in."""

import io
import re
from typing import Any
from xml.etree.ElementTree import ParseError

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from lxml import etree

from luytre.core.paper.letters import Fault, PaperRefused
from luytre.core.paper.sheet import MOTTO
from luytre.core.paper.word.filled import environment
from luytre.core.paper.word.markup import W
from luytre.core.paper.word.original import BODY, FIELDS, REQUIRED
from luytre.core.paper.word.package import parts_of

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BAD_PARTS = {
    "vbaProject": "có macro",
    "activeX": "có điều khiển ActiveX",
    "embeddings/": "có tệp nhúng (OLE)",
    "afchunk": "có nội dung chèn từ tệp khác (altChunk)",
    "attachedToolbars": "có thanh công cụ kèm lệnh",
}
_BAD_FIELDS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE|RD)\b", re.IGNORECASE)
_NAMES = {"dong", "loop"}
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If, nodes.Const, nodes.Compare, nodes.Operand,
    nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip
_MARGINS_MM = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}


def faults(template: bytes) -> list[Fault]:
    """What is wrong with the template; empty when papers may be made from it. Nothing of the file is run or fetched."""
    parts = parts_of(template)
    if isinstance(parts, str):
        return [Fault("", parts)]
    found = [*_hostile(parts)]
    if found:
        return found  # a hostile file is not opened any further
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.init_docx()
        source = document.patch_xml(document.get_xml())
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError, ParseError):
        return [Fault("", "tài liệu Word bị hỏng; hãy mở bằng Word và lưu lại")]
    return [*_fields(source), *_body_place(document.docx), *_page(document.docx), *_words(document.docx)] or _trial(template)


def check(template: bytes) -> None:
    """Raises PaperRefused naming every fault of the template."""
    found = faults(template)
    if found:
        raise PaperRefused(found)


def _hostile(parts: dict[str, bytes]) -> Any:
    for name in sorted(parts):
        for piece, says in _BAD_PARTS.items():
            if piece.lower() in name.lower():
                yield Fault(name, f"{says}; hãy bỏ đi và lưu lại dạng .docx")
        if name.startswith(("/", "\\")) or ".." in name:
            yield Fault(name, "tên phần trong tệp không hợp lệ")
    if b"macroEnabled" in parts["[Content_Types].xml"]:
        yield Fault("[Content_Types].xml", "là tài liệu bật macro; hãy lưu lại dạng .docx")
    for name, data in sorted(parts.items()):
        if name.endswith((".xml", ".rels")):
            yield from _hostile_xml(name, data)


def _hostile_xml(name: str, data: bytes) -> Any:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield Fault(name, "có khai báo DTD; Word không ghi như vậy, tệp có thể là tệp tấn công")
        return
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        yield Fault(name, "không đọc được; hãy mở bằng Word và lưu lại")
        return
    if name.endswith(".rels"):
        for link in root.iter(_REL):
            if link.get("TargetMode") == "External":
                yield Fault(name, f"có liên kết ra ngoài ({link.get('Target', '')[:80]}); mẫu không được gọi tệp hoặc địa chỉ bên ngoài")
        return
    asked = " ".join(filter(None, [t.text for t in root.iter(f"{{{W}}}instrText")])) + " ".join(
        str(f.get(f"{{{W}}}instr", "")) for f in root.iter(f"{{{W}}}fldSimple")
    )
    bad = _BAD_FIELDS.search(asked)
    if bad:
        yield Fault(name, f"có trường {bad[1].upper()} gọi tệp hoặc lệnh bên ngoài; hãy xóa trường này")


def _fields(source: str) -> Any:
    try:
        tree = environment().parse(source)
    except TemplateError as error:
        yield Fault("word/document.xml", f"thẻ {{{{ }}}} hoặc {{% %}} viết sai: {error}")
        return
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name) and node.name not in FIELDS and node.name not in _NAMES:
            yield Fault("word/document.xml", f"không có trường “{node.name}”; các trường dùng được: {', '.join(FIELDS)}")
        elif not isinstance(node, _ALLOWED) and not _simple(node):
            yield Fault("word/document.xml", f"không dùng được cú pháp “{type(node).__name__}” trong mẫu; chỉ dùng trường, for và if")
    if sum(node.name == BODY for node in tree.find_all(nodes.Name)) > 1:
        yield Fault("word/document.xml", f"{{{{ {BODY} }}}} đứng ở hơn một chỗ; phải đứng riêng một đoạn, đúng một lần")
    used = {node.name for node in tree.find_all(nodes.Name)}
    for name in REQUIRED:
        if name not in used:
            yield Fault("word/document.xml", f"thiếu trường bắt buộc {{{{ {name} }}}} ({FIELDS[name]})")


def _simple(node: nodes.Node) -> bool:
    """The few words beyond plain fields: the count of a list, its first line, "loop.last"."""
    if isinstance(node, nodes.Filter):
        return node.name == "length" and not node.args
    if isinstance(node, nodes.Getitem):
        return isinstance(node.node, nodes.Name) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in ("first", "last", "index")
    return isinstance(node, nodes.EvalContextModifier | nodes.Keyword | nodes.Helper) and not isinstance(node, nodes.Call)


def _body_place(document: Any) -> Any:
    texts = [paragraph.text.strip() for paragraph in document.paragraphs]
    spots = sum(re.fullmatch(r"\{\{\s*" + BODY + r"\s*\}\}", text) is not None for text in texts)
    if spots != 1:
        yield Fault("word/document.xml", f"{{{{ {BODY} }}}} phải đứng riêng một đoạn, ngoài bảng, đúng một lần (đang có {spots})")


def _page(document: Any) -> Any:
    section = document.sections[0]
    size = sorted((round(section.page_width.mm), round(section.page_height.mm)))
    if size != [210, 297]:
        yield Fault("word/document.xml", f"khổ giấy {size[0]} × {size[1]} mm; Nghị định 30/2020/NĐ-CP quy định khổ A4 (210 × 297 mm)")
    for side, (least, most) in _MARGINS_MM.items():
        margin = getattr(section, f"{side}_margin").mm
        if not least - 0.5 <= margin <= most + 0.5:
            name = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}[side]
            yield Fault("word/document.xml", f"lề {name} {margin:.0f} mm; quy định từ {least} đến {most} mm")


def _words(document: Any) -> Any:
    text = " ".join(t.text or "" for t in document.element.body.iter(f"{{{W}}}t"))
    plain = re.sub(r"\s+", " ", text)
    if MOTTO not in plain:
        yield Fault("word/document.xml", f"thiếu Quốc hiệu “{MOTTO}”")
    if not re.search(r"Độc lập\s*-\s*Tự do\s*-\s*Hạnh phúc", plain):
        yield Fault("word/document.xml", "thiếu Tiêu ngữ “Độc lập - Tự do - Hạnh phúc”")


def _trial(template: bytes) -> list[Fault]:
    """A small paper made with the template: what does not come out of it is named."""
    from luytre.core.paper.word import docx
    from luytre.core.paper.word.trial import lost, specimen

    try:
        missing = lost(specimen(), docx(specimen(), template))
    except (TemplateError, PaperRefused, StopIteration, KeyError, ValueError, AttributeError) as error:
        return [Fault("word/document.xml", f"không lập được văn bản thử từ mẫu này: {error}")]
    return [Fault("word/document.xml", f"văn bản thử bị mất chữ “{words}”") for words in missing]
