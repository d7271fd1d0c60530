"""What changed between two days, cell by cell, and why: a deadline passed, a window opened, a paper came, the register changed.

Three readings of the province tell causes apart: the earlier day as known then, the later day with what was known at the earlier
one, and the later day as known then. What already differs between the first two, time alone has done; the rest was learnt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.core.duty.columns import NOTHING
from luytre.core.duty.model import STATUSES
from luytre.core.duty.slots import hears
from luytre.core.duty.standings import BODY_TYPES, Day, Standings
from luytre.core.law.model import Duty
from luytre.journal.models import Entry, Mention
from luytre.overview import law_words
from luytre.overview.board.queries import CODE
from luytre.overview.board.reasons import paper
from luytre.overview.bodies import Bodies
from luytre.overview.law_words import said
from luytre.overview.links import body_url, entry_url, why_url
from luytre.register import reading
from luytre.ui.statuses import DONE, LATE

DEADLINE, WINDOW, LAPSED, PROOF, TAKEN, HAPPENED, WAIVED, REGISTER = (
    "deadline",
    "window",
    "lapsed",
    "proof",
    "taken",
    "happened",
    "waived",
    "register",
)
CAUSES = {
    DEADLINE: gettext_lazy("Hết hạn, chưa có minh chứng"),
    LAPSED: gettext_lazy("Minh chứng hoặc quyết định miễn hết hiệu lực"),
    TAKEN: gettext_lazy("Minh chứng không được chấp nhận hoặc rút lại"),
    HAPPENED: gettext_lazy("Phát sinh việc mới"),
    WINDOW: gettext_lazy("Sang kỳ, sắp đến hạn"),
    PROOF: gettext_lazy("Có minh chứng mới"),
    WAIVED: gettext_lazy("Được miễn"),
    REGISTER: gettext_lazy("Sổ đăng ký thay đổi"),
}
LASTING = ("standing", "prohibited")  # proof holds for a time, then lapses
EVENTFUL = ("on_event", "before_use", "prohibited")  # something new may happen any day
WORSE, BETTER, FINISHED, OTHER = "worse", "better", "finished", "other"
KINDS = (WORSE, BETTER, FINISHED, OTHER)


@dataclass(frozen=True)
class Since:
    """A fact or a day that made a cell change."""

    says: str
    url: str = ""


@dataclass(frozen=True)
class Change:
    """One cell that changed, with its cause; `because` names the facts or the day."""

    ref: str
    name: str
    head: str
    duty: Duty
    before: str
    after: str
    cause: str
    tail: str
    because: Sequence[Since] = ()

    @property
    def kind(self) -> str:
        return kind(self.before, self.after)

    @property
    def says(self) -> str:
        return str(CAUSES[self.cause])

    @property
    def duty_name(self) -> str:
        return said(self.duty.name)

    @property
    def url(self) -> str:
        return why_url(self.duty.id, self.ref, self.tail)

    @property
    def body_url(self) -> str:
        return body_url(self.ref, self.tail)


def kind(before: str, after: str) -> str:
    """Worse: red now and not before; better: red before and not now. What became red less what ceased to be is the change of the total."""
    if (before in LATE) != (after in LATE):
        return WORSE if after in LATE else BETTER
    return FINISHED if after in DONE and before not in DONE else OTHER


@dataclass
class Changes:
    """The province between two moments. `first`, `last`: (day judged, known until); known None: now."""

    standings: Standings
    first: tuple[date, datetime | None]
    last: tuple[date, datetime | None]
    bodies: Bodies
    sees: frozenset[str] | None = None
    tail: str = ""
    reader: object = None  # who reads: papers that are closed to them are not named
    duties: list[Duty] = field(init=False)

    def __post_init__(self) -> None:
        self.duties = law_words.in_order(self.standings.duties)

    @cached_property
    def _days(self) -> tuple[Day, Day, Day]:
        held, (on, known), (later, now) = self.standings, self.first, self.last
        return held.day(on, known), held.day(later, known), held.day(later, now)

    @cached_property
    def _cells(self) -> tuple[Any, Any, list[str]]:
        """Rows, columns (places in `duties`) and causes of the cells that changed."""
        then, meant, now = self._days
        before, waited, after = (self._shown(day) for day in (then, meant, now))
        moved = (before != after) & self._seen[:, None] & ~(_is_quiet(before) & _is_quiet(after))
        rows, places = np.nonzero(moved)
        picked = [part[rows, places].tolist() for part in (before, waited, after)]
        same_type = (then.type == now.type)[rows].tolist()
        owed = [self._owed(day)[rows, places].tolist() for day in (then, meant, now)]
        rules = [self.duties[place].versions[-1].rule.kind for place in places.tolist()]
        causes = [_cause(*cell, *more) for *cell, more in zip(*picked, zip(same_type, rules, *owed, strict=True), strict=True)]
        return rows, places, causes

    def _shown(self, day: Day) -> Any:
        """The grid in the columns of `duties`; a body that does not exist that day has no lines."""
        columns = [self.standings.column[duty.id] for duty in self.duties]
        return np.where(day.type[:, None] == NOTHING, NOTHING, day.grid[:, columns])

    def _owed(self, day: Day) -> Any:
        """How many systems each cell counts, in the columns of `duties`; 0 for duties of the body itself."""
        plane = self.standings.systems.column
        table = np.zeros((len(day.type), len(self.duties)), dtype=np.int32)
        for place, duty in enumerate(self.duties):
            if duty.id in plane:
                table[:, place] = day.owed[:, plane[duty.id]]
        return table

    @cached_property
    def _seen(self) -> Any:
        refs = self.standings.bodies.refs
        if self.sees is None:
            return np.ones(len(refs), dtype=bool)
        return np.isin(np.arange(len(refs)), [self.standings.bodies.row[ref] for ref in self.sees if ref in self.standings.bodies.row])

    @cached_property
    def all(self) -> list[Change]:
        """Every changed cell: what became red first, then what was mended, then the rest."""
        then, _meant, now = (self._shown(day) for day in self._days)
        rows, places, causes = self._cells
        found = []
        for row, place, cause in zip(rows.tolist(), places.tolist(), causes, strict=True):
            duty, ref = self.duties[place], self.standings.bodies.refs[row]
            words = [_status(grid[row, place]) for grid in (then, now)]
            found.append(Change(ref, self.bodies.name(ref), self.bodies.head(ref), duty, words[0], words[1], cause, self.tail))
        return sorted(found, key=lambda change: (KINDS.index(change.kind), change.duty.id, change.name))

    def of(self, kind: str = "", cause: str = "", type: str = "") -> list[Change]:
        kinds = {
            ref: BODY_TYPES[code] for ref, code in zip(self.standings.bodies.refs, self._days[2].type.tolist(), strict=True) if code >= 0
        }
        return [
            change
            for change in self.all
            if (not kind or change.kind == kind) and (not cause or change.cause == cause) and (not type or kinds.get(change.ref) == type)
        ]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many cells became red, were mended, changed otherwise."""
        return {name: sum(change.kind == name for change in self.all) for name in KINDS}

    def by_cause(self, kind: str = "") -> list[tuple[str, str, int]]:
        """(cause, its words, how many), the most frequent first."""
        told = [change.cause for change in self.all if not kind or change.kind == kind]
        return sorted(((cause, str(words), told.count(cause)) for cause, words in CAUSES.items() if cause in told), key=lambda row: -row[2])

    def explained(self, chosen: Sequence[Change]) -> list[Change]:
        """Some changes with the facts or days behind them: three queries, whatever their number."""
        facts = self._facts(chosen)
        cells = self.standings.cells(self._days[2], list(dict.fromkeys(c.ref for c in chosen)), [duty.id for duty in self.duties])
        place = {duty.id: number for number, duty in enumerate(self.duties)}
        found = []
        for change in chosen:
            cell = cells[change.ref][place[change.duty.id]] if change.ref in cells else None
            because = facts.get((change.ref, change.duty.id), []) or _by_day(change, cell.since if cell else None)
            found.append(Change(**{**change.__dict__, "because": because}))
        return found

    def _facts(self, chosen: Sequence[Change]) -> dict[tuple[str, str], list[Since]]:
        """What was learnt in between about each changed cell: entries its duty listens to, and what took such entries back."""
        owner_of = self._holders({change.ref for change in chosen})
        told = _learnt(self._readable(), owner_of, self.first[1], self.last[1]) if owner_of else []
        found: dict[tuple[str, str], list[Since]] = {}
        learnt = [change for change in chosen if change.cause in (PROOF, TAKEN, HAPPENED, WAIVED, REGISTER)]
        for change in learnt:
            heard = hears(change.duty)
            mine = [
                row
                for row in told
                if owner_of[row.thing] == change.ref and (row.heard & heard or (change.cause == REGISTER and row.register))
            ]
            named = {row.entry: Since(row.says, entry_url(str(row.entry))) for row in mine}
            found[change.ref, change.duty.id] = list(named.values())[:3]
        return found

    def _readable(self) -> QuerySet[Entry]:
        """Entries whose papers this reader may read."""
        everything = Entry.objects.all()
        return reading.readable(everything, seen_by=self.reader, on=self.last[0]) if self.reader is not None else everything

    def _holders(self, refs: set[str]) -> dict[str, str]:
        """Thing → the body whose cell it counts in: the body itself and the systems it owns on the later day."""
        day = self._days[2]
        rows = {self.standings.bodies.row[ref]: ref for ref in refs}
        owners = day.owner.tolist()
        systems = {name: rows[owners[number]] for number, name in enumerate(self.standings.systems.refs) if owners[number] in rows}
        return {ref: ref for ref in refs} | systems


