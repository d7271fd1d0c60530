"""Workers killed at any moment, several at once, on one outbox: nothing is lost, and what goes out twice says that it is the same."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from post_office import Server

LETTERS, WORKERS, KILLS = 150, 3, 6
WRITE = f"""
from luytre.post import actions
for n in range({LETTERS}):
    actions.send(key=f"thu:{{n}}", channel="mail", to=f"can-bo-{{n}}@don-vi.example", subject=f"Việc {{n}}", text="…")
"""
WORK = """
from luytre.post import worker
worker.run(timezone.now() + timedelta(minutes=int(sys.argv[1])))
"""
COUNT = """
from luytre.post.models import Letter
print(Letter.objects.filter(sent_at__isnull=False).count(), Letter.objects.filter(sent_at=None).count())
"""
START = "import sys, django; django.setup()\nfrom datetime import timedelta\nfrom django.utils import timezone\n"


def python(code: str, env: dict[str, str], *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", START + code, *args], env=env, text=True, stdout=subprocess.PIPE)


def done(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=180)
    assert process.returncode == 0
    return out.strip()


def test_nothing_is_lost_and_a_kill_doubles_at_most_the_letter_in_hand(smtp: Callable[[str], Server], tmp_path: Path) -> None:
    server = smtp("good")
    env = {**os.environ, "LUYTRE_DATA": str(tmp_path / "data"), "LUYTRE_SMTP": server.url, "DJANGO_SETTINGS_MODULE": "luytre.site.settings"}
    env |= {"LUYTRE_QUIET_HOURS": "", "LUYTRE_DIGEST_DAYS": "all", "LUYTRE_MAIL_FOLDER": "", "LUYTRE_DATABASE_URL": ""}
    done(python("from django.core.management import call_command; call_command('migrate', verbosity=0)", env))
    done(python(WRITE, env))
    chance, killed = random.Random(7), 0
    while killed < KILLS:
        workers = [python(WORK, env, str(6 * killed)) for _ in range(WORKERS)]  # later than the leases of those killed before
        before = len(server.taken())
        patience = time.monotonic() + 60
        while len(server.taken()) < before + 3 and time.monotonic() < patience:
            time.sleep(0.02)
        time.sleep(chance.random() * 0.2)
        for worker in workers[:2]:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            killed += 1
        workers[2].send_signal(signal.SIGKILL)
        workers[2].wait()
        killed += 1
    done(python(WORK, env, "60"))
    assert done(python(COUNT, env)) == f"{LETTERS} 0"
    arrived = Counter(one["Message-ID"] for one in server.taken())
    assert len(arrived) == LETTERS, "every letter arrived"
    assert sum(arrived.values()) - LETTERS <= killed, "a kill doubles at most the one letter in hand, under the same Message-ID"


def test_workers_side_by_side_send_each_letter_once(smtp: Callable[[str], Server], tmp_path: Path) -> None:
    server = smtp("good")
    env = {**os.environ, "LUYTRE_DATA": str(tmp_path / "data"), "LUYTRE_SMTP": server.url, "DJANGO_SETTINGS_MODULE": "luytre.site.settings"}
    env |= {"LUYTRE_QUIET_HOURS": "", "LUYTRE_DIGEST_DAYS": "all", "LUYTRE_MAIL_FOLDER": "", "LUYTRE_DATABASE_URL": ""}
    done(python("from django.core.management import call_command; call_command('migrate', verbosity=0)", env))
    done(python(WRITE, env))
    for worker in [python(WORK, env, "0") for _ in range(4)]:
        done(worker)
    assert sorted(Counter(one["Message-ID"] for one in server.taken()).values()) == [1] * LETTERS
