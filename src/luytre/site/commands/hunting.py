"""luytre hunting run N: carry out one run of the hunting room, in this process. `luytre jobs` starts it by itself."""

import os
import sys
import threading
from argparse import ArgumentParser

from luytre.site.commands import data_option, parser, start

BEAT = 5.0  # seconds between two signs of life


def main(argv: list[str]) -> int:
    """Exit 0 when the run came to its end, 1 when it broke off (what went wrong stands with the run)."""
    args = _parser().parse_args(argv)
    start(args.data)
    os.nice(5)  # the pages come first
    from luytre.journal import clock
    from luytre.rooms.hunting import actions

    stop = threading.Event()
    beating = threading.Thread(target=_beat, args=(args.run, stop), daemon=True)
    beating.start()
    try:
        done = actions.run(args.run, now=clock.now)
    finally:
        stop.set()
        beating.join(timeout=10)
    sys.stdout.write(f"{done} {done.fault or 'xong / done'}\n")
    return 1 if done.fault else 0


def _parser() -> ArgumentParser:
    made = parser("hunting", "Chạy một lượt săn lùng / carry out one run of a hunt")
    doing = made.add_subparsers(dest="doing", required=True)
    run = doing.add_parser("run")
    run.add_argument("run", type=int, help="số của lượt chạy / number of the run")
    data_option(run)
    return made


def _beat(run: int, stop: threading.Event) -> None:
    """A sign of life while a large archive is read; whoever pressed Stop is heard here too."""
    import signal

    from django.db import connection
    from django.utils import timezone

    from luytre.rooms.hunting.models import Run

    asked = False
    while not stop.wait(BEAT):
        Run.objects.filter(pk=run, ended_at=None).update(beat_at=timezone.now())
        if not asked and Run.objects.filter(pk=run, ended_at=None).exclude(cancelled_at=None).exists():
            asked = True
            os.kill(os.getpid(), signal.SIGINT)
    connection.close()
