"""The monthly report as an official paper (Decree 30/2020): sections, tables, charts, what changed since an earlier count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.conf import settings
from django.utils import timezone, translation

from luytre.core.paper.model import Block, Chart, Column, Heading, Paper, Paragraph, Signer, Table
from luytre.overview.reports import tables
from luytre.overview.reports.monthly import Monthly
from luytre.overview.reports.queries import Changed
from luytre.overview.reports.tables import SPANS
from luytre.overview.reports.wording import month_words
from luytre.register.models import Organisation
from luytre.register.queries import head_of

GAP = "……………………"
TITLES = {
    "general": "ĐÁNH GIÁ CHUNG",
    "incidents": "TÌNH HÌNH SỰ CỐ AN NINH MẠNG",
    "prevention": "CẢNH BÁO, ĐIỂM YẾU VÀ SĂN LÙNG MỐI NGUY HẠI",
    "levels": "CẤP ĐỘ VÀ PHƯƠNG ÁN BẢO ĐẢM AN NINH MẠNG",
    "duties": "TỔ CHỨC THỰC HIỆN CHỈ THỊ SỐ 13/CT-UBND",
    "corrections": "SỐ LIỆU ĐIỀU CHỈNH SO VỚI BÁO CÁO ĐÃ PHÁT HÀNH",
    "next": "NHIỆM VỤ TRỌNG TÂM KỲ TỚI",
    "proposals": "KIẾN NGHỊ",
}
HELD = {  # section → its tables, by id
    "general": ("main",),
    "incidents": ("types", "levels"),
    "prevention": ("prevention", "weaknesses"),
    "levels": ("systems",),
    "duties": ("duties",),
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@dataclass(frozen=True)
class Corrections:
    """What is other now than it went out: in this month's own earlier issue, or in the report of the month before."""

    of: str  # the number of the paper that said otherwise
    changed: Sequence[Changed]


def paper(
    report: Monthly,
    sections: Mapping[str, Sequence[str]],
    corrections: Sequence[Corrections],
    issuer: Organisation,
    on: date | None,
    replaces: str = "",
) -> Paper:
    """The whole paper; without a day a draft."""
    with translation.override("vi"):
        blocks = [Paragraph(text=_opening(report, issuer, replaces)), *_body(report, sections, corrections)]
    head = head_of(issuer, on or report.ground.today)
    return Paper(
        title=f"Báo cáo tình hình an toàn thông tin mạng {month_words(report)}",
        issuer=(issuer.name.upper()[:120],),
        symbol="BC-CQĐM",
        place="Thanh Hóa",
        type="BÁO CÁO",
        subject=("Tình hình an toàn thông tin mạng và kết quả thực hiện", f"Chỉ thị số 13/CT-UBND {month_words(report)}"),
        addressees=("Chủ tịch Ủy ban nhân dân tỉnh",),
        blocks=tuple(blocks),
        closing=(
            f"{issuer.name} báo cáo Chủ tịch Ủy ban nhân dân tỉnh xem xét, chỉ đạo. Danh sách từng vụ, từng đơn vị của mỗi con số "
            "ở phụ lục bảng tính gửi kèm./."
        ),
        recipients=("Như trên", "Các Phó Chủ tịch UBND tỉnh (để báo cáo)", "Các sở, ban, ngành cấp tỉnh", "UBND các xã, phường", "Lưu: VT"),
        signers=(
            Signer(authority=((head.title if head and head.title else "THỦ TRƯỞNG").upper()[:100],), name=head.of.name if head else GAP),
        ),
        issued_on=on,
        mark=settings.LUYTRE_MARK,
    )


def _opening(report: Monthly, issuer: Organisation, replaces: str) -> str:
    instead = f" Báo cáo này thay thế báo cáo số {replaces}." if replaces else ""
    return (
        "Thực hiện Chỉ thị số 13/CT-UBND ngày 04/11/2022 của Chủ tịch Ủy ban nhân dân tỉnh, "
        f"{issuer.name} báo cáo tình hình {month_words(report)} "
        f"(số liệu chốt lúc {timezone.localtime(report.known):%H giờ %M ngày %d/%m/%Y}) như sau:{instead}"
    )


