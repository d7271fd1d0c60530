"""Terms and working days, by the Civil Code: first day excluded, month ends clamped, a term's last day off rolls on."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

ONE_DAY = timedelta(days=1)
EARLIEST, LATEST = date(1945, 9, 2), date(2100, 1, 1)  # days people may write down or ask for: terms counted from them stay in the calendar
_PERIOD = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?")


def nth_month(anchor: date, months: int) -> date:
    """The day `months` months from `anchor`, clamped to the month's end; always counted from the anchor, so 31 August never drifts."""
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


class Period(Struct, frozen=True):
    """A length of time in months and days, as ISO 8601 writes it: P6M, P1Y, P60D."""

    months: int = 0
    days: int = 0

    def after(self, day: date, n: int = 1) -> date:
        """The day `n` periods after `day`, counted from `day` itself (never step by step)."""
        moved = nth_month(day, self.months * n) if self.months else day
        return moved + timedelta(days=self.days * n) if self.days else moved


def period(text: str) -> Period:
    """`P6M` → Period(months=6). Raises ValueError for anything but years, months and days, or for an empty length."""
    found = _PERIOD.fullmatch(text)
    years, months, days = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    if not years and not months and not days:
        raise ValueError(f"not a period: {text!r}")
    return Period(years * 12 + months, days)


class Calendar(Struct):
    """Working days of a country: weekend days (ISO numbers), dated days off, weekend days worked, and the years that were looked up."""

    id: str = "weekends"
    tz: str = "Asia/Ho_Chi_Minh"
    weekend: tuple[int, ...] = (6, 7)
    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    years: tuple[int, ...] = ()

    def is_off(self, day: date) -> bool:
        """Whether nobody works that day: a day off, or a weekend day that was not made a working day."""
        return day in self.days_off or (day.isoweekday() in self.weekend and day not in self.working_days)

    def working_day_from(self, day: date) -> date:
        """`day`, or the first working day after it (Civil Code 2015 Art. 148: a last day off rolls on)."""
        while self.is_off(day):
            day += ONE_DAY
        return day

    def term(self, start: date, length: Period) -> date:
        """Last good day of a term that begins on `start`: first day excluded, month end clamped, a last day off rolls on."""
        return self.working_day_from(length.after(start))

    @property
    def zone(self) -> ZoneInfo:
        """The law's time zone."""
        return zone(self.tz)

    def end_of(self, day: date) -> datetime:
        """The last moment of a day in the law's time zone."""
        return datetime.combine(day, time.max, self.zone)


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name, loaded once."""
    return ZoneInfo(name)
