"""Model texts: for each duty a paper in administrative layout, with gaps to fill in. Our own wording, to start from."""

from luytre.core.law import Duty, Law
from luytre.core.paper.model import Field, Fields, Paper, Paragraph, Signer
from luytre.verbs import VOCABULARY, Verb

# What kind of paper proves a verb, by how its name begins. Anything else is a report.
KINDS = (
    ("quyết định", "QUYẾT ĐỊNH", "QĐ"),
    ("biên bản", "BIÊN BẢN", "BB"),
    ("kế hoạch", "KẾ HOẠCH", "KH"),
    ("phương án", "PHƯƠNG ÁN", "PA"),
    ("thông báo", "THÔNG BÁO", "TB"),
    ("báo cáo", "BÁO CÁO", "BC"),
)
GAP = "[…]"
LONGEST_LINE = 115


def model_text(law: Law, duty: Duty, verb: str, body: str, systems: tuple[str, ...] = (), mark: str = "") -> Paper:
    """The paper for one proof of a duty, with the body's name, the clause and the systems filled in, the rest left as gaps."""
    shape = VOCABULARY[verb]
    kind, symbol = _kind(shape)
    instrument = law.instruments[duty.instrument]
    ground = f"Căn cứ {instrument.number} ngày {instrument.signed:%d/%m/%Y}, khoản {duty.clause};"
    return Paper(
        title=f"{kind.capitalize()}: {duty.name['vi']}"[:300],
        issuer=_lines(body.upper()),
        symbol=f"{symbol}-{GAP}",
        place=GAP,
        type=kind,
        subject=_lines(f"Về việc {_lower(duty.name['vi'])}"),
        bases=(ground, f"Căn cứ {GAP} (văn bản giao nhiệm vụ của đơn vị, nếu có);"),
        blocks=(
            Paragraph(text=f"{body} {_lower(_done(shape))} như sau:"),
            Fields(rows=tuple(Field(label=label, value=value) for label, value in _rows(duty, shape, systems))),
            Paragraph(text=f"Nội dung đã làm: {GAP}"),
            Paragraph(text=f"Kết quả: {GAP}"),
            Paragraph(text=f"Tồn tại và việc tiếp theo: {GAP}"),
        ),
        recipients=("- Như trên;", "- Cơ quan đầu mối tổng hợp;", "- Lưu: VT."),
        signers=(Signer(authority=("THỦ TRƯỞNG ĐƠN VỊ",), name=GAP),),
        mark=mark,
    )


def _kind(shape: Verb) -> tuple[str, str]:
    paper = shape.paper["vi"]
    return next(((kind, symbol) for start, kind, symbol in KINDS if paper.startswith(start)), ("BÁO CÁO", "BC"))


def _done(shape: Verb) -> str:
    return f"lập {shape.paper['vi']}"


def _rows(duty: Duty, shape: Verb, systems: tuple[str, ...]) -> list[tuple[str, str]]:
    rows = [("Nhiệm vụ", duty.says["vi"]), ("Ngày thực hiện", "ngày … tháng … năm …")]
    if duty.subject == "system":
        rows.append(("Hệ thống thông tin", "; ".join(systems) or GAP))
    asked = [field.label["vi"] for name, field in shape.detail.items() if name not in ("number", "signed_on", "duty")]
    return rows + [(label, GAP) for label in asked]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _lines(text: str) -> tuple[str, ...]:
    """Text broken at blanks into lines a letterhead can take; at most four."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) < LONGEST_LINE or len(lines) == 4:
            lines[-1] = f"{lines[-1]} {word}".strip()[:LONGEST_LINE]
        else:
            lines.append(word)
    return tuple(lines)
