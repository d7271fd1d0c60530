"""A year of reminders, day by day, on the sample province: who is told how soon, what is told though it is closed, what is told twice.

uv run luytre demo --no-serve --data DIR; uv run python -m benchmarks.reminders DIR [--bodies 40] [--days 365]      (writes into DIR)
"""

import argparse
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as hour
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LINE = re.compile(r"/desk/(?:why/([^/\s]+)/([^/\s]+)/|duties/file/\?duty=([^&\s]+)&about=(\S+))")
CLOSING, ANSWERING = 0.04, 0.1  # chances a day: that a matter is done, that a notice is acknowledged
COUNTED, ROUNDS = -1, 2  # of a red matter the head is told by the second round at the latest
Key = tuple[str, str, str, date]


@dataclass
class Year:
    """What a simulated year showed."""

    days: int = 0
    rounds: int = 0
    turned: int = 0  # days on which the round was made
    letters: int = 0
    lines: int = 0
    red: int = 0  # matters that ever were red
    done: int = 0  # matters closed by a filed fact
    told_though_closed: list[tuple[date, str, str]] = field(default_factory=list)
    told_twice: int = 0  # the same step to the same person
    two_a_day: int = 0  # two letters of the day to one person, where the mail server was there
    silent_red: list[Key] = field(
        default_factory=list
    )  # red for more than ROUNDS rounds, and neither a head nor, for a gap, the next rung told
    waits: Counter[int] = field(default_factory=Counter)  # days from red to the head being told (or the gap being shown)
    turns: Counter[int] = field(default_factory=Counter)  # the same in rounds: 1, the very next one
    gaps: int = 0
    seconds: float = 0.0


class Ear:
    """The mail server of the simulated province: hears letters, or is away."""

    def __init__(self) -> None:
        self.away = False
        self.heard: list[tuple[str, str]] = []

    def deliver(self, letter: "object") -> "object":
        from luytre.post.outcomes import LATER, SENT, Outcome

        if self.away:
            return Outcome(LATER, "ConnectionRefusedError")
        self.heard.append((letter.to, letter.text))  # type: ignore[attr-defined]
        return Outcome(SENT, "250")

    def close(self) -> None:
        return


def simulate(
    refs: Collection[str],
    start: date,
    days: int,
    *,
    seed: int = 13,
    stopped: Collection[int] = (),
    mail_away: Collection[int] = (),
    back: Collection[int] = (),
) -> Year:
    """Walk day by day. On days off no round is made (post.hours).
    On days `stopped` no job runs; on days `mail_away` the mail server is gone; on days `back` the clock jumps back
    three days for one turn, and the job runs twice. Facts are filed as it goes, through the journal's own door."""
    from luytre.post.hours import is_day_off

    year, chance, ear, first_red = Year(days), random.Random(seed), Ear(), dict[Key, tuple[int, int]]()
    began = time.perf_counter()
    for number in range(days):
        on = start + timedelta(days=number)
        found = _open(on, refs)
        for matter in found:
            if matter.status in ("overdue", "missed"):
                first_red.setdefault(matter.key, (number, year.turned))
        if number in stopped:
            continue
        ear.away = number in mail_away
        if not is_day_off(at(on)):
            _round(year, on, found)
            year.turned += 1
        if number in back:
            _round(year, on - timedelta(days=3), _open(on - timedelta(days=3), refs))
            _round(year, on, found)
        _close_some(year, chance, found, on)
        _deliver(year, ear, on, refs)
        _acknowledge_some(chance, on)
        _look(year, found, first_red, number)
    year.red = len(first_red)
    _count(year)
    year.seconds = time.perf_counter() - began
    return year


def _open(on: date, refs: Collection[str]) -> Sequence["object"]:
    from luytre.overview import matters

    return matters.open_on(on, refs=refs)


def at(on: date, hours: int = 8) -> datetime:
    return datetime.combine(on, hour(hours), ZONE)


def _round(year: Year, on: date, found: Sequence["object"]) -> None:
    from luytre.rooms.reminders import actions

    actions.remind(at=at(on), on=on, matters=found)  # type: ignore[arg-type]
    year.rounds += 1


def _close_some(year: Year, chance: random.Random, found: Sequence["object"], on: date) -> None:
    """Some of what is open is done after the digest was written and before it leaves."""
    from luytre import journal
    from luytre.overview.matters import LATEST
    from luytre.rooms.duties import queries

    chosen = [matter for matter in found if chance.random() < CLOSING]
    if not chosen:
        return
    things = queries.things_near({matter.ref for matter in chosen})  # type: ignore[attr-defined]
    judge = queries.judge(things, queries.facts_about([thing.id for thing in things]))
    for matter in chosen:
        results = judge.results(matter.duty, matter.ref, on, LATEST)  # type: ignore[attr-defined]
        meant = [result for result in results if result.due_on == matter.due_on and result.status == matter.status]  # type: ignore[attr-defined]
        for fact in judge.turns_green(meant[0]) if meant else ():
            row = journal.Row(verb=fact.verb, by="console", at=at(on, 9), about=fact.about, on=fact.on, detail=dict(fact.detail))
            journal.record_many([row])
            year.done += 1


