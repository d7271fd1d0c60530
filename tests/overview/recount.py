"""The second way to every figure: loops and SQL over the raw tables, the judge one line at a time. Shares no code with the first."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from typing import Any

from luytre.core import law as laws
from luytre.core.duty import Judge
from luytre.core.duty.model import Fact, Thing
from luytre.journal import queries as journal
from luytre.register import queries as register

HERE = timezone(timedelta(hours=7))
DONE, OUT = {"met", "met_late", "waived"}, {"not_open", "recommended", "not_applicable"}
TAKING_BACK = "('entry.retracted', 'evidence.rejected')"
Days = tuple[date, date, date]  # first, until, the day looked at


def _local(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(HERE) if moment else None


class Raw:
    """The rows of a database file, read by SQL."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "luytre.sqlite3")

    def rows(self, sql: str, *said: Any) -> list[Any]:
        return self.db.execute(sql, said).fetchall()

    def facts(self, verb: str) -> list[tuple[int, str, date, dict[str, Any]]]:
        """(entry, thing, day, detail) of each mention of a verb that nothing takes back."""
        found = self.rows(
            f"""SELECT e.id, m.thing, e."on", e.detail FROM journal_entry e JOIN journal_mention m ON m.entry_id = e.id
            WHERE e.verb = ? AND NOT EXISTS (SELECT 1 FROM journal_entry r JOIN journal_mention n ON n.entry_id = r.id
            WHERE r.retracts_id = e.id AND n.thing = m.thing AND r.verb IN {TAKING_BACK})""",
            verb,
        )
        return [(number, thing, date.fromisoformat(on), json.loads(detail)) for number, thing, on, detail in found]

    def value(self, table: str, day: date, column: str = "value") -> dict[str, Any]:
        """One dated attribute on a day: of the rows in force the one known last."""
        kind = "system" if table.startswith("register_system") else "organisation"
        sql = f"""SELECT s.code, r.{column}, r.known_at FROM {table} r JOIN register_{kind} s ON s.id = r.of_id
        WHERE r.from_on <= ? AND (r.until_on IS NULL OR r.until_on > ?) ORDER BY r.known_at IS NOT NULL, r.known_at, r.id"""
        return {code: value for code, value, _known in self.rows(sql, day.isoformat(), day.isoformat())}

    # -- incidents, from the table the room keeps of them --

    def incidents(self) -> Iterator[dict[str, Any]]:
        helped = {
            code
            for (code,) in self.rows(
                "SELECT json_extract(detail, '$.incident') FROM journal_entry WHERE verb IN ('order.issued', 'help.requested')"
            )
            if code
        }
        names = 'code, type, level, severity, serious, "on", detected_at, notified_at, restored_at, closed_at'
        for row in self.rows(f"SELECT {names} FROM incidents_incident WHERE what = 'incident' AND merged_into = ''"):
            one = dict(zip(names.replace('"', "").split(", "), row, strict=True))
            one["on"] = date.fromisoformat(one["on"])
            for name in ("detected_at", "notified_at", "restored_at", "closed_at"):
                one[name] = _local(one[name])
            one["helped"] = one["code"] in helped
            yield one


def state(one: dict[str, Any], on: date) -> str:
    ends = [one[name].date() for name in ("restored_at", "closed_at") if one[name]]
    return "open" if not ends or min(ends) > on else "helped" if one["helped"] else "self"


def incident_figure(raw: Raw, name: str, days: Days) -> str:
    first, until, on = days
    part = name.split(".")[1:]
    if part == ["still_open"]:
        return str(sum(one["on"] < until and state(one, on) == "open" for one in raw.incidents()))
    found = [one for one in raw.incidents() if first <= one["on"] < until]
    if part[:1] == ["level"]:
        found = [one for one in found if str(one["level"] or "none") == part[1]]
    elif part[:1] == ["severity"]:
        found = [one for one in found if one["severity"] == part[1]]
    elif part == ["serious"]:
        found = [one for one in found if one["serious"]]
    else:
        for word in part:
            found = [one for one in found if word in (one["type"], state(one, on))]
    return str(len(found))


