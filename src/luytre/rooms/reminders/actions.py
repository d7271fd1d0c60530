"""The verbs of the reminders room: the daily round up the ladder, what the coordinator asks for, acknowledgements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core.fold import spelt, written
from luytre.core.refusal import Refusal
from luytre.journal.acts import By, ref
from luytre.journal.bulk import Row
from luytre.post import actions as post
from luytre.post.digests import Words
from luytre.rooms.reminders import queries, rules
from luytre.rooms.reminders.models import Acknowledgement, Followed, Notice, Told
from luytre.rooms.reminders.queries import People, Recipient, Track
from luytre.rooms.reminders.rules import LADDER, Matter

TOPIC = "reminders"
BATCH = 500
Key = tuple[str, str, str, date]


@dataclass
class Round:
    """One round in the making: who is told what, and where nobody could be told."""

    on: date
    people: People
    busy: frozenset[str] = frozenset()  # had their digest today
    tellings: dict[str, list[Told]] = field(default_factory=dict)  # person → what is told
    reached: dict[str, Recipient] = field(default_factory=dict)
    gaps: list[Told] = field(default_factory=list)
    closed: int = 0

    def tell(self, one: Recipient, told: Told) -> None:
        if one.ref not in self.busy:
            self.reached[one.ref] = one
            self.tellings.setdefault(one.ref, []).append(told)

    @property
    def all(self) -> list[Told]:
        return [told for lines in self.tellings.values() for told in lines]


def remind(*, at: datetime, on: date, matters: Sequence[Matter], by: By = "clock") -> Round:
    """The round of a day: whoever a matter has reached by the law's ladder and was not told of it yet is told, in one digest.

    Twice on a day changes nothing; after days without a round the next one does what was left undone; matters gone are closed.
    """
    with transaction.atomic():
        made = Round(on, queries.people(on), queries.told_today(on))
        rows = _follow(matters, made)
        told = queries.tracks([row.pk for row in rows.values() if row.closed_on is None])
        for matter in matters:
            _climb(made, matter, rows[matter.key], told.get(rows[matter.key].pk, Track()))
        notices = _write(made, at, "", "")
        _send(made, notices, at)
        journal.record_many(_entries(made, ref(by), at))
    return made


def _follow(matters: Sequence[Matter], made: Round) -> dict[Key, Followed]:
    """A row for each matter; rows of matters that are gone are closed, those that came back are opened again."""
    held = queries.followed(matters)
    wanted = {matter.key: matter for matter in matters}
    new = [
        Followed(duty=m.duty, ref=m.ref, window=m.window, due_on=m.due_on, answerable=m.answerable or "")
        for key, m in wanted.items()
        if key not in held
    ]
    Followed.objects.bulk_create(new, batch_size=BATCH)
    changed = [row for key, row in held.items() if _moves(row, wanted.get(key), made.on)]
    Followed.objects.bulk_update(changed, ["closed_on", "answerable"], batch_size=BATCH)
    made.closed = sum(row.closed_on is not None for row in changed)
    return held | {row.named: row for row in new}


def _moves(row: Followed, matter: Matter | None, on: date) -> bool:
    """Bring a row up to date with what is judged; whether anything changed."""
    before = row.closed_on, row.answerable
    row.closed_on = (row.closed_on or on) if matter is None else None
    row.answerable = row.answerable if matter is None else matter.answerable or ""
    return before != (row.closed_on, row.answerable)


def _climb(made: Round, matter: Matter, row: Followed, track: Track) -> None:
    """Every rung the matter has reached is told; a rung on which nobody can be reached is a gap, and the next one up is told instead."""
    asked = rules.reached(queries.subject(matter.duty).escalate, matter, made.on, track.rungs)
    for rung in LADDER:
        if rung in asked and not _tell(made, matter, row, track, rung) and (higher := rules.above(rung)):
            asked.append(higher)


def _tell(made: Round, matter: Matter, row: Followed, track: Track, rung: str) -> bool:
    """Tell those on a rung who were not told yet, or whose line is to be said again; False where nobody there can be reached."""
    standing = made.people.on_rung(matter.answerable, rung)
    for one in standing:
        last = track.last.get((rung, one.ref))
        if one.gap:
            _note_gap(made, row, track, rung, one.ref, one.gap)
        elif last is None:
            made.tell(one, Told(matter=row, rung=rung, person=one.ref, on=made.on))
        elif rules.is_said_again(rung, last, made.on, one.ref in track.acknowledged, matter.status):
            made.tell(one, Told(matter=row, rung=rung, person=one.ref, on=made.on, again=True))
    if not standing:
        _note_gap(made, row, track, rung, "", str(Told.Gap.NOBODY))
    return any(not one.gap for one in standing)


def _note_gap(made: Round, row: Followed, track: Track, rung: str, person: str, gap: str) -> None:
    if (rung, person) not in track.last:
        made.gaps.append(Told(matter=row, rung=rung, person=person, on=made.on, gap=gap))


def _write(made: Round, at: datetime, asked_by: str, note: str) -> dict[str, Notice]:
    """The notice of each person, what it tells, and the gaps."""
    seq = journal.queries.last_seq()
    notices = {person: Notice(person=person, on=made.on, at=at, seq=seq, asked_by=asked_by, note=note) for person in made.tellings}
    Notice.objects.bulk_create(notices.values(), batch_size=BATCH)
    for person, lines in made.tellings.items():
        for told in lines:
            told.notice = notices[person]
    Told.objects.bulk_create([*made.all, *made.gaps], batch_size=BATCH)
    return notices


def _send(made: Round, notices: dict[str, Notice], at: datetime, *, at_once: bool = False) -> None:
    """One letter for each notice; `at_once`: not gathered into the person's digest of the day."""
    names = queries.names_of(made.all)
    drafts = []
    for person, notice in notices.items():
        words = queries.words(notice, made.tellings[person], names, made.reached[person].greeted, made.on)
        drafts.append(
            post.Draft(
                key=notice.key,
                channel="mail",
                to=made.reached[person].email,
                subject=words.subject,
                text=words.text,
                html=words.html,
                person="" if at_once else person,
                topic=TOPIC,
            )
        )
    post.send_many(drafts, at=at)


