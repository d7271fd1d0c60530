"""The work on a case beside its tasks: steps of the process of the law, assets with their state, costs."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.rooms.incidents import projection
from luytre.rooms.incidents.actions.cases import still_open
from luytre.rooms.incidents.models import Asset, Cost, Incident, Step
from luytre.rooms.incidents.rules import process
from luytre.verbs.incident import ASSETS, COSTS, STATES


def complete(*, by: By, at: datetime, incident: Incident, step: str, text: str = "") -> Step:
    """A step of the process is done; steps are done in their order, each once."""
    still_open(incident)
    done = set(Step.objects.filter(incident=incident.code).values_list("step", flat=True))
    fault = process.fault(step, incident.serious, done)
    if fault:
        says = {
            "unknown": _("Bước này không thuộc quy trình của sự cố."),
            "done": _("Bước này đã hoàn thành."),
            "early": _("Các bước trước chưa hoàn thành."),
        }
        raise Refusal(says[fault], field="step")
    with transaction.atomic():
        told = _stepped(by=by, at=at, incident=incident, step=step, text=text)
        assert told.entry is not None
        projection.take([told.entry])
        return Step.objects.create(incident=incident.code, step=step, entry=told.entry, at=at, by=ref(by))


@journal.act("incident.step_done")
def _stepped(*, by: By, at: datetime, incident: Incident, step: str, text: str) -> journal.Told:
    aside = {"text": text} if text else None
    detail = {"incident": incident.code, "step": step}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail, aside=aside)


def add_asset(*, by: By, at: datetime, incident: Incident, name: str, kind: str, state: str, system: str = "") -> Asset:
    """Something the incident touched, in the state it is in."""
    still_open(incident)
    if not name:
        raise Refusal(_("Ghi tên máy, tài khoản hoặc dữ liệu."), field="name")
    if kind not in ASSETS or state not in STATES:
        raise Refusal(_("Chọn loại và trạng thái của tài sản."), field="state")
    with transaction.atomic():
        last = Asset.objects.filter(incident=incident.code).order_by("-number").values_list("number", flat=True).first()
        number = (last or 0) + 1
        told = _changed(by=by, at=at, incident=incident, number=number, kind=kind, state=state, system=system, name=name)
        assert told.entry is not None
        projection.take([told.entry])
        given = {"kind": kind, "state": state, "system": system, "entry": told.entry, "changed_at": at}
        return Asset.objects.create(incident=incident.code, number=number, **given)


def change_asset(*, by: By, at: datetime, incident: Incident, number: int, state: str, name: str = "") -> Asset:
    """The asset is in another state now."""
    still_open(incident)
    held = Asset.objects.filter(incident=incident.code, number=number).first()
    if held is None:
        raise Refusal(_("Không có tài sản này."), status=404)
    if state not in STATES or state == held.state:
        raise Refusal(_("Chọn trạng thái khác của tài sản."), field="state")
    with transaction.atomic():
        told = _changed(by=by, at=at, incident=incident, number=number, kind=held.kind, state=state, system=held.system, name=name)
        assert told.entry is not None
        projection.take([told.entry])
        Asset.objects.filter(pk=held.pk).update(state=state, changed_at=at)
    held.refresh_from_db()
    return held


@journal.act("incident.asset_changed")
def _changed(*, by: By, at: datetime, incident: Incident, number: int, kind: str, state: str, system: str, name: str) -> journal.Told:
    detail = {"incident": incident.code, "asset": number, "kind": kind, "state": state, "system": system or None}
    aside = {"name": name} if name else None
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail, aside=aside)


def add_cost(*, by: By, at: datetime, incident: Incident, kind: str, amount: int, text: str = "") -> Cost:
    """What something cost, in thousand đồng."""
    still_open(incident)
    if kind not in COSTS:
        raise Refusal(_("Chọn khoản chi."), field="kind")
    if not 0 < amount <= 10**9:
        raise Refusal(_("Ghi số tiền lớn hơn 0, tính bằng nghìn đồng."), field="amount")
    with transaction.atomic():
        told = _cost(by=by, at=at, incident=incident, kind=kind, amount=amount, text=text)
        assert told.entry is not None
        projection.take([told.entry])
        return Cost.objects.create(incident=incident.code, kind=kind, amount=amount, entry=told.entry, at=at)


@journal.act("incident.cost_added")
def _cost(*, by: By, at: datetime, incident: Incident, kind: str, amount: int, text: str) -> journal.Told:
    aside = {"text": text} if text else None
    detail = {"incident": incident.code, "kind": kind, "amount": amount}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail, aside=aside)
