"""What is known of earlier mails: the threads by the names of their letters, reports by code, mails by what they said."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from luytre.rooms.incidents.models import Mail, MailName, Report
from luytre.rooms.incidents.queries.scope import text_of
from luytre.rooms.incidents.rules import forms

SOON = timedelta(days=1)


class Kept:
    """The database as rules.threads.Known asks it."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or timezone.now()

    def is_report(self, code: str) -> bool:
        return Report.objects.filter(code=code).exists()

    def thread(self, names: Iterable[str], *, own: bool) -> str:
        wanted = list(names)
        rows = MailName.objects.filter(name__in=wanted)
        found = dict((rows.filter(own=True) if own else rows).values_list("name", "report__code"))
        return next((found[name] for name in wanted if name in found), "")

    def named(self, name: str) -> tuple[str, str] | None:
        return MailName.objects.filter(name=name).exclude(digest="").values_list("report__code", "digest").first()

    def same(self, digest: str, sent: str) -> str:
        """Within a day by our own clock: the sender's is not kept."""
        rows = Mail.objects.filter(digest=digest, at__gt=self.now - SOON).exclude(report=None)
        return rows.values_list("report__code", flat=True).first() or ""

    def is_of(self, code: str, sender: str) -> bool:
        report = Report.objects.filter(code=code).select_related("entry__aside").first()
        if report is None or not sender:
            return False
        return forms.contact_plain(text_of(report.entry, "contact")) == sender
