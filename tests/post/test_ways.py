"""The other ways out, on loopback: an SMS gateway, webhooks judged by the Standard Webhooks library; returned letters, digests, hours."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from post_office import NOON
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from luytre.post import actions, bounces, gateways, queries, worker
from luytre.post.models import Letter

pytestmark = pytest.mark.django_db


class Gateway(HTTPServer):
    """Keeps what it is sent; answers with the next of `answers`, else 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Keeper)
        self.answers: list[int] = []
        self.taken: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/gui"


class Keeper(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        if self.server.taken and b"chuyen huong" in body:
            self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    settings.LUYTRE_OUT_NETWORKS, settings.LUYTRE_OUT_HTTP = (ip_network("127.0.0.0/8"),), True
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_text_message_goes_by_the_gateway(gateway: Gateway, settings: Any) -> None:
    settings.LUYTRE_SMS_URL, settings.LUYTRE_SMS_TOKEN = gateway.url, "bí-mật".encode().hex()
    gateway.answers = [503, 200]
    actions.send(key="sms:1", channel="sms", to="+84900000001", subject="", text="Đề nghị xác nhận yêu cầu số 7.", urgent=True)
    assert worker.run(NOON) == {"later": 1}
    assert worker.run(NOON + timedelta(minutes=1)) == {"sent": 1}
    (first, body), (second, _) = gateway.taken
    assert json.loads(body) == {"to": "+84900000001", "text": "Đề nghị xác nhận yêu cầu số 7.", "id": first["idempotency-key"]}
    assert first["idempotency-key"] == second["idempotency-key"]
    assert first["authorization"] == f"Bearer {settings.LUYTRE_SMS_TOKEN}"


def test_a_number_the_gateway_refuses_is_not_tried_again(gateway: Gateway, settings: Any) -> None:
    settings.LUYTRE_SMS_URL = gateway.url
    gateway.answers = [400]
    actions.send(key="sms:2", channel="sms", to="12", subject="", text="…")
    assert worker.run(NOON) == {"never": 1}


def test_a_webhook_is_signed_as_the_standard_says(gateway: Gateway, settings: Any) -> None:
    settings.LUYTRE_WEBHOOK_SECRET = "một bí mật dài của nơi cài đặt"
    now = datetime.now(UTC)
    actions.send(key="hook:1", channel="webhook", to=gateway.url, subject="", text='{"verb": "incident.closed"}', urgent=True)
    assert worker.run(now) == {"sent": 1}
    ((headers, body),) = gateway.taken
    judge = Webhook(gateways.shown_key(settings.LUYTRE_WEBHOOK_SECRET, gateway.url))
    assert judge.verify(body, headers) == {"verb": "incident.closed"}
    for wrong in ({**headers, "webhook-timestamp": str(int(now.timestamp()) - 3600)}, {**headers, "webhook-id": "khác"}):
        with pytest.raises(WebhookVerificationError):
            judge.verify(body, wrong)
    key = gateways.key_of(settings.LUYTRE_WEBHOOK_SECRET, gateway.url)
    assert gateways.is_genuine(key, headers, body, now)
    assert not gateways.is_genuine(key, headers, body + b" ", now)
    assert not gateways.is_genuine(key, headers, body, now + timedelta(minutes=6)), "replayed later"
    assert not gateways.is_genuine(gateways.key_of("khác", gateway.url), headers, body, now)


def test_a_redirect_is_not_followed(gateway: Gateway, settings: Any) -> None:
    settings.LUYTRE_WEBHOOK_SECRET = "x"
    gateway.answers = [302]
    actions.send(key="hook:2", channel="webhook", to=gateway.url, subject="", text='"chuyen huong"', urgent=True)
    assert worker.run(NOON) == {"never": 1}
    assert len(gateway.taken) == 1


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://may.example/", "khong-co"])
def test_only_http_is_posted_to(url: str, settings: Any) -> None:
    settings.LUYTRE_WEBHOOK_SECRET = "x"
    actions.send(key="hook:3", channel="webhook", to=url, subject="", text="{}", urgent=True)
    assert worker.run(NOON) == {"never": 1}


# -- letters that come back --

REPORT = """From: MAILER-DAEMON@thu.example
To: luytre@tinh.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; thu.example
{envelope}
Final-Recipient: rfc822; can-bo@don-vi.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <can-bo@don-vi.example>: no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {quoted}
Subject: x

--b--
"""


@pytest.fixture
def sent(tmp_path: Path, settings: Any) -> Letter:
    settings.LUYTRE_MAIL_FOLDER = str(tmp_path / "letters")
    letter = actions.send(key="thu:1", channel="mail", to="can-bo@don-vi.example", subject="Việc", text="…")
    worker.run(NOON)
    return letter


@pytest.mark.parametrize("by", ["headers", "envelope"])
def test_a_returned_letter_is_noted_and_its_address_is_dead(by: str, sent: Letter, tmp_path: Path) -> None:
    name = sent.message_id.strip("<>").partition("@")[0]
    quoted, envelope = (sent.message_id, "") if by == "headers" else ("<khac@x.example>", f"Original-Envelope-Id: {name}\n")
    new = tmp_path / "Maildir/new"
    new.mkdir(parents=True)
    raw = REPORT.format(action="failed", status="5.1.1", quoted=quoted, envelope=envelope)
    (new / "1").write_bytes(raw.encode())
    (new / "2").write_bytes(raw.encode())
    bounces.sweep(tmp_path / "Maildir", NOON + timedelta(hours=1))
    sent.refresh_from_db()
    assert sent.bounced_at == NOON + timedelta(hours=1)
    assert [one.outcome for one in sent.attempts.order_by("id")] == ["sent", "bounced"]
    assert queries.dead(["can-bo@don-vi.example"]) == {"can-bo@don-vi.example"}
    assert not list(new.glob("*"))


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "5.2.2"), ("failed", "5.7.1")])
def test_delay_full_mailbox_and_policy_do_not_make_an_address_dead(action: str, status: str, sent: Letter) -> None:
    raw = REPORT.format(action=action, status=status, quoted=sent.message_id, envelope="")
    assert bounces.take_in(raw.encode(), NOON) is not None
    assert queries.dead([sent.to]) == set()


