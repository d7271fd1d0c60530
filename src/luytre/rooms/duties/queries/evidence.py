"""Evidence and its fate: what was filed, by whom, about what; what waits to be looked at; what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luytre import journal
from luytre.journal.models import Attachment, Entry, Mention
from luytre.journal.shapes import checked_detail, clean
from luytre.register import access, reading
from luytre.register import queries as register
from luytre.register.models import Person
from luytre.verbs import VOCABULARY
from luytre.verbs.label import LABELS

ACCEPTED, REJECTED, RETRACTED = "evidence.accepted", "evidence.rejected", "entry.retracted"
REVIEW_DAYS = (7, 30, 90)  # by how many days the queue may be narrowed; unasked it holds everything nobody has looked at
AGAIN = timedelta(minutes=10)  # within which the very same, said twice, was said once


@dataclass(frozen=True)
class Event:
    """Something that happened to a piece of evidence."""

    at: datetime
    says: str
    reason: str = ""


@dataclass(frozen=True)
class Evidence:
    """Evidence as a page shows it. `standing`: waiting, accepted, rejected, retracted; recorded where it was not filed but done here."""

    id: int
    verb: str
    paper: str
    says: str
    about: str
    refs: tuple[str, ...]
    on: date
    at: datetime
    by: str
    by_ref: str
    filed: bool
    number: str
    details: Sequence[tuple[str, str]]
    note: str
    erased: bool
    files: Sequence[Attachment]
    standing: str
    history: Sequence[Event]

    @property
    def standing_word(self) -> str:
        words = {
            "waiting": _("Đã nộp, chờ xem xét"),
            "accepted": _("Đã chấp nhận"),
            "rejected": _("Không chấp nhận"),
            "retracted": _("Đã rút lại"),
            "recorded": _("Đã ghi nhận"),
        }
        return words[self.standing]

    @property
    def reason(self) -> str:
        """Why it was turned back or taken back."""
        return next((event.reason for event in self.history if event.reason), "")

    @property
    def standing_kind(self) -> str:
        return {"accepted": "grn", "rejected": "red", "retracted": "red"}.get(self.standing, "")


def lang() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def evidence(number: int, *, seen_by: object, on: date) -> Evidence | None:
    """One entry as evidence; None where it is absent or none of the person's business: both look the same."""
    seen = access.visible_refs(seen_by, on)
    if not seen.intersection(Mention.objects.filter(entry=number).values_list("thing", flat=True)):
        return None  # asked in the same order whether foreign or absent: the clock tells no difference
    entry = journal.queries.entry(number)
    if entry is None or entry.verb not in VOCABULARY or not reading.may_read(number, seen_by=seen_by, on=on):
        return None
    return _shown([entry], seen)[0]


def of_thing(ref: str, *, seen_by: object, on: date, limit: int = 50) -> list[Evidence]:
    """What was filed about a body or system, latest first; nothing where the person may not see it."""
    if ref not in access.visible_refs(seen_by, on):
        return []
    told = reading.readable(journal.queries.about(ref).filter(filed=True), seen_by=seen_by, on=on)
    return _shown(list(told[:limit]))


def filed_by(person: object, *, limit: int = 50) -> list[Evidence]:
    """What a person filed, latest first."""
    return _shown(list(journal.queries.whole(Entry.objects.filter(by=_ref(person), filed=True)).order_by("-at", "-id")[:limit]))


def _shown(entries: Sequence[Entry], seen: frozenset[str] | None = None) -> list[Evidence]:
    """Entries as evidence; of those an entry mentions, only the ones the reader may see (None: all) are named."""
    told = {mention.thing for entry in entries for mention in entry.mentions.all()}
    names = register.names(told if seen is None else told & seen)
    people = _people({entry.by for entry in entries} | {taken.by for entry in entries for taken in entry.retractions.all()})
    accepted = _acceptances(entries)
    return [_evidence(entry, names, people, accepted.get(entry.pk)) for entry in entries]


def _people(refs: Iterable[str]) -> dict[str, str]:
    codes = [ref.removeprefix("person:") for ref in refs if ref.startswith("person:")]
    named = {person.ref: person.called for person in Person.objects.filter(code__in=codes)}
    return {"console": _("máy chủ"), "clock": _("hệ thống"), "citizen": _("người dân"), **named}


def _acceptances(entries: Sequence[Entry]) -> dict[int, Entry]:
    things = {mention.thing for entry in entries for mention in entry.mentions.all()}
    rows = Entry.objects.filter(verb=ACCEPTED, mentions__thing__in=things, detail__entry__in=[entry.pk for entry in entries])
    return {row.detail["entry"]: row for row in rows.distinct()}


