"""The command `luytre demo`: seeds the sample province once, then serves it on this machine."""

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from luytre.site.seeding.cast import CAST, PASSWORD
from luytre.site.seeding.kept import ensure
from luytre.site.world import LAST_DAY
from luytre.site.world.papers import MARK

HOST = "127.0.0.1"


def main(argv: list[str]) -> int:
    """Exit 0 when served and stopped, 1 when it could not be."""
    asked = _parse(argv)
    if not asked.no_serve and (fault := port_fault(asked.port)):
        sys.stderr.write(fault)
        return 1
    started = time.perf_counter()
    _set_environment(asked)
    try:
        ensure(asked.data, say=_say)
    except KeyboardInterrupt:
        _say("\nĐã dừng khi chưa dựng xong; lần sau dựng lại từ đầu. / Stopped before it was ready; nothing is left half-made.")
        return 130
    _say(f"Sẵn sàng sau {time.perf_counter() - started:.1f} giây".replace(".", ",") + f" / ready. Dữ liệu / data: {asked.data}")
    if asked.no_serve:
        return 0
    _say(welcome(asked.port, asked.on))
    with jobs():
        return serve(asked.port)


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="luytre demo", description="Dựng và mở tỉnh minh họa. / Seed and serve the sample province.")
    parser.add_argument("--port", type=int, default=8000, help="port (8000)")
    parser.add_argument("--data", type=lambda text: Path(text).resolve(), default=Path(".luytre/demo").resolve(), help="data folder")
    parser.add_argument("--on", type=date.fromisoformat, default=LAST_DAY, help="the day that stands for today (YYYY-MM-DD)")
    parser.add_argument("--no-serve", action="store_true", help="seed only")
    return parser.parse_args(argv)


def port_fault(port: int) -> str:
    """Why the port cannot be used, with what to do; empty when it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as fault:
            other = port + 1 if 0 < port < 65535 else 8000
            return (
                f"Không mở được cổng {port}: {fault}. Hãy chọn cổng khác: bin/demo --port {other}\n"
                f"Port {port} cannot be opened. Choose another: bin/demo --port {other}\n"
            )
    return ""


def _set_environment(asked: argparse.Namespace) -> None:
    """The demo is an installation like any other, set by the same variables; what is already set stays."""
    os.environ.pop("LUYTRE_DATABASE_URL", None)  # the demo keeps to its own folder
    os.environ["LUYTRE_DATA"] = str(asked.data)
    os.environ["LUYTRE_TODAY"] = asked.on.isoformat()
    os.environ.setdefault("LUYTRE_MARK", MARK)
    os.environ.setdefault("LUYTRE_MFA", "off")  # marked as a demonstration: its people sign in with the password alone
    os.environ.pop("LUYTRE_SMTP", None)  # nothing leaves a demonstration: its mail lies in a folder, and in the outbox on the page
    os.environ["LUYTRE_MAIL_FOLDER"] = str(asked.data / "letters")
    os.environ.setdefault("LUYTRE_MAIL_FROM", "luytre@tinh.example")
    os.environ.setdefault("LUYTRE_HOTLINE", "0237 3000 113")
    os.environ.setdefault("LUYTRE_INTAKE_ADDRESS", "sucomang@tinh.example")
    os.environ.setdefault("LUYTRE_REMIND_AT", "00:00")
    os.environ.setdefault("LUYTRE_QUIET_HOURS", "")
    os.environ.setdefault("LUYTRE_DIGEST_DAYS", "all")  # its clock stands still, on whatever day
    os.environ.setdefault("LUYTRE_SITE_URL", f"http://{HOST}:{asked.port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luytre.site.settings")


def welcome(port: int, today: date) -> str:
    """Address and sign-ins, in words for a terminal."""
    width = max(len(one.username) for one in CAST)
    lines = [f"  {one.username:<{width}}  {one.says}" for one in CAST]
    return "\n".join(
        [
            "",
            f"  {MARK}",
            "",
            f"  Mở / open      http://{HOST}:{port}",
            f"  Mật khẩu chung / password for all: {PASSWORD}",
            "",
            *lines,
            "",
            f"  Đồng hồ của bản minh họa đặt ở ngày {today:%d/%m/%Y} (--on YYYY-MM-DD để đổi). Dừng: Ctrl-C.",
            "",
        ]
    )


@contextlib.contextmanager
def jobs() -> Iterator[None]:
    """What runs by itself, in a process beside the server: reminders, letters into the folder."""
    beside = subprocess.Popen([sys.executable, "-m", "luytre.cli", "jobs"])
    try:
        yield
    finally:
        beside.terminate()
        beside.wait(timeout=30)


def serve(port: int) -> int:
    """Granian until Ctrl-C."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "luytre.site.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
        workers_kill_timeout=3,
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.serve()
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
