"""The only clock of the house: windows and commands read it and hand the time down as an argument."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in Vietnam, or the day a demonstration has been set to."""
    return date.fromisoformat(settings.LUYTRE_TODAY) if settings.LUYTRE_TODAY else timezone.localdate()


def now() -> datetime:
    """This moment; in a demonstration the same time of day on its day, so that what is done there is known there."""
    moment = timezone.now()
    if not settings.LUYTRE_TODAY:
        return moment
    return moment + timedelta(days=(today() - timezone.localdate(moment)).days)
