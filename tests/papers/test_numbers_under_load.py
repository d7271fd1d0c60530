"""Thirty-two writers take numbers at once, in processes of their own: no gap, no double; some fail half-way and lose none."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITERS, EACH, PROCESSES = 32, 4, 4
WRITE = f"""
import sys, threading
import django
django.setup()
from datetime import date
from django.db import connection, transaction
from django.utils import timezone
from luytre.papers import actions
from luytre.register.models import Organisation

body = Organisation.objects.get(code="so-minh-hoa")

class Broken(Exception):
    pass

def write(name):
    for turn in range({EACH}):
        said = dict(by="console", at=timezone.now(), organisation=body, kind="BC", symbol="BC-" + name, on=date(2026, 11, 16))
        if turn == 3:  # a paper that fails after its number was taken must give it back
            try:
                with transaction.atomic():
                    actions.take_number(**said)
                    raise Broken
            except Broken:
                pass
        actions.take_number(**said)
    connection.close()

threads = [threading.Thread(target=write, args=(sys.argv[1] + "A" + str(n),)) for n in range({WRITERS // PROCESSES})]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""
SETUP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from luytre.register.models import Organisation
Organisation.objects.create(code="so-minh-hoa", name="Sở Minh Họa")
"""
CHECK = """
import django
django.setup()
from django.utils import timezone
from luytre import journal
from luytre.papers import queries
from luytre.papers.models import Book
book = Book.objects.get()
values = sorted(book.numbers.values_list("value", flat=True))
print(book.last, values == list(range(1, len(values) + 1)), queries.gaps(book), journal.verify(timezone.now()).broken)
"""


def python(code: str, env: dict[str, str], *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *args], env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def done(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert "Traceback" not in err, err  # a thread that failed does not set the exit code
    return out.strip()


def run(env: dict[str, str]) -> str:
    done(python(SETUP, env))
    for writer in [python(WRITE, env, str(number)) for number in range(PROCESSES)]:
        done(writer)
    return done(python(CHECK, env))


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LUYTRE_")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "luytre.site.settings", "LUYTRE_DATA": str(tmp_path / "data")}


@pytest.fixture
def cluster(env: dict[str, str]) -> Iterator[str]:
    """A throw-away PostgreSQL by bin/with-postgres."""
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("PostgreSQL is not installed here (apt install postgresql): numbers were not tried on it")
    command = [str(ROOT / "bin/with-postgres"), "sh", "-c", "echo $LUYTRE_DATABASE_URL; read end"]
    server = subprocess.Popen(command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    assert server.stdout is not None
    yield server.stdout.readline().strip()
    server.communicate("end\n", timeout=60)


EXPECTED = f"{WRITERS * EACH} True [] None"


def test_on_sqlite(env: dict[str, str]) -> None:
    assert run(env) == EXPECTED


def test_on_postgresql(env: dict[str, str], cluster: str) -> None:
    assert run({**env, "LUYTRE_DATABASE_URL": cluster}) == EXPECTED
