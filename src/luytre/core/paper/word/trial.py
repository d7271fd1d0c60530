"""A specimen paper that uses every part of a template, and what of it a Word file has lost."""

import io
import re
from datetime import date

from docx import Document
from docx.oxml.ns import qn

from luytre.core.paper.model import Paper, Paragraph, Signer
from luytre.core.paper.sheet import sheet


def specimen() -> Paper:
    """An invented paper; every string of it is told apart from all others."""
    return Paper(
        title="Văn bản thử mẫu",
        parent="CƠ QUAN CẤP TRÊN",
        issuer=("CƠ QUAN", "BAN HÀNH"),
        number=7,
        symbol="BC-THU",
        place="Nơi ban hành",
        issued_on=date(2026, 2, 3),
        type="BÁO CÁO",
        subject=("Trích yếu dòng một", "và dòng hai"),
        addressees=("Nơi gửi thứ nhất", "Nơi gửi thứ hai"),
        bases=("Căn cứ văn bản thứ nhất", "Căn cứ văn bản thứ hai"),
        blocks=(Paragraph(text="Đoạn văn thử nghiệm & <dấu>."),),
        closing="Đoạn kết thử nghiệm./.",
        recipients=("Như trên", "Lưu: VT"),
        signers=(Signer(authority=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), name="Người Ký Thử"),),
    )


def text_of(docx: bytes) -> str:
    """All words of a Word file's body, line by line."""
    body = Document(io.BytesIO(docx)).element.body
    lines = ("".join((t.text or "") if t.tag == qn("w:t") else " " for t in p.iter(qn("w:t"), qn("w:br"))) for p in body.iter(qn("w:p")))
    return "\n".join(lines)


def lost(paper: Paper, docx: bytes) -> list[str]:
    """Strings of the paper's front, body and end that are not in the Word file, blanks aside."""
    page, flow = sheet(paper), re.sub(r"\s+", "", text_of(docx))
    front = [page["parent"], *page["issuer"], page["number"], page["place_date"], page["type"], *page["subject"], *page["addressees"]]
    rest = [*page["bases"], page["closing"], *page["recipients"], *(a for s in page["signers"] for a in (*s["authority"], s["name"]))]
    body = [item["text"] for item in page["blocks"] if "text" in item]
    return [words for words in [*front, *rest, *body] if re.sub(r"\s+", "", words.replace("**", "")) not in flow]
