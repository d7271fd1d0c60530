"""How much of a system was looked at: its hosts × the days of the period, against what the logs told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST_COLUMNS = 62  # of a grid shown day by day; longer periods by weeks


def short(host: str) -> str:
    """A host by its first label, in lower case: WEB-01.xa.local and web-01 are one."""
    name = host.strip().lower()
    return name if name.replace(".", "").isdigit() else name.split(".", 1)[0]


@dataclass(frozen=True)
class HostLine:
    """One host: the days of the period on which its logs told something."""

    host: str
    days: frozenset[date]
    asked: int
    declared: bool

    @property
    def count(self) -> int:
        return len(self.days)

    @property
    def is_whole(self) -> bool:
        return self.count == self.asked


@dataclass(frozen=True)
class Coverage:
    """Of one system."""

    system: str
    from_on: date
    until_on: date
    lines: Sequence[HostLine]

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days

    @property
    def declared(self) -> list[HostLine]:
        return [line for line in self.lines if line.declared]

    @property
    def seen_hosts(self) -> int:
        return sum(bool(line.days) for line in self.declared)

    @property
    def cells(self) -> int:
        """Declared hosts × days."""
        return len(self.declared) * self.days

    @property
    def seen_cells(self) -> int:
        return sum(line.count for line in self.declared)

    @property
    def percent(self) -> int:
        return self.seen_cells * 100 // self.cells if self.cells else 0

    @property
    def is_whole(self) -> bool:
        """Every host the system is said to have told something on every day. Nothing else counts as looked at by itself."""
        return bool(self.declared) and self.seen_cells == self.cells

    @property
    def is_empty(self) -> bool:
        return self.seen_cells == 0

    @property
    def missing(self) -> list[HostLine]:
        return [line for line in self.declared if not line.is_whole]


def of(system: str, hosts: Iterable[str], told: Iterable[tuple[str, str]], from_on: date, until_on: date) -> Coverage:
    """`told`: (host, day) of every file of the system. Days outside the period are left out; hosts nobody declared come last."""
    days: dict[str, set[date]] = {}
    for host, day in told:
        on = date.fromisoformat(day)
        if from_on <= on < until_on:
            days.setdefault(short(host), set()).add(on)
    asked = (until_on - from_on).days
    declared = {short(host): host.strip() for host in hosts if host.strip()}
    lines = [HostLine(name, frozenset(days.get(key, ())), asked, True) for key, name in declared.items()]
    others = sorted((key, found) for key, found in days.items() if key not in declared)
    lines += [HostLine(key, frozenset(found), asked, False) for key, found in others]
    return Coverage(system, from_on, until_on, lines)


def columns(from_on: date, until_on: date) -> list[tuple[date, date]]:
    """The columns of the grid: days, or weeks where days are too many to show."""
    step = 1 if (until_on - from_on).days <= MOST_COLUMNS else 7
    starts = range(0, (until_on - from_on).days, step)
    return [(from_on + timedelta(n), min(from_on + timedelta(n + step), until_on)) for n in starts]


def filled(line: HostLine, column: tuple[date, date]) -> str:
    """ "y" all days of the column, "p" some, "n" none."""
    wanted = (column[1] - column[0]).days
    there = sum(column[0] <= day < column[1] for day in line.days)
    return "y" if there == wanted else "p" if there else "n"


def scope_words(found: Mapping[str, Coverage]) -> str:
    """For the journal: "sys-a: 2/2 máy, 60/60 lượt máy × ngày; …", systems by their code."""
    parts = [
        f"{ref.removeprefix('system:')}: {one.seen_hosts}/{len(one.declared)} máy, {one.seen_cells}/{one.cells} máy × ngày"
        for ref, one in sorted(found.items())
    ]
    return "; ".join(parts)
