"""What a way out answers: taken, later, never; and how long to wait before the next try."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

SENT, LATER, NEVER = "sent", "later", "never"

# The first tries suit greylisting (five to fifteen minutes), the later ones a server that is down for a night or a weekend.
WAITS = (1, 5, 10, 15, 30, 60, 120, 240)  # minutes; the last one again and again
GIVE_UP = timedelta(days=5)  # RFC 5321 4.5.4.1: give up after four to five days at the earliest


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer: `kind` sent, later or never; `code` as the other side gave it; `says` its words, shortened."""

    kind: str
    code: str = ""
    says: str = ""


def wait(tries: int) -> timedelta:
    """How long after the n-th try (from 1) the next one may come."""
    return timedelta(minutes=WAITS[min(max(tries, 1), len(WAITS)) - 1])


LONGEST_WAIT = timedelta(minutes=WAITS[-1])
Deliver = Callable[["Sealed"], Outcome]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A letter as it is handed to a way out."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    urgent: bool
    carries: tuple[int, ...] = ()  # a digest: the letters in it
