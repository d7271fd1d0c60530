"""Tasks of a case: those of its playbook, those somebody adds; done by whom and when."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.rooms.incidents import projection
from luytre.rooms.incidents.models import Incident, Task
from luytre.rooms.incidents.rules import playbooks
from luytre.verbs.incident import STAGES


def open_playbook(*, by: By, at: datetime, incident: Incident) -> int:
    """The steps for this type become tasks, those that are not there yet; returns how many."""
    if incident.what != "incident":
        return 0
    there = set(Task.objects.filter(incident=incident.code).values_list("step", flat=True))
    steps = [step for step in playbooks.steps(incident.type or "other", serious=incident.serious) if step.key not in there]
    rows = [
        journal.Row(
            verb="incident.tasked",
            by=ref(by),
            at=at,
            about=incident.refs,
            on=timezone.localdate(at),
            moment=at,
            detail={"incident": incident.code, "task": number, "stage": step.stage},
            aside={"text": step.says["vi"]},
        )
        for number, step in enumerate(steps, _next(incident))
    ]
    with transaction.atomic():
        entries = journal.record_many(rows)
        Task.objects.bulk_create(
            Task(incident=incident.code, number=number, stage=step.stage, step=step.key, entry=entry)
            for number, (step, entry) in enumerate(zip(steps, entries, strict=True), _next(incident))
        )
        projection.take(entries)
    return len(rows)


def _next(incident: Incident) -> int:
    last = Task.objects.filter(incident=incident.code).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def give(*, by: By, at: datetime, incident: Incident, stage: str, text: str, owner: str = "", due_at: datetime | None = None) -> Task:
    """One more thing to do, by whom and until when."""
    if stage not in STAGES:
        raise Refusal(_("Chọn giai đoạn của việc."), field="stage")
    if not text:
        raise Refusal(_("Ghi việc phải làm."), field="text")
    with transaction.atomic():
        number = _next(incident)
        told = _tasked(by=by, at=at, incident=incident, number=number, stage=stage, text=text)
        assert told.entry is not None
        projection.take([told.entry])
        given = {"stage": stage, "entry": told.entry, "owner": owner, "due_at": due_at}
        return Task.objects.create(incident=incident.code, number=number, **given)


@journal.act("incident.tasked")
def _tasked(*, by: By, at: datetime, incident: Incident, number: int, stage: str, text: str) -> journal.Told:
    detail = {"incident": incident.code, "task": number, "stage": stage}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail, aside={"text": text})


def finish(*, by: By, at: datetime, incident: Incident, number: int) -> Task:
    """Done, once."""
    task = Task.objects.filter(incident=incident.code, number=number).first()
    if task is None:
        raise Refusal(_("Không có việc này."), status=404)
    with transaction.atomic():
        if not Task.objects.filter(pk=task.pk, done_at=None).update(done_at=at, done_by=ref(by)):
            raise Refusal(_("Việc này đã ghi là xong."))
        told = _done(by=by, at=at, incident=incident, number=number, stage=task.stage)
        assert told.entry is not None
        projection.take([told.entry])
    task.refresh_from_db()
    return task


@journal.act("incident.task_done")
def _done(*, by: By, at: datetime, incident: Incident, number: int, stage: str) -> journal.Told:
    detail = {"incident": incident.code, "task": number, "stage": stage}
    return journal.Told(about=incident.refs, on=timezone.localdate(at), moment=at, detail=detail)
