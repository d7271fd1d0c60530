"""One judged line: a duty of one bearer over one window or event, with its status on every day.

A line knows all that its known facts say, past and future; `status_on(day)` reads it. Between two `cuts()` nothing changes, so
the day a status began and the day it flips are found by walking the cuts: they can't disagree with the status itself.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from luytre.core.duty.model import Fact
from luytre.core.duty.view import Proof
from luytre.core.law.model import Parallel, Version

if TYPE_CHECKING:
    from luytre.core.duty.slot import Slot

DAY = timedelta(days=1)
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
SOON, SOON_SHORT = 30, 7  # days before the due day on which a line becomes due_soon; the second for windows of a month or less
DONE = ("met", "met_late")
Span = tuple[date, date]  # first and last day, both included
Breach = tuple[date, date, Fact]  # first and last day, and the fact


class Due:
    """When a line falls due and why: the base rule's date or that of the strictest instrument beside it."""

    __slots__ = ("at", "bound", "how", "on", "unclear")

    def __init__(self, on: date | None, at: datetime | None = None, how: tuple[str, dict[str, Any]] = ("no_number", {})) -> None:
        self.on = on
        self.at = at
        self.how = how
        self.bound: list[tuple[Parallel, date | None]] = []
        self.unclear: list[Parallel] = []