def _evidence(entry: Entry, names: Mapping[str, str], people: Mapping[str, str], accepted: Entry | None) -> Evidence:
    verb = VOCABULARY[entry.verb]
    refs = tuple(sorted(mention.thing for mention in entry.mentions.all()))
    about = _about(refs, names)
    by = people.get(entry.by, entry.by)
    aside = getattr(entry, "aside", None)
    text = (aside.text or {}) if aside else {}
    details = [(verb.detail[name].label[lang()], _said(value)) for name, value in entry.detail.items() if name in verb.detail]
    return Evidence(
        id=entry.pk,
        verb=entry.verb,
        paper=_capital(verb.paper[lang()]),
        says=verb.says[lang()].format(by=by, about=about),
        about=about,
        refs=refs,
        on=entry.on,
        at=entry.at,
        by=by,
        by_ref=entry.by,
        filed=entry.filed,
        number=str(entry.detail.get("number", "")),
        details=details,
        note=str(text.get("note", "")),
        erased=bool(aside and aside.text is None),
        files=list(entry.attachments.all()),
        standing=_standing(entry, accepted),
        history=_history(entry, people, accepted),
    )


def _about(refs: Sequence[str], names: Mapping[str, str]) -> str:
    named = [names[ref] for ref in refs if ref in names]
    rest = len(refs) - len(named)
    return " ".join([", ".join(named), *([_("và %(n)d nơi khác") % {"n": rest}] if rest else [])])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    text = str(value)
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def _standing(entry: Entry, accepted: Entry | None) -> str:
    taken = [retraction.verb for retraction in entry.retractions.all()]
    if taken:
        return "rejected" if taken[-1] == REJECTED else "retracted"
    if accepted:
        return "accepted"
    return "waiting" if entry.filed else "recorded"


def _history(entry: Entry, people: Mapping[str, str], accepted: Entry | None) -> list[Event]:
    taken = list(journal.queries.whole(Entry.objects.filter(retracts=entry)).order_by("at")) if entry.retractions.all() else []
    names = dict(people) | _people({row.by for row in (*taken, *([accepted] if accepted else []))})
    events = [
        Event(row.at, _("%(by)s không chấp nhận") % {"by": names.get(row.by, row.by)}, _reason(row))
        if row.verb == REJECTED
        else Event(row.at, _("%(by)s rút lại") % {"by": names.get(row.by, row.by)}, _reason(row))
        for row in taken
    ]
    if accepted:
        events.append(Event(accepted.at, _("%(by)s chấp nhận") % {"by": names.get(accepted.by, accepted.by)}))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _reason(entry: Entry) -> str:
    aside = getattr(entry, "aside", None)
    return str((aside.text or {}).get("reason", "")) if aside else ""


# -- what waits to be looked at --


def waiting(since: datetime | None = None) -> QuerySet[Entry]:
    """Entries filed (since a moment) that nobody has accepted, turned back or retracted, latest first."""
    looked_at = Entry.objects.filter(verb=ACCEPTED, detail__entry__isnull=False)
    numbers = looked_at.annotate(number=Cast(KeyTextTransform("entry", "detail"), BigIntegerField())).values("number")
    entries = Entry.objects.filter(filed=True, retractions=None).exclude(pk__in=numbers)
    entries = entries.filter(at__gte=since) if since else entries
    return entries.order_by("-at", "-id")


def queue(*, seen_by: object, now: datetime, days: int | None = None) -> QuerySet[Entry] | None:
    """What the coordinator has to look at (of the last `days`), less what this very person filed; None for who does not review."""
    if not may_review(seen_by, timezone.localdate(now)):
        return None
    waits = waiting(now - timedelta(days=days) if days else None).exclude(by=_ref(seen_by))
    return reading.readable(waits, seen_by=seen_by, on=timezone.localdate(now))


def _ref(person: object) -> str:
    return str(getattr(person, "ref", person))


def said_just_now(row: journal.Row) -> Entry | None:
    """The entry by which the same person said the very same minutes ago: a second click, or a page sent again, is no second fact."""
    since, detail = row.at - AGAIN, checked_detail(row)
    near = Entry.objects.filter(
        by=row.by, verb=row.verb, on=row.on, at__gte=since, filed=row.filed, retracts=cast("int | None", row.retracts), retractions=None
    )
    files, note = sorted(file.sha256 for file in row.attachments if isinstance(file, journal.Stored)), dict(row.aside or {})
    for entry in journal.queries.whole(near):
        same = sorted(mention.thing for mention in entry.mentions.all()) == sorted(set(row.about)) and entry.detail == detail
        if same and sorted(file.sha256 for file in entry.attachments.all()) == files and _text(entry) == clean(note):
            return entry
    return None


