"""How fast the judge is: law loads; 2,300,000 current results in bulk and by the pure judge, and that both give the same.

Run: uv run python -m benchmarks.duty [--scale 0.1] [--pure-share 1.0]. The province is drawn by seeded chance: 10,000 bodies judged on
30 duties and 100,000 systems on 20. Loading (reading register and facts into memory, laying columns) is timed apart, and not counted.
One current result is the cell of one duty of one bearer: its status and due day.
"""

import argparse
import os
import platform
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from luytre.core.duty import STATUSES, Dated, Fact, Judge, Thing
from luytre.core.duty.bulk import Bulk, Current
from luytre.core.law import home, load

ON = date(2026, 11, 22)
FIRST = date(2010, 1, 1)
BODIES, SYSTEMS, BODY_DUTIES, SYSTEM_DUTIES = 10_000, 100_000, 30, 20


def province(scale: float, chance: random.Random) -> tuple[list[Thing], list[Fact]]:
    """Bodies, systems and four years of facts; one in fifty slots of events, few waivers, some bodies and systems young or retired."""
    bodies = [body(number, chance) for number in range(int(BODIES * scale))]
    systems = [system(number, len(bodies), chance) for number in range(int(SYSTEMS * scale))]
    return [*bodies, *systems], list(facts(bodies, systems, chance))


def body(number: int, chance: random.Random) -> Thing:
    kind = chance.choices(("department", "commune", "unit", "enterprise"), (1, 2, 6, 1))[0]
    born = date(2025, 7, 1) if kind == "commune" else FIRST
    attributes = {"type": (Dated(kind, born),), "exists": (Dated(True, born),), "head": (Dated(f"person:{number}", born),)}
    return Thing(f"org:{number}", "organisation", attributes)


def system(number: int, bodies: int, chance: random.Random) -> Thing:
    level = chance.choices((1, 2, 3, 4, 5), (10, 60, 25, 4, 1))[0]
    born = FIRST if chance.random() < 0.7 else ON - timedelta(days=chance.randrange(1400))
    used = born if chance.random() < 0.8 else born + timedelta(days=chance.randrange(1, 400))
    phase = [Dated("operating", used, None)] if used == born else [Dated("building", born, used), Dated("operating", used, None)]
    if chance.random() < 0.02:
        gone = used + timedelta(days=chance.randrange(200, 1500))
        phase[-1:] = [Dated("operating", used, gone), Dated("retired", gone)]
    levels = [Dated(level, born)]
    if chance.random() < 0.1:
        raised = born + timedelta(days=chance.randrange(100, 1000))
        levels = [Dated(level, born, raised), Dated(min(5, level + 1), raised)]
    owner = f"org:{chance.randrange(bodies)}"
    return Thing(f"system:{number}", "system", {"owner": (Dated(owner, born),), "level": tuple(levels), "phase": tuple(phase)})


def facts(bodies: list[Thing], systems: list[Thing], chance: random.Random) -> Any:
    """What bodies and systems did: about eight facts each."""
    numbers = iter(range(100_000_000))
    yearly = ("annual_report.submitted", "contact.appointed", "monitoring.confirmed", "accounts.reviewed", "layer.deployed", "check.done")
    for thing in bodies:
        for verb in yearly:
            for year in (2023, 2024, 2025, 2026):
                if chance.random() < 0.6:
                    detail = {"year": year, "layer": chance.randint(1, 4), "duty": chance.choice(("D19", "D23", "D25"))}
                    yield written(next(numbers), verb, thing.id, year, chance, detail)
        if chance.random() < 0.02:
            yield written(next(numbers), "advisory.received", thing.id, 2026, chance, {"advisory": "A", "due_on": "2026-12-01"})
        if chance.random() < 0.002:
            yield written(next(numbers), "waiver.granted", thing.id, 2026, chance, {"duty": "D36", "until_on": "2026-12-31"})
    for thing in systems:
        if chance.random() < 0.8:
            yield written(next(numbers), "dossier.approved", thing.id, 2022, chance, {})
        if chance.random() < 0.6:
            yield written(next(numbers), "security_plan.deployed", thing.id, 2023, chance, {})
        for verb in ("hunt.completed", "scan.completed", "exercise.held"):
            for year in (2023, 2024, 2025, 2026):
                if chance.random() < 0.5:
                    yield written(next(numbers), verb, thing.id, year, chance, {})
        if chance.random() < 0.02:
            yield written(next(numbers), "weakness.found", thing.id, 2026, chance, {"allows_intrusion": True, "weakness": "W"})


