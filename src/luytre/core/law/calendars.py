"""Calendars of working days: one file a year, each day off with its ground."""

from datetime import date, timedelta
from pathlib import Path

from luytre.core.law.reading import At, read
from luytre.core.when import Calendar, zone

CALENDAR_SCHEMA = "luytre-calendar/1"


def shown(path: Path, root: Path) -> str:
    """The name of a file as faults print it: from the folder of the law on."""
    return path.relative_to(root.parent).as_posix() if root.name else str(path)


def read_calendar(path: Path, root: Path) -> Calendar:
    head = read(path / "calendar.yaml", shown(path / "calendar.yaml", root))
    found = head.mapping(required=("schema", "id", "tz"), optional=("weekend", "note"))
    found["schema"].choice((CALENDAR_SCHEMA,))
    if found["id"].text() != path.name:
        raise found["id"].fault(f"mã phải là tên thư mục {path.name} / the id must be the folder's name")
    off: set[date] = set()
    worked: set[date] = set()
    years: list[int] = []
    for file in sorted(path.glob("*.yaml")):
        if file.name != "calendar.yaml":
            years.append(_year(read(file, shown(file, root)), off, worked))
    if len(set(years)) != len(years):
        raise head.fault("một năm có hai tệp / a year stands in two files")
    weekend = tuple(part.whole(1) for part in found["weekend"].items()) if "weekend" in found else (6, 7)
    if len({*weekend} & {*range(1, 8)}) == 7:
        raise found["weekend"].fault("tuần phải có ngày làm việc / a week needs a working day")
    return Calendar(path.name, _zone(found["tz"]), weekend, frozenset(off), frozenset(worked), tuple(sorted(years)))


def _zone(at: At) -> str:
    try:
        zone(at.text())
    except (KeyError, ValueError, OSError):
        raise at.fault(f"múi giờ lạ “{at.text()}” / unknown time zone") from None
    return at.text()


def _year(at: At, off: set[date], worked: set[date]) -> int:
    found = at.mapping(required=("year", "decided", "days_off"), optional=("working_days", "note"))
    year = found["year"].whole(1945)
    for key, days in (("days_off", off), ("working_days", worked)):
        if key not in found:
            continue
        last = date(year - 1, 12, 31)
        for entry in found[key].items():
            first, until = _days(entry)
            if first <= last:
                raise entry.fault("ngày không theo thứ tự / dates out of order")
            if first.year != year:
                raise entry.fault(f"ngày không thuộc năm {year} / not a day of this year")
            last = until - timedelta(days=1)
            days.update(first + timedelta(days=n) for n in range((until - first).days))
    return year


def _days(at: At) -> tuple[date, date]:
    found = at.mapping(optional=("on", "from", "until", "vi", "en", "ground", "swapped_for"))
    if "on" in found:
        return found["on"].day(), found["on"].day() + timedelta(days=1)
    found = at.mapping(required=("from", "until"), optional=("vi", "en", "ground", "swapped_for"))
    return from_until(found["from"], found["until"])


def from_until(first: At, until: At) -> tuple[date, date]:
    if until.day() <= first.day():
        raise until.fault("ngày kết thúc phải sau ngày bắt đầu / until must lie after from")
    return first.day(), until.day()
