"""Questions to the feeds: by its secret address, of a person, and the events that go out."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from luytre.overview.feeds.models import Event, Feed
from luytre.register.models import Person

KEPT = timedelta(days=90)  # an event called off goes out that long, so that a phone that slept hears of it
SALT = "luytre.overview.feeds"


def secret(feed: Feed) -> str:
    """The last part of the address: the feed's number and 160 bits that only this installation can make."""
    return f"{feed.pk}-{salted_hmac(SALT, f'{feed.pk}:{feed.nonce}', algorithm='sha256').hexdigest()[:40]}"


def by_secret(said: str) -> Feed | None:
    """The open feed of an address, while its person may still sign in; a wrong and a closed one look alike."""
    number = said.partition("-")[0]
    if not number.isdecimal() or len(number) > 15:
        return None
    feed = Feed.objects.filter(pk=int(number), closed_at=None).select_related("person", "person__account", "organisation").first()
    if feed is None or not constant_time_compare(secret(feed), said):
        return None
    account = getattr(feed.person, "account", None)
    return feed if account is not None and account.is_active else None


def of_person(person: Person) -> QuerySet[Feed]:
    """The open addresses of a person, that of the own days first."""
    return Feed.objects.filter(person=person, closed_at=None).select_related("organisation").order_by("organisation_id", "pk")


def going_out(feed: Feed, at: datetime) -> QuerySet[Event]:
    return feed.events.filter(Q(is_cancelled=False) | Q(changed_at__gte=at - KEPT)).order_by("on", "uid")
