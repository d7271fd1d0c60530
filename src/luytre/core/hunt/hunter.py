"""One hunter: a rule set in hand, it looks at events and writes down findings. One process has one; it knows no files and no clock."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from luytre.core.hunt.finding import MARK, Batch, Finding, Mark, Spool, Tally, encode, split
from luytre.core.hunt.indicators import Indicators
from luytre.core.hunt.kinds import Kind, kind_of
from luytre.core.hunt.logic import Atom, Tree, holds, reasons
from luytre.core.hunt.match import MEMO, Group, Verdict
from luytre.core.hunt.moments import moment_of, rfc3339
from luytre.core.hunt.ready import fingerprint, left_of
from luytre.core.hunt.ruleset import Correlation, Rule, RuleSet
from luytre.core.hunt.shape import aliases, first_of
from luytre.core.hunt.values import compare, is_true, tester, text_of, texts_of
from luytre.core.hunt.wording import Wording, number_of, short

GROUPS = 4_000  # groups held; hostile logs can name any number of channels
HELD = 500  # findings and marks held before they go to disk


class Hunter:
    """Matches events against rules. Findings gather in `findings` until `take` empties it."""

    def __init__(self, rules: RuleSet, *, zone: tzinfo | None = None, indicators: Indicators | None = None) -> None:
        self.rules = rules
        self.indicators = indicators
        self.zone = zone
        self.findings: list[Finding] = []
        self.marks: list[Mark] = []
        self.spool: Spool | None = None
        self.tally = Tally()
        self.looked: Callable[[dict[str, Any]], None] | None = None  # told of every event that comes whole
        self.naive = 0  # events whose time has no zone, none being given
        self._groups: dict[tuple[str, str | None, str | None, str | None], Group] = {}
        self._same: dict[tuple[bool, tuple[str, ...], Any], Group] = {}
        self._meant: dict[str, frozenset[int]] = {}
        self._feeds = _feeds(rules)
        self._wording = Wording(rules)

    # ---- groups ----

    def group(self, kind: str, channel: Any = None, event_id: Any = None, provider: Any = None, *, braces: bool = False) -> Group:
        """The group for a kind of record; made when first met."""
        key = (kind, text_of(channel), text_of(event_id), text_of(provider))
        found = self._groups.get(key)
        if found is None:
            if len(self._groups) >= GROUPS:
                self._groups.clear()
                self._same.clear()
            found = self._groups[key] = self._make(kind_of(kind), *key[1:], braces)
        return found

    def _make(self, kind: Kind, channel: str | None, event_id: str | None, provider: str | None, braces: bool) -> Group:
        meant = self._meant_for(kind)
        if kind.kind == "windows":
            numbers = [n for n in self.rules.candidates(_low(channel), _low(event_id)) if n in meant]
            route: dict[str, Any] = {"Channel": channel, "EventID": event_id, "Provider_Name": provider}
        else:
            numbers, route = sorted(meant), dict(zip(kind.route, (channel, event_id, provider), strict=False))
        left = left_of(self.rules, numbers, route)
        same = (braces, kind.route, fingerprint(left))
        found = self._same.get(same)
        if found is None:
            found = self._same[same] = Group(self.rules.atoms, self.rules.gates, left, braces=braces, route=kind.route)
        return found

    def _meant_for(self, kind: Kind) -> frozenset[int]:
        found = self._meant.get(kind.kind)
        if found is None:
            found = self._meant[kind.kind] = frozenset(n for n, rule in enumerate(self.rules.rules) if kind.is_for(rule))
        return found

    def group_of(self, kind: str, event: Mapping[str, Any]) -> Group:
        """The group by the event's own route fields."""
        names = kind_of(kind).route
        return self.group(kind, *(_flat(event.get(name)) for name in names))

    # ---- events ----

    def examine(self, kind: str, event: Mapping[str, Any], file: str, record: Any = None, line: int | None = None) -> int:
        """Looks at one whole event; returns how many rules fired."""
        if self.looked is not None:
            self.looked(dict(event))
        if self.indicators is not None:
            self.indicate(event, file, record, line)
        group = self.group_of(kind, event)
        if group.is_silent:
            return 0
        verdict = group.judge(event)
        if verdict.rules:
            self.found(verdict, event, file, record, line)
        return len(verdict.rules)

    def indicate(self, event: Mapping[str, Any], file: str, record: Any, line: int | None) -> None:
        """Writes down the indicators an event holds."""
        assert self.indicators is not None
        for (kind, value), field, seen in self.indicators.in_event(event):
            moment, host = self.when(event), text_of(_flat(first_of(event, "host")))
            row = {
                "kind": "indicator",
                "rule_id": f"ioc:{kind}:{value}",
                "title": f"Chỉ báo {kind}: {value}",
                "level": "high",
                "attack": [],
                **_where(moment, host, file, record),
                "why": [{"field": field, "op": "ioc", "value": value, "seen": short(seen)}],
                "event": event,
                "authors": "",
            }
            self.write(row, -1, line, moment, host)

    def found(self, verdict: Verdict, event: Mapping[str, Any], file: str, record: Any, line: int | None) -> None:
        """Writes down that rules fire on the event."""
        moment, host = self.when(event), text_of(_flat(first_of(event, "host")))
        place, encoded = self._wording.place(moment, host, file, record), encode(event)
        for number in verdict.rules:
            rule = self.rules.rules[number]
            for correlation in self._feeds.get(number, ()):
                self._mark(correlation, rule, event, moment, host, file, record, line)
            if not rule.quiet:
                tail = self._wording.tail(number, self._reasons(number, verdict, event), event, encoded)
                self._keep(Finding(self._wording.head(number, place), tail, line, number, moment.timestamp() if moment else None))
                self.tally.add(rule.id, rule.level, host, rule.attack, moment)

    def write(
        self, row: dict[str, Any], number: int, line: int | None, moment: datetime | None, host: str | None, attack: tuple[str, ...] = ()
    ) -> None:
        """Keeps one finding line (source.line is filled in later)."""
        head, tail = split(row)
        self._keep(Finding(head, tail, line, number, moment.timestamp() if moment else None))
        self.tally.add(row["rule_id"], row["level"], host, attack, moment)

    def _keep(self, finding: Finding) -> None:
        self.findings.append(finding)
        self._make_room()

    def _mark(
        self,
        correlation: Correlation,
        rule: Rule,
        event: Mapping[str, Any],
        moment: datetime | None,
        host: str | None,
        file: str,
        record: Any,
        line: int | None,
    ) -> None:
        if moment is None:
            return
        values = {}
        for name in (*correlation.group_by, *correlation.fields):
            mapped = correlation.aliases.get(name, {})
            field = mapped.get(rule.id) or mapped.get(rule.name) or name
            value = event.get(field)
            values[name] = None if value is None else text_of(_flat(value))
        self.marks.append(Mark(moment.timestamp(), f"{correlation.id}\0{rule.id}", values, host, record, line, file, dict(event)))
        self._make_room()

    def _make_room(self) -> None:
        """What is too much to hold goes to disk: memory stays bounded whatever an input gives."""
        if len(self.findings) + len(self.marks) >= HELD:
            self.spool = self.spool or Spool()
            self.spool.add(Batch(self.findings, self.marks))
            self.findings, self.marks = [], []

    def _reasons(self, number: int, verdict: Verdict, event: Mapping[str, Any]) -> list[int]:
        """The atoms that made the rule true, thought about once for events alike."""
        rules, group = self.rules, verdict.group
        tree = rules.rules[number].tree
        route = tuple(map(event.get, group.route))
        slot = number, verdict.key, verdict.true, route
        try:
            found = group.reasons.get(slot)
        except TypeError:  # a list among the fields of the route
            return reasons_of(tree, rules.atoms, event)
        if found is None:
            if not group.is_told(number, rules.atoms, tree, route):
                return reasons_of(tree, rules.atoms, event)
            true = group.truth(verdict.key, verdict.true) | group.known_of(rules.atoms, tree, route)
            found = reasons(tree, true)
            if len(group.reasons) >= MEMO:
                group.reasons.clear()
            group.reasons[slot] = found
        return found

    def when(self, event: Mapping[str, Any], *, count: bool = True) -> datetime | None:
        """The event's time in UTC. Sysmon's UtcTime is UTC by its name; other times without a zone need one given."""
        for name in aliases()["time"]:
            value = event.get(name)
            if value is None or value == "":
                continue
            moment = moment_of(value, UTC if name == "UtcTime" else self.zone)
            if moment is not None:
                return moment
            if moment_of(value, UTC) is not None:
                self.naive += count
                return None
        return None

    def take(self) -> tuple[list[Finding], list[Mark], Tally, int, Spool | None]:
        """What was found since the last call."""
        found = self.findings, self.marks, self.tally, self.naive, self.spool
        self.findings, self.marks, self.tally, self.naive, self.spool = [], [], Tally(), 0, None
        return found


