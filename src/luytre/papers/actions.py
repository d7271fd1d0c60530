"""The verbs of the records office. A number is taken in the same transaction as what it stands for, so none is lost and none is double."""

from collections.abc import Sequence
from datetime import date, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.paper.model import Paper
from luytre.core.paper.reading import write
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.journal.store import Stored, Upload, put
from luytre.papers import queries, rules
from luytre.papers.models import Book, Cancellation, IssuedPaper, Number, SignedCopy, Template
from luytre.register.models import Organisation

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.timestamps import TimeStamper

    from luytre.core.paper.returned import Verdict

# The engines (Typst, python-docx, pyHanko) are imported where they are used: a web worker that never sets a paper never loads them.
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@journal.act("paper.numbered")
def take_number(*, by: By, at: datetime, organisation: Organisation, kind: str, symbol: str, on: date) -> journal.Told:
    """A number for a paper made elsewhere; `on` is the day of the paper and says which year's register."""
    number = _next(by, at, organisation, kind, symbol, on)
    return journal.Told(about=[organisation.ref], on=timezone.localdate(at), detail={"number": str(number)}, result=number)


@journal.act("paper.issued")
def issue(
    *, by: By, at: datetime, organisation: Organisation, paper: Paper, about: Sequence[str] = (), replaces: IssuedPaper | None = None
) -> journal.Told:
    """Give the paper its number, set it, freeze it: data, PDF and Word files with their digests.

    `about`: things the paper concerns beside the issuing body. `replaces`: the issue this one stands in for.
    """
    today = timezone.localdate(at)
    reason = rules.why_not(paper, today)
    if reason or paper.issued_on is None:
        raise Refusal(reason)
    kind = rules.book_kind(paper)
    number = _next(by, at, organisation, kind, paper.symbol, paper.issued_on)
    numbered = msgspec.structs.replace(paper, number=number.value, mark=settings.LUYTRE_MARK or paper.mark)
    template = queries.template_of(organisation, kind)
    frozen = _freeze(numbered, number, template)
    issued = IssuedPaper.objects.create(
        number=number,
        organisation=organisation,
        title=numbered.title,
        issued_on=paper.issued_on,
        form=numbered.form.id if numbered.form else "",
        data=write(numbered).decode(),
        data_sha256=frozen[0].sha256,
        pdf_sha256=frozen[1].sha256,
        docx_sha256=frozen[2].sha256,
        template=template,
        engine=engine(),
        replaces=replaces,
        at=at,
        by=ref(by),
    )
    detail = {"number": str(number), "issued_on": paper.issued_on, "form": issued.form or None}
    detail["replaces"] = str(replaces.number) if replaces else None
    told = [organisation.ref, *about]
    return journal.Told(about=told, on=min(today, paper.issued_on), detail=detail, attachments=frozen[:2], result=issued)


