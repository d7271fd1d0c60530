"""Cases and their clocks, written from the journal: taken up as facts come, rebuilt from nothing with the same result."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from luytre import journal
from luytre.core.fold import fold
from luytre.journal.models import Entry
from luytre.rooms.incidents import queries
from luytre.rooms.incidents.models import Clock, Incident, Progress, Told
from luytre.rooms.incidents.queries import bench, scope
from luytre.rooms.incidents.rules import cases
from luytre.verbs import READS

HEARD = ("personal_data.notified", "order.issued", "customers.warned", "entry.retracted", "evidence.rejected")
BATCH = 500


def catch_up() -> int:
    """Take in what the journal has learnt since; returns how many cases were written. One small query where nothing happened."""
    held, _new = Progress.objects.get_or_create(pk=1)
    last = journal.queries.last_seq()
    if last <= held.seq:
        return 0
    with transaction.atomic():
        fresh = Entry.objects.filter(seq__gt=held.seq, seq__lte=last)
        codes = _codes(fresh)
        write(codes)
        Progress.objects.filter(pk=1, seq__lt=last).update(seq=last)
    return len(codes)


def rebuild() -> int:
    """Drop everything and read the journal from its beginning."""
    with transaction.atomic():
        Incident.objects.all().delete()
        Progress.objects.update_or_create(pk=1, defaults={"seq": 0})
        return catch_up()


def take(entries: Iterable[Entry]) -> None:
    """Take in entries just written, within their transaction."""
    write({code for entry in entries for code in _code(entry.verb, entry.detail, entry.pk)})


def _codes(fresh: "QuerySet[Entry]") -> set[str]:
    found: set[str] = set()
    for entry in fresh.filter(Q(verb__startswith="incident.") | Q(verb__in=HEARD)).select_related("retracts"):
        told = entry.retracts or entry
        found.update(_code(told.verb, told.detail, told.pk))
    return found


def _code(verb: str, detail: dict[str, object], number: int) -> list[str]:
    """The case a fact belongs to; a detection filed without a number is a case of its own."""
    if verb in READS:  # who read a case is told to the journal's readers, and is no part of the case
        return []
    code = str(detail.get("incident") or "")
    if not code and verb == "incident.detected":
        code = f"GN-{number}"
    return [code] if code else []


def write(codes: Collection[str]) -> None:
    """Write some cases anew."""
    wanted = sorted(codes)
    for start in range(0, len(wanted), BATCH):
        _write(wanted[start : start + BATCH])


def _write(codes: list[str]) -> None:
    told = _told(codes)
    teams = scope.teams(max((entry.on for entries in told.values() for entry in entries), default=date.today()))  # noqa: DTZ011  no entry: no team asked
    for code in codes:
        case = cases.fold_case([_fact(entry) for entry in told.get(code, [])], teams)
        if case is None:
            Incident.objects.filter(code=code).delete()
            continue
        held, _new = Incident.objects.update_or_create(code=code, defaults=_columns(case))
        _keep_told(held, told[code])
        _keep_clocks(held, told[code])


def _told(codes: list[str]) -> dict[str, list[Entry]]:
    """The entries of some cases in the order of recording: those already linked, and fresh ones."""
    alone = [int(code.removeprefix("GN-")) for code in codes if code.startswith("GN-")]
    linked = Entry.objects.filter(pk__in=Told.objects.filter(incident__code__in=codes).values("entry"))
    named = Entry.objects.filter(detail__incident__in=codes) if codes else Entry.objects.none()
    known = Progress.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    fresh = named.filter(pk__gt=_first_fresh(known))
    numbers = {*linked.values_list("pk", flat=True), *fresh.values_list("pk", flat=True), *alone}
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in journal.queries.whole(Entry.objects.filter(pk__in=numbers)).order_by("pk"):
        for code in _code(entry.verb, entry.detail, entry.pk):
            found[code].append(entry)
    return {code: [entry for entry in entries if not entry.retractions.all()] for code, entries in found.items()}


def _first_fresh(seq: int) -> int:
    """Entries up to this number have been linked to their cases."""
    return Entry.objects.filter(seq=seq).values_list("pk", flat=True).first() or 0


def _fact(entry: Entry) -> cases.Told:
    about = tuple(mention.thing for mention in entry.mentions.all())
    title = scope.text_of(entry, "title")
    return cases.Told(entry.verb, about, entry.on, bench.moment_of(entry), entry.by, entry.detail, title)


def _columns(case: cases.Case) -> dict[str, object]:
    plain = ("on", "detected_at", "body", "system", "lead", "type", "what", "severity", "computed", "answers", "merged_into", *cases.FLAGS)
    columns: dict[str, object] = {name: getattr(case, name) for name in plain}
    columns |= dict.fromkeys(cases.MOMENTS.values()) | case.moments
    columns["title"], columns["folded"] = case.title[:200], fold(case.title)[:200]
    columns["level"] = scope.level_of(case.system, case.on) if case.system else None
    return columns


def _keep_told(held: Incident, entries: list[Entry]) -> None:
    Told.objects.filter(incident=held).exclude(entry__in=[entry.pk for entry in entries]).delete()
    Told.objects.bulk_create([Told(incident=held, entry=entry) for entry in entries], ignore_conflicts=True)


def _keep_clocks(held: Incident, entries: list[Entry]) -> None:
    refs = {mention.thing for entry in entries for mention in entry.mentions.all()} | set(held.refs)
    found = [] if held.merged_into or held.what != "incident" else queries.clocks_of(held.code, entries, refs)
    Clock.objects.filter(incident=held).delete()
    Clock.objects.bulk_create(
        Clock(
            incident=held,
            duty=one.duty,
            bearer=one.bearer,
            event=one.event,
            started_at=one.started_at,
            due_at=one.due_at,
            done_at=one.done_at,
            is_late=one.is_late,
        )
        for one in found
    )
