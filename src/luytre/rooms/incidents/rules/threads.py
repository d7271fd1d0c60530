"""What becomes of a mail: a new report, part of one, returned, sent again, left aside, refused. Decided from the mail and what is known."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from luytre.core.marking import judge_file, judge_text
from luytre.rooms.incidents.rules import receipts
from luytre.rooms.incidents.rules.mail import Letter

REPORT, REPLY, BOUNCE, DUPLICATE, IGNORED, SECRET = "report", "reply", "bounce", "duplicate", "ignored", "refused_secret"
# Why, in few words; the pages and the command say it in the reader's language from here.
REASONS = {
    "new": ("báo cáo mới", "new report"),
    "thread": ("trả lời trong luồng thư", "answer in the thread"),
    "code": ("tiêu đề có mã biên nhận", "its subject bears the code"),
    "bounce": ("thư bị trả lại", "returned mail"),
    "loop": ("thư của chính hệ thống quay lại", "our own letter come back"),
    "auto_reply": ("thư trả lời tự động", "automatic answer"),
    "receipt": ("giấy báo đã đọc", "read receipt"),
    "bulk": ("thư gửi hàng loạt", "bulk mail"),
    "same_name": ("thư này đã nhận (trùng Message-ID)", "received already (same Message-ID)"),
    "same_words": ("thư này đã nhận (trùng người gửi, nội dung)", "received already (same sender and words)"),
    "no_mail": ("tệp không phải thư điện tử", "the file is no mail"),
    "empty": ("thư không có nội dung", "the mail says nothing"),
    "secret": ("mang dấu độ mật, không nhận", "bears a mark of state secrets, refused"),
}


@dataclass(frozen=True)
class Decision:
    """What becomes of it, of which report, and why (a key of REASONS)."""

    outcome: str
    code: str
    reason: str


class Known(Protocol):
    """What is known of earlier mails."""

    def is_report(self, code: str) -> bool: ...

    def thread(self, names: Iterable[str], *, own: bool) -> str: ...

    def named(self, name: str) -> tuple[str, str] | None:
        """(report, digest of the mail) of a mail already taken in under a name."""

    def same(self, digest: str, sent: str) -> str:
        """The report of a mail with the same sender and words, sent within a day of this one."""

    def is_of(self, code: str, sender: str) -> bool: ...


def name_of(message_id: str) -> str:
    """A Message-ID as it is kept: by its digest."""
    return hashlib.sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()


def decide(letter: Letter, known: Known, secret: bytes) -> Decision:
    """Machines first (they are never answered), then marks of state secrets (nothing of them is kept), then what it belongs to."""
    if letter.machine:
        return _of_a_machine(letter, known)
    if not letter.is_mail:
        return Decision(IGNORED, "", "no_mail")
    if is_secret(letter):
        return Decision(SECRET, "", "secret")
    again = _seen_before(letter, known)
    if again is not None:
        return again
    code, reason = belongs_to(letter, known)
    if code:
        return Decision(REPLY, code, reason)
    if not (letter.text or letter.subject or letter.files):
        return Decision(IGNORED, "", "empty")
    if earlier := known.same(letter.digest, letter.sent):
        return Decision(DUPLICATE, earlier, "same_words")
    return Decision(REPORT, receipts.code_of(secret, letter.name or letter.digest), "new")


def _of_a_machine(letter: Letter, known: Known) -> Decision:
    code, _ = belongs_to(letter, known)
    if letter.machine == "bounce" and not code:
        code = _returned_to(letter, known)
    return Decision(BOUNCE if letter.machine == "bounce" else IGNORED, code, letter.machine)


def _returned_to(letter: Letter, known: Known) -> str:
    """The report whose letter came back."""
    subject, names = letter.returned
    code = next((code for code in receipts.codes_in(subject) if known.is_report(code)), "")
    return code or known.thread(map(name_of, names), own=True)


def is_secret(letter: Letter) -> bool:
    """Does the subject, the text or a file bear a mark of state secrets?"""
    told = (judge_text(f"{letter.subject}\n\n{letter.text}"), judge_text(letter.text), judge_text(letter.subject))
    return any(verdict.verdict == "secret" for verdict in told) or any(
        judge_file(file.name, file.content).verdict == "secret" for file in letter.files
    )


def belongs_to(letter: Letter, known: Known) -> tuple[str, str]:
    """The report a mail speaks of: by the code in its subject, by what it answers, or because an earlier one answered the same."""
    for code in receipts.codes_in(letter.subject):
        if known.is_report(code):
            return code, "code"
    if found := known.thread(map(name_of, letter.answers), own=True):
        return found, "thread"
    strange = [name_of(name) for name in (letter.name, *letter.answers) if name]
    found = known.thread(strange, own=False)
    # A thread is joined through a mail we never saw only by those who are in it: the same quoted mail may reach many.
    return (found, "thread") if found and known.is_of(found, letter.sender) else ("", "")


def _seen_before(letter: Letter, known: Known) -> Decision | None:
    """The very mail again. Another mail that bears the same Message-ID is another mail: nothing is lost to a careless machine."""
    if not letter.name:
        same = known.same(letter.digest, letter.sent)
        return Decision(DUPLICATE, same, "same_words") if same else None
    earlier = known.named(name_of(letter.name))
    if earlier is not None and earlier[1] == letter.digest:
        return Decision(DUPLICATE, earlier[0], "same_name")
    return None


@dataclass
class Memory:
    """What is known, held in memory: all of it for a trial run, the mails of one run on top of the database otherwise."""

    beneath: Known | None = None
    codes: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)  # of threads' own mails
    referred: dict[str, str] = field(default_factory=dict)  # of mails they answer and we never saw
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    digests: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # (report, when it was sent)
    senders: dict[str, set[str]] = field(default_factory=dict)

    def take(self, letter: Letter, decision: Decision, ours: Iterable[str] = ()) -> None:
        """Remember a mail that became a report or part of one. `ours`: names of the letters we answer it with."""
        if decision.outcome not in (REPORT, REPLY):
            return
        code = decision.code
        self.codes.add(code)
        self.senders.setdefault(code, set()).add(letter.sender)
        if letter.name:
            name = name_of(letter.name)
            self.names.setdefault(name, code)
            self.taken.setdefault(name, (code, letter.digest))
        for name in map(name_of, letter.answers):
            self.referred.setdefault(name, code)
        for name in map(name_of, ours):
            self.names.setdefault(name, code)
        self.digests.setdefault(letter.digest, []).append((code, letter.sent))

    def is_report(self, code: str) -> bool:
        return code in self.codes or (self.beneath is not None and self.beneath.is_report(code))

    def thread(self, names: Iterable[str], *, own: bool) -> str:
        wanted = list(names)
        held = self.names if own else {**self.referred, **self.names}
        found = next((held[name] for name in wanted if name in held), "")
        return found or (self.beneath.thread(wanted, own=own) if self.beneath else "")

    def named(self, name: str) -> tuple[str, str] | None:
        return self.taken.get(name) or (self.beneath.named(name) if self.beneath else None)

    def same(self, digest: str, sent: str) -> str:
        found = next((code for code, other in self.digests.get(digest, []) if is_soon_after(other, sent)), "")
        return found or (self.beneath.same(digest, sent) if self.beneath else "")

    def is_of(self, code: str, sender: str) -> bool:
        if sender and sender in self.senders.get(code, set()):
            return True
        return self.beneath.is_of(code, sender) if self.beneath else False


def shown_subject(letter: Letter, decision: Decision) -> str:
    """The subject as the command prints it; of a refused mail only where the subject itself bears no mark."""
    if decision.outcome == SECRET and judge_text(letter.subject).verdict == "secret":
        return ""
    return letter.subject


def is_soon_after(one: str, other: str) -> bool:
    """Were two mails sent within a day of each other, as far as their clocks say? The same alarm a day later is another alarm."""
    try:
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
        return abs(first - second) <= timedelta(days=1)
    except (ValueError, TypeError):
        return True
