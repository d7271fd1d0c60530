"""Mail (.eml): subject, every readable body, every attachment."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from luytre.core.marking.reading.found import MAX_MEMBERS, Reading
from luytre.core.marking.reading.package import Open
from luytre.core.marking.reading.plain import read_markup, read_text
from luytre.core.marking.verdict import Line

_HEADS = re.compile(
    rb"(?im)^(?:from|to|subject|mime-version|received|return-path|message-id|date|x-[a-z-]+|delivered-to|content-type|cc): ?\S"
)
_TOLD = ("Subject", "Comments", "Keywords", "Sensitivity", "X-Classification", "Thread-Topic")


def is_mail(content: bytes) -> bool:
    """At least two header lines before the first empty one."""
    head = re.split(rb"\r?\n\r?\n", content[:20_000], maxsplit=1)[0]
    return _HEADS.match(head) is not None and len(_HEADS.findall(head)) >= 2


def read_mail(content: bytes, reading: Reading, where: str, depth: int, open_: Open) -> None:
    try:
        message = message_from_bytes(content, policy=policy.default)
        for name in _TOLD:
            if message[name]:
                reading.add([Line(str(message[name]), f"{where}{'tiêu đề thư' if name == 'Subject' else name}", "apart")])
        for number, part in enumerate(message.walk()):
            if number > MAX_MEMBERS:
                reading.close(f"{where}thư có quá nhiều phần")
                return
            _read_part(part, reading, where, depth, open_)
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError, IndexError):
        reading.close(f"{where}thư bị hỏng")


def _read_part(part: EmailMessage, reading: Reading, where: str, depth: int, open_: Open) -> None:
    if part.is_multipart():
        return
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    name = part.get_filename()
    if name or part.get_content_maintype() != "text":
        reading.names.append((name or "", f"{where}tên tệp đính kèm"))
        open_(name or "", data, reading, f"{where}đính kèm {name or ''}: ", depth + 1)
        return
    text = data.decode(part.get_content_charset() or "utf-8", "replace")
    (read_markup if part.get_content_subtype() == "html" else read_text)(text, reading, f"{where}thân thư, ")