def _is_quiet(grid: Any) -> Any:
    """Nothing is owed there: no line, not open yet, only recommended, does not apply."""
    quiet = [NOTHING, *(CODE[status] for status in ("not_open", "recommended", "not_applicable"))]
    return np.isin(grid, quiet)


def _status(code: int) -> str:
    return STATUSES[code] if code >= 0 else "not_applicable"


def _cause(before: int, waited: int, after: int, alike: bool, rule: str, owed: int, owed_waited: int, owed_after: int) -> str:
    """The cause of one change, from the three readings of the cell; `rule`: the kind of rule of its duty."""
    if not alike or owed_waited != owed_after or (owed != owed_waited and waited == after):
        return REGISTER
    if waited == after:
        return _by_time(_status(before), _status(after), rule)
    return _by_news(_status(before), _status(waited), _status(after), rule)


def _by_time(before: str, after: str, rule: str) -> str:
    if after in LATE:
        return LAPSED if before == "waived" or (rule in LASTING and before in DONE) else DEADLINE
    return WAIVED if after == "waived" else WINDOW


def _by_news(before: str, waited: str, after: str, rule: str) -> str:
    if after == "waived":
        return WAIVED
    if after in DONE or (waited in LATE and after not in LATE):
        return PROOF
    if (before in DONE or waited in DONE) and rule not in EVENTFUL:
        return TAKEN
    return HAPPENED