@pytest.mark.parametrize(
    "raw", [b"", b"Subject: hi\n\nxin ch\xc3\xa0o", b"\xff\xfe\x00", b"Content-Type: multipart/report; boundary=b\n\n--b\n"]
)
def test_mail_that_is_no_report_is_passed_over(raw: bytes, sent: Letter) -> None:
    assert bounces.take_in(raw, NOON) is None


def test_a_report_about_a_stranger_is_passed_over(sent: Letter) -> None:
    raw = REPORT.format(action="failed", status="5.1.1", quoted="<" + "0" * 40 + "@tinh.example>", envelope="")
    assert bounces.take_in(raw.encode(), NOON) is None


# -- digests and quiet hours --


def write(number: int, **more: Any) -> Letter:
    said = {"to": "can-bo@don-vi.example", "subject": f"Việc {number}", "text": "…", "person": "person:can-bo", **more}
    return actions.send(key=f"thu-{number}", channel="mail", **said)


def test_one_letter_a_day_for_a_person_with_many(tmp_path: Path, settings: Any) -> None:
    settings.LUYTRE_MAIL_FOLDER = str(tmp_path / "letters")
    for number in range(3):
        write(number)
    assert worker.run(NOON) == {"sent": 1}
    write(3)
    write(4)
    assert worker.run(NOON + timedelta(hours=3)) == {}, "had the digest of the day"
    write(5, urgent=True)
    assert worker.run(NOON + timedelta(hours=3)) == {"sent": 1}, "urgent ones do not wait"
    assert worker.run(NOON + timedelta(hours=20)) == {"sent": 1}
    assert Letter.objects.filter(topic="digest").count() == 2
    assert not Letter.objects.filter(sent_at=None).exists()
    assert len(list((tmp_path / "letters").glob("*.eml"))) == 3


def test_a_digest_that_could_not_go_out_takes_up_what_came_since(settings: Any) -> None:
    settings.LUYTRE_SMTP, settings.LUYTRE_MAIL_FOLDER = "smtp://127.0.0.1:9", ""
    write(0)
    assert worker.run(NOON) == {"later": 1}
    write(1)
    worker.run(NOON + timedelta(days=1))
    assert Letter.objects.filter(topic="digest").count() == 1
    assert Letter.objects.get(topic="digest").carries.count() == 2


def test_cancelled_parts_fall_out_and_an_empty_digest_does_not_go(tmp_path: Path, settings: Any) -> None:
    settings.LUYTRE_SMTP, settings.LUYTRE_MAIL_FOLDER = "smtp://127.0.0.1:9", ""
    write(0)
    worker.run(NOON)
    actions.cancel(keys=["thu-0"], at=NOON)
    settings.LUYTRE_MAIL_FOLDER = str(tmp_path / "letters")
    assert worker.run(NOON + timedelta(hours=1)) == {"cancelled": 1}
    assert not (tmp_path / "letters").exists()


def test_in_quiet_hours_only_urgent_letters_leave(tmp_path: Path, settings: Any) -> None:
    settings.LUYTRE_MAIL_FOLDER, settings.LUYTRE_QUIET_HOURS = str(tmp_path / "letters"), "21:00-06:30"
    night = NOON + timedelta(hours=11)  # 23:00
    write(0)
    write(1, person="")
    write(2, urgent=True)
    assert worker.run(night) == {"sent": 1}
    assert worker.run(night + timedelta(hours=7)) == {}, "06:00"
    assert worker.run(night + timedelta(hours=7, minutes=30)) == {"sent": 2}
