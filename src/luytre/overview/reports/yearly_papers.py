"""The papers of a body's year: the annual report on the directive, Form 08 of Decree 331, the plan; and what the coordinator sums up."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.utils import timezone, translation

from luytre.core.paper import forms as statutory
from luytre.core.paper.model import Block, Column, Heading, Paper, Paragraph, Signer, Table
from luytre.overview.reports import figures
from luytre.overview.reports.figures.systems import proved
from luytre.overview.reports.wording import n2, share
from luytre.overview.reports.yearly import INCIDENTS, LEVELS, SYSTEMS, WORK, BodyYear, Sum, Year
from luytre.register.models import Organisation
from luytre.register.queries import head_of, system
from luytre.rooms.duties import queries as duties
from luytre.ui.figures import percent
from luytre.ui.statuses import LOOKS

GAP = "……………………"
WORDS = {  # what a person adds: kind → (field, title, sentence to start from)
    "annual": (
        ("results", "Kết quả nổi bật", ""),
        ("difficulties", "Khó khăn, vướng mắc", ""),
        ("proposals", "Kiến nghị, đề xuất", "Không có kiến nghị."),
    ),
    "level": (("expected", "Dự kiến hoàn thành", ""),),
    "plan": (
        ("tasks", "Nhiệm vụ (mỗi dòng: việc | người phụ trách | hạn dd/mm/yyyy)", ""),
        ("resources", "Nguồn lực thực hiện", ""),
    ),
}
WHAT = {"annual_reports": "báo cáo năm", "plans": "kế hoạch"}
TITLES = {
    "annual": ("BÁO CÁO", "BC", "Kết quả thực hiện Chỉ thị số 13/CT-UBND năm {year}"),
    "plan": ("KẾ HOẠCH", "KH", "Thực hiện Chỉ thị số 13/CT-UBND năm {year}"),
}


def paper(kind: str, held: BodyYear, organisation: Organisation, words: Mapping[str, str]) -> Paper:
    """The paper of a body as it stands; a draft until it is signed."""
    with translation.override("vi"):
        if kind == "level":
            return _level(held, organisation, words)
        blocks = _annual(held, words) if kind == "annual" else _plan(held, words)
    type_, symbol, subject = TITLES[kind]
    said = subject.format(year=held.year.number)
    return Paper(
        title=f"{type_.capitalize()} {said[:1].lower()}{said[1:]}"[:300],
        issuer=_issuer(organisation),
        symbol=f"{symbol}-{_code(organisation)}",
        place="Thanh Hóa",
        type=type_,
        subject=(said,),
        addressees=("Ủy ban nhân dân tỉnh (qua cơ quan đầu mối tổng hợp)",),
        blocks=tuple(blocks),
        closing=f"{organisation.name} báo cáo để tổng hợp./."
        if kind == "annual"
        else f"{organisation.name} tổ chức thực hiện kế hoạch này./.",
        recipients=("Như trên", "Cơ quan đầu mối tổng hợp", "Lưu: VT"),
        signers=(signer(organisation, held.year.ground.today),),
        mark=settings.LUYTRE_MARK,
    )


def _issuer(organisation: Organisation) -> tuple[str, ...]:
    return (organisation.name.replace("UBND", "Ủy ban nhân dân").upper()[:120],)


def _code(organisation: Organisation) -> str:
    return "UBND" if organisation.name.startswith("UBND") else "ĐV"


def signer(organisation: Organisation, on: date) -> Signer:
    head = head_of(organisation, on)
    return Signer(
        authority=((head.title if head and head.title else "THỦ TRƯỞNG ĐƠN VỊ").upper()[:100],), name=head.of.name if head else GAP
    )


# -- the annual report --


def _annual(held: BodyYear, words: Mapping[str, str]) -> list[Block]:
    made: list[Block] = [Paragraph(text=_opening(held)), Heading(text="I. KẾT QUẢ THỰC HIỆN"), *_standing(held)]
    made += [Heading(text="1. Hệ thống thông tin", level=2), _table(held, (*SYSTEMS, *LEVELS))]
    made += [Heading(text="2. Sự cố an ninh mạng", level=2), _table(held, INCIDENTS)]
    made += [Heading(text="3. Phòng ngừa, cảnh báo, ứng cứu", level=2), _table(held, WORK)]
    made += [Heading(text="4. Từng nhiệm vụ của Chỉ thị", level=2), _duties(held)]
    for number, (name, title, start) in zip(("II", "III", "IV"), WORDS["annual"], strict=True):
        made += [Heading(text=f"{number}. {title.upper()}"), *_lines(words.get(name) or start or GAP)]
    return made


def _opening(held: BodyYear) -> str:
    known = f"{timezone.localtime(held.year.known):%H giờ %M ngày %d/%m/%Y}"
    return (
        "Thực hiện Chỉ thị số 13/CT-UBND ngày 04/11/2022 của Chủ tịch Ủy ban nhân dân tỉnh, "
        f"{held.name} báo cáo kết quả năm {held.year.number} (số liệu lấy từ nhật ký lúc {known}) như sau:"
    )


def _standing(held: BodyYear) -> list[Block]:
    done = held.values["duties"]
    late = held.values["duties.late"].count
    day, rate = f"{held.year.span.on:%d/%m/%Y}", share(done.part, done.whole)
    said = f"Đến hết ngày {day}, {n2(done.part)} trên {n2(done.whole)} nhiệm vụ phải làm đã hoàn thành ({rate})"
    return [Paragraph(text=f"{said}; {n2(late)} nhiệm vụ quá hạn hoặc lỡ kỳ." if late else f"{said}; không có nhiệm vụ quá hạn.")]


def _table(held: BodyYear, names: Sequence[str]) -> Table:
    rows = tuple((str(number), figures.CATALOGUE[name].words["vi"], held.values[name].text) for number, name in enumerate(names, 1))
    columns = (Column(head="TT", width_mm=10, align="centre"), Column(head="Chỉ số"), Column(head="Số liệu", width_mm=32, align="right"))
    return Table(columns=columns, rows=rows)


def _duties(held: BodyYear) -> Table:
    law = duties.law().duties
    rows = tuple((duty, law[duty].title["vi"], str(LOOKS[status].word)) for duty, status in held.duties)
    columns = (Column(head="Mã", width_mm=14), Column(head="Nhiệm vụ"), Column(head="Tình trạng", width_mm=38))
    return Table(columns=columns, rows=rows or (("–", "Không có nhiệm vụ phải làm", "–"),))


def _lines(text: str) -> list[Block]:
    return [Paragraph(text=line.strip()) for line in text.split("\n") if line.strip()]


# -- the plan --


def tasks(text: str) -> list[tuple[str, str, date | None]]:
    """(task, who, until when) of each line "việc | người phụ trách | hạn"; a day nobody can read is none."""
    found = []
    for line in text.split("\n"):
        parts = [part.strip() for part in line.split("|")]
        if parts[0]:
            found.append((parts[0], parts[1] if len(parts) > 1 else "", _day(parts[2]) if len(parts) > 2 else None))
    return found


def _day(said: str) -> date | None:
    parts = said.split("/")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except (ValueError, IndexError):
        return None


def _plan(held: BodyYear, words: Mapping[str, str]) -> list[Block]:
    told = tasks(words.get("tasks", ""))
    rows = tuple((str(number), task, who or "–", f"{due:%d/%m/%Y}" if due else "–") for number, (task, who, due) in enumerate(told, 1))
    columns = (
        Column(head="TT", width_mm=10, align="centre"),
        Column(head="Nhiệm vụ"),
        Column(head="Phụ trách", width_mm=42),
        Column(head="Hạn", width_mm=26),
    )
    late = [(duty, status) for duty, status in held.duties if status in ("overdue", "missed", "due_soon", "open")]
    opening = f"{held.name} thực hiện Chỉ thị số 13/CT-UBND với các nhiệm vụ sau; hiện còn {n2(len(late))} nhiệm vụ của Chỉ thị chưa xong:"
    made: list[Block] = [Paragraph(text=opening), Heading(text="I. NHIỆM VỤ"), Table(columns=columns, rows=rows or (("1", GAP, GAP, GAP),))]
    return [*made, Heading(text="II. NGUỒN LỰC"), *_lines(words.get("resources") or GAP)]


# -- Form 08 of Decree 331 --


def level_answers(held: BodyYear, organisation: Organisation, words: Mapping[str, str]) -> dict[str, object]:
    """The counts and the list of systems of the form, from register and journal."""
    year, ground = held.year, held.year.ground
    checked = proved(ground, "assessment.passed", year.span)
    approved = {row.key for row in held.values["systems.approved"].rows}
    head = head_of(organisation, ground.today)
    counts = {name: held.values[name].count for name in ("systems", "systems.approved")}
    found: dict[str, object] = {
        "year": str(year.number),
        "total": counts["systems"],
        "classified": sum(held.values[name].count for name in LEVELS),
        "dossiers": counts["systems.approved"],
        "appraised": counts["systems.approved"],
        "approved": counts["systems.approved"],
        "checked": len(approved & checked),
        "expected": words.get("expected", ""),
        "owner": organisation.name,
        "owner_contact": head.of.called if head else "",
        "unit": organisation.name,
        "unit_contact": head.of.called if head else "",
        "systems": [_system(row.key, held, checked) for row in held.systems],
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def _system(ref: str, held: BodyYear, checked: set[str]) -> dict[str, str]:
    """One line of the list. What the journal does not hold (steps of the appraisal, regulation, days expected) stays for a person."""
    ground, span = held.year.ground, held.year.span
    decisions = [row for row in ground.of("dossier.approved", None, span.until) if ref in row.about and row.on <= span.on]
    deployed = ref in proved(ground, "security_plan.deployed", span)
    level, operator = ground.values("level", span.on).get(ref), str(ground.values("operator", span.on).get(ref) or "")
    known = system(ref.removeprefix("system:"))
    return {
        "name": ground.name(ref) or (known.name if known else ref),
        "owner": held.name,
        "operator": ground.name(operator) if operator else held.name,
        "level": str(level or ""),
        "state": "Đã được phê duyệt" if decisions else "Đang dự thảo",
        "decision": f"{decisions[-1].detail.get('number') or '–'}, {decisions[-1].on:%d/%m/%Y}" if decisions else "",
        "regulation": "",
        "approval_expected": "",
        "plan": "Đã triển khai đầy đủ" if deployed else "Chưa triển khai",
        "full_expected": "",
        "check": "Trước khi đưa vào sử dụng" if ref in checked else "",
    }


def _level(held: BodyYear, organisation: Organisation, words: Mapping[str, str]) -> Paper:
    office = statutory.Office(
        issuer=_issuer(organisation),
        place="Thanh Hóa",
        code=_code(organisation),
        recipients=("Như trên", "Cơ quan đầu mối tổng hợp", "Lưu: VT"),
        signers=(signer(organisation, held.year.ground.today),),
        addressees=("Chủ quản hệ thống thông tin (qua cơ quan đầu mối tổng hợp)",),
        mark=settings.LUYTRE_MARK,
    )
    return statutory.answer(statutory.load("ND331.08"), level_answers(held, organisation, words), office, draft=True)


# -- the coordinator's sum --


def synthesis(year: Year, sums: Sequence[Sum], come: Sequence[str], missing: Sequence[str], issuer: Organisation, of: str) -> Paper:
    """What the reports (or plans) of the bodies come to, and who has not sent one."""
    what = WHAT[of]
    with translation.override("vi"):
        blocks = _synthesis(year, sums, come, missing, what)
    return Paper(
        title=synthesis_title(of, year.number),
        issuer=(issuer.name.upper()[:120],),
        symbol="BC-CQĐM",
        place="Thanh Hóa",
        type="BÁO CÁO",
        subject=(f"Tổng hợp {what} thực hiện Chỉ thị số 13/CT-UBND", f"năm {year.number}"),
        addressees=("Ủy ban nhân dân tỉnh",),
        blocks=tuple(blocks),
        closing=f"{issuer.name} báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.",
        recipients=("Như trên", "Các sở, ban, ngành cấp tỉnh", "UBND các xã, phường", "Lưu: VT"),
        signers=(signer(issuer, year.ground.today),),
        mark=settings.LUYTRE_MARK,
    )


def synthesis_title(of: str, year: int) -> str:
    return f"Báo cáo tổng hợp {WHAT[of]} thực hiện Chỉ thị số 13/CT-UBND năm {year}"


def _synthesis(year: Year, sums: Sequence[Sum], come: Sequence[str], missing: Sequence[str], what: str) -> list[Block]:
    whole = len(come) + len(missing)
    opening = f"Đến hết ngày {year.span.on:%d/%m/%Y}, {n2(len(come))} trên {n2(whole)} đơn vị đã gửi {what} ({share(len(come), whole)})."
    made: list[Block] = [Paragraph(text=opening)]
    if sums:
        made += [Heading(text="I. SỐ LIỆU TỔNG HỢP"), _sums(year, sums)]
    if missing:
        made += [Heading(text=f"{'II' if sums else 'I'}. ĐƠN VỊ CHƯA GỬI"), Paragraph(text="; ".join(missing)[:19_000] + ".")]
    return made


def _sums(year: Year, sums: Sequence[Sum]) -> Table:
    """Beside what the bodies reported stands what the journal says of the whole province: a difference is something to ask about."""
    rows = []
    for number, one in enumerate(sums, 1):
        figure, said = figures.CATALOGUE[one.figure], year.whole[one.figure].text
        reported = (
            percent(one.part, one.whole) if figure.as_rate else f"{one.part}/{one.whole}" if figure.fold == "share" else str(one.part)
        )
        rows.append((str(number), figure.words["vi"], str(one.bodies), reported, said))
    columns = (
        Column(head="TT", width_mm=10, align="centre"),
        Column(head="Chỉ số"),
        Column(head="Số đơn vị có số liệu", width_mm=24, align="right"),
        Column(head="Cộng các báo cáo", width_mm=26, align="right"),
        Column(head="Toàn tỉnh theo nhật ký", width_mm=28, align="right"),
    )
    return Table(columns=columns, rows=tuple(rows))
