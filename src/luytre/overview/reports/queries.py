"""Questions to the reports: words edited, issues, and what a later count changes of an issued one, with the reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from luytre.journal.models import Entry
from luytre.overview.reports import figures
from luytre.overview.reports.figures import Row, Value
from luytre.overview.reports.models import Issue, Words
from luytre.overview.reports.monthly import Monthly
from luytre.overview.reports.spans import Span
from luytre.verbs import READS, VOCABULARY
from luytre.verbs.shape import Words as Said

MONTHLY = "monthly"
NAMED = 3  # entries named as the reason of one change
Figures = dict[str, dict[str, str]]


def edited(kind: str, period: str) -> dict[str, str]:
    held = Words.objects.filter(kind=kind, period=period).first()
    return dict(held.sections or {}) if held else {}


def last_issue(kind: str, period: str) -> Issue | None:
    """The issue of a period that stands now."""
    rows = Issue.objects.filter(kind=kind, period=period, replaced_by=None).select_related("paper__number", "replaces__paper__number")
    return rows.order_by("pk").last()


def issues(kind: str, periods: Iterable[str]) -> dict[str, Issue]:
    rows = Issue.objects.filter(kind=kind, period__in=list(periods), replaced_by=None).select_related("paper__number")
    return {row.period: row for row in rows}


def frozen(report: Monthly) -> Figures:
    """Name → period → text, of every figure the report shows."""
    found: Figures = {}
    for value in report.every_value():
        found.setdefault(value.figure.id, {})[value.span.name] = value.text
    return found


@dataclass(frozen=True)
class Changed:
    """A figure that is another number now than when it went out, and the entries that came in between."""

    words: Said
    span: str
    was: str
    now: str
    figure: str
    causes: Sequence[str] = field(default_factory=tuple)

    @property
    def why(self) -> str:
        return "; ".join(self.causes)


def changes(was: Figures, old: Monthly, new: Monthly, spans: dict[str, str] | None = None) -> list[Changed]:
    """What the figures of an issue come to when counted again. `spans`: a period of the issue → that of `new` for the same days."""
    found = []
    for name, texts in was.items():
        for span, text in texts.items():
            other = (spans or {}).get(span, span if spans is None else "")
            if not other or name not in figures.CATALOGUE:
                continue
            now = new.value(name, other)
            if now.text != text:
                causes = why(_value(old, name, now.span), now, old.known, new.known)
                found.append(Changed(now.figure.words, other, text, now.text, name, causes))
    return found


def _value(old: Monthly, name: str, span: Span) -> Value:
    """The same figure for the same days as the earlier ground had it."""
    return figures.value(old.ground, name, span)


def why(was: Value, now: Value, after: datetime, until: datetime) -> list[str]:
    """The entries recorded between two moments that touch the rows which came, went or changed; the first few, in words."""
    before, later = ({(row.key, row.met, row.amount, row.says): row for row in value.rows} for value in (was, now))
    touched = [row for key, row in {**before, **later}.items() if key not in before or key not in later]
    rows = _between(touched, after, until)[: NAMED + 1]
    said = [_said(entry) for entry in rows[:NAMED]]
    return said + (["…"] if len(rows) > NAMED else [])


def _between(rows: Sequence[Row], after: datetime, until: datetime) -> list[Entry]:
    late = Entry.objects.filter(at__gt=after, at__lte=until).exclude(verb__in=READS).select_related("retracts").order_by("pk")
    numbers = {int(row.key.partition("@")[0].removeprefix("entry:")) for row in rows if row.key.startswith("entry:")}
    codes = {row.key.partition(":")[2] for row in rows if row.key.startswith(("incident:", "advisory:"))}
    things = {row.about for row in rows if row.about} | {row.key for row in rows if row.key.startswith("system:")}
    found = []
    for entry in late.filter(mentions__thing__in=things).distinct() if things else late:
        told = entry.retracts or entry
        case = told.detail.get("incident") or told.detail.get("advisory") or told.detail.get("weakness")
        if told.pk in numbers or case in codes or not (numbers or codes) or _same_case(told, rows):
            found.append(entry)
    return found


def _same_case(entry: Entry, rows: Sequence[Row]) -> bool:
    case = str(entry.detail.get("weakness") or entry.detail.get("advisory") or "")
    return bool(case) and any(row.says == case for row in rows)


def _said(entry: Entry) -> str:
    """ "ghi nhận số 17 ngày 03/11/2026: rút lại báo cáo …" """
    told = entry.retracts or entry
    paper = VOCABULARY[told.verb].paper["vi"]
    word = "rút lại, không chấp nhận" if entry.retracts_id else "ghi nhận muộn" if entry.on < timezone.localdate(entry.at) else "ghi nhận"
    return f"{word} {paper} (số {entry.pk}, {timezone.localtime(entry.at):%H:%M %d/%m/%Y})"