class Line:
    """A matter with one due day: once, each window of a period or year, an event, a gate, a recommendation."""

    __slots__ = (
        "closes", "done_at", "done_on", "due", "event", "frozen_on", "gate", "inherited_from", "late", "opens", "over_from",
        "partial", "proofs", "scope", "shut", "slot", "soon_from", "version", "when_unknown",
    )  # fmt: skip

    def __init__(self, slot: "Slot", version: Version, opens: date, closes: date | None, due: Due, event: Fact | None = None) -> None:
        self.slot = slot
        self.version = version
        self.scope = slot.scope(version)
        self.opens = opens
        self.closes = closes
        self.due = due
        self.event = event
        self.proofs: Sequence[Proof] = ()  # those that complete the matter
        self.partial: Sequence[Proof] = ()  # those that count though something is still missing
        self.done_on: date | None = None
        self.done_at: datetime | None = None
        self.late = False
        self.shut = "overdue"  # what an unmet window is once it has closed: `missed` where nothing can cure it
        self.gate = False  # due on the day of the gate itself: overdue from that day on
        self.when_unknown: tuple[str, ...] = ()
        self.inherited_from: str | None = None
        self.frozen_on: date | None = None  # last day of the bearer: later days read as that day
        self.over_from, self.soon_from = self._edges()

    def _edges(self) -> tuple[date | None, date | None]:
        due = self.due.on
        if due is None:
            return None, None
        over = self.due.at.date() if self.due.at is not None else due + DAY
        return over, due - timedelta(days=self.notice(self.opens, due) - 1)

    @staticmethod
    def notice(opens: date, due: date) -> int:
        """How many days before the due day count as soon."""
        month_on = opens + timedelta(days=31)
        if due < month_on:
            from luytre.core.when import nth_month

            return SOON_SHORT if due <= nth_month(opens, 1) else SOON
        return SOON

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def last(self) -> date | None:
        """The last day on which scope and bearer are read: of the window, or the day an event was settled."""
        if self.closes is not None:
            return self.closes - DAY
        return self.done_on if self.event is not None and self.done_on is not None and self.done_on >= self.opens else None

    def day(self, on: date) -> date:
        """The day read for scope and bearer: the earlier of the day judged and the last day."""
        last = self.last
        return on if last is None or on < last else last

    def status_on(self, on: date, moment: datetime | None = None) -> str:
        if self.frozen_on is not None and on > self.frozen_on:
            on, moment = self.frozen_on, None
        if self.inherited_from is None:
            applies = self.scope.on(self.day(on))
            if applies is not True:
                return "not_applicable" if applies is False else "unknown"
        if self.when_unknown:
            return "unknown"
        status = self.proved_on(on, moment)
        if status is None:
            status = "waived" if self.slot.waivers and self.waived_on(on) else self.unproved_on(on, moment)
            if self.slot.is_should and status != "waived":
                return "recommended"
        return status

    def proved_on(self, on: date, moment: datetime | None) -> str | None:
        done = self.done_on
        if done is None or on < done or (moment is not None and self.done_at is not None and on == done and moment < self.done_at):
            return None
        return "met_late" if self.late else "met"

    def unproved_on(self, on: date, moment: datetime | None) -> str:
        over = self.over_from
        if over is None:
            return "open" if self.gate else "undated"
        if on >= over and not (moment is not None and self.due.at is not None and on == over and moment <= self.due.at):
            return self.shut if self.closes is not None and on >= self.closes else "overdue"
        return "due_soon" if self.soon_from is not None and on >= self.soon_from else "open"

    def waived_on(self, on: date) -> bool:
        return any(self.waives(fact, on) for fact in self.slot.waivers)

    def waives(self, fact: Fact, on: date) -> bool:
        """A waiver counts from its day until its end, and for the window it names; a window that closed under it stays waived."""
        detail = fact.detail
        until = as_day(detail.get("until_on"))
        if until is None and detail.get("until_on") not in (None, ""):
            return False  # an end nobody can read waives nothing
        named = detail.get("window", detail.get("event"))
        day = self.day(on)
        if named is not None:
            return self.is_called(named) and fact.on <= on and (until is None or day <= until)
        if until is None and self.closes is not None:
            return self.opens <= fact.on < self.closes and fact.on <= on
        return fact.on <= day and (until is None or day <= until)

    def is_called(self, name: Any) -> bool:
        """Whether a waiver's `window` means this line: its first day, its year or month, or the id of its event."""
        first = name[0] if isinstance(name, list | tuple) and name else name
        text = str(first).split("/")[0]
        event = None if self.event is None else self.event.id
        return text == event or text in (self.opens.isoformat(), self.opens.isoformat()[:7], str(self.opens.year))

    # -- walking ------------------------------------------------------------------------------------------------------

    def cuts(self) -> list[date]:
        """Every day on which the status may change."""
        days = {day for day in (self.soon_from, self.over_from, self.closes, self.done_on) if day is not None}
        days.update(self.proof_cuts())
        for fact in self.slot.waivers:
            until = as_day(fact.detail.get("until_on"))
            days.add(fact.on)
            if until is not None:
                days.add(until + DAY)
        days.update(self.scope.starts)
        end = self.frozen_on
        return sorted(day for day in days if day > self.opens and (end is None or day <= end))

    def proof_cuts(self) -> Iterable[date]:
        return ()

    def since(self, on: date, moment: datetime | None = None) -> date:
        """The first day of the unbroken run of today's status (never before the window opened)."""
        cuts = self.cuts()
        status = self.status_on(on, moment)
        began = self.opens
        for cut in reversed(cuts[: bisect_right(cuts, on)]):
            if cut <= on and self.status_on(cut) == status and self.status_on(cut - DAY) != status:
                began = cut
                break
        return began

    def flips_on(self, on: date, moment: datetime | None = None) -> date | None:
        """The next day on which the status differs with no new fact."""
        status = self.status_on(on, moment)
        if moment is not None and self.status_on(on) != status:
            return on
        cuts = self.cuts()
        return next((cut for cut in cuts[bisect_right(cuts, on) :] if self.status_on(cut) != status), None)

    # -- what a result shows ------------------------------------------------------------------------------------------

    def due_on(self, on: date) -> date | None:
        return self.due.on

    def shown(self, on: date) -> list[Proof]:
        """The facts weighed on a day, by their days."""
        found = self.proofs if self.done_on is not None and on >= self.done_on else self.partial
        return [proof for proof in found if proof[0] <= on]

    def read_by(self, on: date, moment: datetime | None) -> date:
        """The day by which facts are shown: before the moment that completes the matter, the eve of that day."""
        return on - DAY if moment is not None and on == self.done_on and self.proved_on(on, moment) is None else on

    def missing(self, on: date) -> tuple[str, ...]:
        """The verbs still wanted on a day."""
        if self.done_on is not None and on >= self.done_on:
            return ()
        have = {fact.verb for day, fact in self.partial if day <= on}
        needs = self.version.needs
        if needs.any_one:
            return needs.verbs[:1]
        return tuple(verb for verb in needs.verbs if verb not in have)


