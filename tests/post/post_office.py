"""The clock of the post's tests, and an SMTP server with what it took."""

import email
import email.policy
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12:00 in Vietnam


@dataclass
class Server:
    """A running SMTP server and what it took."""

    url: str
    folder: Path
    process: subprocess.Popen[str]

    def taken(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("[0-9]*.eml"))
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]  # type: ignore[misc]
