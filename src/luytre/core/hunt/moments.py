"""Times in logs: to UTC, from the forms logs use. A time without a zone stays unknown until someone says which zone it is."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any

ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)"
    r"(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?\s*(?:UTC)?$"
)
APACHE = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})$")
MONTHS = {
    name: number for number, name in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1)
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FILETIME = datetime(1601, 1, 1, tzinfo=UTC)


def moment_of(value: Any, zone: tzinfo | None = None) -> datetime | None:
    """The moment in UTC; None where it is no time, out of the calendar, or has no zone and none was given."""
    try:
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, (int, float)):
            return _number(float(value))
        return _text(str(value).strip(), zone)
    except (ValueError, OverflowError, KeyError):  # a month of no name among them
        return None


def is_naive(value: Any) -> bool:
    """A readable time that names no zone."""
    return isinstance(value, str) and moment_of(value) is None and moment_of(value, UTC) is not None


def _number(value: float) -> datetime | None:
    """Seconds, milliseconds, microseconds or 100 ns since 1601, by size."""
    if value <= 0:
        return None
    if value > 1e17:
        return FILETIME + timedelta(microseconds=value / 10)
    for limit, unit in ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6)):
        if value < limit:
            return EPOCH + timedelta(seconds=value / unit)
    return None


def _text(text: str, zone: tzinfo | None) -> datetime | None:
    found = ISO.match(text)
    if found:
        year, month, day, hour, minute, second, fraction, offset = found.groups()
        local = datetime(  # noqa: DTZ001  its zone is set below
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0), int((fraction or "0").ljust(6, "0")[:6])
        )
        return _placed(local, offset, zone)
    found = APACHE.match(text)
    if found:
        day, name, year, hour, minute, second, offset = found.groups()
        return _placed(datetime(int(year), MONTHS[name], int(day), int(hour), int(minute), int(second)), offset, zone)  # noqa: DTZ001
    date = re.match(r"/Date\((\d+)\)/$", text)
    if date:
        return _number(float(date.group(1)))
    if re.fullmatch(r"\d{9,19}(\.\d+)?", text):
        return _number(float(text))
    for form in ("%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%a %b %d %H:%M:%S %Y", "%a %b %d %H:%M:%S.%f %Y"):
        try:
            return _placed(datetime.strptime(text, form), None, zone)  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _placed(local: datetime, offset: str | None, zone: tzinfo | None) -> datetime | None:
    if offset in ("Z", "UTC"):
        return local.replace(tzinfo=UTC)
    if offset:
        return local.replace(tzinfo=_offset(offset)).astimezone(UTC)
    return None if zone is None else local.replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=64)
def _offset(text: str) -> timezone:
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def rfc3339(moment: datetime | None) -> str | None:
    """2026-11-22T08:00:00.123Z; None stays None. Microseconds only where there are some."""
    if moment is None:
        return None
    text = moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return text.replace(".000000Z", "Z")
