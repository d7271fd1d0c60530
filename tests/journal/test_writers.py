"""Thirty-two writers at once, in processes of their own, leave one unbroken chain: on SQLite, and on PostgreSQL where it is installed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITERS, EACH, PROCESSES = 32, 8, 4
WRITE = f"""
import sys, threading
import django
django.setup()
from datetime import date
from django.db import connection
from django.utils import timezone
from luytre import journal

def write(name):
    for number in range({EACH}):
        said = dict(about=["org:" + name], on=date(2026, 1, 1), detail={{"number": str(number)}})
        journal.record(by="console", at=timezone.now(), verb="plan.submitted", **said)
    connection.close()

threads = [threading.Thread(target=write, args=(sys.argv[1] + "-" + str(n),)) for n in range({WRITERS // PROCESSES})]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""
CHECK = """
import django
django.setup()
from django.utils import timezone
from luytre import journal
from luytre.journal.models import Entry
verdict = journal.verify(timezone.now())
seqs = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
print(verdict.broken, verdict.unsealed, verdict.checked, seqs == list(range(1, len(seqs) + 1)))
"""


def python(code: str, env: dict[str, str], *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *args], env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def done(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip()


def run(env: dict[str, str]) -> str:
    done(
        python("import django; django.setup(); from django.core.management import call_command; call_command('migrate', verbosity=0)", env)
    )
    for writer in [python(WRITE, env, str(number)) for number in range(PROCESSES)]:
        done(writer)
    return done(python(CHECK, env))


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LUYTRE_")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "luytre.site.settings", "LUYTRE_DATA": str(tmp_path / "data")}


def test_on_sqlite(env: dict[str, str]) -> None:
    assert run(env) == f"None 0 {WRITERS * EACH} True"


@pytest.fixture
def cluster(env: dict[str, str]) -> Iterator[str]:
    """The cluster the suite already runs on, with a database of its own; else a throw-away one by bin/with-postgres."""
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("PostgreSQL is not installed here (apt install postgresql): the chain was not tried on it")
    command = [str(ROOT / "bin/with-postgres"), "sh", "-c", "echo $LUYTRE_DATABASE_URL; read end"]
    server = subprocess.Popen(command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    assert server.stdout is not None
    yield server.stdout.readline().strip()
    server.communicate("end\n", timeout=60)


def test_on_postgresql(env: dict[str, str], cluster: str) -> None:
    assert run({**env, "LUYTRE_DATABASE_URL": cluster}) == f"None 0 {WRITERS * EACH} True"
