"""Is the register known to be complete? A body that registers no system is not green: it confirms, or nobody can tell."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from luytre.core.duty.bench import Bench
from luytre.core.duty.model import Reason, Result
from luytre.core.duty.proofs import FOREVER
from luytre.core.law.model import Coverage, Duty

DONE = ("met", "met_late", "waived")
WORSE_THAN_UNKNOWN = ("overdue", "missed", "due_soon", "open")


class OwnerStanding(Struct, frozen=True):
    """A duty at the owner of systems: `done` of `owed` systems; `confirmed` whether the body said these are all."""

    status: str
    done: int
    owed: int
    confirmed: bool
    worst: Result | None


def coverage_line(bench: Bench, duty: Duty, bearer: str, on: date) -> Result | None:
    """The line of a duty over systems at a body that has none: `unknown` until its register is confirmed, then `not_applicable`.

    None where the body has systems (their own lines speak), is not one that owes the duty, or the law asks no confirmation for it.
    """
    coverage = bench.law.instruments[duty.instrument].coverage
    subject = bench.view.subject(bearer)
    version = duty.on(on)
    if coverage is None or duty.id not in coverage.duties or subject is None or version is None or subject.thing.kind != "organisation":
        return None
    if (subject.born is not None and subject.born > on) or (subject.ended is not None and subject.ended <= on):
        return None
    if subject.field("type").on(on) not in duty.bearers or bench.systems(bearer, on):
        return None
    until, fact = confirmed_until(bench, duty, coverage, bearer, on)
    confirmed = until is not None and on <= until
    return Result(
        duty=duty.id,
        clause=version.clause,
        bearer=bearer,
        answerable=bearer,
        window=None,
        event=None,
        due_on=None,
        due_at=None,
        status="not_applicable" if confirmed else "unknown",
        flips_on=until + timedelta(days=1) if confirmed and until is not None and until < FOREVER else None,
        evidence=(fact,) if confirmed and fact else (),
        missing=() if confirmed else (coverage.by,),
        reasons=(Reason("no_systems" if confirmed else "register_unconfirmed", {"verb": coverage.by, "until_on": until}),),
        version=version.v,
        on=on,
        known=bench.view.known,
    )


def confirmed_until(bench: Bench, duty: Duty, coverage: Coverage, bearer: str, on: date) -> tuple[date | None, str | None]:
    """Until when the body's last confirmation holds (its last day), and the fact; None where it never confirmed."""
    said = [fact for day, fact in bench.view.facts(bearer).get(coverage.by) if day <= on]
    if not said:
        return None, None
    length = bench.terms(duty).length(coverage.review, said[-1].on)
    return (FOREVER if length is None else length.after(said[-1].on)), said[-1].id


def owner_standing(bench: Bench, duty: Duty, org: str, on: date, results: Sequence[Result]) -> OwnerStanding:
    """The roll-up of a duty over a body's systems (`results`: the standing of each)."""
    from luytre.core.duty.cell import RANK

    owed = [result for result in results if result.status not in ("not_applicable", "not_open")]
    worst = min(owed, key=lambda result: RANK[result.status], default=None)
    coverage = bench.law.instruments[duty.instrument].coverage
    asked = coverage is not None and duty.id in coverage.duties
    confirmed = not asked
    if asked and coverage is not None:
        until, _ = confirmed_until(bench, duty, coverage, org, on)
        confirmed = until is not None and on <= until
    status = worst.status if worst is not None else "not_applicable"
    if not confirmed and status not in WORSE_THAN_UNKNOWN:
        status = "unknown"
    return OwnerStanding(status, sum(result.status in DONE for result in owed), len(owed), confirmed, worst)


def coverage_timeline(bench: Bench, duty: Duty, org: str, until: date) -> list[tuple[date, str]]:
    """The standing of the coverage line on every day: (from this day on, status); `not_applicable` where it gives way to systems."""
    coverage = bench.law.instruments[duty.instrument].coverage
    subject = bench.view.subject(org)
    if coverage is None or duty.id not in coverage.duties or subject is None:
        return []
    days = {duty.versions[0].from_on, *subject.field("type").starts}
    days.update(day for day in (subject.born, subject.ended) if day is not None)
    for day, fact in bench.view.facts(org).get(coverage.by):
        length = bench.terms(duty).length(coverage.review, fact.on)
        days.update((day,) if length is None else (day, length.after(fact.on) + timedelta(days=1)))
    for system in (bench.view.subject(ref) for ref in bench.owned.get(org, ())):
        if system is not None:
            days.update((*system.field("owner").starts, *((system.born,) if system.born is not None else ())))
    steps: list[tuple[date, str]] = []
    for day in sorted(day for day in days if duty.versions[0].from_on <= day <= until):
        line = coverage_line(bench, duty, org, day)
        status = "not_applicable" if line is None else line.status
        if not steps or steps[-1][1] != status:
            steps.append((day, status))
    return steps
