"""What a run found, as the result page shows it: summary in three sentences, levels, matrix, days, hosts, leads a page at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import orjson
from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.rooms.hunting.models import Finding, Hunt, Lead, Run, Upload
from luytre.rooms.hunting.queries import scope
from luytre.rooms.hunting.rules import coverage, words
from luytre.rooms.hunting.rules.coverage import Coverage

SHOWN_HOSTS = 12
SHOWN_WHY = 4
PLAIN = ("Channel", "EventID", "Provider_Name")
SHOWN_CELLS = 7  # techniques of a tactic; the others are counted
SHOWN_LINES = 40  # hosts of a grid; the others are counted
BARS = 60


@dataclass(frozen=True)
class Level:
    key: str
    says: Promise
    css: str
    shape: str
    count: int
    share: int


@dataclass(frozen=True)
class Cell:
    """A technique in the matrix; `heat` 1–4 by its gravest rule."""

    name: str
    count: int
    heat: int


@dataclass(frozen=True)
class Column:
    key: str
    title: Promise
    cells: Sequence[Cell]
    more: int = 0


@dataclass(frozen=True)
class Bar:
    """One day of the timeline: its pieces from the foot up as (css, y, height)."""

    x: str
    says: str
    pieces: Sequence[tuple[str, str, str]]
    label: str


@dataclass(frozen=True)
class Reason:
    field: str
    op: str
    value: str
    seen: str


@dataclass(frozen=True)
class LeadLine:
    """A lead on a list."""

    lead: Lead

    @property
    def level(self) -> Promise:
        return words.LEVEL_WORDS.get(self.lead.level, words.LEVEL_WORDS["informational"])

    @property
    def css(self) -> str:
        return words.CSS.get(self.lead.level, "info")

    @property
    def shape(self) -> str:
        return words.SHAPES.get(self.lead.level, words.SHAPES["informational"])

    @property
    def verdict(self) -> Promise:
        return words.VERDICTS[self.lead.verdict][0]

    @property
    def status(self) -> str:
        return words.VERDICTS[self.lead.verdict][1]

    @property
    def why(self) -> list[Reason]:
        """What sets it apart first; channel and event number only where there is nothing else."""
        found = reasons(self.lead.why)
        return ([one for one in found if one.field not in PLAIN] or found)[:SHOWN_WHY]


def reasons(why: Any) -> list[Reason]:
    """The atoms that were true, in words."""
    rows = why if isinstance(why, list) else []
    return [
        Reason(
            str(one.get("field") or _("một trường bất kỳ")),
            str(words.OPS.get(str(one.get("op")), one.get("op"))),
            str(one.get("value", ""))[:200],
            str(one.get("seen", ""))[:400],
        )
        for one in rows
        if isinstance(one, dict)
    ]


@dataclass(frozen=True)
class Result:
    """A run that came to its end, read for people."""

    hunt: Hunt
    run: Run
    targets: Sequence[tuple[str, str]]  # ref, name
    coverage: Mapping[str, Coverage]
    verdicts: Mapping[str, int]
    leads: int
    grave_open: int
    hotline: str

    @cached_property
    def summary(self) -> dict[str, Any]:
        return self.run.summary if isinstance(self.run.summary, dict) else {}

    @property
    def tally(self) -> dict[str, Any]:
        found: dict[str, Any] = self.summary.get("tally") or {}
        return found

    # -- three sentences --

    @property
    def sentences(self) -> list[str]:
        return [self._looked(), self._found(), self._todo()]

    def _looked(self) -> str:
        said = {"events": _n(self.run.events), "files": _n(len(self.summary.get("inputs", ()))), "rules": _n(self.rules_run)}
        return _("Đã xem %(events)s sự kiện trong %(files)s tệp nhật ký bằng %(rules)s quy tắc.") % said

    def _found(self) -> str:
        if not self.run.found:
            return _("Đã săn, không thấy dấu hiệu nào trong phần đã xem: %(scope)s.") % {"scope": self.scope}
        said = {"found": _n(self.run.found), "grave": _n(self.grave), "hosts": _n(len(self.tally.get("by_host", ())))}
        return _("Có %(found)s phát hiện trên %(hosts)s máy, trong đó %(grave)s ở mức cao trở lên.") % said

    def _todo(self) -> str:
        if self.not_read or self.summary.get("interrupted"):
            return _("Có tệp chưa đọc được trọn vẹn (xem cuối trang): chưa thể kết luận là an toàn.")
        if self.confirmed:
            return _("Đã xác nhận có kẻ xấu: ngắt máy khỏi mạng, không tắt nguồn, giữ nhật ký và làm theo sự cố đã mở.")
        if self.grave_open:
            return _("Xem từng phát hiện mức cao dưới đây và kết luận; nếu đúng là kẻ xấu, chọn Xác nhận để mở sự cố.")
        if not self.is_whole:
            return _("Chưa thể kết luận cho cả hệ thống, vì còn máy hoặc ngày chưa có nhật ký: bổ sung tệp rồi chạy lại.")
        return _("Mọi máy đã khai đều có nhật ký đủ các ngày: có thể ghi kết luận và phát hành báo cáo.")

    @property
    def scope(self) -> str:
        said = {
            "hosts": sum(one.seen_hosts for one in self.coverage.values()),
            "of": sum(len(one.declared) for one in self.coverage.values()),
        }
        said |= {"cells": self.seen_cells, "all": self.cells}
        return _("%(hosts)s trên %(of)s máy, %(cells)s trên %(all)s lượt máy × ngày") % said

    # -- figures --

    @property
    def grave(self) -> int:
        levels = self.tally.get("by_level", {})
        return sum(levels.get(level, 0) for level in words.LEVELS[: words.GRAVE])

    @property
    def rules_run(self) -> int:
        return int(self.summary.get("rules", {}).get("run", 0))

    @property
    def rules_not_run(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.summary.get("rules", {}).get("not_run", [])
        return found

    @property
    def no_reader(self) -> list[tuple[str, int]]:
        return sorted(self.summary.get("rules", {}).get("no_reader", {}).items(), key=lambda pair: -pair[1])

    @property
    def not_read(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.summary.get("inputs_not_parsed", [])
        return found

    @property
    def confirmed(self) -> int:
        return self.verdicts.get("true", 0)

    @property
    def judged(self) -> int:
        return sum(count for verdict, count in self.verdicts.items() if verdict)

    @property
    def cells(self) -> int:
        return sum(one.cells for one in self.coverage.values())

    @property
    def seen_cells(self) -> int:
        return sum(one.seen_cells for one in self.coverage.values())

    @property
    def percent(self) -> int:
        return self.seen_cells * 100 // self.cells if self.cells else 0

    @property
    def is_whole(self) -> bool:
        return bool(self.coverage) and all(one.is_whole for one in self.coverage.values())

    @property
    def took(self) -> str:
        if self.run.ended_at is None or self.run.begun_at is None:
            return ""
        seconds = max(0, round((self.run.ended_at - self.run.begun_at).total_seconds()))
        if seconds < 60:
            return ngettext("%(n)s giây", "%(n)s giây", seconds) % {"n": seconds}
        return _("%(m)s phút %(s)s giây") % {"m": seconds // 60, "s": seconds % 60}

    # -- pictures --

    @property
    def levels(self) -> list[Level]:
        counts = self.tally.get("by_level", {})
        most = max(counts.values(), default=0) or 1
        return [
            Level(key, words.LEVEL_WORDS[key], words.CSS[key], words.SHAPES[key], counts.get(key, 0), counts.get(key, 0) * 100 // most)
            for key in words.LEVELS
        ]

    @property
    def matrix(self) -> list[Column]:
        columns: dict[str, dict[str, list[int]]] = {}
        for attack, rank, count in self.tally.get("by_technique", ()):
            names = str(attack).split()
            techniques = [name for name in names if name[:1] == "T"] or ["–"]
            for tactic in (name for name in names if name in words.TACTICS):
                for technique in techniques:
                    cell = columns.setdefault(tactic, {}).setdefault(technique, [0, 9])
                    cell[0], cell[1] = cell[0] + count, min(cell[1], rank)
        return [
            Column(
                key, title, [Cell(name, n, max(1, 4 - rank)) for name, (n, rank) in sorted(columns[key].items(), key=lambda c: -c[1][0])]
            )
            for key, title in words.TACTICS.items()
            if key in columns
        ]

    @property
    def bars(self) -> list[Bar]:
        days = {day: levels for day, levels in self.tally.get("by_day", {}).items() if day != "…"}
        shown = sorted(days)[-BARS:]
        most = max((sum(days[day].values()) for day in shown), default=0) or 1
        step = 1286 / max(len(shown), 12)
        return [_bar(at, day, days[day], most, step, len(shown)) for at, day in enumerate(shown)]

    @property
    def hosts(self) -> list[tuple[str, int]]:
        found = self.tally.get("by_host", {})
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN_HOSTS]

    @property
    def grids(self) -> list[dict[str, Any]]:
        """The coverage of each system as a grid of hosts × days or weeks."""
        return [self._grid(ref, name) for ref, name in self.targets]

    def _grid(self, ref: str, name: str) -> dict[str, Any]:
        one = self.coverage[ref]
        columns = coverage.columns(one.from_on, one.until_on)
        weekly = len(columns) > 1 and (columns[0][1] - columns[0][0]).days > 1
        rows = [{"line": line, "cells": _cells(coverage.filled(line, column) for column in columns)} for line in one.lines[:SHOWN_LINES]]
        heads = [f"{column[0]:%d/%m}" if at % (4 if weekly else 7) == 0 else "" for at, column in enumerate(columns)]
        return {
            "ref": ref,
            "name": name,
            "one": one,
            "rows": rows,
            "heads": heads,
            "weekly": weekly,
            "more": max(0, len(one.lines) - SHOWN_LINES),
        }


def _column(key: str, title: Promise, found: Mapping[str, Sequence[int]]) -> Column:
    """The gravest techniques of a tactic, then the most frequent."""
    ordered = sorted(found.items(), key=lambda one: (one[1][1], -one[1][0], one[0]))
    cells = [Cell(name, count, max(1, 4 - rank)) for name, (count, rank) in ordered[:SHOWN_CELLS]]
    return Column(key, title, cells, len(ordered) - len(cells))


def _cells(kinds: Iterable[str]) -> SafeString:
    """The cells of one host: thousands on a page, so no template for each. Word and sign, not colour alone."""
    said = {"y": ("✓", _("có")), "p": ("◐", _("một phần")), "n": ("–", _("không"))}
    rows = ((kind, *said[kind]) for kind in kinds)
    return format_html_join("", '<td class="{}"><span aria-hidden="true">{}</span><span class="sr">{}</span></td>', rows)


def _bar(at: int, day: str, levels: Mapping[str, int], most: int, step: float, count: int) -> Bar:
    foot, pieces = 160.0, []
    for level in words.LEVELS:
        height = 139 * levels.get(level, 0) / most
        if height:
            foot -= height
            pieces.append((words.CSS[level], f"{foot:.1f}", f"{max(height - 1, 0.5):.1f}"))
    on = date.fromisoformat(day)
    label = f"{on:%d/%m}" if at % max(1, count // 8) == 0 else ""
    return Bar(f"{34 + at * step:.1f}", f"{on:%d/%m/%Y}: {sum(levels.values())}", pieces, label)


def _n(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def result(held: Hunt, run: Run, hotline: str = "") -> Result:
    """Of a hunt somebody may read, and one of its runs: a constant number of queries, however many findings."""
    targets = list(held.targets.order_by("system"))
    called = scope.called(target.system for target in targets)
    verdicts = dict(Lead.objects.filter(run=run).values_list("verdict").annotate(n=Count("pk")).order_by())
    grave = Lead.objects.filter(run=run, verdict="", rank__lt=words.GRAVE).count()
    return Result(
        hunt=held,
        run=run,
        targets=[(target.system, called.get(target.system, target.system)) for target in targets],
        coverage=coverages(held, run),
        verdicts=verdicts,
        leads=sum(verdicts.values()),
        grave_open=grave,
        hotline=hotline,
    )


def coverages(held: Hunt, run: Run) -> dict[str, Coverage]:
    """Of each system: what its own files told in a run."""
    told: dict[int, list[tuple[str, str]]] = {}
    seen = (run.summary or {}).get("coverage", {}) if isinstance(run.summary, dict) else {}
    for upload in Upload.objects.filter(target__hunt=held).only("pk", "target_id", "host"):
        named = str(upload.host or "")
        told.setdefault(upload.target_id, []).extend(
            (host or named or _("không rõ máy"), day) for host, day in seen.get(str(upload.pk), ())
        )
    return {
        target.system: coverage.of(target.system, target.hosts or (), told.get(target.pk, ()), held.from_on, held.until_on)
        for target in held.targets.all()
    }


SHOWS = ("all", "new", "true", "benign", "suppressed")


def leads(run: Run, *, show: str = "all", typed: str = "", host: str = "", technique: str = "", level: str = "") -> QuerySet[Lead]:
    """Leads of a run, the gravest first."""
    found = Lead.objects.filter(run=run).order_by("rank", "-count", "number")
    if show in SHOWS[1:]:
        found = found.filter(verdict="" if show == "new" else show)
    if typed:
        found = found.filter(title__icontains=typed) | found.filter(host__icontains=typed)
    if host:
        found = found.filter(host=host)
    if technique:
        found = found.filter(attack__contains=technique)
    return found.filter(level=level) if level in words.LEVELS else found


def findings(lead: Lead) -> QuerySet[Finding]:
    return lead.findings.order_by("at", "pk")


def pivots(lead: Lead, *, seen_by: object, on: date) -> list[Lead]:
    """The same rule or the same host in other hunts one may read, the latest first."""
    mine = scope.readable(Hunt.objects.all(), seen_by=seen_by, on=on)
    others = Lead.objects.filter(run__hunt__in=mine).exclude(run__hunt=lead.run.hunt_id).select_related("run__hunt")
    same = others.filter(rule=lead.rule) | others.filter(host=lead.host) if lead.host else others.filter(rule=lead.rule)
    return list(same.order_by("-pk")[:12])


@dataclass(frozen=True)
class RawEvent:
    """An event as the log gave it, for an expert: laid out, with where it stands."""

    finding: Finding
    place: str
    text: str
    rule: str


MOST_TEXT = 20_000  # letters of an event shown


def raw(finding: Finding) -> RawEvent:
    told = finding.told if isinstance(finding.told, dict) else {}
    source = told.get("source") or {}
    file = str(source.get("file") or "").partition("/")[2] or str(source.get("file") or "")
    where = source.get("line") or source.get("record")
    text = orjson.dumps(told.get("event"), option=orjson.OPT_INDENT_2).decode()
    return RawEvent(finding, f"{file} #{where}" if where else file, text[:MOST_TEXT], str(told.get("rule_id", "")))
