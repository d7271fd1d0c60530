"""Ways out by HTTP: the SMS gateway of an operator, and webhooks signed so that a receiver can tell ours from others' and new from old."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import requests

from luytre.post import outgoing
from luytre.post.outcomes import LATER, NEVER, SENT, Outcome, Sealed

LONGEST_SMS = 480  # letters: three joined messages with Vietnamese marks hold about 200, without about 460
TOLERANCE = timedelta(minutes=5)  # how far a webhook's time stamp may be off


class Sms:
    """POST {"to", "text", "id"} to the gateway; the same id twice is one message where the gateway heeds Idempotency-Key."""

    def __init__(self, url: str, token: str, mark: str, rules: outgoing.Rules) -> None:
        self.url, self.token, self.mark, self.rules = url, token, mark, rules

    def deliver(self, letter: Sealed) -> Outcome:
        text = f"[{self.mark}] {letter.text}" if self.mark else letter.text
        name = named(letter)
        body = json.dumps({"to": letter.to, "text": text[:LONGEST_SMS], "id": name}, ensure_ascii=False).encode()
        return post(self.rules, self.url, body, {"Authorization": f"Bearer {self.token}", "Idempotency-Key": name})

    def close(self) -> None:
        return


class Webhook:
    """POST the letter's text (JSON) to its receiver, signed as Standard Webhooks 1.0 lays down: id, time stamp, HMAC-SHA256 over both
    and the body. The id is the same on every try, so that a receiver can leave out what it has seen."""

    def __init__(self, secret: str, now: datetime, rules: outgoing.Rules) -> None:
        self.secret, self.now, self.rules = secret, now, rules

    def deliver(self, letter: Sealed) -> Outcome:
        body, stamp = letter.text.encode(), str(int(self.now.timestamp()))
        key = key_of(self.secret, letter.to)
        signed = {"webhook-id": named(letter), "webhook-timestamp": stamp, "webhook-signature": signature(key, named(letter), stamp, body)}
        return post(self.rules, letter.to, body, signed)

    def close(self) -> None:
        return


def named(letter: Sealed) -> str:
    """The name of a letter for machines, made of its key."""
    return letter.message_id.strip("<>").partition("@")[0]


def key_of(secret: str, receiver: str) -> bytes:
    """The key shared with one receiver: others' keys do not follow from it."""
    return hmac.new(secret.encode(), receiver.encode(), hashlib.sha256).digest()


def shown_key(secret: str, receiver: str) -> str:
    """The key as a receiver is given it."""
    return "whsec_" + base64.b64encode(key_of(secret, receiver)).decode()


def signature(key: bytes, name: str, stamp: str, body: bytes) -> str:
    said = f"{name}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()


def is_genuine(key: bytes, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """What a receiver asks: signed with our key, and no older or newer than some minutes. Leaving out an id seen before is its own part."""
    name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not stamp.isdecimal() or len(stamp) > 12 or abs(now.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        return False
    wanted = signature(key, name, stamp, body)
    return any(hmac.compare_digest(wanted, said) for said in headers.get("webhook-signature", "").split())


def post(rules: outgoing.Rules, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """POST JSON: 2xx is taken; 408, 425, 429 and 5xx may be tried again; any other answer, and an address not allowed, is for good."""
    try:
        answer = outgoing.post(rules, url, body, {"Content-Type": "application/json; charset=utf-8", **headers})
    except (
        outgoing.Refused,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
        requests.exceptions.InvalidURL,
    ) as fault:
        return Outcome(NEVER, "URL", str(fault)[:500])
    except (OSError, ValueError) as fault:
        return Outcome(LATER, type(fault).__name__, str(fault)[:500])
    if 200 <= answer.status_code < 300:
        return Outcome(SENT, str(answer.status_code))
    again = answer.status_code in (408, 425, 429) or answer.status_code >= 500
    return Outcome(LATER if again else NEVER, str(answer.status_code), " ".join(answer.text[:500].split()))
