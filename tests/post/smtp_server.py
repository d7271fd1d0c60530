"""A real SMTP server for tests, run as a program of its own: smtp_server.py FOLDER MODE. Prints its port, keeps what it takes in FOLDER.

MODE: good · slow (each letter 0.5 s) · grey (each recipient is put off once) · refuse-<code> (every recipient) · drop (hangs up after the
letter, before its answer) · dead-ends (recipients whose name begins with "khong-co" are refused for good).
"""

import asyncio
import re
import sys
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

FOLDER, MODE = Path(sys.argv[1]), sys.argv[2]


class Keeper:
    """Answers as the mode says."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.taken = 0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if MODE.startswith("refuse-"):
            return f"{MODE[7:]} {'5.1.1 no such user' if MODE[7] == '5' else '4.3.2 not now'}"
        if MODE == "dead-ends" and address.startswith("khong-co"):
            return "550 5.1.1 no such user"
        if MODE == "grey" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if MODE == "slow":
            await asyncio.sleep(0.5)
        self.taken += 1
        name = f"{self.taken:06d}.eml"
        (FOLDER / f".{name}").write_bytes(bytes(envelope.content or b""))
        (FOLDER / f".{name}").rename(FOLDER / name)
        if MODE == "drop":
            server.transport.abort()
        return "250 taken"


class Quiet(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, enable_SMTPUTF8=True, hostname="thu.example", data_size_limit=10_000_000)


def main() -> None:
    server = Quiet(Keeper(), hostname="127.0.0.1", port=0)
    server.port = _free()
    server.start()
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    sys.stdin.read()  # until whoever started us lets go


def _free() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    assert re.fullmatch(r"good|slow|grey|drop|dead-ends|refuse-\d{3}", MODE)
    main()
