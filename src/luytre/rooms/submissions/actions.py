"""The verbs of the submissions room: ask bodies for an ad hoc report; record cooperation with them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By
from luytre.papers import actions as office
from luytre.register.models import Organisation

BOOK = "report-request"


@journal.act("report.requested")
def ask(
    *, by: By, at: datetime, issuer: Organisation, bodies: Sequence[str], text: str, due_on: date, number: str, signed_on: date
) -> journal.Told:
    """Ask for a report by a day; each body owes it from now on (D37) and answers with the number of the request."""
    today = timezone.localdate(at)
    if due_on < signed_on:
        raise Refusal(_("Hạn báo cáo đứng trước ngày ký văn bản yêu cầu."), field="due_on")
    request = f"YC-{today.year}-{office.next_value(issuer, BOOK, today.year):03}"
    detail = {"request": request, "due_on": due_on, "number": number, "signed_on": signed_on}
    return journal.Told(about=bodies, on=min(signed_on, today), detail=detail, aside={"text": text}, result=request)


@journal.act("cooperation.recorded")
def record(*, by: By, at: datetime, bodies: Sequence[str], on: date, number: str = "", note: str = "") -> journal.Told:
    """Write down that bodies worked with the coordinator on a day: proof of their duty to do so."""
    detail = {"number": number or None, "signed_on": on if number else None}
    return journal.Told(about=bodies, on=on, detail=detail, aside={"note": note} if note else None)
