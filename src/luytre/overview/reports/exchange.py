"""What goes to other machines: OSCAL assessment results of one body on one day; public figures as CSV with their description."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from luytre.core.law.model import Duty
from luytre.overview.lists.book import TRIGGERS
from luytre.overview.reports.monthly import Monthly
from luytre.rooms.duties.projection import Line
from luytre.ui.statuses import DONE, OUTSIDE

OSCAL = "1.1.3"
PREFIX = "urn:luytre"


def _uuid(*parts: str) -> str:
    """The same thing has the same number in every file."""
    return str(uuid5(NAMESPACE_URL, ":".join((PREFIX, *parts))))


def assessment_results(ref: str, name: str, lines: Sequence[Line], on: date, known: datetime, mark: str) -> dict[str, Any]:
    """An OSCAL assessment-results document (NIST, 1.1): a finding and an observation for every duty owed, with its evidence by number."""
    owed = [line for line in lines if line.cell.status and line.cell.status not in OUTSIDE]
    moment = known.isoformat(timespec="seconds")
    result: dict[str, Any] = {
        "uuid": _uuid("result", ref, on.isoformat(), moment),
        "title": f"Kết quả thực hiện nhiệm vụ, ngày {on:%d/%m/%Y}",
        "description": f"{name}: từng nhiệm vụ phải làm, theo luật, sổ đăng ký và nhật ký biết đến lúc {moment}. {mark}".strip(),
        "start": moment,
        "end": moment,
        "reviewed-controls": {"control-selections": [_controls(owed)]},
    }
    if owed:
        result["observations"] = [_observation(ref, line, moment) for line in owed]
        result["findings"] = [_finding(ref, line) for line in owed]
    metadata = {
        "title": f"{name}: kết quả đánh giá nhiệm vụ an toàn thông tin",
        "last-modified": moment,
        "version": f"{on:%Y-%m-%d}",
        "oscal-version": OSCAL,
        "parties": [{"uuid": _uuid("party", ref), "type": "organization", "name": name}],
    }
    top = {"uuid": _uuid("results", ref, on.isoformat(), moment), "metadata": metadata}
    return {"assessment-results": {**top, "import-ap": {"href": f"{PREFIX}:law:13-CT-UBND-2022"}, "results": [result]}}


def _controls(owed: Sequence[Line]) -> dict[str, Any]:
    if not owed:
        return {"description": "Không có nhiệm vụ phải làm.", "include-all": {}}
    return {"include-controls": [{"control-id": _control(line.duty)} for line in owed]}


def _control(duty: Duty) -> str:
    """A token of OSCAL: it begins with a letter."""
    return duty.id.lower().replace(" ", "-")


def _observation(ref: str, line: Line, moment: str) -> dict[str, Any]:
    status = str(line.cell.status)
    found: dict[str, Any] = {
        "uuid": _uuid("observation", ref, line.duty.id),
        "title": f"{line.duty.id} {line.duty.name['vi']}",
        "description": line.duty.says["vi"],
        "methods": ["EXAMINE"],
        "collected": moment,
        "props": [{"name": "status", "ns": f"{PREFIX}:ns", "value": status}],
    }
    proofs = line.result.evidence if line.result else ()
    if proofs:
        found["relevant-evidence"] = [{"href": f"{PREFIX}:entry:{proof}", "description": "Ghi nhận trong nhật ký"} for proof in proofs]
    return found


def _finding(ref: str, line: Line) -> dict[str, Any]:
    is_done = line.cell.status in DONE
    state = {"state": "satisfied" if is_done else "not-satisfied", "reason": "pass" if is_done else "fail"}
    return {
        "uuid": _uuid("finding", ref, line.duty.id),
        "title": line.duty.title["vi"],
        "description": f"Khoản {line.duty.clause}: {line.duty.says['vi']}",
        "target": {"type": "objective-id", "target-id": _control(line.duty), "status": state},
        "related-observations": [{"observation-uuid": _uuid("observation", ref, line.duty.id)}],
    }


# -- open data: counts of the province only; nothing about one body, one incident or one weakness --

OPEN = ("incidents", "systems", "systems.approved", "systems.deployed", "hunts.systems", "scans.systems", "drills", "campaigns", "duties")
COLUMNS = (
    ("chi_so", "Tên chỉ số / name of the figure"),
    ("ma", "Mã chỉ số, không đổi / its name for machines, never changed"),
    ("ky", "Kỳ (năm-tháng) / month"),
    ("tu_so", "Tử số hoặc số lượng / part, or count"),
    ("mau_so", "Mẫu số; trống nếu là số lượng / whole; empty for a count"),
    ("tai_ngay", "Ngày được nhìn đến / last day looked at"),
)


def open_csv(report: Monthly) -> str:
    """Public figures of a month, UTF-8 with BOM so that spreadsheets read Vietnamese."""
    out = StringIO()
    book = csv.writer(out, lineterminator="\r\n")
    book.writerow([name for name, _says in COLUMNS])
    for name in OPEN:
        value = report.value(name)
        is_share = value.figure.fold == "share"
        words = _plain(value.figure.words["vi"])
        book.writerow([words, name, report.period, value.part if is_share else value.count, value.whole if is_share else "", value.span.on])
    return "\ufeff" + out.getvalue()


def _plain(text: str) -> str:
    """Never a formula, whatever reads the file."""
    return f"'{text}" if text.startswith(TRIGGERS) else text


def open_description(report: Monthly, mark: str) -> dict[str, Any]:
    """What the columns mean (after Frictionless Table Schema)."""
    fields = [{"name": name, "title": says, "type": "integer" if name in ("tu_so", "mau_so") else "string"} for name, says in COLUMNS]
    resource = {
        "name": f"so-lieu-{report.period}",
        "path": f"so-lieu-{report.period}.csv",
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }
    return {
        "name": f"luytre-{report.period}",
        "title": f"Số liệu công khai tháng {report.period}",
        "description": mark,
        "resources": [resource],
    }
