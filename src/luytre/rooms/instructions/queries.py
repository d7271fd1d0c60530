"""Questions of the instructions room: what was said, to whom, by when, what came back; all read from the journal, as of any moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luytre import journal
from luytre.core import law as laws
from luytre.core.fold import sort_key
from luytre.core.law import Law
from luytre.core.paper.model import Paper
from luytre.journal.models import Attachment, Entry
from luytre.papers.models import IssuedPaper
from luytre.post.models import WAITING, Letter
from luytre.register import access, reading
from luytre.register import queries as register
from luytre.register.dated import covers
from luytre.register.models import Organisation, Person, Post, Role
from luytre.rooms.instructions import rules

GIVEN, EXTENDED, ANSWERED = "instruction.given", "instruction.extended", "instruction.answered"
ACCEPTED, RETURNED, WITHDRAWN = "instruction.accepted", "instruction.returned", "instruction.withdrawn"
TOLD = (Role.HEAD, Role.CONTACT, Role.ENTERPRISE)
VERBS = (GIVEN, EXTENDED, ANSWERED, ACCEPTED, RETURNED, WITHDRAWN)


@lru_cache(maxsize=1)
def _law() -> Law:
    return laws.load(laws.home())


def duty_name(duty: str) -> str:
    held = _law().duties.get(duty)
    return held.name["en" if (get_language() or "vi").startswith("en") else "vi"] if held else duty


def duty_choices() -> list[tuple[str, str]]:
    """The duties of the directive, for choosing one."""
    return [(duty, f"{duty} · {duty_name(duty)}") for duty in _law().duties if "." not in duty]


@dataclass(frozen=True)
class Answer:
    """One answer of a body, with what became of it."""

    entry: int
    on: date
    at: datetime
    by: str
    by_ref: str
    number: str
    text: str
    erased: bool
    files: Sequence[Attachment]
    verdict: rules.Verdict | None
    reason: str
    said_by: str

    @property
    def state(self) -> str:
        return rules.state(self.on, self.verdict, withdrawn=False)

    @property
    def word(self) -> str:
        return _word(self.state)


@dataclass(frozen=True)
class Charge:
    """What an instruction asks of one body, and how far it has come on a day."""

    ref: str
    name: str
    due_on: date
    asked_on: date
    answers: Sequence[Answer]
    withdrawn: bool
    on: date

    @property
    def last(self) -> Answer | None:
        return self.answers[-1] if self.answers else None

    @property
    def state(self) -> str:
        last = self.last
        return rules.state(last.on if last else None, last.verdict if last else None, self.withdrawn)

    @property
    def status(self) -> str:
        return rules.status(self.state, self.due_on, self.last.on if self.last else None, self.on)

    @property
    def is_owed(self) -> bool:
        """The body itself has something to do."""
        return self.state in (rules.OPEN, rules.RETURNED)

    @property
    def is_late(self) -> bool:
        return self.status == "overdue"

    @property
    def waits(self) -> bool:
        """An answer nobody has looked at."""
        return self.state == rules.ANSWERED

    @property
    def word(self) -> str:
        days = (self.on - self.due_on).days
        if self.is_late:
            return ngettext("Quá hạn %(n)d ngày", "Quá hạn %(n)d ngày", days) % {"n": days}
        if self.state == rules.OPEN:
            return ngettext("Còn %(n)d ngày", "Còn %(n)d ngày", -days) % {"n": -days}
        return _word(self.state)


def _word(state: str) -> str:
    return {
        rules.OPEN: _("Chưa trả lời"),
        rules.ANSWERED: _("Đã trả lời, chờ xem"),
        rules.RETURNED: _("Phải làm lại"),
        rules.ACCEPTED: _("Đã xong"),
        rules.WITHDRAWN: _("Đã rút"),
    }[state]


@dataclass(frozen=True)
class Instruction:
    """An instruction as a page shows it; of its charges only those at bodies the reader may see."""

    number: str
    entry: int
    at: datetime
    by: str
    text: str
    erased: bool
    due_on: date
    duty: str
    things: Sequence[str]
    charges: Sequence[Charge]
    others: int
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def done(self) -> int:
        return sum(charge.state == rules.ACCEPTED for charge in self.charges)

    @cached_property
    def late(self) -> int:
        return sum(charge.is_late for charge in self.charges)

    @cached_property
    def waiting(self) -> int:
        return sum(charge.waits for charge in self.charges)

    @property
    def counted(self) -> int:
        return sum(charge.state != rules.WITHDRAWN for charge in self.charges)

    @property
    def is_closed(self) -> bool:
        return all(charge.state in (rules.ACCEPTED, rules.WITHDRAWN) for charge in self.charges)

    @property
    def bar(self) -> list[tuple[str, int]]:
        rest = self.counted - self.done - self.late - self.waiting
        return [("met", self.done), ("open", self.waiting), ("overdue", self.late), ("rest", max(rest, 0))]

    @property
    def duty_name(self) -> str:
        return duty_name(self.duty) if self.duty else ""

    @property
    def to_whom(self) -> str:
        """The bodies in a line: the first names and how many more."""
        named = [charge.name for charge in self.charges[:2]]
        rest = len(self.charges) - len(named) + self.others
        return ", ".join(named) + (f" {_('và %(n)d nơi khác') % {'n': rest}}" if rest else "")

    @property
    def systems(self) -> list[tuple[str, str]]:
        return [(ref.partition(":")[2], self.names.get(ref, ref)) for ref in self.things]

    @property
    def first_line(self) -> str:
        return _("Nội dung đã xóa theo yêu cầu.") if self.erased else self.text.partition("\n")[0]


def all_of(*, seen_by: object, on: date, known: datetime | None = None) -> list[Instruction]:
    """Instructions about bodies a person may see, as known at a moment, the latest first; a constant number of queries."""
    return _read(reading.readable(_told(known), seen_by=seen_by, on=on), access.visible_refs(seen_by, on), on)


def one(number: str, *, seen_by: object, on: date) -> Instruction | None:
    """One instruction; absent and none of the person's business look the same."""
    return next((held for held in all_of(seen_by=seen_by, on=on) if held.number == number), None)