def time_figure(raw: Raw, name: str, days: Days) -> float | None:
    field = name.split(".")[1]
    within = [one for one in raw.incidents() if one[field] and days[0] <= one[field].date() < days[1]]
    hours = [round((one[field] - one["detected_at"]).total_seconds() / 3600, 1) for one in within]
    return round(median(hours), 1) if hours else None


# -- warnings, weaknesses, acts --


def _first_day(facts: Iterable[tuple[int, str, date, dict[str, Any]]], case: str) -> dict[tuple[str, str], date]:
    found: dict[tuple[str, str], date] = {}
    for _number, thing, on, detail in facts:
        key = (str(detail.get(case)), thing)
        if key not in found or on < found[key]:
            found[key] = on
    return found


def warning_figure(raw: Raw, name: str, days: Days) -> str:
    first, until, on = days
    received = raw.facts("advisory.received")
    if name == "warnings":
        begun = {detail["advisory"]: date.max for *_rest, detail in received}
        for _number, _thing, day, detail in received:
            begun[detail["advisory"]] = min(day, begun[detail["advisory"]])
        return str(sum(first <= day < until for day in begun.values()))
    done = {key for key, day in _first_day(raw.facts("advisory.resolved"), "advisory").items() if day < until}
    if name == "warnings.tasks":
        told = [(str(detail["advisory"]), thing) for _n, thing, day, detail in received if first <= day < until]
        return f"{sum(key in done for key in told)}/{len(told)}"
    exists, phase = raw.value("register_organisationexists", on), raw.value("register_systemphase", on)
    late = 0
    for _number, thing, day, detail in received:
        code = thing.partition(":")[2]
        lives = phase.get(code) == "operating" if thing.startswith("system:") else bool(exists.get(code))
        due = detail.get("due_on")
        late += bool(day < until and due and due < on.isoformat() and (str(detail["advisory"]), thing) not in done and lives)
    return str(late)


def weakness_figure(raw: Raw, name: str, days: Days) -> str:
    first, until, _on = days
    *_word, which = name.split(".")
    grave = {"grave": True, "plain": False}.get(name.split(".")[1])
    fixed = {key: day for key, day in _first_day(raw.facts("weakness.remediated"), "weakness").items() if day < until}
    count = 0
    for _number, thing, day, detail in raw.facts("weakness.found"):
        if day >= until or (grave is not None and bool(detail.get("allows_intrusion")) != grave):
            continue
        end = fixed.get((str(detail.get("weakness")), thing))
        count += {
            "found": day >= first,
            "fixed": end is not None and end >= first,
            "start": day < first and (end is None or end >= first),
            "end": end is None,
        }[which]
    return str(count)


ACTS = {
    "orders": "order.issued",
    "hunts": "hunt.completed",
    "scans": "scan.completed",
    "drills": "exercise.held",
    "campaigns": "campaign.held",
}
SYSTEMS = {
    "hunts.systems": "hunt.completed",
    "scans.systems": "scan.completed",
    "plans.issued": "response_plan.issued",
    "plans.updated": "response_plan.updated",
}
BODIES = {"teams": "team.established", "contacts": "contact.published"}


def act_figure(raw: Raw, name: str, days: Days) -> str:
    return str(len({number for number, _thing, on, _detail in raw.facts(ACTS[name]) if days[0] <= on < days[1]}))


def touched_figure(raw: Raw, name: str, days: Days) -> str:
    rows = raw.facts(SYSTEMS[name])
    return str(len({thing for _n, thing, on, _d in rows if days[0] <= on < days[1] and thing.startswith("system:")}))


