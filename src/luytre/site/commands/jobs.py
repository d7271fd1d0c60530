"""luytre jobs: run what is due, again and again until told to stop; or once; or show what ran last."""

import signal
import sys
import threading
from argparse import ArgumentParser
from types import FrameType

from luytre.site.commands import data_option, parser, start

TURN = 5.0  # seconds between two looks


def main(argv: list[str]) -> int:
    args = _parser().parse_args(argv)
    start(args.data)
    if args.list:
        return _list()
    return _once() if args.once else _forever()


def _parser() -> ArgumentParser:
    made = parser("jobs", "Chạy những việc đến giờ: nhắc việc, gửi thư / run what is due: reminders, letters")
    made.add_argument("--once", action="store_true", help="chạy một lượt rồi thôi / one turn, then end")
    made.add_argument("--list", action="store_true", help="các việc và lần chạy gần nhất / the jobs and their last run")
    data_option(made)
    return made


def _once() -> int:
    from luytre.journal import clock
    from luytre.site.jobs import Rota

    sys.stdout.write(" ".join(Rota().run_due(clock.now())) + "\n")
    return 0


def _forever() -> int:
    """Until SIGTERM or Ctrl-C; the job at work is finished first."""
    from django.db import close_old_connections

    from luytre.journal import clock
    from luytre.site.jobs import Rota

    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    rota = Rota()
    while not stop.is_set():
        close_old_connections()
        rota.run_due(clock.now())
        stop.wait(TURN)
    return 0


def _list() -> int:
    from luytre.site.jobs import JOBS
    from luytre.site.models import JobRun

    for job in JOBS:
        last = JobRun.objects.filter(job=job.name).order_by("-started_at").first()
        when = "" if last is None else f"{last.slot} {last.fault or ('xong / done' if last.ended_at else 'đang chạy / running')}"
        daily = "ngày làm việc / working days" if job.working else "mỗi ngày / daily"
        often = f"{daily} ({job.daily})" if job.every is None else f"{job.every.total_seconds():.0f} s"
        sys.stdout.write(f"{job.name:<15} {often:<49} {job.says}  {when}\n")
    return 0
