"""E-mail: a letter as a MIME message, handed to an SMTP server (one connection for a batch) or laid into a folder."""

import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from luytre.post.outcomes import LATER, NEVER, SENT, Outcome, Sealed

TIMEOUT = 30  # seconds a server may stay silent


def message(letter: Sealed, sender: str, mark: str, now: datetime) -> EmailMessage:
    """The letter as MIME: text, and HTML beside it where there is one."""
    made = EmailMessage(policy=SMTP if letter.to.isascii() else SMTPUTF8)
    made["From"] = _address("Lũy Tre", sender)
    made["To"] = _address("", letter.to)
    made["Subject"] = f"[{mark}] {letter.subject}" if mark else letter.subject
    made["Date"] = format_datetime(now)
    made["Message-ID"] = letter.message_id
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers, please
    if letter.urgent:
        made["X-Priority"] = "1"
        made["Importance"] = "high"
    made.set_content(letter.text)
    if letter.html:
        made.add_alternative(letter.html, subtype="html")
    return made


def _address(name: str, address: str) -> Address:
    """ValueError where it is no e-mail address."""
    user, at, domain = address.rpartition("@")
    if not (user and at and domain) or any(letter in address for letter in "\r\n <>"):
        raise ValueError(address)
    return Address(name, user, domain)


class Folder:
    """Mail laid into a folder as .eml files: demonstrations, trials. The same letter again is the same file."""

    def __init__(self, place: Path, sender: str, mark: str, now: datetime) -> None:
        self.place, self.sender, self.mark, self.now = place, sender, mark, now

    def deliver(self, letter: Sealed) -> Outcome:
        try:
            made = message(letter, self.sender, self.mark, self.now)
        except ValueError:
            return bad_address(letter.to)
        self.place.mkdir(parents=True, exist_ok=True)
        name = letter.message_id.strip("<>").partition("@")[0]
        fresh = self.place / f".{name}"
        fresh.write_bytes(made.as_bytes())
        fresh.replace(self.place / f"{name}.eml")
        return Outcome(SENT)

    def close(self) -> None:
        return


class Smtp:
    """A server named by an address: smtp://user:word@host:25, ?tls=start for STARTTLS, smtps:// for TLS from the first byte."""

    def __init__(self, url: str, sender: str, mark: str, now: datetime) -> None:
        self.url, self.sender, self.mark, self.now = url, sender, mark, now
        self.open: smtplib.SMTP | None = None

    def deliver(self, letter: Sealed) -> Outcome:
        try:
            made = message(letter, self.sender, self.mark, self.now)
        except ValueError:
            return bad_address(letter.to)
        try:
            self._hand_over(self._server(), letter, made)
        except smtplib.SMTPResponseException as fault:  # the server said why
            return self._again(answer(fault.smtp_code, fault.smtp_error))
        except smtplib.SMTPRecipientsRefused as fault:
            return self._again(answer(*next(iter(fault.recipients.values()))))
        except smtplib.SMTPNotSupportedError as fault:  # an address beyond ASCII, a server that takes none
            return self._again(Outcome(NEVER, "SMTPUTF8", str(fault)))
        except (smtplib.SMTPException, OSError) as fault:
            self._drop()
            return Outcome(LATER, type(fault).__name__, str(fault))
        return Outcome(SENT, "250")

    def _hand_over(self, server: smtplib.SMTP, letter: Sealed, made: EmailMessage) -> None:
        name = letter.message_id.strip("<>").partition("@")[0]
        dsn = server.has_extn("dsn")  # RFC 3461: a returned letter then names ours, whatever it quotes
        more = ["SMTPUTF8", "BODY=8BITMIME"] if not letter.to.isascii() else []
        server.send_message(
            made,
            self.sender,
            [letter.to],
            mail_options=[*more, *(["RET=HDRS", f"ENVID={name}"] if dsn else [])],
            rcpt_options=["NOTIFY=FAILURE,DELAY"] if dsn else [],
        )

    def _server(self) -> smtplib.SMTP:
        if self.open is None:
            self.open = connect(self.url)
        return self.open

    def _again(self, outcome: Outcome) -> Outcome:
        """Leave the connection fit for the next letter."""
        try:
            if self.open is not None:
                self.open.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()
        return outcome

    def _drop(self) -> None:
        if self.open is not None:
            self.open.close()
        self.open = None

    def close(self) -> None:
        if self.open is not None:
            try:
                self.open.quit()
            except (smtplib.SMTPException, OSError):
                self.open.close()
            self.open = None


def connect(url: str) -> smtplib.SMTP:
    """A connection to the server an address names, signed in where the address says so."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise smtplib.SMTPException("LUYTRE_SMTP: smtp://user:word@host:port?tls=start")
    secure = ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(parts.hostname, parts.port or 465, timeout=TIMEOUT, context=secure)
    else:
        server = smtplib.SMTP(parts.hostname, parts.port or 25, timeout=TIMEOUT)
        if parse_qs(parts.query).get("tls") == ["start"]:
            server.starttls(context=secure)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    server.ehlo_or_helo_if_needed()
    return server


def answer(code: int, says: bytes | str) -> Outcome:
    """5yz is for good, 4yz for now (RFC 5321 4.2.1); a refused sign-in is ours to mend, not the letter's fault."""
    text = says.decode(errors="replace") if isinstance(says, bytes) else str(says)
    ours = code in (530, 534, 535, 538)
    return Outcome(NEVER if 500 <= code < 600 and not ours else LATER, str(code), " ".join(text.split())[:500])


def bad_address(to: str) -> Outcome:
    return Outcome(NEVER, "553", f"Địa chỉ không đúng / not an address: {to}"[:500])
