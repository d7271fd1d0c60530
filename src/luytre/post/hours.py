"""When letters leave: quiet hours, in which only urgent ones go out, and days off, on which no digest is made."""

from datetime import datetime, time
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from luytre.core import law as laws
from luytre.core.when import Calendar


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


def is_day_off(now: datetime) -> bool:
    """Whether nobody is to be written to about everyday work today: by the working calendar in law/, unless the setting says all days."""
    return settings.LUYTRE_DIGEST_DAYS == "working" and _calendar().is_off(timezone.localdate(now))


@lru_cache(maxsize=1)
def _calendar() -> Calendar:
    return laws.load(laws.home()).calendar
