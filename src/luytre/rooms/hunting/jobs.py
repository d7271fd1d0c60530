"""What runs by itself: waiting hunts start, each in its own process; those that died begin anew; old logs are deleted."""

import shutil
import subprocess
import sys
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from luytre.rooms.hunting.actions import running, uploads
from luytre.rooms.hunting.models import Run, Upload

SILENT = timedelta(seconds=60)  # a run that gave no sign for so long died
MOST_ATTEMPTS = 3
DIED = "tiến trình chạy bị ngắt nhiều lần; bấm Chạy lại, nếu vẫn vậy hãy báo quản trị hệ thống"
_begun: list[subprocess.Popen[bytes]] = []


def begin(now: datetime) -> int:
    """Start what waits, as many at once as the installation allows."""
    _begun[:] = [one for one in _begun if one.poll() is None]  # those that ended are let go
    machine = timezone.now()  # signs of life are by the machine's own clock, also where a demonstration's day is set
    dead = Q(beat_at__lt=machine - SILENT)
    Run.objects.filter(dead, ended_at=None, attempts__gte=MOST_ATTEMPTS).update(ended_at=now, fault=DIED)
    alive = Run.objects.filter(ended_at=None, beat_at__gte=machine - SILENT).count()
    started = 0
    for run in Run.objects.filter(Q(beat_at=None) | dead, ended_at=None).order_by("pk"):
        if alive + started >= settings.LUYTRE_HUNTS:
            break
        if claim(run, machine):
            _begun.append(_process(run.pk))
            started += 1
    return started


def _process(run: int) -> "subprocess.Popen[bytes]":
    """Of its own group: the run goes on when the process of jobs is stopped."""
    command = [sys.executable, "-m", "luytre.cli", "hunting", "run", str(run)]
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603  nothing in it comes from anybody


def claim(run: Run, machine: datetime) -> bool:
    """One process and no other begins it."""
    mine = Run.objects.filter(pk=run.pk, ended_at=None, attempts=run.attempts)
    return bool(mine.update(beat_at=machine, attempts=F("attempts") + 1))


def sweep(now: datetime) -> int:
    """Plain files a killed run left; and logs kept longer than the installation keeps them: findings and papers stay."""
    place = running.work_folder()
    if place.is_dir():
        live = set(map(str, Run.objects.filter(ended_at=None).values_list("pk", flat=True)))
        for left in place.iterdir():
            if left.name not in live:
                shutil.rmtree(left, ignore_errors=True)
    old = Upload.objects.filter(at__lt=now - timedelta(days=settings.LUYTRE_KEEP_LOGS_DAYS)).select_related("target")
    gone = 0
    for upload in old:
        where = uploads.folder(upload)
        if where.is_dir():
            shutil.rmtree(where, ignore_errors=True)
            gone += 1
    return gone
