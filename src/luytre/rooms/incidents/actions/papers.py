"""Papers of a case from facts typed once: Forms 03 and 04, the 24-hour notice, the 72-hour report; each issue is its own evidence."""

from datetime import date, datetime
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.paper import forms as statutory
from luytre.core.paper.model import Paper, Signer
from luytre.core.refusal import Refusal
from luytre.journal import store
from luytre.journal.acts import By, ref
from luytre.journal.models import Attachment, Entry
from luytre.journal.store import Stored
from luytre.papers import actions as office
from luytre.papers.models import IssuedPaper
from luytre.register.models import ContactPoint, Organisation, SystemData, SystemDomain, SystemNetwork
from luytre.register.queries import head_of, last_known, listed_rows, names, organisation, system
from luytre.rooms.incidents import projection
from luytre.rooms.incidents.actions import cases
from luytre.rooms.incidents.models import Incident, Report, Told
from luytre.rooms.incidents.queries import scope
from luytre.rooms.incidents.queries.wording import person_names
from luytre.rooms.incidents.rules import papers
from luytre.rooms.incidents.rules.papers import FORMS, Breach, Facts
from luytre.verbs import VOCABULARY
from luytre.verbs.incident import TYPES


def draft(*, incident: Incident, form: str, at: datetime) -> Paper:
    """The form as it would go out now; what nobody knows yet stands as dots."""
    return _paper(incident, form, at, draft=True)


@transaction.atomic
def issue(*, by: By, at: datetime, incident: Incident, form: str, breach: Breach | None = None) -> IssuedPaper:
    """Number and freeze the paper; its issue is told as the notice, report or end of the incident. An earlier issue is replaced.

    `breach`: what the minutes of a personal data breach ask beyond the case; a notice named there is told as the notice of the breach.
    """
    if form not in FORMS:
        raise Refusal(_("Không có mẫu này."), status=404)
    if form == "TT20.04" and (missing := cases.still_missing(incident, number="–")):
        raise Refusal(" ".join(missing))
    body = _body(incident)
    if form == "L91.23" and breach is None:
        raise Refusal(_("Ghi số chủ thể dữ liệu bị ảnh hưởng trước khi lập biên bản."), field="subjects")
    paper = msgspec.structs.replace(_paper(incident, form, at, draft=False, breach=breach), issued_on=timezone.localdate(at))
    told = office.issue(by=by, at=at, organisation=body, paper=paper, about=_others(incident, body), replaces=last(incident, form))
    issued: IssuedPaper = told.result
    _tell(by, at, incident, form, issued, breach)
    return issued


def _tell(by: By, at: datetime, incident: Incident, form: str, issued: IssuedPaper, breach: Breach | None) -> None:
    """The paper is the evidence: its number, its day, its file."""
    verb, number = FORMS[form][0], str(issued.number)
    file = Stored(f"{number.replace('/', '-')}.pdf", "application/pdf", issued.pdf_sha256, store.size(issued.pdf_sha256))
    if verb == "incident.closed":
        cases.close(by=by, at=at, incident=incident, number=number, attachments=[file])
        return
    on = timezone.localdate(at)
    detail: dict[str, Any] = {"incident": incident.code, "number": number, "signed_on": on}
    if breach is not None:
        detail |= {"subjects": breach.subjects, "sensitive": breach.sensitive, "told": breach.told}
    rows = [journal.Row(verb=verb, by=ref(by), at=at, about=incident.refs, on=on, moment=at, detail=detail, attachments=[file])]
    if breach is not None and breach.notice:
        said = {"incident": incident.code, "number": breach.notice}
        rows.append(journal.Row(verb="personal_data.notified", by=ref(by), at=at, about=incident.refs, on=on, moment=at, detail=said))
    projection.take(journal.record_many(rows))


def last(incident: Incident, form: str) -> IssuedPaper | None:
    """The issue of a form of a case that stands now."""
    files = Attachment.objects.filter(entry__in=Told.objects.filter(incident=incident).values("entry"))
    found = IssuedPaper.objects.filter(form=form, replaced_by=None, pdf_sha256__in=files.values("sha256"))
    return found.select_related("number").order_by("-pk").first()


def _body(incident: Incident) -> Organisation:
    found = organisation(incident.body.removeprefix("org:"))
    if found is None:
        raise Refusal(_("Sự cố chưa gắn với đơn vị nào."))
    return found


def _others(incident: Incident, body: Organisation) -> list[str]:
    return [ref for ref in incident.refs if ref != body.ref]


def _paper(incident: Incident, form: str, at: datetime, *, draft: bool, breach: Breach | None = None) -> Paper:
    spec = statutory.load(form)
    body = _body(incident)
    facts = facts_of(incident, body, at, breach)
    head = head_of(body, timezone.localdate(at))
    signer = Signer(
        authority=((head.title if head and head.title else "THỦ TRƯỞNG ĐƠN VỊ").upper()[:100],), name=head.of.name if head else ""
    )
    made = statutory.Office(
        issuer=(body.name.replace("UBND", "Ủy ban nhân dân").upper(),),
        place="Thanh Hóa",
        code=body.code.upper()[:20],
        recipients=("Cơ quan điều phối sự cố;", "Đơn vị chuyên trách ứng cứu sự cố;", f"Lưu: VT ({incident.code})."),
        signers=(signer,),
        addressees=("Cơ quan chuyên trách an ninh mạng",),
        mark=settings.LUYTRE_MARK,
    )
    return statutory.answer(spec, papers.filled(form, facts), made, draft=draft)


