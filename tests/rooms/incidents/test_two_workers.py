"""Two workers on one real database, and a third killed between the row and its letters: each stage is told exactly once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
START = """
import sys, time
import django
django.setup()
from datetime import UTC, date, datetime, timedelta
from luytre.rooms.incidents import actions
FIRST = datetime(2026, 11, 19, 2, tzinfo=UTC)
"""
WORLD = (
    START
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from luytre.register import actions as register
from luytre.register.book import Book
from luytre.rooms.incidents.actions.cases import Finding
from luytre.rooms.incidents.actions.receiving import Telling
book = Book()
for code, kind in (("tinh", "province"), ("so-tre", "department"), ("doi", "team")):
    book.put("organisation", code)
    for table, value in (("name", f"Sở {code}"), ("type", kind), ("exists", True)):
        book.add(f"organisation.{table}", code, value, from_on=date(2022, 1, 1), known_at=None)
for code, body, role in (("truong", "so-tre", "head"), ("truc", "doi", "response_team")):
    book.put("person", code, name=code, salutation="Ông", phone="", email=f"{code}@tre.example")
    book.add("post", code, body, role, "", from_on=date(2022, 1, 1), known_at=None)
register.load(by="console", at=FIRST, book=book)
for number in range(8):
    given = {"title": f"Vụ {number}", "text": "", "type": "malware", "answers": ["personal_data"]}
    finding = Finding(body="org:so-tre", detected_at=FIRST - timedelta(minutes=number), **given)
    actions.detect(by="console", at=FIRST, finding=finding)
for number in range(8):
    actions.receive(by="citizen", at=FIRST, telling=Telling(channel="web", text=f"báo {number}", token=f"t{number}"))
"""
)
WORK = (
    START
    + """
for hour in range(0, 24 * 7, 5):
    actions.remind(at=FIRST + timedelta(hours=hour))
"""
)
SLOW = (
    START
    + """
from luytre.post import actions as post
from luytre.rooms.incidents.actions import reminding
def asleep(drafts, *, at=None):
    print("between", flush=True)
    time.sleep(60)
reminding.post.send_many = asleep
actions.remind(at=FIRST + timedelta(days=7))
"""
)
CHECK = (
    START
    + """
from collections import Counter
from luytre.post.models import Letter
from luytre.rooms.incidents.actions.reminding import running
from luytre.rooms.incidents.models import Clock, Reminder, Report
from luytre.rooms.incidents.rules import clockwork
at = FIRST + timedelta(hours=165)
rows = Clock.objects.filter(done_at=None, due_at__isnull=False).select_related("incident")
wanted = {stage.key for row in rows for stage in clockwork.stages(running(row)) if stage.at <= at}
wanted |= {f"desk:report:{code}:{name}" for code in Report.objects.values_list("code", flat=True) for name in ("silence", "higher")}
told = Counter(Reminder.objects.values_list("key", flat=True))
letters = Counter(key.rpartition(":")[0] for key in Letter.objects.filter(key__contains=":truong").values_list("key", flat=True))
print(len(wanted), set(told) == wanted, set(told.values()) == {1}, letters == Counter(key for key in told if not key.startswith("desk:")))
desk = sum(int(s.split(":")[1].split()[0]) for s in Letter.objects.filter(to="truc@tre.example").values_list("subject", flat=True))
print(desk)
"""
)


def python(code: str, env: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", code], env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def done(process: "subprocess.Popen[str]") -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err[-3000:]
    return out.strip()


def story(env: dict[str, str]) -> list[str]:
    """A world; a worker killed between the row of a stage and its letters; then two workers at once, each told to do everything."""
    done(python(WORLD, env))
    slow = python(SLOW, env)
    assert slow.stdout
    assert slow.stdout.readline().strip() == "between"
    os.kill(slow.pid, signal.SIGKILL)
    slow.wait(30)
    time.sleep(0.5)
    for worker in [python(WORK, env), python(WORK, env)]:
        done(worker)
    return done(python(CHECK, env)).splitlines()


def settings(tmp_path: Path, database: str = "") -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "luytre.site.settings", "LUYTRE_DATA": str(tmp_path / "data"), "LUYTRE_DATABASE_URL": database}
    return {**os.environ, **own}


def checked(lines: list[str]) -> None:
    count, *rest = lines[0].split()
    assert int(count) > 30
    assert rest == ["True", "True", "True"], lines
    assert int(lines[1]) == 8  # eight silent reports, each in one letter to the desk; the desk has no head to be told higher


@pytest.mark.slow
def test_on_sqlite(tmp_path: Path) -> None:
    checked(story(settings(tmp_path)))


@pytest.fixture
def cluster() -> Iterator[str]:
    """A throw-away cluster by bin/with-postgres."""
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("PostgreSQL is not installed here (apt install postgresql): two workers were not tried on it")
    env = {key: value for key, value in os.environ.items() if not key.startswith("LUYTRE_")}
    command = [str(ROOT / "bin/with-postgres"), "sh", "-c", "echo $LUYTRE_DATABASE_URL; read end"]
    server = subprocess.Popen(command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    assert server.stdout is not None
    yield server.stdout.readline().strip()
    server.communicate("end\n", timeout=60)


@pytest.mark.slow
def test_on_postgresql(tmp_path: Path, cluster: str) -> None:
    checked(story(settings(tmp_path, cluster)))
