"""What the doors do by themselves, every hour: accounts long unused are suspended; traces of attempts and ended sessions go."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from luytre.doors import actions, queries
from luytre.doors.models import Opening
from luytre.journal import clock
from luytre.register.models import Account

TRACES = timedelta(days=1)  # names and addresses of failed sign-ins: kept no longer than a lock needs


def tidy(now: datetime) -> int:
    """How many accounts fell asleep. Reckons by the real clock, also where a demonstration stands on another day."""
    moment = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=moment - TRACES).delete()
    Opening.objects.filter(until__lt=moment).delete()
    Session.objects.filter(expire_date__lt=moment).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return sum(_put_to_sleep(account, moment) for account in _long_unused(moment))


def _long_unused(moment: datetime) -> list[Account]:
    before = moment - timedelta(days=settings.LUYTRE_UNUSED_DAYS)
    unseen = Q(last_login__lt=before) | Q(last_login=None)
    return list(Account.objects.filter(unseen, is_active=True, created_at__lt=before))


def _put_to_sleep(account: Account, moment: datetime) -> bool:
    if not queries.is_asleep(account, moment):
        return False
    actions.put_to_sleep(at=clock.now(), account=account)
    return True
