"""Jobs: what runs by itself, how often. One table; each job may be run twice, late, or by two processes, and does no harm."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from luytre.post.hours import is_day_off
from luytre.site.models import JobRun

log = logging.getLogger(__name__)
RETRY = timedelta(minutes=10)  # after a fault
LOST = timedelta(hours=1)  # a run that has not ended by then died


@dataclass(frozen=True)
class Job:
    """`work`: "module:function" taking now. Either `every` so often, or `daily` once a day from a time of day (a setting's name);
    `working`: on working days only, what days off left undone is done by the next round."""

    name: str
    says: str
    work: str
    every: timedelta | None = None
    daily: str = ""
    working: bool = False

    def run(self, now: datetime) -> Any:
        module, function = self.work.split(":")
        return getattr(import_module(module), function)(now)


JOBS: tuple[Job, ...] = (
    Job("reminders", "nhắc việc trong ngày / the digest of the day", "luytre.consequences:remind", daily="LUYTRE_REMIND_AT", working=True),
    Job(
        "instructions",
        "thư về ý kiến chỉ đạo / letters about instructions",
        "luytre.rooms.instructions.jobs:tell",
        every=timedelta(minutes=15),
    ),
    Job(
        "incident-clocks",
        "đồng hồ sự cố / clocks of incidents",
        "luytre.rooms.incidents.jobs:clocks",
        every=timedelta(minutes=1),
    ),
    Job("hunts", "săn lùng đang chờ / hunts that wait", "luytre.rooms.hunting.jobs:begin", every=timedelta(seconds=5)),
    Job("hunt-logs", "dọn nhật ký săn lùng / old logs of hunts", "luytre.rooms.hunting.jobs:sweep", every=timedelta(minutes=10)),
    Job("incident-mail", "thư báo sự cố / mail that reports incidents", "luytre.rooms.incidents.jobs:mail", every=timedelta(minutes=1)),
    Job("post", "gửi thư đang chờ / letters that are due", "luytre.post.worker:run", every=timedelta(seconds=5)),
    Job("bounces", "thư bị trả lại / letters that came back", "luytre.site.jobs:bounces", every=timedelta(minutes=1)),
    Job("doors", "tạm ngừng tài khoản lâu không dùng / suspend accounts long unused", "luytre.doors.jobs:tidy", every=timedelta(hours=1)),
    Job("head", "ký mốc nhật ký trong ngày / sign the day's head of the journal", "luytre.site.jobs:head", every=timedelta(hours=1)),
    Job("beat", "dấu hiệu đang chạy / a sign of life", "luytre.site.jobs:beat", every=timedelta(minutes=1)),
    Job("seal", "niêm phong nhật ký / seal the journal", "luytre.site.jobs:seal", every=timedelta(minutes=1)),
)


def seal(now: datetime) -> int:
    """PostgreSQL: entries left unsealed by a crash."""
    from luytre import journal

    return journal.seal()


def beat(now: datetime) -> None:
    """One row that says when jobs last ran: nights and holidays have no daily job to tell."""
    JobRun.objects.update_or_create(job="beat", slot="last", defaults={"started_at": now, "ended_at": now})


def head(now: datetime) -> str:
    """The head of the chain, signed once a day; asked every hour, so that a night without power is made good."""
    from luytre.journal import heads

    signed = heads.sign_daily(now)
    return f"{signed.day} {signed.seq}" if signed else ""


def bounces(now: datetime) -> int:
    """Where a mailbox for returned letters is set."""
    from luytre.post.bounces import sweep

    return sweep(Path(settings.LUYTRE_BOUNCES), now) if settings.LUYTRE_BOUNCES else 0


@dataclass
class Rota:
    """Runs what is due: daily jobs by the ledger, the others by the time since their last run in this process."""

    jobs: Sequence[Job] = JOBS
    last: dict[str, datetime] = field(default_factory=dict)

    def run_due(self, now: datetime) -> list[str]:
        """Run what is due now; the names of what ran. A fault of one job does not keep the others."""
        return [job.name for job in self.jobs if self._run(job, now)]

    def _run(self, job: Job, now: datetime) -> bool:
        if job.every is not None:
            return self._run_again(job, now, job.every)
        return any(_run_for(job, day, now) for day in _days_due(job, now))

    def _run_again(self, job: Job, now: datetime, every: timedelta) -> bool:
        last = self.last.get(job.name)
        if last is not None and last <= now < last + every:  # a clock set back runs it again at once
            return False
        self.last[job.name] = now
        guarded(job, now)
        return True


def guarded(job: Job, now: datetime) -> str:
    """Run a job; what went wrong in a few words, empty when nothing did."""
    try:
        job.run(now)
    except Exception as fault:  # whatever a job meets, the others go on
        log.exception("job %s", job.name)
        return f"{type(fault).__name__}: {fault}"[:500]
    return ""


def _days_due(job: Job, now: datetime) -> Iterator[date]:
    """Today, once its time of day has come. Days missed are not run one by one: the next round does what they left undone."""
    here = timezone.localtime(now)
    if job.working and is_day_off(now):
        return
    if here.time() >= time.fromisoformat(getattr(settings, job.daily)):
        yield here.date()


def _run_for(job: Job, day: date, now: datetime) -> bool:
    run = _claim(job.name, day.isoformat(), now)
    if run is None:
        return False
    fault = guarded(job, now)
    JobRun.objects.filter(pk=run.pk, started_at=run.started_at).update(ended_at=None if fault else now, fault=fault)
    return True


def _claim(name: str, slot: str, now: datetime) -> JobRun | None:
    """The right to run a job for a day: a new row, or one whose run failed or died some time ago."""
    try:
        with transaction.atomic():
            return JobRun.objects.create(job=name, slot=slot, started_at=now)
    except IntegrityError:
        again = Q(started_at__lte=now - RETRY) & ~Q(fault="") | Q(started_at__lte=now - LOST)
        mine = JobRun.objects.filter(again, job=name, slot=slot, ended_at=None)
        if not mine.update(started_at=now, fault=""):
            return None
        return JobRun.objects.get(job=name, slot=slot)
