"""The duty log (sổ trực) as an official paper; and the letter that tells a body its notice was received."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.paper.model import Column, Field, Fields, Heading, Paper, Paragraph, Signer, Table
from luytre.post import actions as post
from luytre.register.dated import covers
from luytre.register.models import Organisation, Post, Role
from luytre.register.queries import head_of
from luytre.rooms.incidents.models import Incident
from luytre.rooms.incidents.queries.shifts import Log
from luytre.rooms.incidents.queries.wording import length

TOLD = (Role.HEAD, Role.CONTACT, Role.ENTERPRISE)


def paper(log: Log, body: Organisation, at: datetime) -> Paper:
    """As it would be printed now: who was on duty, what was handed over, figures, every event in order."""
    first, until = timezone.localtime(log.first), timezone.localtime(log.until)
    return Paper(
        title=f"Sổ trực ứng cứu sự cố {first:%d/%m/%Y}",
        issuer=(body.name.replace("UBND", "Ủy ban nhân dân").upper(),),
        symbol=f"ST-{body.code.upper()[:20]}",
        place="Thanh Hóa",
        type="SỔ TRỰC",
        subject=(f"Trực ứng cứu sự cố từ {first:%H:%M ngày %d/%m/%Y} đến {until:%H:%M ngày %d/%m/%Y}",),
        blocks=(
            Heading(text="I. CA TRỰC, BÀN GIAO"),
            *_shifts(log),
            Heading(text="II. TÌNH HÌNH"),
            _figures(log),
            Heading(text="III. DIỄN BIẾN"),
            _events(log),
        ),
        recipients=("Lãnh đạo đơn vị;", "Ca trực tiếp theo;", "Lưu: VT."),
        signers=_signers(log, body, at),
        size=13,
        mark=settings.LUYTRE_MARK,
    )


def _signers(log: Log, body: Organisation, at: datetime) -> tuple[Signer, ...]:
    """Who was on duty last, and the head of the desk's body, where there is one."""
    names = list(dict.fromkeys(line.by for line in log.shifts if line.by))
    head = head_of(body, timezone.localdate(at))
    found = [Signer(authority=("NGƯỜI TRỰC",), name=names[-1].partition(" ")[2] or names[-1])] if names else []
    if head is not None:
        found.append(Signer(authority=((head.title or "NGƯỜI PHỤ TRÁCH").upper()[:100],), name=head.of.name))
    return tuple(found) or (Signer(authority=("NGƯỜI TRỰC",), name=""),)


def _shifts(log: Log) -> tuple[Table | Paragraph, ...]:
    if not log.shifts:
        return (Paragraph(text="Không có ca trực nào được ghi nhận trong thời gian này."),)
    heads = (("Ca", 24.0), ("Người trực", 36.0), ("Nhận ca", 26.0), ("Bàn giao", 26.0), ("Nội dung bàn giao", None))
    columns = tuple(Column(head=name, width_mm=width) for name, width in heads)
    rows = tuple(
        (one.shift.number, one.by, _at(one.shift.taken_at), _at(one.shift.handed_at), _said(one.said, one.to)) for one in log.shifts
    )
    return (Table(columns=columns, rows=rows, size=11),)


def _said(text: str, to: str) -> str:
    return "; ".join(part for part in (text, f"giao cho {to}" if to else "") if part) or "Chưa bàn giao"


def _at(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m}" if moment else "–"


def _figures(log: Log) -> Fields:
    said = (
        ("Báo cáo tiếp nhận", str(log.received)),
        ("Báo cáo đã có người nhận xử lý", str(log.taken)),
        ("Chờ lâu nhất đến khi có người nhận", length(log.slowest) if log.slowest is not None else "–"),
        ("Sự cố phát hiện", str(log.opened)),
        ("Sự cố khép lại", str(log.closed)),
    )
    return Fields(rows=tuple(Field(label=label, value=value) for label, value in said), label_mm=80)


def _events(log: Log) -> Table | Paragraph:
    if not log.events:
        return Paragraph(text="Không có diễn biến nào.")
    heads = (("Lúc", 22.0), ("Việc", 48.0), ("Số", 30.0), ("Người ghi", 30.0), ("Nội dung", None))
    columns = tuple(Column(head=name, width_mm=width) for name, width in heads)
    rows = tuple((_at(one.at), one.words, one.code[:40], one.by, one.text) for one in log.events)
    return Table(columns=columns, rows=rows, size=10)


def tell_body(incident: Incident, at: datetime) -> None:
    """Received, at once, to the body's head and contact."""
    posts = Post.objects.filter(covers(timezone.localdate(at)), organisation__code=incident.body.removeprefix("org:"), role__in=TOLD)
    subject = _("[%(code)s] Đã nhận thông báo sự cố") % {"code": incident.code}
    text = _("Bàn trực ứng cứu sự cố đã nhận thông báo về %(code)s lúc %(at)s.") % {
        "code": incident.code,
        "at": f"{timezone.localtime(at):%H:%M %d/%m/%Y}",
    }
    link = f"{settings.LUYTRE_SITE_URL}/desk/incidents/{incident.code}/"
    drafts = [
        post.Draft(key=f"incident-notice:{incident.code}:received:{code}", channel="mail", to=to, subject=subject, text=f"{text}\n\n{link}")
        for code, to in posts.exclude(of__email="").values_list("of__code", "of__email").distinct()
    ]
    post.send_many(drafts, at=at)