@dataclass(frozen=True)
class _Row:
    """An entry about a thing: what it says and which verbs it weighs by (its own, or that of what it takes back)."""

    entry: int
    thing: str
    says: str
    heard: frozenset[str]
    register: bool


def _learnt(readable: QuerySet[Entry], things: Iterable[str], after: datetime | None, until: datetime | None) -> list[_Row]:
    told = Mention.objects.filter(thing__in=list(things), entry__in=readable)
    told = told.filter(entry__at__gt=after) if after else told
    told = told.filter(entry__at__lte=until) if until else told
    rows = told.order_by("-entry__at", "-entry_id").values_list(
        "entry_id", "thing", "entry__verb", "entry__detail", "entry__on", "entry__retracts__verb", "entry__retracts__detail"
    )
    return [_row(*row) for row in rows]


def _row(
    entry: int, thing: str, verb: str, detail: dict[str, Any], on: date, taken: str | None, taken_detail: dict[str, Any] | None
) -> _Row:
    on_day = _("ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}
    if taken:
        words = _("Không chấp nhận") if verb == "evidence.rejected" else _("Rút lại")
        return _Row(entry, thing, f"{words}: {paper(taken, taken_detail or {})}, {on_day}", frozenset({taken}), register=False)
    return _Row(entry, thing, f"{paper(verb, detail)}, {on_day}", frozenset({verb}), verb.startswith(("register.", "system.")))


def _by_day(change: Change, since: date | None) -> list[Since]:
    if since is None:
        return []
    if change.after in LATE:
        due = since - timedelta(days=1)
        return [Since(_("hạn cuối %(day)s") % {"day": f"{due:%d/%m/%Y}"})]
    return [Since(_("từ %(day)s") % {"day": f"{since:%d/%m/%Y}"})]
