"""Every hour: the long unused fall asleep, traces of attempts and ended sessions go; whoever is in use is left alone."""

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from luytre.doors import jobs
from luytre.doors.models import Opening, Suspension
from luytre.journal.models import Entry
from luytre.register.models import Account

from .conftest import SignIn


def test_the_long_unused_fall_asleep_once(people: Any) -> None:
    long_ago = timezone.now() - timedelta(days=46)
    Account.objects.exclude(username="officer").update(created_at=long_ago)
    Account.objects.filter(username="head").update(last_login=timezone.now() - timedelta(days=44))
    assert jobs.tidy(timezone.now()) == len(people) - 2
    assert jobs.tidy(timezone.now()) == 0
    asleep = set(Suspension.objects.values_list("account__username", flat=True))
    assert asleep == set(people) - {"head", "officer"}
    assert set(Entry.objects.filter(verb="account.suspended").values_list("by", flat=True)) == {"clock"}


def test_a_restored_account_is_not_put_to_sleep_again_at_once(people: Any) -> None:
    from luytre.doors import actions
    from luytre.journal import clock

    Account.objects.update(created_at=timezone.now() - timedelta(days=46))
    jobs.tidy(timezone.now())
    actions.restore(by="console", at=clock.now(), about=["person:head"], account=people["head"])
    assert jobs.tidy(timezone.now()) == 0
    assert Account.objects.get(username="head").is_active


def test_traces_go_and_openings_end(sign_in: SignIn) -> None:
    Client(REMOTE_ADDR="198.51.100.9").post("/dang-nhap/", {"username": "head", "password": "sai"})
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=2))
    Opening.objects.create(network="10.0.0.0/8", until=timezone.now() - timedelta(minutes=1))
    gone, here = sign_in("head"), sign_in("contact")
    Session.objects.filter(session_key=gone.session.session_key).delete()
    jobs.tidy(timezone.now())
    assert (AccessAttempt.objects.count(), Opening.objects.count()) == (0, 0)
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [here.session.session_key]