def of_body(ref: str, on: date, known: datetime | None = None) -> list[tuple[Instruction, Charge]]:
    """What the chair has asked of one body, each with that body's part: for pages that have already asked who may look."""
    return [(held, held.charges[0]) for held in _read(_told(known), frozenset({ref}), on)]


def late(on: date) -> list[tuple[Instruction, Charge]]:
    """What bodies owe the chair past its day, everywhere: for the jobs of the house, not for a reader."""
    running = (held for held in all_of(seen_by="console", on=on) if held.late)
    return [(held, charge) for held in running for charge in held.charges if charge.is_late]


def _told(known: datetime | None) -> QuerySet[Entry]:
    told = Entry.objects.filter(verb__in=VERBS)
    return told.filter(at__lte=known) if known else told


def _read(told: QuerySet[Entry], seen: frozenset[str], on: date) -> list[Instruction]:
    entries = list(journal.queries.whole(told).order_by("id"))
    given = [entry for entry in entries if entry.verb == GIVEN and _bodies(entry) & seen]
    refs = {mention for entry in given for mention in _mentions(entry)} & seen
    names, people = register.names(refs), _people(entry.by for entry in entries)
    about: dict[str, list[Entry]] = {}
    for entry in entries:
        about.setdefault(str(entry.detail["instruction"]), []).append(entry)
    return [_instruction(entry, about[entry.detail["instruction"]], seen, names, people, on) for entry in reversed(given)]


def _mentions(entry: Entry) -> set[str]:
    return {mention.thing for mention in entry.mentions.all()}


def _bodies(entry: Entry) -> set[str]:
    return {ref for ref in _mentions(entry) if ref.startswith("org:")}


def _people(refs: Iterable[str]) -> dict[str, str]:
    codes = {ref.removeprefix("person:") for ref in refs}
    return {person.ref: person.called for person in Person.objects.filter(code__in=codes)}


def _said(entry: Entry, name: str) -> str:
    aside = getattr(entry, "aside", None)
    return str((aside.text or {}).get(name, "")) if aside else ""


def _is_erased(entry: Entry) -> bool:
    aside = getattr(entry, "aside", None)
    return bool(aside and aside.text is None)


def _instruction(
    given: Entry, told: Sequence[Entry], seen: frozenset[str], names: Mapping[str, str], people: Mapping[str, str], on: date
) -> Instruction:
    bodies = _bodies(given)
    of: dict[str, list[Entry]] = {}
    for entry in told:
        for ref in _mentions(entry):
            of.setdefault(ref, []).append(entry)
    charges = [_charge(ref, given, of[ref], names, people, on) for ref in bodies & seen]
    return Instruction(
        number=str(given.detail["instruction"]),
        entry=given.pk,
        at=given.at,
        by=people.get(given.by, given.by),
        text=_said(given, "text"),
        erased=_is_erased(given),
        due_on=date.fromisoformat(given.detail["due_on"]),
        duty=str(given.detail.get("duty", "")),
        things=sorted(ref for ref in _mentions(given) & seen if ref.startswith("system:")),
        charges=sorted(charges, key=lambda charge: (not charge.is_late, not charge.is_owed, sort_key(charge.name))),
        others=len(bodies) - len(charges),
        names=names,
    )


def _charge(ref: str, given: Entry, mine: Sequence[Entry], names: Mapping[str, str], people: Mapping[str, str], on: date) -> Charge:
    due = [entry.detail["due_on"] for entry in mine if entry.verb in (GIVEN, EXTENDED)][-1]
    verdicts = _verdicts(mine)
    answers = [_answer(entry, verdicts.get(entry.pk), people) for entry in mine if entry.verb == ANSWERED]
    withdrawn = any(entry.verb == WITHDRAWN for entry in mine)
    return Charge(ref, names.get(ref, ref), date.fromisoformat(due), given.on, answers, withdrawn, on)


