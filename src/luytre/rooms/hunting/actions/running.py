"""One run: files laid out plain in a folder of the run's own, the engine over them, findings kept; killed at any moment, it begins anew."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from luytre.core.hunt.finding import Finding as Raw
from luytre.core.hunt.load import kept_rules, load
from luytre.core.hunt.report import note_of
from luytre.core.hunt.ruleset import RuleSet
from luytre.core.hunt.run import Hunt as Engine
from luytre.core.hunt.run import Outcome
from luytre.core.hunt.summary import summary_of
from luytre.core.hunt.work import Settings
from luytre.journal import vault
from luytre.rooms.hunting.actions import uploads
from luytre.rooms.hunting.models import Finding, Lead, Run, Suppression, Upload
from luytre.rooms.hunting.rules import words

BATCH = 2000  # findings written at a time
KEPT = 1000  # raw events kept of one lead; the others are counted
MOST_LEADS = 100_000
TURN = 1.0  # seconds between two signs of progress
Clock = Callable[[], datetime]


class Cancelled(KeyboardInterrupt):
    """Somebody pressed Stop: the engine ends as by Ctrl-C, with what it has."""


def run(pk: int, *, now: Clock, workers: int = 0) -> Run:
    """Carry out a run from the beginning. What an earlier attempt left is thrown away first: the same logs give the same findings."""
    held = Run.objects.select_related("hunt").get(pk=pk)
    if held.is_over:
        return held
    Lead.objects.filter(run=held).delete()
    Run.objects.filter(pk=pk).update(begun_at=now(), done=0, events=0, found=0)
    fault = ""
    try:
        with _laid_out(held) as place:
            rules = load(_source())
            keeper = Keeper(held, rules)
            outcome = _hunt(held, place, rules, keeper, workers)
            _end(held, rules, outcome, keeper)
    except (vault.Damaged, OSError) as problem:
        fault = f"không đọc được nhật ký đã lưu: {problem}"[:300]
    except Exception as problem:
        fault = f"{type(problem).__name__}: {problem}"[:300]
        raise
    finally:
        Run.objects.filter(pk=pk, ended_at=None).update(ended_at=now(), fault=fault)
    return Run.objects.select_related("hunt").get(pk=pk)


def _source() -> Path | None:
    """The rule set of the installation: by setting, else the one `luytre rules update` keeps, else our own."""
    if settings.LUYTRE_HUNT_RULES:
        return Path(settings.LUYTRE_HUNT_RULES)
    kept = kept_rules()
    return kept if kept.is_file() else None


def work_folder() -> Path:
    return Path(settings.DATA_DIR) / "hunting"


@contextmanager
def _laid_out(held: Run) -> Iterator[Path]:
    """The files of this hunt and no other, plain, in a folder only this user may enter; gone afterwards, whatever happens."""
    place = work_folder() / str(held.pk)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700, parents=True)
    try:
        for upload in Upload.objects.filter(target__hunt=held.hunt).select_related("target"):
            _lay_out(upload, place)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _lay_out(upload: Upload, place: Path) -> None:
    digest, file = hashlib.sha256(), place / str(upload.pk) / str(upload.name)
    file.parent.mkdir(mode=0o700)
    with file.open("xb") as out:
        for piece in uploads.plain(upload):
            digest.update(piece)
            out.write(piece)
    told = (upload.modified_at or upload.at).timestamp()
    os.utime(file, (told, told))  # syslog names no year: it is taken from the file
    Upload.objects.filter(pk=upload.pk).update(sha256=digest.hexdigest())


def _hunt(held: Run, place: Path, rules: RuleSet, keeper: "Keeper", workers: int) -> Outcome:
    last = monotonic()

    def progress(done: int, total: int, events: int) -> None:
        nonlocal last
        if monotonic() - last < TURN and done < total:
            return
        last = monotonic()
        tell = {"done": done, "total": total, "events": events, "found": keeper.found, "beat_at": timezone.now()}
        Run.objects.filter(pk=held.pk).update(**tell)
        if Run.objects.filter(pk=held.pk).exclude(cancelled_at=None).exists():
            raise Cancelled

    ask = Settings(zone=ZoneInfo(settings.TIME_ZONE), coverage=True)
    engine = Engine(rules, [str(place)], settings=ask, workers=workers, found=keeper.put, progress=progress)
    return engine.run()


class Keeper:
    """Takes the engine's lines as they come and keeps them as leads with their first findings."""

    def __init__(self, run: Run, rules: RuleSet) -> None:
        self.run, self.found = run, 0
        self.leads: dict[tuple[str, str], Lead] = {}
        self.left_out = 0  # findings of leads past the most that are kept
        named: list[Any] = [*rules.rules, *rules.correlations]
        self.notes = {rule.id: note_of(rule) for rule in named}
        self.fresh: list[Lead] = []
        self.rows: list[tuple[Lead, datetime | None, Any]] = []

    def put(self, line: bytes, raw: Raw) -> None:
        self.found += 1
        told = orjson.loads(line)
        host = str(told.get("host") or "")[:200]
        key = (str(told["rule_id"]), host)
        lead = self.leads.get(key)
        at = datetime.fromtimestamp(raw.moment, UTC) if raw.moment is not None else None
        if lead is None:
            if len(self.leads) >= MOST_LEADS:
                self.left_out += 1
                return
            lead = self.leads[key] = self._lead(told, host, len(self.leads) + 1)
            self.fresh.append(lead)
        lead.count += 1
        if at is not None:
            lead.first_at = min(lead.first_at or at, at)
            lead.last_at = max(lead.last_at or at, at)
        if lead.count <= KEPT:
            self.rows.append((lead, at, told))
            if len(self.rows) >= BATCH:
                self.flush()

    def _lead(self, told: dict[str, Any], host: str, number: int) -> Lead:
        note = self.notes.get(str(told["rule_id"]))
        level = str(told.get("level") or "informational")
        why: Any = told.get("why") or []
        return Lead(
            run=self.run,
            number=number,
            rule=str(told["rule_id"])[:200],
            title=(note.title if note else str(told.get("title") or told["rule_id"]))[:300],
            level=level[:20],
            rank=words.rank(level),
            host=host,
            attack=" ".join(told.get("attack") or ())[:300],
            why=why,
            advice=(note.advice if note else "")[:500],
        )

    def flush(self) -> None:
        with transaction.atomic():
            Lead.objects.bulk_create(self.fresh, batch_size=500)
            Finding.objects.bulk_create([Finding(lead=lead, at=at, told=told) for lead, at, told in self.rows], batch_size=500)
        self.fresh, self.rows = [], []

    def close(self) -> None:
        """Counts are right once everything has come."""
        self.flush()
        Lead.objects.bulk_update(self.leads.values(), ["count", "first_at", "last_at"], batch_size=500)


