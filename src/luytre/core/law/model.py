"""The nouns of the law: instruments with clauses, dated parameters and readings; duties with versions, rules, needs."""

from bisect import bisect_right
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from luytre.core.when import Calendar, Period

Words = dict[str, str]
Span = Period | str  # a length, or the name of a parameter


class LawFault(Exception):
    """A file of the law that can't be accepted: where (file, line) and what is wrong."""

    def __init__(self, file: str, line: int, says: str) -> None:
        super().__init__(f"{file}:{line}: {says}")
        self.file, self.line, self.says = file, line, says


class Clause(Struct, frozen=True):
    id: str
    words: Words
    no_duty: Words | None = None
    carried_by: tuple[str, ...] = ()  # duties of another instrument that carry this clause


class ParamValue(Struct, frozen=True):
    from_on: date
    value: Any
    ref: str = ""
    house_default: bool = False


class Param(Struct, frozen=True):
    """A number the law leaves open, as dated values; None until someone competent decides."""

    name: str
    unit: str | None
    words: Words
    values: tuple[ParamValue, ...]

    def on(self, day: date) -> ParamValue | None:
        """The value in force on a day; None before the first."""
        at = bisect_right([v.from_on for v in self.values], day)
        return self.values[at - 1] if at else None


class Reading(Struct, frozen=True):
    """A question of interpretation and its answer; `decided` None = house default, printed as such."""

    id: str
    question: Words
    reading: str
    options: tuple[str, ...]
    decided: dict[str, Any] | None = None


class Coverage(Struct, frozen=True):
    """Which duties a body may not show green before it has confirmed that its register is complete."""

    by: str
    review: Span
    duties: tuple[str, ...]


class Scope(Struct, frozen=True):
    """A condition: all | any | not over parts, or one comparison of a field."""

    op: str
    name: str = ""
    value: Any = None
    parts: tuple["Scope", ...] = ()


class Within(Struct, frozen=True):
    """A term after an event. All empty: the law gives no number."""

    hours: int | None = None
    length: Period | None = None
    param: str | None = None
    detail: str | None = None


class Rule(Struct, frozen=True):
    """When a duty falls due. `edge` is the date (or month and day) of before/by; `edge_excluded` tells before from by."""

    kind: str
    edge: date | tuple[int, int] | None = None
    edge_excluded: bool = False
    within: Within | None = None
    span: Span | None = None
    anchor: date | None = None
    opens: tuple[int, int] = (1, 1)
    events: tuple[str, ...] = ()
    when: Scope | None = None
    gate_phase: str | None = None
    breach: str = ""
    ended: str = ""
    check: str = ""
    readings: tuple[str, ...] = ()


class Independent(Struct, frozen=True):
    """Proof from the same hand does not count: `name` of the detail may not equal that of the latest fact `of` (under `when`)."""

    name: str
    of: str
    when: Scope | None = None


class Evidence(Struct, frozen=True):
    """What one verb must carry to count: fields that must stand, a condition, how long it holds, whether it names its period."""

    verb: str
    fields: tuple[str, ...] = ()
    when: Scope | None = None
    expires: Span | None = None
    on_change: bool = False
    period: str | None = None
    independent: Independent | None = None

    @property
    def asks(self) -> bool:
        """Whether not every fact of the verb counts."""
        return bool(self.fields) or self.when is not None


class Needs(Struct, frozen=True):
    """The verbs that meet a duty: all of them, or any one of them."""

    verbs: tuple[str, ...] = ()
    any_one: bool = False
    linked_by: str | None = None
    loosely: bool = False
    early: bool = False  # proof from before the event counts where it names the case


class Parallel(Struct, frozen=True):
    """The same duty by another instrument; the stricter wins. Rule None = the same rule."""

    instrument: str
    clause: str
    from_on: date
    until_on: date | None
    when: Scope | None
    rule: Rule | None

    def binds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class Version(Struct, frozen=True):
    """A duty as it reads from one day until another (exclusive)."""

    v: int
    from_on: date
    until_on: date | None
    supersedes: int | None
    clause: str
    quote: str
    scope: Scope | None
    rule: Rule
    new_subject: Period | None
    needs: Needs
    evidence: dict[str, Evidence]
    parallel: tuple[Parallel, ...] = ()

    def in_force_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class Escalation(Struct, frozen=True):
    """After how many days from the due day (negative: before) whom a duty is shown to."""

    days: int
    to: str


class Duty(Struct, frozen=True):
    """A rule laid on bearers: what, by which clause, on whom, in which versions."""

    id: str
    instrument: str
    name: Words
    says: Words
    group: str
    clause: str
    modal: str
    subject: str
    answerable: str
    executor: str | None
    recipient: str | None
    bearers: tuple[str, ...]
    parents: tuple[str, ...]
    minutes: int | None
    action: Words
    next: Words
    escalate: tuple[Escalation, ...]
    versions: tuple[Version, ...]
    title: Words = {}

    def on(self, day: date) -> Version | None:
        """The version in force on a day."""
        return next((v for v in self.versions if v.in_force_on(day)), None)


class Instrument(Struct):
    """One legal text: number, days of effect, clauses, open numbers, readings."""

    id: str
    short: str
    number: str
    title: Words
    issuer: str
    signed: date
    from_on: date
    until_on: date | None
    replaced_by: str | None
    certainty: str
    calendar: str | None
    clauses: dict[str, Clause]
    params: dict[str, Param] = {}
    readings: dict[str, Reading] = {}
    coverage: Coverage | None = None
    cited: Words = {}  # {vi: "điểm {clause} …", en: …}


class VerbWords(Struct, frozen=True):
    """A verb as the law knows it: the name of its paper, the fields of its detail (None = not listed, not checked)."""

    words: Words
    detail: frozenset[str] | None = None


class Law(Struct):
    """Everything in law/: instruments, duties by id, calendars. `calendar` is the one terms are counted by."""

    folder: str
    instruments: dict[str, Instrument]
    duties: dict[str, Duty]
    calendars: dict[str, Calendar] = {}
    calendar: Calendar = field(default_factory=Calendar)
    digest: str = ""
    verbs: dict[str, VerbWords] = {}

    def param(self, duty: Duty, name: str) -> Param:
        """A parameter of the duty's instrument."""
        return self.instruments[duty.instrument].params[name]

    def settles(self, duty: Duty, rule: Rule, option: str, *, everywhere: bool = True) -> bool:
        """Whether a reading the rule names answers `option`; `everywhere`: a reading of the instrument that no rule names counts too."""
        readings = self.instruments[duty.instrument].readings
        named = [readings[name] for name in rule.readings if option in readings[name].options]
        asked = named or ([r for r in readings.values() if option in r.options] if everywhere else [])
        return any(r.reading == option for r in asked)

    def reading_as(self, choices: dict[str, str]) -> "Law":
        """The same law under other readings, {"i.half": "rolling"}. KeyError for an unknown reading, ValueError for an unknown option."""
        instruments = dict(self.instruments)
        for name, option in choices.items():
            holders = [i for i in instruments.values() if name in i.readings]
            if not holders:
                raise KeyError(name)
            for held in holders:
                if option not in held.readings[name].options:
                    raise ValueError(f"{name}: {option} not in {', '.join(held.readings[name].options)}")
                changed = {**held.readings, name: replace(held.readings[name], reading=option)}
                instruments[held.id] = replace(held, readings=changed)
        return replace(self, instruments=instruments)
