"""Through a real Postfix, as a province runs one: taken and passed on, put off, refused at the door, returned by the next server."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import postfix
import pytest
from post_office import NOON, Server

from luytre.post import actions, bounces, worker
from luytre.post.models import Letter, Try

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.skipif(bool(postfix.missing()), reason=postfix.missing() or "there")]
Office = Callable[[str], Server]


@pytest.fixture
def office(smtp: Callable[[str], Server], settings: Any) -> Iterator[Office]:
    """Postfix before a sink of a mode; the installation sends to Postfix, the sink shows what arrived."""
    started: list[Any] = []
    home = Path(tempfile.mkdtemp(prefix="luytre-postfix-"))
    home.chmod(0o755)

    def open_(mode: str) -> Server:
        sink = smtp(mode)
        process, port = postfix.start(home, int(sink.url.rpartition(":")[2]))
        started.append(process)
        settings.LUYTRE_SMTP, settings.LUYTRE_QUIET_HOURS = f"smtp://127.0.0.1:{port}", ""
        return sink

    yield open_
    for process in started:
        process.terminate()
        process.wait(30)
    shutil.rmtree(home)


def letter(to: str) -> Letter:
    return actions.send(key=f"thu:{to}", channel="mail", to=to, subject="Việc đến hạn: săn lùng mối nguy hại", text="Kính gửi…", at=NOON)


def arrived(sink: Server, wanted: Callable[[Any], bool]) -> Any:
    until = time.monotonic() + 40
    while time.monotonic() < until:
        if found := [mail for mail in sink.taken() if wanted(mail)]:
            return found[0]
        time.sleep(0.2)
    raise AssertionError("nothing arrived")


def test_a_letter_goes_through_the_queue_of_postfix(office: Office) -> None:
    sink, sent = office("good"), letter("can-bo@xa.example")
    assert worker.run(NOON) == {"sent": 1}
    mail = arrived(sink, lambda mail: mail["Message-ID"] == sent.message_id)
    assert "thu.tinh.example (Postfix)" in mail["Received"]
    assert mail["Subject"] == "Việc đến hạn: săn lùng mối nguy hại"
    last = Try.objects.get()
    assert (last.outcome, last.code[:3]) == (Try.Outcome.SENT, "250")
    assert worker.run(NOON + timedelta(days=1)) == {}
    assert len(sink.taken()) == 1


def test_what_the_next_server_puts_off_waits_in_postfix(office: Office) -> None:
    sink, sent = office("grey"), letter("can-bo@xa.example")
    assert worker.run(NOON) == {"sent": 1}  # Postfix has it, and tries the next server again by itself
    assert arrived(sink, lambda mail: mail["Message-ID"] == sent.message_id)


def test_what_postfix_itself_puts_off_is_tried_again_by_us(office: Office) -> None:
    office("good")
    sent = letter("cham@tinh.example")
    assert worker.run(NOON) == {"later": 1}
    sent.refresh_from_db()
    assert sent.sent_at is None
    assert sent.next_at is not None
    assert sent.next_at > NOON
    assert worker.run(sent.next_at) == {"later": 1}
    assert [one.code[:3] for one in sent.attempts.all()] == ["450", "450"]


def test_what_postfix_refuses_is_refused_for_good(office: Office) -> None:
    sink = office("good")
    sent = letter("khong-co@tinh.example")
    assert worker.run(NOON) == {"never": 1}
    sent.refresh_from_db()
    assert sent.refused_at is not None
    assert worker.run(NOON + timedelta(days=1)) == {}
    assert sink.taken() == []


def test_what_comes_back_from_postfix_is_read(office: Office) -> None:
    """The next server knows no such mailbox: Postfix writes to the sender, and its report leads to the letter."""
    sink, sent = office("dead-ends"), letter("khong-co@xa.example")
    assert worker.run(NOON) == {"sent": 1}
    report = arrived(sink, lambda mail: mail.get_content_type() == "multipart/report")
    assert report["To"] == os.environ.get("LUYTRE_MAIL_FROM", "luytre@tinh.example")
    later = NOON + timedelta(minutes=5)
    found = bounces.take_in(report.as_bytes(), later)
    assert found == sent
    sent.refresh_from_db()
    assert sent.bounced_at == later
    assert sent.attempts.get(outcome=Try.Outcome.BOUNCED).code == "5.1.1"
