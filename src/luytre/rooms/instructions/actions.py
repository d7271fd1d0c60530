"""The verbs of the instructions room: the chair gives, extends, withdraws; bodies answer; chair or coordinator accept or return."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.journal.store import Stored
from luytre.papers import actions as office
from luytre.register.models import Organisation
from luytre.rooms.instructions import queries, rules

BOOK = "instruction"


@journal.act("instruction.given")
def give(
    *,
    by: By,
    at: datetime,
    issuer: Organisation,
    bodies: Sequence[str],
    text: str,
    due_on: date,
    duty: str = "",
    thing: str = "",
) -> journal.Told:
    """The chair's word to one or many bodies, with a day; the text lies in the erasable aside."""
    today = timezone.localdate(at)
    if not bodies:
        raise Refusal(_("Chọn ít nhất một đơn vị để chỉ đạo."), field="to")
    if due_on < today:
        raise Refusal(_("Hạn thực hiện đã qua. Chọn từ hôm nay trở đi."), field="due_on")
    number = f"YK-{today.year}-{office.next_value(issuer, BOOK, today.year):03}"
    detail = {"instruction": number, "due_on": due_on, "duty": duty or None}
    about = [*bodies, *([thing] if thing else [])]
    return journal.Told(about=about, on=today, detail=detail, aside={"text": text}, result=number)


@journal.act("instruction.extended")
def extend(*, by: By, at: datetime, held: queries.Instruction, due_on: date) -> journal.Told:
    """More time for the bodies that have not finished."""
    today = timezone.localdate(at)
    about = [charge.ref for charge in held.charges if charge.is_owed]
    if not about:
        raise Refusal(_("Không còn đơn vị nào phải trả lời ý kiến chỉ đạo này."))
    if due_on <= min(held.charges, key=lambda charge: charge.due_on).due_on or due_on < today:
        raise Refusal(_("Hạn mới phải sau hạn cũ và từ hôm nay trở đi."), field="due_on")
    return journal.Told(about=about, on=today, detail={"instruction": held.number, "due_on": due_on})


@journal.act("instruction.withdrawn")
def withdraw(*, by: By, at: datetime, held: queries.Instruction, reason: str) -> journal.Told:
    """The chair takes the word back from all who have not finished; what was said stays readable."""
    about = [charge.ref for charge in held.charges if charge.state not in (rules.ACCEPTED, rules.WITHDRAWN)]
    if not about:
        raise Refusal(_("Ý kiến chỉ đạo này đã xong hoặc đã rút."))
    return journal.Told(about=about, on=timezone.localdate(at), detail={"instruction": held.number}, aside={"reason": reason})


@journal.act("instruction.answered")
def answer(
    *,
    by: By,
    at: datetime,
    held: queries.Instruction,
    body: str,
    number: str = "",
    signed_on: date | None = None,
    note: str = "",
    attachments: Sequence[Stored] = (),
) -> journal.Told:
    """A body answers with a paper, a file or words."""
    charge = _charge(held, body)
    if not charge.is_owed:
        raise Refusal(_("Ý kiến chỉ đạo này không còn chờ đơn vị trả lời (%(state)s).") % {"state": charge.word.lower()})
    if not (number or note or attachments):
        raise Refusal(_("Ghi kết quả thực hiện, số văn bản trả lời hoặc gửi kèm tệp."), field="note")
    detail = {"instruction": held.number, "number": number or None, "signed_on": signed_on if number else None}
    aside = {"note": note} if note else None
    return journal.Told(about=[body], on=timezone.localdate(at), detail=detail, attachments=attachments, aside=aside)


@journal.act("instruction.accepted")
def accept(*, by: By, at: datetime, held: queries.Instruction, entry: int) -> journal.Told:
    """The answer is good: the body is done with it."""
    charge = _waiting(held, entry, by)
    return journal.Told(about=[charge.ref], on=timezone.localdate(at), detail={"instruction": held.number, "entry": entry})


@journal.act("instruction.returned")
def return_(*, by: By, at: datetime, held: queries.Instruction, entry: int, reason: str) -> journal.Told:
    """The answer is not enough; the body reads why and answers again. The due day stays."""
    charge = _waiting(held, entry, by)
    if not reason:
        raise Refusal(_("Ghi lý do, để đơn vị biết cần làm thêm gì."), field="reason")
    detail = {"instruction": held.number, "entry": entry}
    return journal.Told(about=[charge.ref], on=timezone.localdate(at), detail=detail, aside={"reason": reason})


def announce(*, by: By, at: datetime, held: queries.Instruction, issuer: Organisation, signer: str) -> journal.Told:
    """Issue Thông báo ý kiến chỉ đạo through the records office: numbered, frozen, kept."""
    if (paper := queries.announced(held)) is not None:
        raise Refusal(_("Đã ban hành Thông báo số %(number)s.") % {"number": paper.number})
    ready = queries.paper(held, issuer, signer, on=timezone.localdate(at))
    return office.issue(by=by, at=at, organisation=issuer, paper=ready, about=[charge.ref for charge in held.charges])


def _charge(held: queries.Instruction, body: str) -> queries.Charge:
    found = next((charge for charge in held.charges if charge.ref == body), None)
    if found is None:
        raise Refusal(_("Ý kiến chỉ đạo này không giao cho đơn vị đó."), field="body")
    return found


def _waiting(held: queries.Instruction, entry: int, by: By) -> queries.Charge:
    """The charge whose last answer waits; a second click or an answer already looked at is told, nobody judges the own."""
    charge = next((charge for charge in held.charges if charge.last and charge.last.entry == entry), None)
    if charge is None or charge.last is None:
        raise Refusal(_("Không có câu trả lời này, hoặc đơn vị đã gửi câu trả lời mới hơn."), status=404)
    if not charge.waits:
        raise Refusal(_("Câu trả lời này đã có người xem (%(state)s).") % {"state": charge.word.lower()})
    if charge.last.by_ref == ref(by):
        raise Refusal(_("Người trả lời không tự xem câu trả lời của mình."), status=403)
    return charge
