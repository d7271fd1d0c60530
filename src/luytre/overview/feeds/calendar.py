"""A feed as an iCalendar file: all-day events with explicit dates, two alarms each, called-off ones said so (RFC 5545, RFC 7986)."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar
from icalendar import Event as Component

from luytre.overview.feeds.models import Event

ALARMS = (timedelta(days=-6, hours=-16), timedelta(hours=-16))  # at 8 in the morning: a week before, and the day before
REFRESH = timedelta(hours=6)


def ics(name: str, events: Iterable[Event], address: Callable[[str], str]) -> bytes:
    """The bytes of the calendar; `address` makes a full address of a path."""
    calendar = Calendar()
    for field, value in (
        ("prodid", "-//Luy Tre//luytre//VI"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", name),
        ("x-wr-calname", name),
        ("x-wr-timezone", "Asia/Ho_Chi_Minh"),
        ("x-published-ttl", "PT6H"),
    ):
        calendar.add(field, value)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_component(event, address(event.path)))
    return bytes(calendar.to_ical())


def _component(event: Event, url: str) -> Component:
    made = Component()
    changed = _utc(event.changed_at)
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("created", _utc(event.made_at))
    made.add("dtstart", event.on)
    made.add("dtend", event.on + timedelta(days=1))
    made.add("summary", event.title)
    made.add("description", f"{event.says}\n{url}")
    made.add("url", url)
    made.add("transp", "TRANSPARENT")
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    for before in () if event.is_cancelled else ALARMS:
        made.add_component(_alarm(event.title, before))
    return made


def _alarm(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", before)
    return alarm


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def called(person: str, body: str | None) -> str:
    return _("Hạn việc: %(body)s") % {"body": body} if body else _("Hạn việc của %(person)s") % {"person": person}
