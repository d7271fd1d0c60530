"""Is the register known to be complete? A body that registers no system is not green: it confirms, or nobody can tell."""

from datetime import date, timedelta

from luytre.core.duty.bench import Bench
from luytre.core.duty.model import Reason, Result
from luytre.core.duty.proofs import FOREVER
from luytre.core.law.model import Coverage, Duty


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
    said = [fact for day, fact in bench.view.facts(bearer).get(coverage.by, ()) if day <= on]
    if not said:
        return None, None
    length = bench.terms(duty).length(coverage.review, said[-1].on)
    return (FOREVER if length is None else length.after(said[-1].on)), said[-1].id