class Covered(Line):
    """A matter that is met while evidence holds: standing duties, and single acts whose evidence lapses."""

    __slots__ = ("spans",)

    def __init__(self, slot: "Slot", version: Version, opens: date, due: Due, spans: Sequence[Span]) -> None:
        self.spans = spans
        super().__init__(slot, version, opens, None, due)

    def holding(self, on: date) -> Span | None:
        """The unbroken cover that holds on a day."""
        return next((span for span in self.spans if span[0] <= on <= span[1]), None)

    def proved_on(self, on: date, moment: datetime | None) -> str | None:
        if self.holding(on) is None:
            return None
        return "met_late" if self.late else "met"

    def unproved_on(self, on: date, moment: datetime | None) -> str:
        due = self.due_on(on)
        if due is None:
            return "undated"
        if on > due:
            return "overdue"
        return "due_soon" if on > due - timedelta(days=self.notice(self.opens, due)) else "open"

    def proof_cuts(self) -> Iterable[date]:
        for first, last in self.spans:
            yield first
            if last < date.max:
                yield last + DAY

    def due_on(self, on: date) -> date | None:
        """While covered: the day the cover lapses; lapsed: the day it did; before any: the first due day."""
        held = self.holding(on)
        if held is not None:
            return held[1] if held[1] < date.max else self.due.on
        lapsed = [last for _, last in self.spans if last < on]
        if self.due.on is None:
            return lapsed[-1] if lapsed else None
        return max([self.due.on, *lapsed[-1:]])

    def shown(self, on: date) -> list[Proof]:
        held = self.holding(on)
        known = [proof for proof in self.partial if proof[0] <= on]
        if held is None:
            return known[-1:] if not self.missing(on) else []
        latest: dict[str, Proof] = {proof[1].verb: proof for proof in known}
        return sorted(latest.values(), key=lambda proof: (proof[0], proof[1].id))

    def missing(self, on: date) -> tuple[str, ...]:
        if self.holding(on) is not None:
            return ()
        needs = self.version.needs
        return needs.verbs[:1] if needs.any_one else needs.verbs


class Forbidden(Covered):
    """A prohibition: red while a breach is open, green only while the last check is fresh, else nobody can tell."""

    __slots__ = ("breaches", "checks")

    def __init__(
        self, slot: "Slot", version: Version, opens: date, spans: Sequence[Span], breaches: Sequence[tuple[date, date, Any]]
    ) -> None:
        super().__init__(slot, version, opens, Due(None, how=("prohibited", {})), spans)
        self.breaches = breaches  # first day, last day (date.max = still open), the fact
        self.checks: Sequence[Proof] = ()

    def open_breaches(self, on: date) -> list[Fact]:
        return [fact for first, last, fact in self.breaches if first <= on <= last]

    def proved_on(self, on: date, moment: datetime | None) -> str | None:
        if self.breaches and self.open_breaches(on):
            return None
        return super().proved_on(on, moment)

    def unproved_on(self, on: date, moment: datetime | None) -> str:
        return "overdue" if self.breaches and self.open_breaches(on) else "unknown"

    def proof_cuts(self) -> Iterable[date]:
        yield from super().proof_cuts()
        for first, last, _ in self.breaches:
            yield first
            if last < date.max:
                yield last + DAY

    def due_on(self, on: date) -> date | None:
        held = self.holding(on)
        return held[1] if held is not None and not self.open_breaches(on) else None

    def shown(self, on: date) -> list[Proof]:
        broken = self.open_breaches(on)
        if broken:
            return [(fact.on, fact) for fact in broken]
        return [proof for proof in self.checks if proof[0] <= on][-1:] if self.holding(on) else []

    def missing(self, on: date) -> tuple[str, ...]:
        rule = self.version.rule
        ended = (rule.ended,) if self.open_breaches(on) else ()
        return ended if self.holding(on) else (*ended, rule.check)


def as_day(value: Any) -> date | None:
    """A day that stands in a detail, as date or as text; None where there is none that can be read. "For ever" is written as a
    far day: it is drawn in, so that days can be counted from it."""
    if isinstance(value, datetime):
        return value.date()
    try:
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    except ValueError:
        return None
    return min(max(day, EARLIEST), LATEST) if isinstance(day, date) else None
