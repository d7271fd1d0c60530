"""What every page knows of the installation: the mark of a demonstration, and which day counts as today."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest

from luytre.journal.clock import today


def installation(request: HttpRequest) -> dict[str, str | date | bool]:
    return {"mark": settings.LUYTRE_MARK, "today": today(), "today_is_set": bool(settings.LUYTRE_TODAY)}