def _feeds(rules: RuleSet) -> dict[int, list[Correlation]]:
    """rule number → correlations that weigh its hits, through other correlations too."""
    by_name: dict[str, list[int]] = {}
    for number, rule in enumerate(rules.rules):
        for key in {rule.id, rule.name} - {""}:
            by_name.setdefault(key, []).append(number)
    feeds: dict[int, list[Correlation]] = {}
    for correlation in rules.correlations:
        for name in correlation.rules:
            for number in by_name.get(name, ()):
                feeds.setdefault(number, []).append(correlation)
    return feeds


def reasons_of(tree: Tree, atoms: Sequence[Atom], event: Mapping[str, Any]) -> list[int]:
    """The atoms that make the tree true of an event: asked each by itself, by the exact answers."""
    true = _Asked(atoms, event)
    return reasons(tree, true) if holds(tree, true) else []


class _Asked(frozenset[int]):
    """The atoms true of an event, each asked only when the tree comes to it."""

    def __new__(cls, *_: Any) -> "_Asked":
        return super().__new__(cls)

    def __init__(self, atoms: Sequence[Atom], event: Mapping[str, Any]) -> None:
        self._atoms, self._event = atoms, event
        self._known: dict[int, bool] = {}

    def __contains__(self, number: object) -> bool:
        assert isinstance(number, int)
        found = self._known.get(number)
        if found is None:
            atom = self._atoms[number]
            value = self._event.get(atom.field or "")
            if value.__class__ is str and atom.op not in ("ref", "null", "exists"):
                found = tester(atom)(value)
            else:
                found = _truth(atom, self._event)
            self._known[number] = found
        return found


def _truth(atom: Any, event: Mapping[str, Any]) -> bool:
    if atom.field is None:
        return any(is_true(atom, value) for value in event.values())
    if atom.op == "ref":
        return any(compare(atom.extra, a, b) for a in texts_of(event.get(atom.field)) for b in texts_of(event.get(atom.value)))
    return is_true(atom, event.get(atom.field))


def _where(moment: datetime | None, host: str | None, file: str, record: Any) -> dict[str, Any]:
    return {"time": rfc3339(moment), "host": host, "source": {"file": file, "record": number_of(record), "line": MARK}}


def _flat(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return next((part for part in value if not isinstance(part, (list, dict))), None)
    return None if isinstance(value, dict) else value


def _low(text: str | None) -> str | None:
    return None if text is None else text.lower()
