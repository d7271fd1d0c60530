"""A mail taken in: what becomes of it is decided from it and from what is known, then written; never answered where a machine wrote it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from luytre.journal.store import Upload
from luytre.post import actions as post
from luytre.post import bounces
from luytre.rooms.incidents import queries
from luytre.rooms.incidents.actions.receiving import Received, Telling, add, receive, secret
from luytre.rooms.incidents.models import Mail, MailName, Report
from luytre.rooms.incidents.queries import reports
from luytre.rooms.incidents.rules import threads
from luytre.rooms.incidents.rules.mail import Letter, read
from luytre.rooms.incidents.rules.threads import Decision

BY = "citizen"


def own_addresses() -> frozenset[str]:
    """Addresses this installation writes from and reads."""
    return frozenset(one.lower() for one in (settings.LUYTRE_MAIL_FROM, settings.LUYTRE_INTAKE_ADDRESS) if one)


def acknowledgement_key(code: str) -> str:
    return f"incident-report:{code}:received"


def take_in(*, at: datetime, raw: bytes) -> tuple[Letter, Decision]:
    """Read one mail and do what follows from it, in one transaction."""
    letter = read(raw, own_addresses())
    with transaction.atomic():
        decision = threads.decide(letter, queries.Kept(at), secret())
        report = _carry_out(letter, decision, at, raw)
        Mail.objects.create(digest=letter.digest, outcome=decision.outcome, reason=decision.reason, report=report, at=at)
    return letter, decision


def _carry_out(letter: Letter, decision: Decision, at: datetime, raw: bytes) -> Report | None:
    if decision.outcome == threads.BOUNCE:
        bounces.take_in(raw, at)
        return reports.by_code(decision.code) if decision.code else None
    if decision.outcome == threads.REPORT:
        got = receive(by=BY, at=at, telling=_telling(letter, decision))
        _name(got.report, letter, own=True)
        if letter.sender and not letter.is_generated:
            _acknowledge(got, letter.sender)
        return got.report
    if decision.outcome == threads.REPLY:
        report = reports.by_code(decision.code)
        assert report is not None
        add(by=BY, at=at, report=report, text=letter.text or letter.subject, files=_files(letter))
        _name(report, letter, own=True)
        return report
    return reports.by_code(decision.code) if decision.outcome == threads.DUPLICATE else None


def _telling(letter: Letter, decision: Decision) -> Telling:
    return Telling(
        channel=Report.Channel.MAIL,
        text=letter.text or letter.subject or "–",
        token=threads.name_of(letter.name or letter.digest),
        contact=letter.sender,
        subject=letter.subject,
        code=decision.code,
        files=_files(letter),
    )


def _files(letter: Letter) -> list[Upload]:
    return [Upload(file.name, file.media_type, file.content) for file in letter.files if file.content]


def _name(report: Report, letter: Letter, *, own: bool) -> None:
    """The names the thread goes by from now on: this mail's, those it answers, and our acknowledgement's."""
    rows = [MailName(name=threads.name_of(name), report=report, own=False) for name in letter.answers]
    if letter.name:
        rows.insert(0, MailName(name=threads.name_of(letter.name), report=report, own=own, digest=letter.digest))
    ours = post.message_id(acknowledgement_key(report.code)).strip("<>")
    rows.append(MailName(name=threads.name_of(ours), report=report, own=True))
    MailName.objects.bulk_create(rows, ignore_conflicts=True)


def _acknowledge(got: Received, to: str) -> None:
    """At once: received, under this code, with these words. A machine gets none, so that two machines never talk to each other."""
    code = got.report.code
    with override(got.report.language):
        subject = _("[%(code)s] Đã nhận báo cáo sự cố") % {"code": code}
        text = _(
            "Đã nhận báo cáo sự cố của bạn, mã biên nhận %(code)s.\n\n"
            "Bốn từ bí mật: %(words)s\nXem trả lời, gửi thêm tại %(link)s, hoặc trả lời thư này (giữ mã trong tiêu đề).\n\n"
            "Đang mất tiền? Gọi ngân hàng khóa tài khoản trước, nguy cấp gọi 113.\n"
            "Chúng tôi không bao giờ hỏi mật khẩu, mã OTP hay yêu cầu chuyển tiền."
        )
        said = text % {"code": code, "words": " ".join(got.words), "link": f"{settings.LUYTRE_SITE_URL}/theo-doi/"}
    post.send(key=acknowledgement_key(code), channel="mail", to=to, subject=subject, text=said, urgent=True, topic="incidents")
