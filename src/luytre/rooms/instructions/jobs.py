"""Letters of the instructions room: given, returned, soon due; to the head and the contact officer; taken back once answered.

What is late is told by the ladder of the reminders room, rung by rung."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.post import actions as post
from luytre.rooms.instructions import queries, rules

TOPIC = "instructions"


def tell(now: datetime) -> int:
    """Write the letters that are due; run again it writes none twice. Returns how many letters stand."""
    today = timezone.localdate(now)
    running = [held for held in queries.all_of(seen_by="console", on=today) if not held.is_closed]
    owed = [(held, charge) for held in running for charge in held.charges if charge.is_owed]
    people = queries.people_to_tell({charge.ref for _held, charge in owed}, today)
    drafts = [draft for held, charge in owed for draft in _drafts(held, charge, people.get(charge.ref, ()))]
    with transaction.atomic():
        post.send_many(drafts, at=now)
        post.cancel(keys=queries.letters_waiting(TOPIC) - {draft.key for draft in drafts}, at=now)
    return len(drafts)


def _drafts(held: queries.Instruction, charge: queries.Charge, people: queries.People) -> Iterator[post.Draft]:
    for kind, says in _moments(charge):
        for ref, email in people:
            subject = _("Ý kiến chỉ đạo %(number)s: %(says)s") % {"number": held.number, "says": says}
            yield post.Draft(
                key=f"instruction:{held.number}:{charge.ref}:{kind}:{ref}",
                channel="mail",
                to=email,
                subject=subject,
                text=_text(held, charge, says),
                person=ref,
                topic=TOPIC,
            )


def _moments(charge: queries.Charge) -> Iterator[tuple[str, str]]:
    """What there is to tell about a charge as it stands: (a key that changes with it, its words)."""
    due = f"{charge.due_on:%d/%m/%Y}"
    if charge.state == rules.RETURNED and charge.last:
        yield f"returned-{charge.last.entry}", _("phải làm lại, hạn %(due)s") % {"due": due}
    elif charge.status == "due_soon":
        yield f"soon-{charge.due_on}", _("sắp đến hạn %(due)s") % {"due": due}
    elif not charge.is_late:
        yield f"given-{charge.due_on}", _("việc mới giao, hạn %(due)s") % {"due": due}


def _text(held: queries.Instruction, charge: queries.Charge, says: str) -> str:
    """The letter without the instruction's own words: these are read where one is signed in."""
    lines = [
        _("Kính gửi: %(body)s") % {"body": charge.name},
        "",
        _("Ý kiến chỉ đạo %(number)s của lãnh đạo UBND tỉnh %(says)s.") % {"number": held.number, "says": says},
        _("Mời đơn vị mở trang sau để xem nội dung và trả lời:"),
        f"{settings.LUYTRE_SITE_URL}/desk/instructions/{held.number}/",
        *(["", settings.LUYTRE_MARK] if settings.LUYTRE_MARK else []),
    ]
    return "\n".join(lines)
