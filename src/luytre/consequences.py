"""When X happened, Y follows: one table. The only place where rooms act on one another."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from luytre.journal.acts import By
from luytre.overview import matters
from luytre.overview.feeds import actions as feeds
from luytre.overview.lists import actions as lists
from luytre.post import digests
from luytre.post.digests import Words
from luytre.rooms.hunting import actions as hunting
from luytre.rooms.incidents import actions as incidents
from luytre.rooms.incidents.actions.cases import Finding
from luytre.rooms.instructions import queries as instructions
from luytre.rooms.reminders import actions as reminders
from luytre.rooms.reminders import queries as reminded
from luytre.rooms.reminders.rules import Matter
from luytre.rooms.rights import actions as rights


def connect() -> None:
    """Lay the wires, once, when the site starts."""
    digests.renew(reminders.TOPIC, reminder_as_it_reads)
    rights.also_forget(reminders.forget)  # personal_data.erased
    rights.also_forget(lists.forget)
    rights.also_forget(feeds.forget)
    hunting.when_confirmed(incident_of_finding)  # finding.triaged


def remind(now: datetime) -> reminders.Round:
    """A new day: whatever the judge finds due or late climbs the law's ladder (duties, instructions → reminders)."""
    today = timezone.localdate(now)
    return reminders.remind(at=now, on=today, matters=[*matters.open_on(today), *_instructed(today)])


def _instructed(on: date, refs: Collection[str] | None = None) -> list[Matter]:
    """Instructions past their day that a body has not answered climb the same ladder (instructions → reminders)."""
    late = instructions.late(on)
    return [
        Matter(held.number, charge.ref, "", charge.ref, charge.due_on, "overdue")
        for held, charge in late
        if refs is None or charge.ref in refs
    ]


def reminder_as_it_reads(key: str, now: datetime) -> Words | None:
    """A reminder is about to leave: lines of what was closed, waived, moved or handed to others meanwhile fall out of it
    (duties → reminders). None: nothing is left to tell."""
    notice = reminded.notice_of(key)
    if notice is None:
        return None
    today = timezone.localdate(now)
    stirred = reminded.stirred_since(notice, today)
    still = {matter.key for matter in (*matters.open_on(today, refs=stirred), *_instructed(today, stirred))} if stirred else set()
    return reminders.trim(notice=notice, stirred=stirred, still=still, on=today)


def incident_of_finding(by: By, at: datetime, told: hunting.Confirmed) -> str:
    """A finding of a hunt is confirmed: its incident is opened, one for each host of a hunt (hunting → incidents).

    The case and the hunt do not close one another: each has its own end (D09, D14).
    """
    if told.earlier:
        return told.earlier
    what = f"{told.title}. Săn lùng {told.hunt}, máy {told.host or 'không rõ'}, {told.count} lần."
    found = Finding(
        body=told.body,
        system=told.systems[0] if len(told.systems) == 1 else "",
        detected_at=at,
        title=f"Săn lùng thấy: {told.title}"[:200],
        text=f"{what}\n{told.note}".strip(),
        type="intrusion",
    )
    return incidents.detect(by=by, at=at, finding=found).code
