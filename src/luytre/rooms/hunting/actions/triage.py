"""People judge what a hunt found: true, benign with a reason, suppressed with scope and end. What is confirmed may make others act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By
from luytre.rooms.hunting.models import Lead, Suppression

LONGEST = 366  # days of a suppression


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """A finding that is true, for whoever acts on it; `earlier`: the case opened for the same host in this hunt."""

    hunt: str
    body: str
    systems: tuple[str, ...]
    host: str
    title: str
    level: str
    attack: str
    first_at: datetime | None
    count: int
    note: str
    earlier: str


Follow = Callable[[By, datetime, Confirmed], str]
_follow: list[Follow] = []


def when_confirmed(follow: Follow) -> None:
    """What follows a confirmed finding: told the facts, gives the number of the case. consequences.py says who."""
    if follow not in _follow:
        _follow.append(follow)


@transaction.atomic
def judge(*, by: By, at: datetime, lead: Lead, verdict: str, reason: str = "", scope: str = "", until_on: date | None = None) -> Lead:
    """Judge a lead. Benign needs its reason; suppressed its scope, reason and end; true opens a case in the same transaction."""
    hunt, today = lead.run.hunt, timezone.localdate(at)
    if hunt.completed_id:
        raise Refusal(_("Lần săn lùng này đã kết luận; không sửa kết luận từng phát hiện nữa."))
    if verdict in ("benign", "suppressed") and len(reason.strip()) < 5:
        raise Refusal(_("Ghi lý do, ví dụ: phần mềm sao lưu chạy lúc 2 giờ sáng."), field="reason")
    if verdict == "suppressed" and (until_on is None or not today < until_on <= today + timedelta(LONGEST)):
        raise Refusal(_("Ghi ngày hết tạm bỏ qua, từ ngày mai đến tối đa một năm."), field="until_on")
    told = _triaged(by=by, at=at, lead=lead, verdict=verdict, reason=reason, scope=scope, until_on=until_on)
    assert told.entry
    lead.verdict, lead.entry, lead.incident = verdict, told.entry, str(told.result or "")
    lead.save(update_fields=["verdict", "entry", "incident"])
    if verdict == "suppressed":
        assert until_on
        host = lead.host if scope == "host" else ""
        Suppression.objects.create(body=hunt.body, rule=lead.rule, host=host, until_on=until_on, entry=told.entry)
        alike = Lead.objects.filter(run=lead.run, rule=lead.rule, verdict="")
        (alike.filter(host=host) if host else alike).update(verdict="suppressed", entry=told.entry)
    return lead


@journal.act("finding.triaged")
def _triaged(*, by: By, at: datetime, lead: Lead, verdict: str, reason: str, scope: str, until_on: date | None) -> journal.Told:
    hunt = lead.run.hunt
    systems = sorted(hunt.targets.values_list("system", flat=True))
    incident = _followed(by, at, lead, tuple(systems), reason) if verdict == "true" else ""
    detail = {
        "hunt": hunt.code,
        "finding": lead.name,
        "rule": lead.rule,
        "verdict": verdict,
        "scope": scope or None if verdict == "suppressed" else None,
        "until_on": until_on if verdict == "suppressed" else None,
        "incident": incident or None,
    }
    aside = {"host": lead.host, "title": lead.title, "reason": reason.strip()}
    return journal.Told(about=[hunt.body, *systems], on=timezone.localdate(at), detail=detail, aside=aside, result=incident)


def _followed(by: By, at: datetime, lead: Lead, systems: tuple[str, ...], note: str) -> str:
    hunt = lead.run.hunt
    same = Lead.objects.filter(run__hunt=hunt, host=lead.host).exclude(incident="").values_list("incident", flat=True)
    told = Confirmed(
        hunt=hunt.code,
        body=hunt.body,
        systems=systems,
        host=lead.host,
        title=lead.title,
        level=lead.level,
        attack=lead.attack,
        first_at=lead.first_at,
        count=lead.count,
        note=note.strip(),
        earlier=same.first() or "",
    )
    return next((code for follow in _follow if (code := follow(by, at, told))), "")
