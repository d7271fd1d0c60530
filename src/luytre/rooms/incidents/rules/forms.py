"""Is it a person who fills the public form? A signed token, time enough to write, an empty trap, work done or a question answered."""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

from luytre.core.fold import fold

QUICKEST = timedelta(seconds=4)  # nobody reads and fills the form in less
OLDEST = timedelta(hours=24)
WORK_BITS = 17  # leading zero bits: about a second on a phone
CALM = 60  # reports by form in the last minute, up to which nobody is asked the question
SAME_CONTACT = 5  # reports in an hour with the same telephone or mail, up to which nobody is asked
QUESTIONS = {  # the plain question, asked in both languages, and what answers it
    "sum": (("Ba cộng bốn bằng mấy?", "What is three plus four?"), ("7", "bay", "seven")),
    "rain": (("Mưa từ đâu rơi xuống: từ trời hay từ đất?", "Where does rain fall from: the sky or the ground?"), ("troi", "sky", "may")),
    "legs": (("Con trâu có mấy chân?", "How many legs has a buffalo?"), ("4", "bon", "four")),
    "night": (("Ban đêm trời sáng hay tối?", "Is it light or dark at night?"), ("toi", "dark")),
    "year": (("Một năm có bao nhiêu tháng?", "How many months has a year?"), ("12", "muoi hai", "twelve")),
}
_PHONE = re.compile(r"\+?[\d\s().-]{8,20}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{3,180}\.[^@\s.]{2,24}")


@dataclass(frozen=True)
class Signs:
    """What is known of a filled form before it is read."""

    age: timedelta
    trap: str
    worked: bool
    last_minute: int
    same_contact: int
    answered: bool


def asks(signs: Signs) -> bool:
    """Is the plain question to be asked before this is taken? Never a refusal: what was written is kept."""
    if signs.answered:
        return False
    if signs.trap or signs.same_contact > SAME_CONTACT:
        return True
    return not signs.worked and (signs.age < QUICKEST or signs.last_minute > CALM)


def has_worked(token: str, proof: str) -> bool:
    """Did the browser find a number whose SHA-256 with the token begins with enough zeros?"""
    if not proof.isdigit() or len(proof) > 12:
        return False
    digest = hashlib.sha256(f"{token}:{proof}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - WORK_BITS) == 0


def question_of(token: str) -> str:
    """Which question a form asks: always the same for one form, so that going back shows the same."""
    names = sorted(QUESTIONS)
    return names[hashlib.sha256(token.encode()).digest()[0] % len(names)]


def is_right(question: str, answer: str) -> bool:
    said = fold(answer).strip(" .!")
    return any(word == said or word in said.split() for word in QUESTIONS[question][1])


def contact_kind(typed: str) -> str:
    """ "phone" or "mail"; empty: neither can be read in it."""
    text = typed.strip()
    if _MAIL.fullmatch(text):
        return "mail"
    digits = re.sub(r"\D", "", text)
    return "phone" if _PHONE.fullmatch(text) and 8 <= len(digits) <= 15 else ""


def contact_plain(typed: str) -> str:
    """As contacts are compared: digits from the national number, or the mail address in small letters."""
    if contact_kind(typed) == "mail":
        return typed.strip().lower()
    digits = re.sub(r"\D", "", typed)
    return digits.removeprefix("84").lstrip("0")