@journal.act("paper.cancelled")
def cancel(*, by: By, at: datetime, number: Number, reason: str) -> journal.Told:
    """Cancel a number, used or not: it stays in its register with the reason and is never given again."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do hủy số văn bản."), field="reason")
    if Cancellation.objects.filter(number=number).exists():
        raise Refusal(_("Số %(number)s đã được hủy.") % {"number": number})
    Cancellation.objects.create(number=number, at=at, by=ref(by), reason=reason.strip()[:500])
    detail, aside = {"number": str(number)}, {"reason": reason.strip()[:500]}
    return journal.Told(about=[number.book.organisation.ref], on=timezone.localdate(at), detail=detail, aside=aside, result=number)


@journal.act("paper.signed")
def accept_signed(*, by: By, at: datetime, paper: IssuedPaper, content: bytes) -> journal.Told:
    """Take in the signed copy of an issued paper: whole, trusted, and the same paper; else refused with every reason."""
    from luytre.core.paper.returned import examine

    if paper.number.is_cancelled:
        raise Refusal(_("Văn bản số %(number)s đã bị hủy, không nhận bản ký.") % {"number": paper.number})
    if not (roots := queries.trusted_roots()):
        raise Refusal(_("Chưa cài chứng thư gốc tin cậy (LUYTRE_TRUST); đề nghị quản trị hệ thống cài trước khi nhận bản ký số."))
    verdict = examine(queries.file_of(paper, "pdf"), content, roots, at)
    if not verdict.accepted:
        raise Refusal(_("Không nhận bản ký: %(reasons)s.") % {"reasons": "; ".join(verdict.reasons)}, field="content", status=422)
    stored = put(Upload(_name(str(paper.number), "signed.pdf"), PDF, content))
    if SignedCopy.objects.filter(paper=paper, sha256=stored.sha256).exists():
        raise Refusal(_("Bản ký này đã được nhận."))
    copy = _keep(paper, stored, verdict, at, ref(by))
    detail = {"number": str(paper.number), "signatures": len(verdict.signatures)}
    told = [paper.organisation.ref]
    return journal.Told(about=told, on=timezone.localdate(at), detail=detail, attachments=[stored], result=copy)


def sign(*, by: By, at: datetime, paper: IssuedPaper, signer: "Signer", seal: bool = False) -> journal.Told:
    """Sign on the server with an open key (core.paper.signing.pkcs12 or pkcs11) over the last signed copy, and take the result in.

    Shown where the paper leaves room; stamped with the time by LUYTRE_TSA where that is set.
    """
    from luytre.core.paper.pdf import spots
    from luytre.core.paper.signing import PERSON, SEAL, Spot, next_field
    from luytre.core.paper.signing import sign as signed

    last = queries.last_signed(paper) or queries.file_of(paper, "pdf")
    field = next_field(last, SEAL if seal else PERSON)
    room = spots(queries.data_of(paper))
    page, x, y = room[0 if seal else min(int(field.removeprefix(PERSON)), len(room)) - 1]
    spot = Spot(page, x - 20, y + 8) if seal else Spot(page, x, y)
    content = signed(last, signer, at=at, field=field, spot=spot, timestamper=_timestamper())
    return accept_signed(by=by, at=at, paper=paper, content=content)


@journal.act("template.loaded")
def load_template(*, by: By, at: datetime, organisation: Organisation, content: bytes, kind: str = "") -> journal.Told:
    """Take a Word template into use from now on, after checking it; earlier versions stay."""
    from luytre.core.paper.word.check import check

    check(content)
    stored = put(Upload(f"mau-{kind or 'chung'}.docx", DOCX, content))
    template = _version(organisation, kind, stored.sha256, at, ref(by), original=False)
    detail = {"kind": kind or None, "version": template.version}
    told = [organisation.ref]
    return journal.Told(about=told, on=timezone.localdate(at), detail=detail, attachments=[stored], result=template)


@journal.act("template.restored")
def restore_original(*, by: By, at: datetime, organisation: Organisation, kind: str = "") -> journal.Told:
    """Go back to the house's own template; the body's versions stay and may be loaded again."""
    template = _version(organisation, kind, "", at, ref(by), original=True)
    detail = {"kind": kind or None, "version": template.version}
    return journal.Told(about=[organisation.ref], on=timezone.localdate(at), detail=detail, result=template)


def engine() -> str:
    """Which programs made the files: the same data with the same engine and template give the same bytes."""
    return f"luytre {version('luytre')}; typst {version('typst')}"


def _next(by: By, at: datetime, organisation: Organisation, kind: str, symbol: str, on: date) -> Number:
    """The next number of the register. The UPDATE holds the register's row until the transaction ends: the next writer waits for it."""
    book = _advanced(organisation, kind, on.year)
    return Number.objects.create(book=book, value=book.last, symbol=symbol, at=at, by=ref(by))


def next_value(organisation: Organisation, kind: str, year: int) -> int:
    """The next number of a register that counts matters, not papers (instructions, requests); inside the caller's transaction."""
    return _advanced(organisation, kind, year).last


def _advanced(organisation: Organisation, kind: str, year: int) -> Book:
    book, _made = Book.objects.get_or_create(organisation=organisation, kind=kind, year=year)
    Book.objects.filter(pk=book.pk).update(last=F("last") + 1)
    return Book.objects.get(pk=book.pk)


def _freeze(paper: Paper, number: Number, template: Template | None) -> list[Stored]:
    from luytre.core.paper.pdf import pdf
    from luytre.core.paper.word import docx

    own = queries.template_bytes(template) if template else None
    made = [("json", "application/json", write(paper)), ("pdf", PDF, pdf(paper)), ("docx", DOCX, docx(paper, own))]
    return [put(Upload(_name(str(number), ending), media, content)) for ending, media, content in made]


def _name(number: str, ending: str) -> str:
    return f"{number.replace('/', '-')}.{ending}"


def _keep(paper: IssuedPaper, stored: Stored, verdict: "Verdict", at: datetime, by: str) -> SignedCopy:
    said = msgspec.to_builtins(verdict.signatures)
    return SignedCopy.objects.create(paper=paper, sha256=stored.sha256, binding=verdict.binding, signatures=list(said), at=at, by=by)


def _timestamper() -> "TimeStamper | None":
    if not settings.LUYTRE_TSA:
        return None
    from luytre.post.stamping import TimeService
    from luytre.post.ways import outgoing_rules

    return TimeService(settings.LUYTRE_TSA, outgoing_rules())


def _version(organisation: Organisation, kind: str, sha256: str, at: datetime, by: str, *, original: bool) -> Template:
    last = Template.objects.filter(organisation=organisation, kind=kind).order_by("-version").first()
    number = last.version + 1 if last else 1
    return Template.objects.create(organisation=organisation, kind=kind, version=number, sha256=sha256, is_original=original, at=at, by=by)
