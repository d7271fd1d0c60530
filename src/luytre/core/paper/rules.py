"""What Decree 30/2020 (Annex I) asks of the words of a paper, beyond their layout. Pure: a paper in, its faults out."""

import re
from collections.abc import Iterator

from luytre.core.paper.letters import Fault
from luytre.core.paper.model import Annex, Block, Chart, Figure, Paper, Signer, Table

_PIXELS = 5000  # a side of a picture; A4 at 400 dots to the inch
_SYMBOL = re.compile(r"^[\w&.]+(-[\w&.]+)*$")  # groups of letters and digits joined by "-"; "/" stands only after the number
_MIXED = {"TTr", "CTr", "GUQ", "HTr"}  # kinds of paper whose abbreviation the decree writes with a small letter
_RANKS = re.compile(r"^(Đại|Thượng|Trung|Thiếu) (tướng|tá|úy) ", re.IGNORECASE)
_ARMED = ("CÔNG AN", "QUÂN SỰ", "QUỐC PHÒNG", "BỘ ĐỘI", "BIÊN PHÒNG")
_BASIS = re.compile(r"^(Căn cứ|Theo|Xét|Trên cơ sở|Thực hiện|Thi hành) ")
_NUMBER = re.compile(r"^[−-]?\d{1,3}(\.\d{3})*(,\d+)?$|^[−-]?\d+(,\d+)?$")


def faults_of(paper: Paper) -> list[Fault]:
    """Every fault of the paper's words and figures; empty when it may be set."""
    return [*_heads(paper), *_bases(paper), *_ends(paper), *_contents(paper)]


def _heads(paper: Paper) -> Iterator[Fault]:
    if bool(paper.type) == bool(paper.letter_subject):
        yield Fault("type", "phải có đúng một trong hai: “type” (tên loại văn bản) hoặc “letter_subject” (công văn, V/v …)")
    if paper.type and not paper.subject:
        yield Fault("subject", "văn bản có tên loại phải có trích yếu")
    if paper.subject and not paper.type:
        yield Fault("subject", "công văn ghi trích yếu ở “letter_subject”")
    if not _SYMBOL.match(paper.symbol) or any(group != group.upper() for group in paper.symbol.split("-") if group not in _MIXED):
        yield Fault("symbol", f"ký hiệu “{paper.symbol}” phải viết hoa, các nhóm nối bằng dấu “-”, ví dụ BC-CAT-PA05")
    for name in ("parent", "type", "authority"):
        if getattr(paper, name) != getattr(paper, name).upper():
            yield Fault(name, "phải viết bằng chữ in hoa")
    for index, line in enumerate(paper.issuer):
        if line != line.upper():
            yield Fault(f"issuer[{index}]", "tên cơ quan ban hành phải viết bằng chữ in hoa")
    if paper.issued_on and not 1945 <= paper.issued_on.year <= 2200:
        yield Fault("issued_on", "năm ban hành không hợp lý")
    if paper.letter_subject and not paper.addressees:
        yield Fault("addressees", "công văn phải có nơi kính gửi")


def _bases(paper: Paper) -> Iterator[Fault]:
    for index, basis in enumerate(paper.bases):
        if not _BASIS.match(basis):
            yield Fault(f"bases[{index}]", "căn cứ phải bắt đầu bằng “Căn cứ”, “Theo” hoặc “Xét”")
    if paper.enacting and paper.enacting != paper.enacting.upper():
        yield Fault("enacting", "phải viết bằng chữ in hoa")


def _ends(paper: Paper) -> Iterator[Fault]:
    if not paper.recipients:
        yield Fault("recipients", "nơi nhận đang trống; ghi ít nhất dòng “Lưu: VT, …”")
    elif not paper.recipients[-1].startswith("Lưu: "):
        yield Fault(f"recipients[{len(paper.recipients) - 1}]", "dòng cuối của nơi nhận phải là “Lưu: VT, …”")
    for index, line in enumerate(paper.recipients):
        if not line:
            yield Fault(f"recipients[{index}]", "dòng nơi nhận đang trống")
    for index, line in enumerate(paper.addressees):
        if not line:
            yield Fault(f"addressees[{index}]", "dòng kính gửi đang trống")
    for index, signer in enumerate(paper.signers):
        yield from _signer(signer, f"signers[{index}]", paper)


def _signer(signer: Signer, path: str, paper: Paper) -> Iterator[Fault]:
    for index, line in enumerate(signer.authority):
        if not line or line != line.upper():
            yield Fault(f"{path}.authority[{index}]", "quyền hạn, chức vụ người ký phải viết bằng chữ in hoa")
    if _RANKS.match(signer.name) and not any(word in f"{paper.parent} {' '.join(paper.issuer)}" for word in _ARMED):
        yield Fault(f"{path}.name", "chỉ văn bản của lực lượng vũ trang mới ghi quân hàm trước họ tên người ký")


