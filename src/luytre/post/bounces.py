"""Letters that come back: a delivery status notification (RFC 3464) read, the letter it is about found, what it says noted."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path

from luytre.post.models import Letter, Try

LARGEST = 1_000_000  # bytes read of one returned letter
QUOTED = 20  # names looked at
NAME = re.compile(r"\b[0-9a-f]{40}\b")  # our letters' names


def take_in(raw: bytes, now: datetime) -> Letter | None:
    """Note a returned or delayed letter; None where the mail is no report about a letter of ours. The same report twice is noted once."""
    mail = message_from_bytes(raw[:LARGEST], policy=policy.default)
    report = _status(mail)
    if report is None:
        return None
    action, status, says = report
    letter = _letter(_names(mail)[:QUOTED])
    if letter is None or action not in ("failed", "delayed"):
        return None
    outcome = Try.Outcome.BOUNCED if action == "failed" else Try.Outcome.DELAYED
    _, new = Try.objects.get_or_create(letter=letter, outcome=outcome, code=status[:20], says=says[:500], defaults={"at": now})
    if new and action == "failed":
        Letter.objects.filter(pk=letter.pk, bounced_at=None).update(bounced_at=now)
        letter.carries.filter(bounced_at=None).update(bounced_at=now)
    return letter


def _letter(names: Iterable[str]) -> Letter | None:
    found = (Letter.objects.filter(message_id__startswith=f"<{name}@").first() for name in names)
    return next((letter for letter in found if letter is not None), None)


def _status(mail: EmailMessage | Message) -> tuple[str, str, str] | None:
    """Action, status and words of the first recipient a report speaks of."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for fields in part.get_payload():
                if isinstance(fields, Message) and fields.get("Action"):
                    says = " ".join(str(fields.get("Diagnostic-Code", "")).split())
                    return str(fields["Action"]).strip().lower(), str(fields.get("Status", "")).strip(), says
    return None


def _names(mail: EmailMessage | Message) -> list[str]:
    """Names of letters that a report quotes: as envelope id, or in the headers it gives back."""
    return list(dict.fromkeys(name for text in _quoted(mail) for name in NAME.findall(text)))


def _quoted(mail: EmailMessage | Message) -> Iterator[str]:
    for part in mail.walk():
        for header in ("Original-Envelope-Id", "Message-ID", "References", "In-Reply-To"):
            yield str(part.get(header, ""))
        if part.get_content_type() in ("text/rfc822-headers", "message/delivery-status") and not part.is_multipart():
            yield str(part.get_payload())
        if part.get_content_type() == "message/delivery-status":
            yield from (str(fields.get("Original-Envelope-Id", "")) for fields in part.get_payload() if isinstance(fields, Message))


def sweep(folder: Path, now: datetime) -> int:
    """Read a Maildir's new mail; what was read is moved to cur/. Returns how many letters came back or were delayed."""
    done = 0
    for file in sorted((folder / "new").glob("*")):
        with file.open("rb") as lying:
            done += take_in(lying.read(LARGEST), now) is not None
        (folder / "cur").mkdir(exist_ok=True)
        file.replace(folder / "cur" / f"{file.name}:2,S")
    return done