def _entries(made: Round, by: str, at: datetime) -> list[Row]:
    """One entry for each rung that something new was told on, with a mention of everything told of."""
    by_rung: dict[str, list[Told]] = defaultdict(list)
    for told in (*made.all, *made.gaps):
        if not told.again:
            by_rung[told.rung].append(told)
    return [_entry(rung, by_rung[rung], made.on, by, at) for rung in LADDER if rung in by_rung]


def _entry(rung: str, told: Sequence[Told], on: date, by: str, at: datetime) -> Row:
    reached = [one for one in told if one.notice is not None]
    detail = {
        "rung": rung,
        "matters": len({one.matter.pk for one in reached}),
        "people": len({one.person for one in reached}),
        "gaps": len({one.matter.pk for one in told if one.gap}) or None,
    }
    about = sorted({one.matter.ref for one in told})
    return Row(verb="reminder.sent", by=by, at=at, about=about, on=on, detail=detail)


def trim(*, notice: Notice, stirred: Collection[str], still: Collection[Key], on: date) -> Words | None:
    """The letter of a notice without what need not be told any more: matters that are `still` not open among those `stirred`, and those
    the person does not answer for any longer. What falls out was never told."""
    held = list(notice.tellings.all())
    people = queries.people(on) if stirred else None
    kept = [told for told in held if told.matter.ref not in stirred or (told.matter.named in still and _stands(told, people))]
    gone = [told.pk for told in held if told not in kept]
    if gone:
        Told.objects.filter(pk__in=gone).delete()
    if not kept:
        return None
    return queries.words(notice, kept, queries.names_of(kept), queries.greeted(notice.person), on)


def _stands(told: Told, people: People | None) -> bool:
    return people is None or told.person in {one.ref for one in people.on_rung(told.matter.answerable or None, told.rung)}


def acknowledge(*, by: By, at: datetime, notice: Notice) -> Acknowledgement:
    """The person told says: received, being dealt with. Once; it keeps the next rung waiting for some days."""
    if notice.person != ref(by):
        raise Refusal(_("Thông báo này gửi cho người khác; chỉ người nhận xác nhận được."), status=403)
    with transaction.atomic():
        made, new = Acknowledgement.objects.get_or_create(notice=notice, defaults={"at": at, "by": ref(by)})
        if new:
            about = sorted({told.matter.ref for told in notice.tellings.select_related("matter")})
            detail = {"notice": notice.pk, "sent_on": notice.on}
            journal.record(by=by, at=at, verb="reminder.acknowledged", about=about, on=timezone.localdate(at), detail=detail)
    return made


def ask(*, by: By, at: datetime, matters: Sequence[Followed], note: str = "") -> int:
    """The coordinator reminds contact and head of chosen matters at once, with a word of one's own; returns how many people are told."""
    open_ones = [row for row in matters if row.closed_on is None]
    if not open_ones:
        raise Refusal(_("Chọn ít nhất một việc còn mở để đôn đốc."), field="matters")
    on = timezone.localdate(at)
    with transaction.atomic():
        made = Round(on, queries.people(on))
        for row in open_ones:
            for rung in ("contact", "head"):
                for one in made.people.on_rung(row.answerable or None, rung):
                    if not one.gap:
                        made.tell(one, Told(matter=row, rung=rung, person=one.ref, on=on, again=True))
        if not made.tellings:
            raise Refusal(_("Chưa có ai nhận được thư: các đơn vị này chưa có cán bộ hoặc địa chỉ thư trong sổ đăng ký."), field="matters")
        notices = _write(made, at, ref(by), note.strip())
        _send(made, notices, at, at_once=True)
        detail = {"matters": len(open_ones), "people": len(notices)}
        about = sorted({row.ref for row in open_ones})
        journal.record(by=by, at=at, verb="reminder.asked", about=about, on=on, detail=detail)
    return len(notices)


def forget(person: str, marks: Sequence[str], at: datetime) -> None:
    """A person is erased on request: what somebody wrote along with a reminder goes where it is to them or names them."""
    names = [spelt(mark) for mark in marks]
    noted = Notice.objects.exclude(note="").values_list("pk", "person", "note")
    found = [pk for pk, whose, note in noted if whose == person or any(name.search(written(note)) for name in names)]
    Notice.objects.filter(pk__in=found).update(note="")