def facts_of(incident: Incident, body: Organisation, at: datetime, breach: Breach | None = None) -> Facts:
    """Everything a form may ask, out of register and journal."""
    on = timezone.localdate(at)
    entries = list(
        journal.queries.whole(Entry.objects.filter(pk__in=Told.objects.filter(incident=incident).values("entry"))).order_by("pk")
    )
    owner = scope.owner_of(incident.system, on) if incident.system else ""
    called = names({ref for ref in (incident.system, owner) if ref})
    first = next((entry for entry in entries if entry.verb == "incident.detected"), None)
    explained = next((entry for entry in reversed(entries) if entry.verb == "incident.explained"), None)
    report = Report.objects.filter(incident=incident.code).order_by("received_at").first()
    return Facts(
        code=incident.code,
        title=incident.title or TYPES.get(incident.type, TYPES["other"])["vi"].capitalize(),
        text=scope.text_of(first, "text") if first else "",
        type=incident.type,
        type_words=TYPES.get(incident.type, TYPES["other"])["vi"],
        body=body.name,
        owner=called.get(owner, ""),
        system=called.get(incident.system, ""),
        level=incident.level,
        **_addresses(incident, on),
        detected_at=timezone.localtime(incident.detected_at),
        now=timezone.localtime(at),
        reporter=_reporter(body, on),
        answers=frozenset(incident.answers.split()),
        found_by="notified" if report else "other",
        reported_by="báo cáo của người dân, đơn vị" if report else "cán bộ của đơn vị",
        earlier=_earlier(entries),
        course=_course(entries),
        explained=_explained(explained),
        is_restored=incident.restored_at is not None,
        breach=breach or breach_of(incident, on, entries),
    )


def breach_of(incident: Incident, on: date, entries: list[Entry] | None = None) -> Breach:
    """As minuted last; before that, how many people's data the register says the system holds."""
    told = entries if entries is not None else list(Entry.objects.filter(pk__in=Told.objects.filter(incident=incident).values("entry")))
    notice = next((str(entry.detail.get("number") or "") for entry in told if entry.verb == "personal_data.notified"), "")
    minuted = next((entry.detail for entry in reversed(told) if entry.verb == "incident.minuted"), None)
    if minuted is not None:
        return Breach(minuted.get("subjects"), bool(minuted.get("sensitive")), bool(minuted.get("told")), notice)
    held = system(incident.system.removeprefix("system:")) if incident.system else None
    rows = {row.kind: row.value for row in listed_rows(SystemData.objects.filter(of=held), on)} if held else {}
    return Breach(max(rows.values(), default=None), bool(rows.get(SystemData.Kind.SENSITIVE)), False, notice)


def versions(incident: Incident, form: str) -> list[IssuedPaper]:
    """Every issue of a form of a case, the latest first."""
    files = Attachment.objects.filter(entry__in=Told.objects.filter(incident=incident).values("entry"))
    found = IssuedPaper.objects.filter(form=form, pdf_sha256__in=files.values("sha256")).select_related("number", "replaces")
    return list(found.order_by("-pk"))


def _addresses(incident: Incident, on: date) -> dict[str, str]:
    held = system(incident.system.removeprefix("system:")) if incident.system else None
    if held is None:
        return {"domains": "", "networks": ""}
    domains = listed_rows(SystemDomain.objects.filter(of=held), on)
    networks = listed_rows(SystemNetwork.objects.filter(of=held), on)
    return {"domains": ", ".join(row.value for row in domains), "networks": ", ".join(str(row.value) for row in networks)}


def _reporter(body: Organisation, on: date) -> dict[str, str]:
    """The contact point of the register; a body without one cannot send a form that asks for it."""
    points = last_known(ContactPoint.objects.filter(of=body), on)
    point = next(iter(points.values()), None)
    head = head_of(body, on)
    name = head.of.called if head else ""
    return {
        "name": name,
        "title": head.title if head else "",
        "phone": (point.phone if point else "") or (head.of.phone if head else ""),
        "email": (point.email if point else "") or (head.of.email if head else ""),
        "address": f"Trụ sở {body.name}",
    }


def _explained(entry: Entry | None) -> dict[str, str]:
    return {name: scope.text_of(entry, name) for name in ("cause", "scope", "remedy", "lesson")} if entry else {}


def _earlier(entries: list[Entry]) -> dict[str, str]:
    """Papers that went out already, by form: "number, day"."""
    found: dict[str, str] = {}
    for entry in entries:
        number = str(entry.detail.get("number") or "")
        paper = IssuedPaper.objects.filter(pdf_sha256__in=[file.sha256 for file in entry.attachments.all()]).first() if number else None
        if number:
            found[paper.form if paper else entry.verb] = f"{number}, ngày {entry.on:%d/%m/%Y}"
    return found


def _course(entries: list[Entry]) -> list[tuple[str, str, str]]:
    """What was done, when, by whom: notes and the turns of the case."""
    told = ("incident.detected", "incident.noted", "incident.notified", "incident.reported", "incident.restored", "incident.task_done")
    people = person_names(entry.by for entry in entries)
    lines = []
    for entry in entries:
        if entry.verb in told:
            moment = timezone.localtime(entry.moment or entry.at)
            paper = VOCABULARY[entry.verb].paper["vi"]
            text = scope.text_of(entry, "text") or scope.text_of(entry, "note")
            says = text if entry.verb == "incident.noted" and text else paper[:1].upper() + paper[1:]
            lines.append((f"{moment:%H:%M %d/%m/%Y}", says[:500], people.get(entry.by, "")))
    return lines[:60]
