"""The cast of the judge's tests: a few bodies and systems, short ways to write facts, the law as it is or with one edit."""

import shutil
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from luytre.core.duty import Dated, Fact, Judge, Result, Thing
from luytre.core.law import Law, home, load

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LAW = load(home())
EARLY = "2010-01-01"
_numbers = iter(range(1, 1_000_000))


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """A moment in the law's zone; a bare day is its end."""
    at = datetime.fromisoformat(text if "T" in text else f"{text}T23:59:59")
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


def rows(*given: tuple[Any, ...]) -> tuple[Dated, ...]:
    """(value, from, until=None, known=None), days as text."""
    return tuple(
        Dated(row[0], day(row[1]), day(row[2]) if len(row) > 2 and row[2] else None, moment(row[3]) if len(row) > 3 and row[3] else None)
        for row in given
    )


def org(name: str = "so", type: str = "department", born: str = EARLY, ended: str | None = None, **attributes: Any) -> Thing:
    given = {"type": rows((type, born)), "exists": rows((True, born, ended)), **attributes}
    return Thing(f"org:{name}", "organisation", given)


def system(name: str = "his", owner: str = "so", level: int | tuple[Dated, ...] = 3, born: str = "2021-01-01", **attributes: Any) -> Thing:
    given = {
        "owner": rows((f"org:{owner}", born)),
        "level": level if isinstance(level, tuple) else rows((level, born)),
        "phase": rows(("operating", born)),
        **attributes,
    }
    return Thing(f"system:{name}", "system", {name: value for name, value in given.items() if value is not None})


def fact(verb: str, about: str | tuple[str, ...], on: str, known: str | None = None, id: str | None = None, **detail: Any) -> Fact:
    """A fact; `at` and `retracts` among the keywords are no detail. Known at noon of its day unless said otherwise."""
    at, retracts = detail.pop("at", None), detail.pop("retracts", None)
    refs = (about,) if isinstance(about, str) else about
    heard = moment(known if known else f"{on}T12:00:00")
    return Fact(id or f"f{next(_numbers)}", verb, tuple(r for r in refs if r), day(on), heard, moment(at) if at else None, detail, retracts)


def judge(things: list[Thing], facts: list[Fact] | None = None, law: Law = LAW) -> Judge:
    return Judge(law, things, facts or [])


def lines(duty: str, bearer: str, on: str, things: list[Thing], facts: list[Fact] | None = None, **more: Any) -> list[Result]:
    known = more.pop("known", None)
    at = moment(on) if "T" in on else day(on)
    return judge(things, facts, **more).results(duty, bearer, at, moment(known) if known else None)


def line(duty: str, bearer: str, on: str, things: list[Thing], facts: list[Fact] | None = None, **more: Any) -> Result:
    """The only line, or, where there are several, the last."""
    found = lines(duty, bearer, on, things, facts, **more)
    assert found, f"no line: {duty} {bearer} {on}"
    return found[-1]


def window(results: list[Result], opens: str) -> Result:
    return next(r for r in results if r.window is not None and r.window[0] == day(opens))


def edited(folder: Path, edits: Mapping[str, tuple[str, str]]) -> Path:
    """A copy of the law in `folder` with the first occurrence of a text replaced: {file: (old, new)}."""
    shutil.copytree(home(), folder / "law", dirs_exist_ok=True)
    for file, (old, new) in edits.items():
        path = folder / "law" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / "law"


def after(on: date, days: int) -> date:
    return on + timedelta(days=days)
