"""What pages show: notices with what became of their letters, silences, gaps, who was told about a thing, letters that did not arrive."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from luytre.core.fold import fold
from luytre.post import queries as post
from luytre.post.models import Letter
from luytre.register import access
from luytre.register import queries as register
from luytre.register.models import Person
from luytre.rooms.reminders import rules
from luytre.rooms.reminders.models import Acknowledgement, Followed, Notice, Told
from luytre.rooms.reminders.queries.ladder import subject

SILENT_DAYS = 7  # late, told, and nobody has answered for so long


@dataclass(frozen=True)
class Row:
    """One matter with what was told of it."""

    matter: Followed
    duty: str
    thing: str
    body: str
    days: int
    told: Sequence["Said"]

    @property
    def last(self) -> "Said | None":
        return self.told[-1] if self.told else None

    @property
    def is_late(self) -> bool:
        return self.days > 0

    @property
    def left(self) -> int:
        return -self.days

    @property
    def why_url(self) -> str:
        """Why it is late; of an instruction its own page."""
        return rules.place(self.matter.duty, self.matter.ref)


@dataclass(frozen=True)
class Said:
    """One telling: at which rung, to whom, when, what became of it."""

    rung: str
    called: str
    on: date
    gap: str
    again: bool
    notice: int | None
    fate: str
    acknowledged: bool


@dataclass(frozen=True)
class Sent:
    """One notice in a list."""

    notice: Notice
    called: str
    count: int
    fate: str
    says: str
    acknowledged: bool


def leads(person: object, on: date) -> bool:
    """Sees who was told what in the whole province."""
    return access.sees_all(person, on)


def may_look_up(person: object, on: date) -> bool:
    """May read people's addresses everywhere."""
    return access.has_verb(person, "personal_data.read", on)


def seats(person: object, on: date) -> list[str]:
    return access.seats(person, on)


def may_ask(person: object, on: date) -> bool:
    return access.has_verb(person, "reminder.asked", on)


def notices(*, seen_by: object, on: date) -> QuerySet[Notice]:
    """Notices a person may see, latest first: one's own; all, for those who see everything."""
    ref = str(getattr(seen_by, "ref", seen_by))
    held = Notice.objects.all() if leads(seen_by, on) else Notice.objects.filter(person=ref)
    return held.order_by("-on", "-pk")


def notice(number: int, *, seen_by: object, on: date) -> Notice | None:
    return notices(seen_by=seen_by, on=on).filter(pk=number).first()


def shown(held: Sequence[Notice]) -> list[Sent]:
    """Notices of one page with what became of their letters: four queries."""
    called = _called(one.person for one in held)
    letters = _letters(held)
    numbers = [one.pk for one in held]
    counts = dict(Told.objects.filter(notice__in=numbers).values_list("notice").annotate(count=Count("pk")))
    said = set(Acknowledgement.objects.filter(notice__in=numbers).values_list("notice_id", flat=True))
    return [
        Sent(one, called.get(one.person, one.person), counts.get(one.pk, 0), *_fate(letters.get(one.key)), one.pk in said) for one in held
    ]


def _letters(held: Iterable[Notice]) -> dict[str, Letter]:
    """The letter of each notice; where a digest carries it, still its own row, which shares the digest's fate."""
    return post.by_key(one.key for one in held)


def _fate(letter: Letter | None) -> tuple[str, str]:
    """What became of a letter, as a word for templates, and the last words of the other side."""
    if letter is None:
        return "none", ""
    carrier = letter.carried_by or letter
    if letter.bounced_at or carrier.bounced_at:
        return "bounced", post.last_words(carrier)
    if letter.refused_at:
        return "refused", post.last_words(carrier)
    if letter.cancelled_at:
        return "cancelled", ""
    return ("sent", "") if letter.sent_at else ("waiting", "")


def _called(persons: Iterable[str]) -> dict[str, str]:
    codes = {person.removeprefix("person:") for person in persons if person}
    return {person.ref: person.called for person in Person.objects.filter(code__in=codes)}


# -- matters --


def late(on: date) -> QuerySet[Followed]:
    """Open matters past their due day, the longest late first."""
    return Followed.objects.filter(closed_on=None, due_on__lt=on).order_by("due_on", "pk")


