"""What an instruction is at one body: decided from its answers and their fate alone; and the paper that announces it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luytre.core.paper.model import Field as PaperField
from luytre.core.paper.model import Fields, Paper, Paragraph, Signer

WITHDRAWN, ACCEPTED, ANSWERED, RETURNED, OPEN = "withdrawn", "accepted", "answered", "returned", "open"
SOON = 3  # days before the due day from which an open charge is shown as pressing: a convention of this house


@dataclass(frozen=True)
class Verdict:
    """What the chair or the coordinator said to an answer."""

    accepted: bool
    on: date


def state(answered_on: date | None, verdict: Verdict | None, withdrawn: bool) -> str:
    """Where one body's part stands, by its last answer."""
    if withdrawn:
        return WITHDRAWN
    if answered_on is None:
        return OPEN
    if verdict is None:
        return ANSWERED
    return ACCEPTED if verdict.accepted else RETURNED


def status(state: str, due_on: date, answered_on: date | None, on: date) -> str:
    """The look of a state on a day, in the twelve statuses of the house: red only while the body itself owes something past its day."""
    if state == WITHDRAWN:
        return "not_applicable"
    if state in (ACCEPTED, ANSWERED):
        late = answered_on is not None and answered_on > due_on
        return ("met_late" if late else "met") if state == ACCEPTED else "open"
    if on > due_on:
        return "overdue"
    return "due_soon" if (due_on - on).days <= SOON else "open"


@dataclass(frozen=True)
class Told:
    """What the announcement repeats of an instruction."""

    number: str
    text: str
    due_on: date
    bodies: Sequence[str]
    duty: str


def announcement(told: Told, *, issuer: str, signer: str, on: date | None, mark: str) -> Paper:
    """Thông báo ý kiến chỉ đạo as plain data, after Decree 30/2020 Annex I; our own wording."""
    rows = [PaperField(label="Hạn thực hiện và báo cáo", value=f"hết ngày {told.due_on:%d/%m/%Y}")]
    if told.duty:
        rows.insert(0, PaperField(label="Nhiệm vụ liên quan", value=told.duty))
    opening = "Chủ tịch Ủy ban nhân dân tỉnh có ý kiến chỉ đạo như sau về việc thực hiện Chỉ thị số 13/CT-UBND ngày 04/11/2022:"
    return Paper(
        title=title(told.number),
        issuer=(issuer.replace("UBND", "Ủy ban nhân dân").upper(),),
        symbol="TB-UBND",
        place=issuer.rpartition("tỉnh ")[2],
        type="THÔNG BÁO",
        subject=("Ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh", "về bảo đảm an toàn thông tin mạng"),
        blocks=(
            Paragraph(text=opening, wording="ours"),
            *(Paragraph(text=part.strip()) for part in told.text.split("\n") if part.strip()),
            Paragraph(text=f"Các cơ quan, đơn vị thực hiện: {'; '.join(told.bodies)}.", wording="ours"),
            Fields(rows=tuple(rows)),
        ),
        closing="Ủy ban nhân dân tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.",
        recipients=("Như trên;", "Cơ quan đầu mối tổng hợp;", f"Lưu: VT ({told.number})."),
        signers=(Signer(authority=("CHỦ TỊCH",), name=signer),),
        issued_on=on,
        mark=mark,
    )


def title(number: str) -> str:
    """What the announcement of an instruction is called in the list of papers."""
    return f"Thông báo ý kiến chỉ đạo {number}"
