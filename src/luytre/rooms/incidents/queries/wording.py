"""How people and clocks are called on pages: names in one query, moments left in words."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luytre.register import keys
from luytre.register.models import Person


def lang() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def person_names(refs: Iterable[str]) -> dict[str, str]:
    """Who wrote: names of persons; the machine and the console by what they are."""
    wanted = {ref for ref in refs if ref}
    codes = [ref.removeprefix("person:") for ref in wanted if ref.startswith("person:")]
    found = {person.ref: person.called for person in Person.objects.filter(code__in=codes)}
    found |= keys.words_of(sorted(wanted))
    return found | {"citizen": _("Người báo"), "console": _("Quản trị"), "clock": _("Tự động")}


def length(span: timedelta) -> str:
    """A span in words: days and hours, hours and minutes, minutes."""
    minutes = int(abs(span).total_seconds() // 60)
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    if days:
        return _("%(d)d ngày %(h)d giờ") % {"d": days, "h": hours} if hours else _("%(d)d ngày") % {"d": days}
    if hours:
        return _("%(h)d giờ %(m)02d phút") % {"h": hours, "m": left} if left else _("%(h)d giờ") % {"h": hours}
    return _("%(m)d phút") % {"m": left}


def left_words(due_at: datetime, now: datetime) -> str:
    if due_at < now:
        return _("quá %(length)s") % {"length": length(now - due_at)}
    return _("còn %(length)s") % {"length": length(due_at - now)}
