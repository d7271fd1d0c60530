"""The verbs of the feeds: open an address, close it, bring its events up to date."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.refusal import Refusal
from luytre.overview.feeds.due import Due, bodies_of, due_days
from luytre.overview.feeds.models import Event, Feed
from luytre.register.models import Organisation, Person

FRESH = timedelta(minutes=5)  # phones ask often; the judge is asked again only after that


@journal.act("calendar.opened")
def _open(*, by: Person, at: datetime, about: list[str], organisation: Organisation | None) -> journal.Told:
    feed = Feed.objects.create(person=by, organisation=organisation, nonce=secrets.token_hex(16), opened_at=at)
    return journal.Told(about=about, on=timezone.localdate(at), detail=_whose(organisation), result=feed)


def open_feed(*, by: Person, at: datetime, home: Organisation, organisation: Organisation | None) -> Feed:
    """Open the calendar of all one's own days (organisation None), or of one body; asked twice, it is opened once.

    `home`: the body the entry is about, where the calendar is a person's.
    """
    held = Feed.objects.filter(person=by, organisation=organisation, closed_at=None).first()
    if held:
        return held
    try:
        feed: Feed = _open(by=by, at=at, about=[(organisation or home).ref], organisation=organisation).result
    except IntegrityError:  # a second click, at the same moment
        return Feed.objects.get(person=by, organisation=organisation, closed_at=None)
    return feed


@journal.act("calendar.closed")
def close(*, by: Person, at: datetime, about: list[str], feed: Feed) -> journal.Told:
    """Close an address for good: whoever still has it finds nothing there."""
    if not Feed.objects.filter(pk=feed.pk, closed_at=None).update(closed_at=at):
        raise Refusal(_("Địa chỉ lịch này đã đóng."))
    return journal.Told(about=about, on=timezone.localdate(at), detail=_whose(feed.organisation))


def forget(person: str, marks: Sequence[str], at: datetime) -> None:
    """A person is erased on request: the addresses this person opened are closed for good, and what went out under them is gone."""
    held = Feed.objects.filter(person__code=person.removeprefix("person:"))
    held.filter(closed_at=None).update(closed_at=at)
    Event.objects.filter(feed__in=held).delete()


def _whose(organisation: Organisation | None) -> dict[str, str]:
    return {"whose": "body" if organisation else "person"}


def bring_up_to_date(*, feed: Feed, at: datetime) -> None:
    """Compare the events that went out with what the judge says now: new ones added, moved ones moved, the rest called off."""
    Feed.objects.filter(pk=feed.pk).update(fetched_at=at)
    if feed.judged_at and at - feed.judged_at < FRESH:
        return
    today = timezone.localdate(at)
    wanted = due_days(bodies_of(feed, today), today)
    with transaction.atomic():
        if not Feed.objects.filter(pk=feed.pk, judged_at=feed.judged_at).update(judged_at=at):
            return  # another request has just done it
        _write(feed, wanted, at)


def _write(feed: Feed, wanted: Iterable[Due], at: datetime) -> None:
    held = {event.uid: event for event in feed.events.all()}
    due = {one.uid: one for one in wanted}
    fresh = [
        Event(feed=feed, uid=uid, on=one.on, title=one.title, says=one.says, path=one.path, made_at=at, changed_at=at)
        for uid, one in due.items()
        if uid not in held
    ]
    changed = [event for uid, event in held.items() if _differs(event, due.get(uid))]
    for event in changed:
        _change(event, due.get(event.uid), at)
    Event.objects.bulk_create(fresh)
    Event.objects.bulk_update(changed, ["on", "title", "says", "path", "is_cancelled", "sequence", "changed_at"])


def _differs(event: Event, due: Due | None) -> bool:
    if due is None:
        return not event.is_cancelled
    return event.is_cancelled or (event.on, event.title, event.says, event.path) != (due.on, due.title, due.says, due.path)


def _change(event: Event, due: Due | None, at: datetime) -> None:
    """What is met, waived, no longer owed or somebody else's is called off; every change counts up."""
    event.sequence, event.changed_at, event.is_cancelled = event.sequence + 1, at, due is None
    if due is not None:
        event.on, event.title, event.says, event.path = due.on, due.title, due.says, due.path