def body_figure(raw: Raw, name: str, days: Days) -> str:
    """Bodies in being on the day, of a kind that owes something."""
    there = {code for code, value in raw.value("register_organisationexists", days[2]).items() if value}
    kinds = raw.value("register_organisationkind", days[2])
    owing = {code for code in there if kinds.get(code) not in (None, "province")}
    done = {thing.partition(":")[2] for _n, thing, on, _d in raw.facts(BODIES[name]) if on <= days[2]}
    return str(len(owing & done))


def system_figure(raw: Raw, name: str, days: Days) -> str:
    parts = name.split(".")[1:]
    on = days[2]
    levels, phases = raw.value("register_systemlevel", on), raw.value("register_systemphase", on)
    found = {code for code, phase in phases.items() if phase == "operating"}
    for part in parts:
        if part in ("1", "2", "3", "4", "5", "none"):
            found = {code for code in found if str(levels.get(code) or "none") == part}
        else:
            verb = "security_plan.deployed" if part == "deployed" else "dossier.approved"
            done = {thing.partition(":")[2] for _n, thing, day, _d in raw.facts(verb) if day <= on}
            found = found - done if part == "waiting" else found & done
    return str(len(found))


def spending_figure(raw: Raw, days: Days) -> float | None:
    rows = [(on, number, detail) for number, _thing, on, detail in raw.facts("spending.reported") if on < days[1]]
    return float(max(rows, key=lambda row: row[:2])[2]["percent"].replace(",", ".")) if rows else None


# -- duties and clocks, judged one line at a time --


class OneByOne:
    """The judge over the whole journal, as known at a moment."""

    def __init__(self, known: datetime) -> None:
        self.law = laws.load(laws.home())
        self.things = register.things()
        self.facts: list[Fact] = list(journal.facts())
        self.judge = Judge(self.law, self.things, self.facts)
        self.known = known
        self.cases: dict[str, set[str]] = defaultdict(set)
        for fact in self.facts:
            if fact.verb.startswith("incident.") and fact.detail.get("incident"):
                self.cases[str(fact.detail["incident"])].add(fact.id)

    def there(self, kind: str, on: date) -> list[str]:
        """Bodies in being on a day; systems not yet retired whose owner is in being."""
        bodies = {thing.id for thing in self.things if thing.kind == "organisation" and self._value(thing, "exists", on)}
        bodies -= {thing.id for thing in self.things if self._value(thing, "type", on) == "province"}
        if kind == "organisation":
            return sorted(bodies)
        systems = (thing for thing in self.things if thing.kind == "system")
        held = (thing for thing in systems if self._value(thing, "phase", on) not in (None, "retired"))
        return sorted(thing.id for thing in held if self._value(thing, "owner", on) in bodies)

    @staticmethod
    def _value(thing: Thing, name: str, on: date) -> Any:
        rows = [row for row in thing.attributes.get(name, ()) if row.from_on <= on and (row.until_on is None or on < row.until_on)]
        return max(rows, key=lambda row: row.known_at or datetime.min.replace(tzinfo=UTC)).value if rows else None

    def duty(self, duty: str, on: date, refs: Iterable[str]) -> tuple[int, int]:
        """(done, owed) among some bearers."""
        part = whole = 0
        for ref in refs:
            line = self.judge.standing(duty, ref, on, self.known)
            status = line.status if line else "not_applicable"
            whole += status not in OUT
            part += status in DONE
        return part, whole

    def clock(self, raw: Raw, duty: str, days: Days) -> tuple[int, int]:
        """(in time, run out or answered) among the incidents of a period."""
        wanted = {event for one in raw.incidents() if days[0] <= one["on"] < days[1] for event in self.cases[one["code"]]}
        lines: dict[str, str] = {}
        for thing in self.things:
            if thing.kind == "organisation":
                for line in self.judge.results(duty, thing.id, days[2], self.known):
                    if line.event in wanted:
                        lines[str(line.event)] = line.status
        ran = [status for status in lines.values() if status in ("met", "met_late", "overdue", "missed")]
        return ran.count("met"), len(ran)
