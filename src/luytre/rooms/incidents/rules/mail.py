"""A mail read as it lies: who, about what, in answer to what; whether a machine sent it. Never fails, whatever the bytes; no network.

RFC 5322 (headers, threads), 2045–2047 (parts, words), 3464 (bounces), 3834 (automatic answers), 5965 (abuse reports), 8098 (receipts).
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser

from luytre.core.fold import fold, written

MOST_PARTS, MOST_DEPTH, MOST_TEXT, MOST_NAMES, MOST_FILES = 200, 12, 200_000, 60, 50
HOPS = 50  # Received lines of a mail that goes in circles
_NAME = re.compile(r"<\s*([^<>\s]{3,400})\s*>")
_RE = re.compile(r"^\s*(?:(?:re|fwd?|fw|tr|tl|trả lời|chuyển tiếp|aw|sv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
# Subjects that only machines write, as they stand at the very beginning.
_VACATION = re.compile(
    r"^\s*(?:(?:re|fwd?|aw)\s*:\s*)*(?:"
    r"out of (?:the )?office\b|automatic reply\s*:|auto(?:matic)?[- ]?(?:reply|response)\b\s*(?::|$|-)|autoreply\b"
    r"|vacation (?:reply|response|message)\b|abwesenheit|absence du bureau|thong bao vang mat\b"
    r"|(?:thu )?(?:tu dong tra loi|tra loi tu dong|phan hoi tu dong|tu dong phan hoi)\s*(?::|$|-|\[)"
    r"|(?:toi )?(?:dang )?(?:vang mat|nghi phep)\s*(?::|$|-|tu\b|den\b))"
)
_BOUNCED = re.compile(
    r"^\s*(?:undeliver(?:ed|able)|delivery (?:status notification|failure|has failed|delayed|notification)"
    r"|mail delivery (?:failed|failure|system|subsystem)|returned mail|failure notice|mail system error"
    r"|thu khong gui duoc|khong gui duoc thu|thu bi tra lai|warning: could not send)"
)
_ROBOTS = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon)(?:@|$)", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """A file that came with a mail."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """A mail as far as it concerns us. `name`: its Message-ID; `answers`: those it answers, the nearest first."""

    name: str
    answers: tuple[str, ...]
    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    files: tuple[File, ...]
    sent: str  # ISO, as the sender's clock said; empty: not said or not readable
    machine: str  # why it is taken for a machine's: "bounce", "auto_reply", "receipt", "loop", "bulk"; empty: a person's, or a report
    is_generated: bool  # a machine wrote it, though not in answer: it gets no acknowledgement
    is_mail: bool
    digest: str
    returned: tuple[str, tuple[str, ...]] = ("", ())  # of a bounce: subject and names of the mail that came back


def read(raw: bytes, own: frozenset[str] = frozenset()) -> Letter:
    """Read a mail. `own`: our own addresses, in lower case; a mail from one of them has come back to us."""
    mail = message_from_bytes(_without_envelope(raw), policy=policy.compat32)
    sender, to = _sender(mail), _addresses(mail, "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "Apparently-To")
    subject = words_of(mail, "Subject")
    texts, files = _parts(mail)
    text = written("\n".join(texts))[:MOST_TEXT].strip()
    name = next(iter(_names(mail, "Message-ID", "Message-Id")), "")
    answers = tuple(dict.fromkeys(n for n in (*_names(mail, "In-Reply-To"), *reversed(_names(mail, "References"))) if n != name))
    return Letter(
        name=name,
        answers=answers[:MOST_NAMES],
        sender=sender,
        to=to,
        subject=subject,
        text=text,
        files=tuple(files),
        sent=_sent(mail),
        machine=_machine(mail, sender, to, subject, own),
        is_generated=_is_generated(mail),
        is_mail=any(mail[header] is not None for header in ("From", "To", "Subject", "Date", "Message-ID", "Received")),
        digest=_digest(sender, subject, text, files),
        returned=_returned(mail),
    )


def _without_envelope(raw: bytes) -> bytes:
    """Without blank lines or an mbox line before the headers, and without a byte order mark."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    while raw[:5] in (b"From ", b">From"):
        raw = raw.partition(b"\n")[2]
    return raw


def words_of(mail: Message, header: str) -> str:
    """A header's words decoded as far as they can be, on one line."""
    value = mail.get(header)
    return "" if value is None else " ".join(written(_decoded(value)).split())[:500]


def _decoded(value: object) -> str:
    raw = str(value).encode("utf-8", "surrogateescape")
    text = _text_of(raw, "")
    try:
        return "".join(_text_of(part, charset or "") if isinstance(part, bytes) else part for part, charset in decode_header(text))
    except Exception:  # a header may hold anything; as it stands is better than nothing
        return text


