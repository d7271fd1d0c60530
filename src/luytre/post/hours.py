"""Quiet hours: from when until when only urgent letters go out."""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone


def parse(text: str) -> tuple[time, time] | None:
    """ "21:00-06:30" as two times; None where empty. SystemExit names a setting that can't be read."""
    if not text:
        return None
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise SystemExit(f"LUYTRE_QUIET_HOURS={text!r}: cần dạng / expected 21:00-06:30") from None
    return start, end


def is_quiet(now: datetime) -> bool:
    hours = parse(settings.LUYTRE_QUIET_HOURS)
    if hours is None:
        return False
    start, end = hours
    here = timezone.localtime(now).time()
    return start <= here < end if start <= end else here >= start or here < end