def written(number: int, verb: str, about: str, year: int, chance: random.Random, detail: dict[str, Any]) -> Fact:
    on = date(year, 1, 1) + timedelta(days=chance.randrange(320))
    return Fact(f"f{number}", verb, (about,), on, datetime.fromisoformat(f"{on}T12:00:00+07:00"), None, detail)


class Watch:
    """Seconds by the clock and of the processor since it was made: on a shared machine only the second is the program's own."""

    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self.clock, time.process_time() - self.processor

    def __str__(self) -> str:
        clock, processor = self.read()
        return f"{clock:.1f} s ({processor:.1f} s of processor)"


def timed(work: Callable[[], Any], times: int) -> tuple[float, float, Any]:
    """Median seconds of some runs, by the clock and of the processor, and the last answer."""
    taken, answer = [], None
    for _ in range(times):
        watch = Watch()
        answer = work()
        taken.append(watch.read())
    return median(clock for clock, _ in taken), median(processor for _, processor in taken), answer


def differing(judge: Judge, bulk: Bulk, columns: list[Current], share: float) -> tuple[int, int]:
    """Judge slots purely and compare: how many, how many differ."""
    told = wrong = 0
    for column in columns:
        duty = judge.law.duties[column.duty]
        for number in range(int(len(column.refs) * share)):
            told += 1
            wrong += bulk.pure(duty, column.refs[number], ON) != column.at(number)
    return told, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the bodies and systems")
    parser.add_argument("--pure-share", type=float, default=1.0, help="share of the slots judged by the pure judge")
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    clock, processor, law = timed(lambda: load(home()), 5)
    loaded = f"{clock * 1000:.0f} ms ({processor * 1000:.0f} ms of processor; medians of 5)"
    print(f"law: {len(law.duties)} duties of {len(law.instruments)} instruments loaded in {loaded}")

    watch = Watch()
    things, done = province(args.scale, random.Random(13))
    print(f"drawn: {len(things):,} things, {len(done):,} facts in {watch}")
    watch = Watch()
    judge = Judge(law, things, done)
    known = law.calendar.end_of(ON)
    bulk = Bulk(judge, known).prepare()
    print(f"loaded: register, facts and columns in {watch}")

    ours = [duty for duty in law.duties.values() if duty.on(ON) is not None]
    wanted = [duty.id for duty in ours if duty.subject == "organisation"][:BODY_DUTIES]
    wanted += [duty.id for duty in ours if duty.subject == "system"][:SYSTEM_DUTIES]
    clock, processor, columns = timed(lambda: bulk.current(ON, wanted), 5)
    slots, odd = sum(len(column.refs) for column in columns), sum(column.odd for column in columns)
    took = f"{clock:.2f} s ({processor:.2f} s of processor; medians of 5)"
    print(f"bulk: {slots:,} current results of {len(wanted)} duties in {took}, {odd:,} of them one by one")
    counted = Counter(STATUSES[code] if code >= 0 else "-" for column in columns for code in column.status.tolist())
    print("  " + ", ".join(f"{status} {number:,}" for status, number in counted.most_common()))

    watch = Watch()
    told, wrong = differing(judge, bulk, columns, args.pure_share)
    each = watch.read()[1] / told * 1e6
    print(f"pure: {told:,} current results in {watch}, {each:.1f} µs of processor each; {wrong} differ from bulk")
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
