"""Which day a page is asked about, and as known when: `?on=` and `?known=`, read once, faults said kindly."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal
from luytre.core.when import EARLIEST, LATEST
from luytre.journal import clock

FORMS = ("%Y-%m-%d", "%d/%m/%Y")
MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%H:%M %d/%m/%Y")


@dataclass(frozen=True)
class Asked:
    """`on` the day judged; `known` the moment up to which facts count, None = now; `today` as the house counts it."""

    on: date
    known: datetime | None
    today: date

    @property
    def past_on(self) -> date | None:
        return self.on if self.on != self.today or self.known else None

    @property
    def tail(self) -> str:
        """What links carry on, so that a reader of last year stays in last year."""
        said = {}
        if self.on != self.today:
            said["on"] = self.on.isoformat()
        if self.known:
            said["known"] = timezone.localtime(self.known).strftime(MOMENTS[1])
        return f"?{urlencode(said)}" if said else ""

    @property
    def shown(self) -> dict[str, object]:
        """What ui/base.html needs to say which day is shown."""
        return {"asked": self, "past_on": self.past_on, "past_known": self.known}


def asked(request: HttpRequest) -> Asked:
    now = clock.today()
    on = _day(request.GET.get("on", "").strip())
    known = request.GET.get("known", "").strip()
    return Asked(on or now, end_of(on or now) if known == "on" else _known(known), now)


def asked_day(said: str) -> date | None:
    """A day as written in an address; None where nothing is written, a Refusal where no calendar has it."""
    return _day(said.strip())


def _day(said: str) -> date | None:
    if not said:
        return None
    for form in FORMS:
        try:
            return _within(datetime.strptime(said, form).date())  # noqa: DTZ007 (a day, not a moment)
        except ValueError:
            continue
    raise Refusal(_("Ngày “%(said)s” không có trong lịch. Ghi ngày/tháng/năm, ví dụ 30/06/2026.") % {"said": said[:30]}, status=400)


def _within(day: date) -> date:
    """The day, where terms can be counted from it in both directions; else the Refusal that says so."""
    if EARLIEST <= day <= LATEST:
        return day
    says = _("Ngày %(day)s xa quá. Chọn ngày từ %(first)s đến %(last)s.")
    said = {name: f"{on:%d/%m/}{on.year:04}" for name, on in (("day", day), ("first", EARLIEST), ("last", LATEST))}
    raise Refusal(says % said, status=400)


def _known(said: str) -> datetime | None:
    """A moment; a bare day means its end."""
    if not said:
        return None
    for form in MOMENTS:
        try:
            moment = datetime.strptime(said, form)  # noqa: DTZ007 (made aware at once)
            _within(moment.date())
            return timezone.make_aware(moment)
        except ValueError:
            continue
    day = _day(said)
    return end_of(day) if day else None


def end_of(day: date) -> datetime:
    """The last moment of a day where the office is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(microseconds=1)
