"""Windows for machines: send a report and add to it, ask what became of it, read the body's own incidents. Each with a key."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from msgspec import Meta, Struct

from luytre.core.fold import written
from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.journal.store import Upload
from luytre.register.access import key_refs
from luytre.register.keys import ApiKey
from luytre.register.machine import machine
from luytre.rooms.incidents import actions, projection, queries
from luytre.rooms.incidents.actions.receiving import Telling
from luytre.rooms.incidents.queries import reports as held_reports
from luytre.rooms.incidents.rules import severity

Words = Annotated[str, Meta(min_length=1, max_length=5000)]
Kind = Literal["fraud", "takeover", "locked", "malware", "site", "leak", "other"]
REPORTS, REPORT = "/api/v1/incident-reports/", "/api/v1/incident-reports/{code}/"
PAGE = 100


class File(Struct, forbid_unknown_fields=True):
    """A file of at most 20 MB in all, its bytes in base64."""

    name: Annotated[str, Meta(min_length=1, max_length=150)]
    content: str
    media_type: Annotated[str, Meta(max_length=100)] = "application/octet-stream"


class NewReport(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a machine reports. The same `reference` again gives the first receipt and nothing new."""

    text: Words
    reference: Annotated[str, Meta(min_length=1, max_length=100)]
    kind: Kind = "other"
    where: Annotated[str, Meta(max_length=300)] = ""
    happened: Literal["", "now", "today", "week", "long"] = ""
    damage: Literal["", "yes", "no", "unsure"] = ""
    contact: Annotated[str, Meta(max_length=200)] = ""
    language: Literal["vi", "en"] = "vi"
    files: Annotated[list[File], Meta(max_length=5)] = []


class Receipt(Struct):
    """What the sender keeps: the code, and the four words that open it on the follow page."""

    code: str
    words: str
    received_at: datetime
    is_new: bool


class Addition(Struct, forbid_unknown_fields=True, kw_only=True):
    text: Words
    files: Annotated[list[File], Meta(max_length=5)] = []


class State(Struct):
    """What became of a report; said to its sender by the desk."""

    code: str
    state: Literal["new", "taken", "merged", "ended"]
    reason: str
    incident: str
    answers: list[str]


class Case(Struct):
    """An incident of the body."""

    code: str
    title: str
    type: str
    rsit: str
    severity: str
    body: str
    system: str
    detected_at: datetime
    notified_at: datetime | None
    restored_at: datetime | None
    closed_at: datetime | None


class Cases(Struct):
    incidents: list[Case]
    next: str  # ask again with ?after=… where it is not empty


@machine("POST", REPORTS, scope="incidents.report", takes=NewReport, gives=Receipt, status=201, says="Send an incident report")
def send_report(request: HttpRequest, key: ApiKey, said: NewReport) -> Receipt:
    told = {name: getattr(said, name) for name in ("kind", "happened", "damage", "language")}
    told |= {name: written(getattr(said, name)) for name in ("text", "where", "contact")}
    telling = Telling(channel="api", token=f"{key.ref}:{said.reference}"[-64:], hint=key.organisation.ref, files=_files(said.files), **told)
    if not telling.text:
        raise Refusal(_("Báo cáo chưa có nội dung."), field="$.text", status=422)
    got = actions.receive(by=key, at=clock.now(), telling=telling)
    return Receipt(got.report.code, " ".join(got.words), got.report.received_at, got.is_new)


@machine("POST", f"{REPORT}additions/", scope="incidents.report", takes=Addition, gives=State, status=201, says="Add to one's own report")
def add_to_report(request: HttpRequest, key: ApiKey, said: Addition, code: str) -> State:
    held = _own(key, code)
    actions.add(by=key, at=clock.now(), report=held, text=written(said.text), files=_files(said.files))
    return _state(held)


@machine("GET", REPORT, scope="incidents.report", gives=State, says="What became of one's own report")
def read_report(request: HttpRequest, key: ApiKey, code: str) -> State:
    return _state(_own(key, code))


@machine(
    "GET",
    "/api/v1/incidents/",
    scope="incidents.read",
    gives=Cases,
    says="Incidents of the body, the latest first",
    asks=(("after", "the code the last answer ended with"),),
)
def read_incidents(request: HttpRequest, key: ApiKey) -> Cases:
    projection.catch_up()
    rows = queries.incidents_of(key_refs(key, clock.today()), after=request.GET.get("after", "")[:40])[: PAGE + 1]
    found = list(rows)
    actions.tell_read(by=key, at=clock.now(), refs=sorted({one.body for one in found[:PAGE]} & key_refs(key, clock.today())))
    return Cases([_case(one) for one in found[:PAGE]], found[PAGE - 1].code if len(found) > PAGE else "")


def _case(held: queries.Incident) -> Case:
    plain = {name: getattr(held, name) for name in ("code", "title", "type", "severity", "body", "system", "detected_at")}
    moments = {name: getattr(held, name) for name in ("notified_at", "restored_at", "closed_at")}
    return Case(rsit=severity.rsit(held.type or "other"), **plain, **moments)


def _own(key: ApiKey, code: str) -> queries.Report:
    """A report of this very key; another's and an absent one are told apart by nothing."""
    held = held_reports.by_code(code)
    if held is None or held.entry.by != key.ref:
        raise Refusal(_("Không có báo cáo này."), status=404)
    return held


def _state(held: queries.Report) -> State:
    said: Any = held_reports.state_of(held)
    answers = [one.text for one in held_reports.said(held) if not one.by_reporter]
    return State(held.code, said, held.reason, held.incident, answers)


def _files(files: list[File]) -> list[Upload]:
    found = []
    for number, file in enumerate(files):
        try:
            content = base64.b64decode(file.content, validate=True)
        except (binascii.Error, ValueError):
            raise Refusal(_("Tệp không đúng base64."), field=f"$.files[{number}].content", status=422) from None
        found.append(Upload(written(file.name)[-150:] or "tep", file.media_type, content))
    return found


__all__ = ["Addition", "NewReport", "add_to_report", "read_incidents", "read_report", "send_report"]