def _contents(paper: Paper) -> Iterator[Fault]:
    yield from _blocks(paper.blocks, "blocks", 165)
    for index, annex in enumerate(paper.annexes):
        yield from _annex(annex, f"annexes[{index}]")


def _annex(annex: Annex, path: str) -> Iterator[Fault]:
    yield from _blocks(annex.blocks, f"{path}.blocks", 252 if annex.landscape else 165)


def _blocks(blocks: tuple[Block, ...], path: str, room: float) -> Iterator[Fault]:
    for index, block in enumerate(blocks):
        here = f"{path}[{index}]"
        if isinstance(block, Table):
            yield from _table(block, here, room)
        elif isinstance(block, Chart):
            yield from _chart(block, here, room)
        elif isinstance(block, Figure):
            yield from _figure(block, here, room)


def _table(table: Table, path: str, room: float) -> Iterator[Fault]:
    wide = len(table.columns)
    for index, row in enumerate(table.rows):
        if len(row) != wide:
            yield Fault(f"{path}.rows[{index}]", f"có {len(row)} ô, bảng có {wide} cột")
            return
    fixed = sum(column.width_mm or 0 for column in table.columns)
    free = sum(column.width_mm is None for column in table.columns)
    if fixed + 10 * free > room + 0.5:
        yield Fault(f"{path}.columns", f"các cột rộng {fixed:g} mm, trang chỉ có {room:g} mm; thu hẹp cột hoặc dùng phụ lục khổ ngang")
    if table.total:
        yield from _total(table, path)


def _total(table: Table, path: str) -> Iterator[Fault]:
    if len(table.rows) < 2:
        yield Fault(f"{path}.rows", "bảng có dòng tổng phải có ít nhất hai dòng")
        return
    for index, column in enumerate(table.columns):
        if not column.sums:
            continue
        cells = [row[index] for row in table.rows]
        figures = [_figure_of(cell) for cell in cells]
        if None in figures:
            at = figures.index(None)
            yield Fault(f"{path}.rows[{at}][{index}]", f"“{cells[at]}” không phải số nên không cộng được cột “{column.head}”")
        elif abs(sum(f for f in figures[:-1] if f is not None) - (figures[-1] or 0)) > 1e-6:
            yield Fault(f"{path}.rows[{len(cells) - 1}][{index}]", f"tổng cột “{column.head}” ghi {cells[-1]} nhưng cộng lại không bằng")


def _figure_of(cell: str) -> float | None:
    """ "1.204" → 1204, "3,5" → 3.5, "" and "–" → 0; anything else is no figure."""
    plain = cell.replace("**", "").strip()
    if plain in ("", "–", "-"):
        return 0.0
    if not _NUMBER.match(plain):
        return None
    return float(plain.replace("−", "-").replace(".", "").replace(",", "."))


def _chart(chart: Chart, path: str, room: float) -> Iterator[Fault]:
    for index, series in enumerate(chart.series):
        if len(series.values) != len(chart.labels):
            yield Fault(f"{path}.series[{index}].values", f"có {len(series.values)} số, biểu đồ có {len(chart.labels)} nhãn")
        if any(not 0 <= value < 1e12 for value in series.values):
            yield Fault(f"{path}.series[{index}].values", "số trong biểu đồ phải từ 0 trở lên")
    if chart.width_mm > room:
        yield Fault(f"{path}.width_mm", f"biểu đồ rộng hơn trang ({room:g} mm)")


def _figure(figure: Figure, path: str, room: float) -> Iterator[Fault]:
    if figure.width_mm > room:
        yield Fault(f"{path}.width_mm", f"hình rộng hơn trang ({room:g} mm)")
    size = picture_size(figure.picture)
    if size is None:
        yield Fault(f"{path}.picture", "chỉ nhận ảnh PNG hoặc JPEG")
    elif not (1 <= size[0] <= _PIXELS and 1 <= size[1] <= _PIXELS):
        yield Fault(f"{path}.picture", f"ảnh {size[0]} × {size[1]} điểm; mỗi chiều tối đa {_PIXELS} điểm")


def picture_size(picture: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as a PNG or JPEG says of itself; None for anything else (SVG could fetch from outside)."""
    if picture[:8] == b"\x89PNG\r\n\x1a\n" and picture[12:16] == b"IHDR":
        return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
    if picture[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 < len(picture) and picture[at] == 0xFF:  # walk the JPEG's segments to its frame header
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(picture[at + 7 : at + 9], "big"), int.from_bytes(picture[at + 5 : at + 7], "big")
        at += 2 + length
    return None
