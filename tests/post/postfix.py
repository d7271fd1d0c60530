"""A Postfix of one's own for tests: settings, queue and port in one folder, the next server a sink; ended by its own process."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

PROGRAM, DAEMONS = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin"), Path("/usr/lib/postfix/sbin")
SERVICES = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n - 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
SETTINGS = """
compatibility_level = 3.6
queue_directory = {home}/spool
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
myhostname = thu.tinh.example
mydestination =
local_recipient_maps =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions =
  check_recipient_access inline:{{
    {{ khong-co@tinh.example = 550 5.1.1 no such user }}, {{ cham@tinh.example = 450 4.2.0 greylisted }} }}
  permit_mynetworks
relayhost = [127.0.0.1]:{sink}
smtp_tls_security_level = none
smtpd_tls_security_level = none
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
"""


def missing() -> str:
    """Why there is no Postfix to try; empty where there is one."""
    if PROGRAM is None or not (DAEMONS / "master").exists():
        return "no Postfix here (apt install postfix)"
    return "" if os.geteuid() == 0 else "Postfix starts as root only"


def start(home: Path, sink: int) -> tuple[subprocess.Popen[bytes], int]:
    """Start it in a folder everyone may enter; the process and the port it listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    for name in ("etc", "spool", "data"):
        (home / name).mkdir()
    shutil.chown(home / "data", "postfix")
    (home / "etc" / "main.cf").write_text(SETTINGS.format(home=home, sink=sink, daemons=DAEMONS))
    (home / "etc" / "master.cf").write_text(SERVICES.format(port=port))
    process = subprocess.Popen([str(PROGRAM), "-c", str(home / "etc"), "start-fg"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait(process, port, home / "log")
    return process, port


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as wire:
                assert wire.recv(3) == b"220"
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"Postfix did not start: {log.read_text() if log.exists() else 'no log'}")