def _body(report: Monthly, sections: Mapping[str, Sequence[str]], corrections: Sequence[Corrections]) -> list[Block]:
    made: list[Block] = []
    counter = _Counter()
    for name, title in TITLES.items():
        blocks = _corrections(corrections) if name == "corrections" else _section(report, name, sections.get(name, ()), counter)
        if blocks:
            made += [Heading(text=f"{counter.roman()}. {title}"), *blocks]
    return made


class _Counter:
    """Numbers of sections, tables and pictures, in the order in which they come."""

    def __init__(self) -> None:
        self.sections = self.tables = self.pictures = 0

    def roman(self) -> str:
        self.sections += 1
        return ROMAN[self.sections - 1]

    def table(self) -> str:
        self.tables += 1
        return f"Bảng {self.tables}"

    def picture(self) -> str:
        self.pictures += 1
        return f"Hình {self.pictures}"


def _section(report: Monthly, name: str, lines: Sequence[str], counter: _Counter) -> list[Block]:
    blocks: list[Block] = [Paragraph(text=line) for line in lines if line.strip()]
    chart = report.chart_of_months if name == "incidents" else report.chart_of_levels if name == "levels" else None
    if chart:
        blocks.append(_numbered(chart, counter))
    return blocks + [_table(report.tables[id_], counter, report) for id_ in HELD.get(name, ())]


def _numbered(chart: Chart, counter: _Counter) -> Chart:
    return Chart(
        shape=chart.shape,
        caption=f"{counter.picture()}. {chart.caption}",
        labels=chart.labels,
        series=chart.series,
        width_mm=chart.width_mm,
    )


def _table(table: tables.Table, counter: _Counter, report: Monthly) -> Table:
    width = min(23.0, round(104 / len(table.heads), 1))
    columns = [Column(head="TT", width_mm=9, align="centre"), Column(head=table.first["vi"])]
    columns += [Column(head=_head(head["vi"], report), width_mm=width, align="right") for head in table.heads]
    rows = [
        ("" if line.is_total else str(number), line.label["vi"], *(cell.text for cell in line.cells))
        for number, line in enumerate(table.lines, 1)
    ]
    is_total = bool(table.lines) and table.lines[-1].is_total
    size: Literal[11, 12] = 11 if len(table.heads) > 6 else 12
    caption = f"{counter.table()}. {table.title['vi']}"
    return Table(
        columns=tuple(columns), rows=tuple(rows), caption=caption, unit=table.unit["vi"] if table.unit else "", total=is_total, size=size
    )


def _head(head: str, report: Monthly) -> str:
    """ "Tháng này" on paper is the month itself."""
    first, last, year_ago = (report.spans[name].first for name in ("this", "last", "year_ago"))
    named = {
        SPANS["this"]["vi"]: f"Tháng {first.month}/{first.year}",
        SPANS["last"]["vi"]: f"Tháng {last.month}/{last.year}",
        SPANS["year_ago"]["vi"]: f"Tháng {year_ago.month}/{year_ago.year}",
        SPANS["year"]["vi"]: f"Lũy kế {first.year}",
    }
    return named.get(head, head)


SHOWN = 40  # changed figures on paper; all of them stand in the workbook


def _corrections(corrections: Sequence[Corrections]) -> list[Block]:
    blocks: list[Block] = []
    for one in corrections:
        if not one.changed:
            continue
        blocks.append(Paragraph(text=f"So với báo cáo số {one.of}, {len(one.changed)} số liệu thay đổi do ghi nhận muộn hoặc đính chính:"))
        columns = (
            Column(head="Chỉ số"),
            Column(head="Đã báo cáo", width_mm=19, align="right"),
            Column(head="Nay là", width_mm=19, align="right"),
        )
        rows = [(f"{row.words['vi']} ({SPANS[row.span]['vi'].lower()})", row.was, row.now, row.why or "–") for row in one.changed[:SHOWN]]
        blocks.append(Table(columns=(*columns, Column(head="Lý do", width_mm=70)), rows=tuple(rows), size=11))
        if len(one.changed) > SHOWN:
            blocks.append(Paragraph(text=f"Còn {len(one.changed) - SHOWN} số liệu thay đổi khác ở phụ lục bảng tính."))
    return blocks