def _verdicts(mine: Sequence[Entry]) -> dict[int, Entry]:
    """What was said to which answer; where a verdict names none, to the last one before it."""
    found: dict[int, Entry] = {}
    last = 0
    for entry in mine:
        if entry.verb == ANSWERED:
            last = entry.pk
        elif entry.verb in (ACCEPTED, RETURNED):
            found[entry.detail.get("entry", last)] = entry
    return found


def _answer(entry: Entry, verdict: Entry | None, people: Mapping[str, str]) -> Answer:
    return Answer(
        entry=entry.pk,
        on=entry.on,
        at=entry.at,
        by=people.get(entry.by, entry.by),
        by_ref=entry.by,
        number=str(entry.detail.get("number", "")),
        text=_said(entry, "note"),
        erased=_is_erased(entry),
        files=list(entry.attachments.all()),
        verdict=rules.Verdict(verdict.verb == ACCEPTED, verdict.on) if verdict else None,
        reason=_said(verdict, "reason") if verdict else "",
        said_by=people.get(verdict.by, verdict.by) if verdict else "",
    )


@dataclass(frozen=True)
class Shelf:
    """The list with its filters: all, still running, with a red charge, with an answer to look at."""

    held: Sequence[Instruction]
    show: str

    @property
    def counts(self) -> dict[str, int]:
        return {name: sum(self._admits(name, one) for one in self.held) for name in ("open", "late", "waiting")}

    @property
    def shown(self) -> list[Instruction]:
        """Open ones first, those with red charges on top."""
        chosen = [one for one in self.held if self._admits(self.show, one)]
        return sorted(chosen, key=lambda one: (one.is_closed, not one.late))

    @staticmethod
    def _admits(show: str, one: Instruction) -> bool:
        match show:
            case "open":
                return not one.is_closed
            case "late":
                return bool(one.late)
            case "waiting":
                return bool(one.waiting)
            case _:
                return True


# -- who may do what, and choices for forms --


def may_give(person: object, on: date) -> bool:
    return access.has_verb(person, GIVEN, on)


def may_judge(person: object, on: date) -> bool:
    return access.has_verb(person, ACCEPTED, on)


def answerable(held: Instruction, *, by: object, on: date) -> list[Charge]:
    """The charges a person may answer for now: own bodies that owe an answer."""
    return [charge for charge in held.charges if charge.is_owed and access.may(by, ANSWERED, charge.ref, on)]


def system_name(ref: str, *, seen_by: object, on: date) -> str:
    """The name of a system a person may see; "" for any other."""
    return str(register.names([ref]).get(ref, "")) if ref in access.visible_refs(seen_by, on) else ""


def province_of(person: object, on: date) -> Organisation | None:
    """The body in whose name a person instructs."""
    return next(iter(access.bodies(person, on)), None)


# -- whom to tell --

People = Sequence[tuple[str, str]]  # (person, mail address)


def people_to_tell(bodies: Iterable[str], on: date) -> dict[str, list[tuple[str, str]]]:
    """Heads and contact officers with a mail address, by the body they serve on a day."""
    codes = [ref.removeprefix("org:") for ref in bodies]
    posts = Post.objects.filter(covers(on), organisation__code__in=codes, role__in=TOLD).exclude(of__email="")
    found: dict[str, list[tuple[str, str]]] = {}
    for code, person, email in posts.values_list("organisation__code", "of__code", "of__email").distinct():
        found.setdefault(f"org:{code}", []).append((f"person:{person}", email))
    return found


def letters_waiting(topic: str) -> set[str]:
    """Keys of this room's letters that have not gone out."""
    return set(Letter.objects.filter(WAITING, topic=topic).values_list("key", flat=True))


# -- the paper --


def paper(held: Instruction, issuer: Organisation, signer: str, *, on: date | None) -> Paper:
    """Thông báo ý kiến chỉ đạo of an instruction; without a day a draft."""
    duty = f"{held.duty} · {duty_name(held.duty)}" if held.duty else ""
    bodies = [charge.name for charge in held.charges]
    told = rules.Told(held.number, held.text, held.due_on, bodies, duty)
    return rules.announcement(told, issuer=issuer.name, signer=signer, on=on, mark=settings.LUYTRE_MARK)


def announced(held: Instruction) -> IssuedPaper | None:
    """The announcement that went out, if one did."""
    return IssuedPaper.objects.filter(title=rules.title(held.number)).select_related("number").order_by("pk").last()


def attachment(held: Instruction, file: int) -> tuple[Attachment, str] | None:
    """A file of one of the answers shown to this reader, with the body that sent it."""
    sent = ((kept, charge.ref) for charge in held.charges for answer in charge.answers for kept in answer.files)
    return next(((kept, ref) for kept, ref in sent if kept.pk == file), None)
