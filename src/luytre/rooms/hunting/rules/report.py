"""The official report of a hunt, block by block. Plain values in, blocks out."""

from collections.abc import Mapping, Sequence
from typing import Any

from luytre.core.paper.model import Block, Column, Heading, Paragraph, Table

LEVELS = {"critical": "Rất cao", "high": "Cao", "medium": "Trung bình", "low": "Thấp", "informational": "Tham khảo"}
VERDICTS = {"": "Chưa kết luận", "true": "Xác nhận", "benign": "Lành", "suppressed": "Tạm bỏ qua"}


def blocks(hunt: Any, run: Any, result: Any, leads: Sequence[Any], said: Any, called: Mapping[str, str]) -> tuple[Block, ...]:
    """`leads`: the gravest lines; `called`: names of the systems recorded."""
    made: list[Block] = [
        Heading(text="I. PHẠM VI VÀ CÁCH LÀM"),
        Paragraph(text=f"Kỳ nhật ký từ {hunt.from_on:%d/%m/%Y} đến hết {_last(hunt)}. {result.sentences[0]}"),
        Paragraph(text=f"Giả thuyết: {said.hypothesis}"),
        _coverage(result),
    ]
    gaps = [f"{called.get(ref, ref)}: {said.gaps[ref].strip()}" for ref in said.systems if said.gaps.get(ref, "").strip()]
    if gaps:
        made.append(Paragraph(text="Phần chưa xem và lý do phạm vi đã xem được coi là đủ: " + "; ".join(gaps)))
    made += [Heading(text="II. KẾT QUẢ"), Paragraph(text=result.sentences[1])]
    if leads:
        made.append(_leads(leads))
    if result.not_read:
        made.append(Paragraph(text=f"Có {len(result.not_read)} tệp chưa đọc được trọn vẹn, nêu trong hồ sơ lần săn lùng."))
    made += [
        Heading(text="III. KẾT LUẬN"),
        Paragraph(text=said.conclusion),
        Paragraph(text=f"Ghi nhận đã săn lùng: {', '.join(called.get(ref, ref) for ref in said.systems)}."),
        Paragraph(text=f"Mã băm của lượt chạy (SHA-256): {run.digest}"),
    ]
    return tuple(made)


def _last(hunt: Any) -> str:
    from datetime import timedelta

    return f"{hunt.until_on - timedelta(1):%d/%m/%Y}"


def _coverage(result: Any) -> Table:
    names = dict(result.targets)
    rows = [
        (names[ref], f"{one.seen_hosts}/{len(one.declared)}", f"{one.seen_cells}/{one.cells}", f"{one.percent}%")
        for ref, one in sorted(result.coverage.items())
    ]
    heads = (
        Column(head="Hệ thống"),
        Column(head="Máy có nhật ký / đã khai", width_mm=36, align="centre"),
        Column(head="Máy × ngày đã xem", width_mm=34, align="centre"),
        Column(head="Tỷ lệ", width_mm=18, align="right"),
    )
    return Table(columns=heads, rows=tuple(rows), caption="Phạm vi đã xem")


def _leads(leads: Sequence[Any]) -> Table:
    rows = [
        (
            LEVELS.get(line.lead.level, line.lead.level),
            line.lead.title,
            line.lead.host or "–",
            str(line.lead.count),
            VERDICTS[line.lead.verdict],
        )
        for line in leads
    ]
    heads = (
        Column(head="Mức", width_mm=22),
        Column(head="Phát hiện"),
        Column(head="Máy", width_mm=32),
        Column(head="Số lần", width_mm=16, align="right"),
        Column(head="Kết luận", width_mm=24),
    )
    return Table(columns=heads, rows=tuple(rows), caption="Phát hiện nặng nhất (tối đa 40)", size=11)
