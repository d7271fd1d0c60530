"""Which due days a person or body has: one event a duty and period, whatever the number of systems it is owed for."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luytre.core.duty.model import Result
from luytre.overview import law_words
from luytre.overview.bodies import in_force
from luytre.overview.feeds.models import Feed
from luytre.overview.law_words import said
from luytre.overview.links import answer_url, filing_url, why_url
from luytre.overview.reader import WORKING
from luytre.register.models import Organisation, Post
from luytre.rooms.duties import projection
from luytre.rooms.duties.projection import Line
from luytre.rooms.instructions import queries as instructions
from luytre.rooms.instructions.queries import Charge, Instruction

WANTED = ("overdue", "due_soon", "open")


@dataclass(frozen=True)
class Due:
    """One event as it should be: `uid` names the duty, the body and the period, never the day, so that a moved day keeps it."""

    uid: str
    on: date
    title: str
    says: str
    path: str


def bodies_of(feed: Feed, today: date) -> list[Organisation]:
    """The bodies whose days go out: those the person still works at; of a body's calendar that one alone."""
    posts = Post.objects.filter(in_force(today, None), of=feed.person, role__in=WORKING).select_related("organisation").order_by("pk")
    held = {post.organisation.pk: post.organisation for post in posts}
    return [body for body in held.values() if feed.organisation_id in (None, body.pk)]


def due_days(bodies: Iterable[Organisation], today: date) -> list[Due]:
    """Every due day that still wants something."""
    found = []
    for body in bodies:
        for line in projection.standings(body.ref, today, None, today):
            if law_words.is_of_directive(line.duty.id):
                found += _of_line(line, body)
        orders = instructions.of_body(body.ref, today)
        found += [_of_order(held, charge, body) for held, charge in orders if charge.is_owed]
    return found


def _of_order(held: Instruction, charge: Charge, body: Organisation) -> Due:
    """What the chair has asked of the body; its text may be erased by order, so it does not leave the house."""
    title = _("Hạn trả lời ý kiến chỉ đạo %(number)s") % {"number": held.number}
    return Due(_uid("instruction", body.ref, held.number), charge.due_on, title, body.name, answer_url(held.number))


def _of_line(line: Line, body: Organisation) -> list[Due]:
    results = list(line.systems.values()) or ([line.result] if line.result else [])
    periods: dict[str, list[Result]] = {}
    for result in results:
        if result.status in WANTED and result.due_on:
            periods.setdefault(_period(result), []).append(result)
    return [_event(line, body, period, wanting) for period, wanting in periods.items()]


def _period(result: Result) -> str:
    """What tells one round of a duty from the next: the event it answers, or the first day of its window."""
    return result.event or (result.window[0].isoformat() if result.window else "")


def _event(line: Line, body: Organisation, period: str, wanting: Sequence[Result]) -> Due:
    duty, days = line.duty, [result.due_on for result in wanting if result.due_on]
    bearers = list(dict.fromkeys(result.bearer for result in wanting))
    words = _("Hạn cuối: %(title)s (%(n)d hệ thống)") if len(bearers) > 1 else _("Hạn cuối: %(title)s")
    title = words % {"title": said(duty.title), "n": len(bearers)}
    says = "\n".join([body.name, said(duty.next), _("Chỉ thị 13/CT-UBND, điểm %(clause)s.") % {"clause": duty.clause}])
    path = filing_url(duty.id, bearers, wanting[0].event) or why_url(duty.id, body.ref)
    return Due(_uid(duty.id, body.ref, period), min(days), title[:300], says, path[:400])


def _uid(duty: str, ref: str, period: str) -> str:
    return f"{duty}-{hashlib.blake2s(f'{duty}|{ref}|{period}'.encode(), digest_size=12).hexdigest()}@luytre"