def _text_of(raw: bytes, charset: str) -> str:
    """Bytes as text: UTF-8 where they are that, else as declared, else as old Vietnamese machines wrote, else letter by letter."""
    for name in ("utf-8", charset, "cp1258"):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return raw.decode("latin-1")


def _text_of_part(raw: bytes, charset: str) -> str:
    """As declared where that is more than ASCII: UTF-7 and UTF-16 mails are no UTF-8 though their bytes may be."""
    if charset.lower().replace("_", "-") in ("utf-16", "utf-16le", "utf-16be", "utf-7", "iso-2022-jp", "utf-32"):
        try:
            return raw.decode(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    return _text_of(raw, charset)


def _names(mail: Message, *headers: str) -> list[str]:
    found = [name for header in headers for value in mail.get_all(header, []) for name in _NAME.findall(str(value)[:20_000])]
    if not found:  # without brackets, as some machines write
        bare = " ".join(str(mail.get(header) or "") for header in headers).split()
        found = [word for word in bare if "@" in word and len(word) < 400]
    return list(dict.fromkeys(found))[:MOST_NAMES]


def _addresses(mail: Message, *headers: str) -> tuple[str, ...]:
    said = [_decoded(value)[:10_000] for header in headers for value in mail.get_all(header, [])]
    try:
        found = getaddresses(said)
    except Exception:  # malformed beyond reading
        return ()
    return tuple(dict.fromkeys(address.lower() for _, address in found if "@" in address))


def _sender(mail: Message) -> str:
    for header in ("From", "Sender", "Reply-To"):
        if found := _addresses(mail, header):
            return found[0]
    said = _decoded(mail.get("From") or "").strip().strip("<>").lower()
    return said if _ROBOTS.match(said) else ""


def _sent(mail: Message) -> str:
    try:
        return parsedate_to_datetime(str(mail.get("Date"))).isoformat()
    except Exception:  # no date, or none that can be
        return ""


# -- who wrote it: a person or a machine --


def _machine(mail: Message, sender: str, to: tuple[str, ...], subject: str, own: frozenset[str]) -> str:
    if _is_loop(mail, sender, to, own):
        return "loop"
    if _is_bounce(mail, sender, subject):
        return "bounce"
    if _report_type(mail) == "disposition-notification":
        return "receipt"
    if _is_automatic(mail, subject):
        return "auto_reply"
    return "bulk" if _header(mail, "Precedence") in ("bulk", "junk") else ""


def _header(mail: Message, name: str) -> str:
    """A header's word, without its parameters and remarks in brackets (RFC 5322 comments)."""
    return re.sub(r"\([^()]*\)", " ", str(mail.get(name) or "")[:500]).split(";")[0].strip().lower()


def _report_type(mail: Message) -> str:
    if mail.get_content_type() != "multipart/report":
        return ""
    try:
        said = str(mail.get_param("report-type") or "").lower()
    except Exception:  # parameters that cannot be read
        said = ""
    kinds = {part.get_content_type() for part in _walk(mail)}
    named = {"message/delivery-status": "delivery-status", "message/disposition-notification": "disposition-notification"}
    return said or next((kind for media, kind in named.items() if media in kinds), "")


def _is_bounce(mail: Message, sender: str, subject: str) -> bool:
    if _report_type(mail) == "delivery-status":
        return True
    empty = str(mail.get("Return-Path") or "").strip() == "<>"
    robot = bool(_ROBOTS.match(sender))
    says_so = bool(_BOUNCED.match(fold(subject)))
    failed = mail.get("X-Failed-Recipients") is not None
    return (robot and (empty or says_so or failed)) or (says_so and (empty or failed))


def _is_automatic(mail: Message, subject: str) -> bool:
    """RFC 3834, and what machines wrote before and beside it. "auto-generated" alone is no answer: a sensor's alarm is a report."""
    said = _header(mail, "Auto-Submitted")
    if said in ("auto-replied", "auto-notified"):
        return True
    marks = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Vacation", "X-AutoReply-From")
    if any(mail.get(name) is not None and _header(mail, name) != "no" for name in marks):
        return True
    if _header(mail, "Precedence") in ("auto_reply", "auto-reply"):
        return True
    if _VACATION.match(fold(subject)):
        return True
    answers = mail.get("In-Reply-To") is not None
    if str(mail.get("Return-Path") or "").strip() == "<>" and answers:
        return True
    return said == "auto-generated" and (answers or "oof" in _header(mail, "X-Auto-Response-Suppress"))


def _is_generated(mail: Message) -> bool:
    said = _header(mail, "Auto-Submitted")
    return bool(said and said != "no") or mail.get("X-Auto-Response-Suppress") is not None or mail.get("List-Id") is not None


def _is_loop(mail: Message, sender: str, to: tuple[str, ...], own: frozenset[str]) -> bool:
    """Our own letter come back: from one of our addresses, or marked by us, or handed on without end."""
    marked = " ".join(str(value) for value in mail.get_all("X-Loop", [])).lower()
    ours = own | frozenset(to)
    if marked and ("luytre" in marked or any(address in marked for address in ours)):
        return True
    if sender and (sender in own or _is_to_itself(mail, sender)):
        return True
    delivered = [str(value).strip().lower() for value in mail.get_all("Delivered-To", [])]
    return any(delivered.count(address) > 3 for address in delivered) or len(mail.get_all("Received", [])) > HOPS


def _is_to_itself(mail: Message, sender: str) -> bool:
    """From the very address it was sent to; whoever writes to oneself with the desk in blind copy was delivered elsewhere."""
    delivered = _addresses(mail, "Delivered-To", "X-Original-To", "Envelope-To")
    return sender in _addresses(mail, "To", "Cc") and all(address == sender for address in delivered)


def _returned(mail: Message) -> tuple[str, tuple[str, ...]]:
    """What a bounce gives back of the mail it is about: its headers, whole or alone."""
    for part in _walk(mail):
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and inner and isinstance(inner[0], Message):
            return words_of(inner[0], "Subject"), tuple(_names(inner[0], "Message-ID", "References", "In-Reply-To"))
        if part.get_content_type() == "text/rfc822-headers":
            headers = message_from_bytes(_bytes(part), policy=policy.compat32)
            return words_of(headers, "Subject"), tuple(_names(headers, "Message-ID", "References", "In-Reply-To"))
    return "", ()


# -- what it says --


def _walk(mail: Message, depth: int = 0) -> Iterator[Message]:
    """The parts, not those of a mail that lies within as a file."""
    yield mail
    if depth < MOST_DEPTH and mail.get_content_maintype() == "multipart" and isinstance(mail.get_payload(), list):
        for part in list(mail.get_payload())[:MOST_PARTS]:
            if isinstance(part, Message):
                yield from _walk(part, depth + 1)


def _parts(mail: Message) -> tuple[list[str], list[File]]:
    plain: list[str] = []
    rich: list[str] = []
    files: list[File] = []
    for number, part in enumerate(_walk(mail)):
        if number > MOST_PARTS or len(files) >= MOST_FILES:
            break
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            continue
        kind, name = part.get_content_type(), _file_name(part)
        if kind in ("text/plain", "text/html") and not name and _disposition(part) != "attachment":
            text = _text_of_part(_bytes(part), _charset(part))
            (rich if kind == "text/html" else plain).append(text)
        else:
            files.append(File(name or f"phan-{number}{_ending(kind)}", kind, _bytes(part)))
    return (plain if any(text.strip() for text in plain) else [text_of_html(text) for text in rich]), files


def _bytes(part: Message) -> bytes:
    """A part's bytes; of a mail within, the mail as it came."""
    try:
        if part.get_content_maintype() == "message" and isinstance(part.get_payload(), list):
            return b"\n".join(inner.as_bytes() for inner in part.get_payload() if isinstance(inner, Message))
        content = part.get_payload(decode=True)
    except Exception:  # broken coding: what stands there, as it stands
        content = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return content if isinstance(content, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except Exception:  # parameters that cannot be read
        return ""


def _disposition(part: Message) -> str:
    try:
        return str(part.get_content_disposition() or "")
    except Exception:  # as above
        return ""


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # as above
        return ""
    plain = written(_decoded(name)).replace("\n", " ").replace("\t", " ")
    return re.split(r"[\\/]", plain)[-1].strip()[-150:]


def _ending(kind: str) -> str:
    known = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt", "image/png": ".png", "image/jpeg": ".jpg"}
    return known.get(kind, ".bin")


class _Reader(HTMLParser):
    """Words of an HTML page, without its scripts and styles; blocks are lines."""

    BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "blockquote", "hr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "head", "title"):
            self.hidden += 1
        if tag in self.BLOCKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head", "title"):
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def text_of_html(html: str) -> str:
    reader = _Reader()
    try:
        reader.feed(html[: MOST_TEXT * 4])
        reader.close()
    except Exception:  # a page may hold anything
        return re.sub(r"<[^>]{0,2000}>", " ", html[:MOST_TEXT])
    return "\n".join(" ".join(line.split()) for line in "".join(reader.said).split("\n") if line.strip())


def bare_subject(subject: str) -> str:
    """A subject without Re:, Fwd:, Trả lời: before it."""
    return _RE.sub("", subject).strip()


def _digest(sender: str, subject: str, text: str, files: list[File]) -> str:
    """Of what a person would take for the same mail: sender, subject, words and files; not of the way it came."""
    found = hashlib.sha256(f"{sender}\0{fold(bare_subject(subject))}\0{fold(text)}".encode("utf-8", "surrogatepass"))
    for file in files:
        found.update(b"\0" + hashlib.sha256(file.content).digest())
    return found.hexdigest()
