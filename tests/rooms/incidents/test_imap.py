"""Mail by IMAP from a real Dovecot of Debian, started for the test on a loopback port: taken in once, marked seen."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from luytre.journal import clock
from luytre.rooms.incidents import jobs
from luytre.rooms.incidents.models import Mail, Report

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
LETTER = (
    "From: dan@thu.example\r\nTo: bao@tinh.example\r\nMessage-ID: <{n}@thu.example>\r\nSubject: Trang gia {n}\r\n\r\nCo trang gia {n}.\r\n"
)
PLAIN = "dovecot_config_version = {version}\ndovecot_storage_version = {version}\nauth_allow_cleartext = yes"
CONF = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
{plain}
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
{mail}
passdb {pass_name} {{
{passdb}
}}
userdb {user_name} {{
{userdb}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
"""


def configuration(home: Path, port: int) -> str:
    """As the Dovecot here writes it: 2.3 (Debian 12) or 2.4."""
    version = subprocess.run([DOVECOT, "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
    new = version >= "2.4"
    static = "uid=nobody gid=nogroup home={home}/mail" if not new else ""
    parts = {
        "plain": PLAIN.format(version=version) if new else "disable_plaintext_auth = no",
        "mail": f"mail_driver = maildir\nmail_path = {home}/mail" if new else f"mail_location = maildir:{home}/mail",
        "pass_name": "static" if new else "",
        "passdb": "  password = {PLAIN}tre" if new else "  driver = static\n  args = password=tre",
        "user_name": "static" if new else "",
        "userdb": f"  fields {{\n    uid = nobody\n    gid = nogroup\n    home = {home}/mail\n  }}"
        if new
        else f"  driver = static\n  args = {static.format(home=home)}",
    }
    text = CONF.format(home=home, port=port, user="nobody", group="nogroup", **parts)
    return text if not new else text.replace("protocols = imap", "protocols {\n  imap = yes\n}")


@pytest.fixture
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    if not Path(DOVECOT).exists() or os.getuid() != 0:
        pytest.skip("no Dovecot here, or not root (apt install dovecot-imapd): mail by IMAP was not tried")
    home = tmp_path_factory.mktemp("dovecot")
    for place in (home, *home.parents[:3]):
        place.chmod(place.stat().st_mode | 0o055)
    for part in ("mail/new", "mail/cur", "mail/tmp", "run", "state"):
        (home / part).mkdir(parents=True)
    shutil.chown(home / "mail", "nobody", "nogroup")
    for part in ("new", "cur", "tmp"):
        shutil.chown(home / "mail" / part, "nobody", "nogroup")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (home / "dovecot.conf").write_text(configuration(home, port))
    with subprocess.Popen([DOVECOT, "-F", "-c", str(home / "dovecot.conf")], stderr=subprocess.PIPE, text=True) as server:
        try:
            _wait(port, server, home)
            yield port, home / "mail"
        finally:
            server.terminate()


def _wait(port: int, server: "subprocess.Popen[str]", home: Path) -> None:
    for _turn in range(100):
        assert server.poll() is None, (server.stderr and server.stderr.read()) or (home / "log").read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError((home / "log").read_text())


def put(mail: Path, *numbers: int) -> None:
    for number in numbers:
        file = mail / "new" / f"{number}.thu"
        file.write_bytes(LETTER.format(n=number).encode())
        shutil.chown(file, "nobody", "nogroup")


@pytest.mark.slow
def test_mail_is_taken_in_once_and_marked_seen(province: None, settings: object, mailbox: tuple[int, Path]) -> None:
    port, mail = mailbox
    settings.LUYTRE_IMAP, settings.LUYTRE_IMAP_PASSWORD = f"imap://bao@127.0.0.1:{port}/INBOX", "tre"  # type: ignore[attr-defined]
    put(mail, 1, 2, 3)
    assert jobs.mail(clock.now()) == 3
    assert jobs.mail(clock.now()) == 0
    put(mail, 4)
    assert jobs.mail(clock.now()) == 1
    assert Report.objects.filter(channel="mail").count() == 4
    assert set(Mail.objects.values_list("outcome", flat=True)) == {"report"}


def test_without_a_mailbox_nothing_is_asked(settings: object) -> None:
    settings.LUYTRE_IMAP = ""  # type: ignore[attr-defined]
    assert jobs.mail(clock.now()) == 0
