"""Does it run? Questions to the database, the journal, the jobs, the ways out and the machine."""

import shutil
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from luytre.site.doctor.safety import is_here

OFF = timedelta(seconds=5)  # between the clocks of machine and database
AHEAD = timedelta(minutes=1)  # how far an entry may lie in the future
QUIET = timedelta(minutes=15)  # the longest job, and some
UNSEALED = timedelta(seconds=60)
LEAST_FREE = 2 * 1024**3  # bytes
LEAST_SHARE = 0.05
MANY_WRITERS = 50  # accounts in use: a house default; SQLite takes one writer at a time
OLD_LAW = timedelta(days=365)


def migrations(now: datetime) -> str | None:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)}: " + ", ".join(f"{step.app_label}.{step.name}" for step, _ in plan[:5]) if plan else None


def clock(now: datetime) -> str | None:
    """By the real clock, whatever day a demonstration stands on."""
    off = abs(_database_clock() - timezone.now())
    if off > OFF:
        return f"{off.total_seconds():.0f} s"
    from luytre.journal.models import Entry

    ahead = Entry.objects.filter(at__gt=now + AHEAD).order_by("at").first()
    return f"số / entry {ahead.pk}: {ahead.at:%Y-%m-%d %H:%M}" if ahead else None


def _database_clock() -> datetime:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            said: datetime = cursor.fetchone()[0]
            return said
        cursor.execute("SELECT CAST(strftime('%s', 'now') AS REAL)")
        return datetime.fromtimestamp(cursor.fetchone()[0], tz=timezone.get_current_timezone())


def scanner(now: datetime) -> str | None:
    """Asked about a harmless word: whether a daemon answers."""
    if not settings.LUYTRE_CLAMAV:
        return "LUYTRE_CLAMAV"
    from luytre.core.refusal import Refusal
    from luytre.journal import clamav

    try:
        clamav.check(b"tre")
    except Refusal as refused:
        return f"{settings.LUYTRE_CLAMAV}: {refused}"
    return None


def chain(now: datetime) -> str | None:
    from luytre.journal.models import Entry

    waiting = Entry.objects.filter(seq=None, at__lt=now - UNSEALED).count()
    return f"{waiting} việc / entries" if waiting else None


def jobs(now: datetime) -> str | None:
    from luytre.site.models import JobRun

    beat = JobRun.objects.filter(job="beat").first()
    if beat is None:
        return "chưa chạy lần nào / never ran"
    if beat.started_at < now - QUIET:
        return f"lần cuối / last: {beat.started_at:%Y-%m-%d %H:%M}"
    last = JobRun.objects.exclude(job="beat").order_by("-started_at").first()
    return f"{last.job}: {last.fault}" if last and last.fault else None


def disk(now: datetime) -> str | None:
    space = shutil.disk_usage(settings.DATA_DIR)
    tight = space.free < LEAST_FREE or space.free < LEAST_SHARE * space.total
    return f"còn / left: {space.free / 1024**3:.1f} GiB" if tight else None


def mail(now: datetime) -> str | None:
    if settings.LUYTRE_SMTP:
        return "LUYTRE_MAIL_FROM" if settings.LUYTRE_MAIL_FROM.endswith("@localhost") else None
    return None if settings.LUYTRE_MAIL_FOLDER and settings.LUYTRE_MARK else "LUYTRE_SMTP"


def mail_tls(now: datetime) -> str | None:
    parts = urlsplit(settings.LUYTRE_SMTP)
    is_secure = parts.scheme == "smtps" or parse_qs(parts.query).get("tls") == ["start"] or is_here(parts.hostname or "")
    return None if is_secure else str(parts.hostname)


def sms(now: datetime) -> str | None:
    return None if settings.LUYTRE_SMS_URL else "LUYTRE_SMS_URL"


def sqlite(now: datetime) -> str | None:
    from luytre.register.models import Account

    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return None
    people = Account.objects.filter(is_active=True).count()
    return f"{people} tài khoản / accounts > {MANY_WRITERS}" if people > MANY_WRITERS else None


def board(now: datetime) -> str | None:
    from luytre import journal
    from luytre.rooms.duties.projection import store

    held = store.state()
    if not store.is_built(held, timezone.localdate(now)):
        return "luật hoặc tầm nhìn đã đổi / law or horizon has moved on"
    behind = journal.queries.last_seq() - held.entry
    return f"chậm {behind} việc / entries behind" if behind > store.TOO_MANY else None


def law(now: datetime) -> str | None:
    from luytre.rooms.duties import queries

    newest = max(max(one.signed, one.from_on) for one in queries.law().instruments.values())
    return f"{newest:%d/%m/%Y}" if timezone.localdate(now) - newest > OLD_LAW else None