def _end(held: Run, rules: RuleSet, outcome: Outcome, keeper: Keeper) -> None:
    """Findings, counts, coverage and the run's digest, written together."""
    summary = _without_folders(summary_of(rules, outcome))
    tally = outcome.tally
    summary["tally"] = {"by_level": tally.by_level, "by_host": tally.by_host, "by_day": tally.by_day, "by_technique": _techniques(keeper)}
    summary["coverage"] = _coverage(outcome)
    summary["left_out"] = keeper.left_out
    inputs = sorted(Upload.objects.filter(target__hunt=held.hunt).values_list("sha256", flat=True))
    counts = sorted([lead.rule, lead.host, lead.count] for lead in keeper.leads.values())
    told = {"inputs": inputs, "rules": rules.digest, "events": outcome.events, "findings": counts, "interrupted": outcome.interrupted}
    digest = hashlib.sha256(orjson.dumps(told)).hexdigest()
    with transaction.atomic():
        keeper.close()
        _suppress(held)
        Run.objects.filter(pk=held.pk).update(summary=summary, digest=digest, events=outcome.events, found=keeper.found, done=held.total)


def _without_folders(summary: dict[str, Any]) -> dict[str, Any]:
    """Files by their own names, without the folder they were laid out in; not the path of the rules either."""
    for row in (*summary["inputs"], *summary["inputs_not_parsed"]):
        row["file"] = str(row["file"]).partition("/")[2] or row["file"]
    summary["rules"].pop("source", None)
    return summary


def _techniques(keeper: Keeper) -> list[tuple[str, int, int]]:
    """(tactics and techniques, gravest rank, findings) of the rules that fired."""
    found: dict[str, list[int]] = {}
    for lead in keeper.leads.values():
        if lead.attack:
            one = found.setdefault(lead.attack, [lead.rank, 0])
            one[0], one[1] = min(one[0], lead.rank), one[1] + lead.count
    return [(attack, rank, count) for attack, (rank, count) in sorted(found.items())]


def _coverage(outcome: Outcome) -> dict[str, list[tuple[str, str]]]:
    """Upload → (host, day) told by the file or by what it holds."""
    found: dict[str, set[tuple[str, str]]] = {}
    for looked in outcome.looked:
        found.setdefault((looked.inside or looked.file).partition("/")[0], set()).update(looked.seen)
    return {upload: sorted(pairs) for upload, pairs in found.items()}


def _suppress(held: Run) -> None:
    """What the body's people said not to bring before them again, until its day; it stays listed as such."""
    on = timezone.localdate(held.asked_at)
    for one in Suppression.objects.filter(body=held.hunt.body, until_on__gt=on):
        leads = Lead.objects.filter(run=held, rule=one.rule, verdict="")
        (leads.filter(host=one.host) if one.host else leads).update(verdict="suppressed", entry=one.entry_id)