def _text(entry: Entry) -> dict[str, Any]:
    aside = getattr(entry, "aside", None)
    return (aside.text or {}) if aside else {}


def accepted(numbers: Iterable[int]) -> set[int]:
    """Which of some entries the coordinator has accepted."""
    things = Mention.objects.filter(entry__in=list(numbers)).values("thing")
    rows = Entry.objects.filter(verb=ACCEPTED, mentions__thing__in=things, detail__entry__in=list(numbers))
    return {row.detail["entry"] for row in rows}


def may_review(person: object, on: date) -> bool:
    """Whether the person's role accepts and turns back evidence of all bodies."""
    rights = [right for role in access.roles(person, on) for right in access.ROLES.get(role, ())]
    return any(REJECTED in right.verbs and ACCEPTED in right.verbs and right.reach == access.ALL for right in rights)


def may_waive(person: object, on: date) -> bool:
    return any("waiver.granted" in right.verbs for role in access.roles(person, on) for right in access.ROLES.get(role, ()))


def shown(entries: Sequence[Entry]) -> list[Evidence]:
    """A page of the queue as evidence, in a constant number of queries."""
    return _shown(list(journal.queries.whole(Entry.objects.filter(pk__in=[entry.pk for entry in entries])).order_by("-at", "-id")))


def shown_of(numbers: Sequence[int], seen: frozenset[str] | None) -> list[Evidence]:
    """Some entries as evidence, latest first; of the things they concern only those in `seen` (None: all) are named."""
    entries = journal.queries.whole(Entry.objects.filter(pk__in=numbers)).order_by("-at", "-id")
    return _shown([entry for entry in entries if entry.verb in VOCABULARY], seen)


def attachment(entry: int, number: int, *, seen_by: object, on: date) -> Attachment | None:
    """A file of an entry the person may see."""
    held = evidence(entry, seen_by=seen_by, on=on)
    return next((file for file in held.files if file.pk == number), None) if held else None


def seats(person: object, on: date) -> list[str]:
    """The bodies where a person sits, for telling what was taken out."""
    return access.seats(person, on)


def seen_of(entry: int, *, seen_by: object, on: date) -> list[str]:
    """Of the things an entry mentions, those the person may see."""
    told = set(Mention.objects.filter(entry=entry).values_list("thing", flat=True))
    return sorted(told & access.visible_refs(seen_by, on))


def label_words(entry: int, on: date) -> str:
    """The TLP label an entry bears; nothing where it bears none."""
    label = reading.label_of(f"entry:{entry}", on)
    return LABELS[label.tlp][lang()] if label else ""


def may_label(person: object, about: Sequence[str], on: date) -> bool:
    return all(access.may(person, "label.given", ref, on) for ref in about)


@dataclass(frozen=True)
class Offer:
    """What a person may do with a piece of evidence: accept it, and give a reason for `rejection` or `retraction`."""

    may_accept: bool = False
    reason_for: str | None = None

    @property
    def may_retract(self) -> bool:
        return self.reason_for == "retraction"


def offer(held: Evidence, person: object, on: date) -> Offer:
    """The coordinator accepts or turns back what waits; who filed it, or whose body it is about, may take it back."""
    if not held.filed or held.standing in ("rejected", "retracted"):
        return Offer()
    if may_review(person, on) and held.by_ref != _ref(person):
        return Offer(held.standing == "waiting", "rejection")
    mine = all(access.may(person, RETRACTED, ref, on) and access.may(person, held.verb, ref, on) for ref in held.refs)
    return Offer(reason_for="retraction") if mine else Offer()


def case_of(event: str | None, *, seen_by: object, on: date) -> dict[str, str]:
    """The numbers that tie evidence to an event (weakness, incident, order …): those the event names, else its own id under each name."""
    held = journal.queries.entry(int(event)) if event and event.isdecimal() and len(event) < 18 else None
    if held is None or not {mention.thing for mention in held.mentions.all()} & access.visible_refs(seen_by, on):
        return {}
    cases = {name: str(held.pk) for verb in VOCABULARY.values() for name, field in verb.detail.items() if field.type == "case"}
    return cases | {name: str(value) for name, value in held.detail.items() if name in cases}