def silent(on: date) -> QuerySet[Followed]:
    """Late matters whose people were told some days ago and of which none has answered."""
    told = Told.objects.filter(matter=OuterRef("pk"), gap="", on__lte=on - timedelta(days=SILENT_DAYS))
    answered = Told.objects.filter(matter=OuterRef("pk"), notice__acknowledgement__isnull=False)
    return late(on).filter(Exists(told), ~Exists(answered))


def gaps(on: date) -> QuerySet[Followed]:
    """Open matters of which somebody who should be told can not be reached."""
    missing = Told.objects.filter(matter=OuterRef("pk")).exclude(gap="")
    return Followed.objects.filter(closed_on=None).filter(Exists(missing)).order_by("answerable", "due_on", "pk")


def matching(rows: QuerySet[Followed], words: str) -> QuerySet[Followed]:
    """Of some matters those whose body or thing is called so, or whose duty has this number."""
    asked = fold(words)
    if not asked:
        return rows
    refs = {ref for ref, name in register.names(_refs(rows)).items() if asked in fold(name)}
    return rows.filter(Q(ref__in=refs) | Q(answerable__in=refs) | Q(duty__iexact=words.strip()))


def _refs(rows: QuerySet[Followed]) -> set[str]:
    return {ref for pair in rows.values_list("ref", "answerable") for ref in pair if ref}


def open_of(numbers: Collection[int]) -> list[Followed]:
    return list(Followed.objects.filter(pk__in=numbers, closed_on=None))


def rows_of(matters: Sequence[Followed], on: date) -> list[Row]:
    """Matters of one page with everyone told of them: a constant number of queries."""
    told = _told(matters)
    names = register.names({ref for matter in matters for ref in (matter.ref, matter.answerable) if ref})
    return [
        Row(
            matter,
            subject(matter.duty).title[_lang()],
            names.get(matter.ref, matter.ref),
            names.get(matter.answerable, matter.answerable),
            (on - matter.due_on).days,
            told.get(matter.pk, ()),
        )
        for matter in matters
    ]


def _lang() -> str:
    return "en" if (get_language() or "").startswith("en") else "vi"


def _told(matters: Sequence[Followed]) -> Mapping[int, Sequence[Said]]:
    rows = Told.objects.filter(matter__in=[matter.pk for matter in matters]).select_related("notice", "notice__acknowledgement")
    held = list(rows.order_by("on", "pk"))
    called = _called(one.person for one in held)
    letters = _letters(one.notice for one in held if one.notice)
    found: dict[int, list[Said]] = {}
    for one in held:
        fate = _fate(letters.get(one.notice.key))[0] if one.notice else "gap"
        said = bool(one.notice and hasattr(one.notice, "acknowledgement"))
        found.setdefault(one.matter_id, []).append(
            Said(
                one.get_rung_display(),
                called.get(one.person, ""),
                one.on,
                str(one.get_gap_display()),
                one.again,
                one.notice_id,
                fate,
                said,
            )
        )
    return found


def about(ref: str, duty: str = "") -> QuerySet[Followed]:
    """Matters of a thing, or for which a body answers, that somebody was told of: open ones first, then the latest."""
    held = Followed.objects.filter(Q(ref=ref) | Q(answerable=ref), tellings__isnull=False).distinct()
    held = held.filter(duty=duty) if duty else held
    return held.order_by(F("closed_on").desc(nulls_first=True), "-due_on", "pk")


def counts(on: date) -> dict[str, int]:
    """Figures at the head of the coordinator's page."""
    today = Notice.objects.filter(on=on)
    return {
        "today": today.count(),
        "silent": silent(on).count(),
        "gaps": gaps(on).count(),
        "waiting": post.waiting().count(),
        "failed": post.failed().count(),
    }


def shown_letters(show: str) -> QuerySet[Letter]:
    """Letters as they lie in the post: those that wait, those that did not arrive, or those gone out."""
    held = {"failed": post.failed, "sent": post.sent}.get(show, post.waiting)()
    return held.select_related("carried_by").prefetch_related("attempts")


def ways() -> list[str]:
    """The channels this installation has a way out for."""
    return sorted(post.ways_set())


def told_in(held: Notice) -> list[Followed]:
    """The matters of a notice: late ones first."""
    return list(Followed.objects.filter(tellings__notice=held).distinct().order_by("due_on", "duty", "ref"))


def name_of(ref: str) -> str:
    return register.names([ref]).get(ref, ref)
