"""What the figures of a month say, sentence by sentence: composed by rules, no sentence without a figure. Papers are in Vietnamese."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np

from luytre.core.paper.chart import vi
from luytre.core.when import nth_month
from luytre.overview.board.queries import CODE
from luytre.overview.reports.figures import Value
from luytre.overview.reports.figures.incidents import TYPES_IN_ORDER
from luytre.overview.reports.monthly import LAYERS, Monthly
from luytre.rooms.duties import queries as duties
from luytre.verbs.incident import TYPES

SHOWN = 5  # bodies named among the slowest


def n2(number: float) -> str:
    """A count within a sentence: below ten with a zero, as officials write: 6 → 06."""
    return f"{int(number):02d}" if number < 10 and number == int(number) else vi(number)


def share(part: int, whole: int) -> str:
    return f"{vi(round(100 * part / whole, 1))}%" if whole else "–"


def change(now: Value, before: Value, unit: str = "") -> str:
    """tăng 06 vụ (12,8%) · giảm … · không đổi"""
    gap = (now.number or 0) - (before.number or 0)
    if not gap:
        return "không đổi"
    word, grown = "tăng" if gap > 0 else "giảm", f" ({share(int(abs(gap)), int(before.number))})" if before.number else ""
    return f"{word} {n2(abs(gap))}{unit}{grown}"


def composed(report: Monthly) -> dict[str, list[str]]:
    """Section → sentences."""
    return {name: [line for line in say(report) if line] for name, say in SECTIONS.items()}


def month_words(report: Monthly) -> str:
    return f"tháng {report.first.month} năm {report.first.year}"


def _general(report: Monthly) -> list[str]:
    now, open_ = report.value("incidents"), report.value("incidents.open").count
    late, done = report.value("duties.late"), report.value("duties")
    last_year = report.first.year - 1
    opening = (
        f"Trong {month_words(report)}, toàn tỉnh ghi nhận **{n2(now.count)} sự cố**, "
        f"{change(now, report.value('incidents', 'last'), ' vụ')} so với tháng trước và "
        f"{change(now, report.value('incidents', 'year_ago'), ' vụ')} so với cùng kỳ năm {last_year}; "
        f"đã xử lý xong {n2(now.count - open_)} vụ, còn {n2(open_)} vụ đang xử lý."
    )
    standing = (
        f"Đến hết ngày {report.on:%d/%m/%Y}, {vi(done.part)} trên {vi(done.whole)} nhiệm vụ phải làm theo Chỉ thị đã hoàn thành "
        f"({share(done.part, done.whole)}); {vi(late.count)} nhiệm vụ quá hạn hoặc lỡ kỳ, "
        f"{change(late, report.value('duties.late', 'last'))} so với tháng trước; "
        f"{vi(report.value('bodies.clean').count)} đơn vị không có việc quá hạn."
    )
    matters = [rule(report) for rule in MATTERS]
    first = [f"{letter}) {said}" for letter, said in zip("abc", [said for said in matters if said], strict=False)]
    lead = f"{_number_word(len(first))} việc đề nghị Chủ tịch Ủy ban nhân dân tỉnh quan tâm chỉ đạo:" if first else ""
    return [opening, standing, lead, *first]


def _number_word(count: int) -> str:
    return ("", "Một", "Hai", "Ba")[count]


# -- what the chair should look at: the first three rules that find something --


def _late_reports(report: Monthly) -> str:
    clock = report.value("clock.D30")
    late = clock.whole - clock.part
    return f"**{n2(late)} sự cố báo cáo không đúng hạn** trong {n2(clock.whole)} vụ đã đến hạn báo cáo." if late else ""


def _open_doors(report: Monthly) -> str:
    left = report.value("weaknesses.grave.end").count
    return f"**{n2(left)} điểm yếu cho phép xâm nhập, kiểm soát hệ thống** chưa được khắc phục đến cuối kỳ." if left else ""


def _levels_missing(report: Monthly) -> str:
    waiting, whole = report.value("systems.waiting").count, report.value("systems").count
    said = f"**{n2(waiting)} hệ thống thông tin ({share(waiting, whole)}) chưa được phê duyệt cấp độ**"
    high = sum(report.value(f"systems.{level}.waiting").count for level in ("3", "4", "5"))
    return f"{said}, trong đó {n2(high)} hệ thống từ cấp độ 3 trở lên; Chỉ thị yêu cầu 100%." if waiting else ""


def _drills_missing(report: Monthly) -> str:
    drills = report.value("duty.D13")
    left = drills.whole - drills.part
    return f"**{n2(left)} hệ thống từ cấp độ 3 trở lên chưa diễn tập thực chiến** trong năm {report.first.year}." if left else ""


def _warnings_late(report: Monthly) -> str:
    late = report.value("warnings.late").count
    return f"**{n2(late)} lượt cảnh báo quá hạn xử lý** tại các đơn vị." if late else ""


MATTERS = (_late_reports, _open_doors, _levels_missing, _drills_missing, _warnings_late)


def _incidents(report: Monthly) -> list[str]:
    now = report.value("incidents")
    if not now.count:
        return [f"Trong {month_words(report)} không ghi nhận sự cố nào."]
    return [_commonest(report, now.count), _handled(report), _by_level(report), _times(report), _clocks(report)]


def _commonest(report: Monthly, whole: int) -> str:
    counts = sorted(((report.value(f"incidents.{type_}").count, -place) for place, type_ in enumerate(TYPES_IN_ORDER)), reverse=True)
    most = [(TYPES[TYPES_IN_ORDER[-place]]["vi"], count) for count, place in counts[:3] if count]
    said = ", ".join(f"{name} ({n2(count)} vụ)" for name, count in most)
    return f"Loại sự cố nhiều nhất: {said}, chiếm {share(sum(count for _name, count in most), whole)} tổng số."


def _handled(report: Monthly) -> str:
    own, helped, open_ = (report.value(f"incidents.{how}").count for how in ("self", "helped", "open"))
    named = ((own, "vụ đơn vị tự xử lý xong"), (helped, "vụ xử lý xong có hỗ trợ"), (open_, "vụ đang xử lý"))
    said = ", ".join(f"{n2(count)} {word}" for count, word in named if count)
    return f"Đến hết ngày {report.on:%d/%m/%Y}: {said}."


def _by_level(report: Monthly) -> str:
    found = [(level, report.value(f"incidents.level.{level}").count) for level in "12345"]
    said = ", ".join(f"cấp độ {level} có {n2(count)} vụ" for level, count in found if count)
    none = report.value("incidents.level.none").count
    rest = f"{n2(none)} vụ chưa gắn với hệ thống đã có cấp độ" if none else ""
    return f"Theo cấp độ của hệ thống bị ảnh hưởng: {'; '.join(part for part in (said, rest) if part)}."


def _times(report: Monthly) -> str:
    named = {"time.notified_at": "thông báo", "time.restored_at": "khôi phục", "time.closed_at": "kết thúc"}
    found = [(said, report.value(name)) for name, said in named.items()]
    said = "; ".join(f"đến lúc {word} {vi(value.number)} giờ ({n2(value.count)} vụ)" for word, value in found if value.number is not None)
    return f"Thời gian giữa, tính từ lúc phát hiện: {said}." if said else ""


def _clocks(report: Monthly) -> str:
    law = duties.law().duties
    found = [(law[name].name["vi"].lower(), report.value(f"clock.{name}")) for name in ("D30", "ND331.31.2d", "L91.23", "D31")]
    said = "; ".join(f"{name} {n2(value.part)}/{n2(value.whole)} vụ" for name, value in found if value.whole)
    return f"Chấp hành thời hạn của pháp luật (đúng hạn trên số đã đến hạn): {said}." if said else ""


def _prevention(report: Monthly) -> list[str]:
    warned, tasks, late = (report.value(name) for name in ("warnings", "warnings.tasks", "warnings.late"))
    left = {which: report.value(f"weaknesses.{which}").count for which in ("found", "fixed", "end")}
    return [
        f"Đã phát hành {n2(warned.count)} cảnh báo, {vi(tasks.whole)} lượt đơn vị phải xử lý, xong {vi(tasks.part)} lượt "
        f"({share(tasks.part, tasks.whole)}); {vi(late.count)} lượt quá hạn."
        if tasks.whole
        else f"Trong {month_words(report)} không có cảnh báo nào gửi tới đơn vị.",
        f"Săn lùng mối nguy hại trên {n2(report.value('hunts.systems').count)} hệ thống, "
        f"rà quét lỗ hổng {n2(report.value('scans.systems').count)} hệ thống; "
        f"phát hiện {n2(left['found'])} điểm yếu, khắc phục {n2(left['fixed'])}, còn lại {n2(left['end'])}.",
    ]


def _levels(report: Monthly) -> list[str]:
    whole, approved, deployed = (report.value(name) for name in ("systems", "systems.approved", "systems.deployed"))
    return [
        f"Toàn tỉnh có {vi(whole.count)} hệ thống thông tin đang vận hành; {vi(approved.count)} hệ thống đã được phê duyệt cấp độ "
        f"({share(approved.count, whole.count)}), {change(approved, report.value('systems.approved', 'last'), ' hệ thống')} "
        f"so với tháng trước; {vi(deployed.count)} hệ thống đã triển khai phương án bảo đảm an ninh mạng theo cấp độ."
    ]


def _duties(report: Monthly) -> list[str]:
    layers = [(duty, report.value(f"duty.{duty}")) for duty in LAYERS]
    said = "; ".join(f"lớp {place} {share(value.part, value.whole)}" for place, (_duty, value) in enumerate(layers, 1))
    return [f"Mô hình bốn lớp, tỷ lệ đơn vị đã thực hiện: {said}.", _best(report), _worst(report)]


def _best(report: Monthly) -> str:
    rows = report.value("bodies.clean").rows
    named = ", ".join(report.ground.name(row.about) for row in rows[:SHOWN])
    return f"{n2(len(rows))} đơn vị không có việc quá hạn; làm được nhiều việc nhất là {named}." if rows else ""


def _worst(report: Monthly) -> str:
    rows = report.value("bodies.behind").rows[:SHOWN]
    named = ", ".join(f"{report.ground.name(row.about)} ({row.says} việc)" for row in rows)
    return f"Nhiều việc quá hạn nhất: {named}." if rows else ""


def _next(report: Monthly) -> list[str]:
    """What the judge sees falling due within its thirty days, duty by duty."""
    held = report.ground.province(report.on)
    soon = (held.grid == CODE["due_soon"]).sum(axis=0)
    top = [int(place) for place in np.argsort(-soon, kind="stable")[:3] if soon[place]]
    lines = [
        f"{number}. Đôn đốc {n2(int(soon[place]))} đơn vị thực hiện “{held.duties[place].title['vi']}”, đến hạn trước ngày "
        f"{report.on + timedelta(days=31):%d/%m/%Y}."
        for number, place in enumerate(top, 1)
    ]
    waiting = report.value("systems.waiting").count
    lines += [f"{len(lines) + 1}. Đôn đốc phê duyệt cấp độ cho {n2(waiting)} hệ thống còn lại."] if waiting else []
    return lines


def _proposals(report: Monthly) -> list[str]:
    rows = report.value("bodies.behind").rows[:SHOWN]
    if not rows:
        return ["Không có kiến nghị."]
    named = ", ".join(report.ground.name(row.about) for row in rows)
    day = nth_month(report.first, 1).replace(day=25)
    return [
        f"Đề nghị Chủ tịch Ủy ban nhân dân tỉnh giao người đứng đầu {named} hoàn thành các việc quá hạn trước ngày {day:%d/%m/%Y}, "
        f"báo cáo kết quả về cơ quan đầu mối."
    ]


SECTIONS: dict[str, Callable[[Monthly], list[str]]] = {
    "general": _general,
    "incidents": _incidents,
    "prevention": _prevention,
    "levels": _levels,
    "duties": _duties,
    "next": _next,
    "proposals": _proposals,
}