def _deliver(year: Year, ear: Ear, on: date, refs: Collection[str]) -> None:
    """The worker's turn; then every line that went out is looked up among what the judge holds open at that moment."""
    from luytre.post import worker

    worker.run(at(on, 10), given={"mail": ear})
    still = {(matter.duty, matter.ref) for matter in _open(on, refs)}  # type: ignore[attr-defined]
    year.two_a_day += sum(count > 1 for count in Counter(to for to, _ in ear.heard).values())
    for _to, text in ear.heard:
        year.letters += 1
        for why, ref, filed, about in LINE.findall(text):
            year.lines += 1
            if (why or filed, ref or about) not in still:
                year.told_though_closed.append((on, why or filed, ref or about))
    ear.heard.clear()


def _acknowledge_some(chance: random.Random, on: date) -> None:
    from luytre.rooms.reminders import actions
    from luytre.rooms.reminders.models import Notice

    for notice in Notice.objects.filter(acknowledgement=None, on__gte=on - timedelta(days=14)):
        if chance.random() < ANSWERING and notice.tellings.exists():
            actions.acknowledge(by=notice.person, at=at(on, 11), notice=notice)


def _look(year: Year, found: Sequence["object"], first_red: dict[Key, tuple[int, int]], number: int) -> None:
    """Of every red matter: was a head told, or is the gap shown and the rung above told?"""
    from luytre.rooms.reminders.models import Followed, Told

    rows = {row.named: row.pk for row in Followed.objects.filter(closed_on=None)}
    said: dict[int, set[str]] = {}
    for matter, rung, gap in Told.objects.filter(matter__closed_on=None).values_list("matter_id", "rung", "gap"):
        said.setdefault(matter, set()).add(f"{rung} gap" if gap else rung)
    for one in found:
        key: Key = one.key  # type: ignore[attr-defined]
        if key in first_red and key in rows:
            heard = said.get(rows[key], set())
            is_told = "head" in heard or ("head gap" in heard and bool(heard & {"coordinator", "chair"}))
            since, turn = first_red[key]
            if since == COUNTED:
                continue
            if is_told:
                year.waits[number - since] += 1
                year.turns[year.turned - turn] += 1
                first_red[key] = (COUNTED, turn)
            elif year.turned - turn > ROUNDS:
                year.silent_red.append(key)


def _count(year: Year) -> None:
    from django.db.models import Count

    from luytre.rooms.reminders.models import Told

    steps = Told.objects.filter(again=False).values("matter", "rung", "person").annotate(count=Count("id"))
    year.told_twice = sum(row["count"] > 1 for row in steps)
    year.gaps = Told.objects.exclude(gap="").count()


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--bodies", type=int, default=40)
    parser.add_argument("--days", type=int, default=365)
    asked = parser.parse_args(argv)
    os.environ.update(LUYTRE_DATA=asked.data, DJANGO_SETTINGS_MODULE="luytre.site.settings", LUYTRE_QUIET_HOURS="")
    os.environ.pop("LUYTRE_DATABASE_URL", None)
    import django

    django.setup()
    from luytre.site.world import LAST_DAY

    refs = some_bodies(asked.bodies)
    year = simulate(refs, LAST_DAY, asked.days, stopped=range(60, 65), mail_away=range(90, 93), back=(30, 120))
    sys.stdout.write(report(year, len(refs)))
    return 0


def some_bodies(count: int) -> list[str]:
    """Bodies spread over the province, with the systems they own."""
    from luytre.register import queries as register
    from luytre.register.models import Organisation

    codes = list(Organisation.objects.order_by("code").values_list("code", flat=True))
    bodies = [f"org:{code}" for code in codes[:: max(1, len(codes) // count)][:count]]
    return [*bodies, *sorted(register.owned(bodies))]


def report(year: Year, things: int) -> str:
    worst = max(year.waits, default=0)
    return "\n".join(
        [
            f"things {things}, days {year.days}, rounds {year.rounds}, seconds {year.seconds:.0f}",
            f"letters {year.letters}, lines {year.lines}, facts filed {year.done}, gaps {year.gaps}",
            f"red matters {year.red}: head told (or gap shown, next rung told) by the next round {year.turns[1]},",
            f"  the same day {year.waits[0]}, longest wait {worst} days",
            f"red and nobody told {len(year.silent_red)}, lines about closed matters {len(year.told_though_closed)}",
            f"steps told twice {year.told_twice}, second letters on a day {year.two_a_day}",
            "",
        ]
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
