"""The end of a hunt: hypotheses and conclusion in words, scope confirmed, the paper issued, hunt.completed with the digest of the run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.paper.model import Paper, Signer
from luytre.core.refusal import Refusal
from luytre.journal import store
from luytre.journal.acts import By
from luytre.journal.store import Stored
from luytre.papers import actions as office
from luytre.papers.models import IssuedPaper
from luytre.register.models import Organisation
from luytre.register.queries import head_of, organisation
from luytre.rooms.hunting.models import Hunt, Lead, Run
from luytre.rooms.hunting.queries import findings, scope, shelf
from luytre.rooms.hunting.rules import report, words
from luytre.rooms.hunting.rules.coverage import Coverage, scope_words


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """What a person says at the end. `systems`: those to be recorded as hunted; `gaps`: why one not looked at whole counts all the same."""

    hypothesis: str
    conclusion: str
    systems: Sequence[str]
    gaps: Mapping[str, str]


@transaction.atomic
def complete(*, by: By, at: datetime, hunt: Hunt, said: Conclusion) -> IssuedPaper:
    """Issue the report and record the hunt for the systems covered, and for none besides."""
    run = _finished(hunt)
    covered = _covered(hunt, run, said)
    body = organisation(hunt.body.removeprefix("org:"))
    if body is None:
        raise Refusal(_("Đơn vị của lần săn lùng này không còn trong sổ."), status=404)
    paper = paper_of(hunt, run, said, body, timezone.localdate(at))
    told = office.issue(by=by, at=at, organisation=body, paper=paper, about=sorted(covered))
    issued: IssuedPaper = told.result
    done = _completed(by=by, at=at, hunt=hunt, run=run, covered=covered, said=said, issued=issued)
    Hunt.objects.filter(pk=hunt.pk).update(completed=done.entry)
    return issued


def _finished(hunt: Hunt) -> Run:
    if hunt.completed_id:
        raise Refusal(_("Lần săn lùng này đã kết luận."))
    run = shelf.last_run(hunt)
    if run is None or not run.is_good or not isinstance(run.summary, dict):
        raise Refusal(_("Lượt chạy gần nhất chưa xong trọn vẹn. Chạy lại rồi kết luận."))
    if run.summary.get("interrupted"):
        raise Refusal(_("Lượt chạy gần nhất bị dừng giữa chừng. Chạy lại rồi kết luận."))
    left = Lead.objects.filter(run=run, verdict="", rank__lt=words.GRAVE).count()
    if left:
        raise Refusal(_("Còn %(n)s phát hiện mức cao trở lên chưa có kết luận. Xem và kết luận từng phát hiện trước.") % {"n": left})
    return run


def _covered(hunt: Hunt, run: Run, said: Conclusion) -> dict[str, Coverage]:
    """Systems to be recorded: looked at whole, or confirmed by a person with the reason; nothing was seen of one: never."""
    found = findings.coverages(hunt, run)
    if not said.systems or set(said.systems) - set(found):
        raise Refusal(_("Chọn ít nhất một hệ thống đã săn lùng để ghi nhận."), field="systems")
    broken = bool(run.summary.get("inputs_not_parsed"))
    for ref in said.systems:
        one, reason = found[ref], said.gaps.get(ref, "").strip()
        if one.is_empty:
            says = _("Chưa thấy nhật ký của máy nào đã khai thuộc hệ thống này trong kỳ: không ghi nhận là đã săn lùng.")
            raise Refusal(says, field=f"gap-{ref}")
        if not (one.is_whole and not broken) and len(reason) < 10:
            says = _("Chưa xem trọn hệ thống này. Bổ sung nhật ký, hoặc ghi rõ vì sao phạm vi đã xem là đủ (ít nhất 10 chữ cái).")
            raise Refusal(says, field=f"gap-{ref}")
    return {ref: found[ref] for ref in said.systems}


@journal.act("hunt.completed")
def _completed(
    *, by: By, at: datetime, hunt: Hunt, run: Run, covered: Mapping[str, Coverage], said: Conclusion, issued: IssuedPaper
) -> journal.Told:
    number = str(issued.number)
    file = Stored(f"{number.replace('/', '-')}.pdf", "application/pdf", issued.pdf_sha256, store.size(issued.pdf_sha256))
    detail = {
        "number": number,
        "signed_on": timezone.localdate(at),
        "hunt": hunt.code,
        "run": run.digest,
        "scope": scope_words(covered)[:1000],
        "weakness": hunt.weakness or None,
    }
    gaps = "\n".join(f"{ref}: {said.gaps[ref].strip()}" for ref in sorted(covered) if said.gaps.get(ref, "").strip())
    aside = {"hypothesis": said.hypothesis, "conclusion": said.conclusion, "gaps": gaps}
    return journal.Told(about=sorted(covered), on=timezone.localdate(at), detail=detail, attachments=[file], aside=aside)


def paper_of(hunt: Hunt, run: Run, said: Conclusion, body: Organisation, on: date) -> Paper:
    """The official report: what was looked at and what not, what was found, what people said of it."""
    result = findings.result(hunt, run)
    head = head_of(body, on)
    title = (head.title if head and head.title else "THỦ TRƯỞNG ĐƠN VỊ").upper()[:100]
    called = scope.called(said.systems)
    return Paper(
        title=f"Báo cáo săn lùng mối nguy hại {hunt.code}",
        issuer=(body.name.replace("UBND", "Ủy ban nhân dân").upper()[:120],),
        symbol=f"BC-{body.code.upper()[:20]}",
        place="Thanh Hóa",
        type="BÁO CÁO",
        subject=("Kết quả săn lùng mối nguy hại trên hệ thống thông tin",),
        issued_on=on,
        blocks=report.blocks(hunt, run, result, _lines(run), said, called),
        closing="",
        recipients=("Cơ quan đầu mối;", f"Lưu: VT ({hunt.code})."),
        signers=(Signer(authority=(title,), name=head.of.name if head else ""),),
        mark=settings.LUYTRE_MARK,
    )


def _lines(run: Run) -> list[findings.LeadLine]:
    return [findings.LeadLine(lead) for lead in findings.leads(run)[:40]]
