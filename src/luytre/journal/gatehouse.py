"""The one question before every act: may this one do this verb on this thing, on that day? The answer comes from above, by a hook."""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from luytre.core.refusal import Refusal


class Ask(NamedTuple):
    """`by` wants to write `verb` about `thing` on a day (the day of recording)."""

    by: str
    verb: str
    thing: str
    on: date


log = logging.getLogger(__name__)
May = Callable[[Sequence[Ask]], Sequence[bool]]
_answers: list[May] = []


def gate(may: May) -> None:
    """Set who answers (the register's AppConfig does). Until then every act is refused."""
    _answers[:] = [may]


Screen = Callable[[Sequence[Any]], None]
_screens: list[Screen] = []


def screen(look: Screen) -> None:
    """Set who looks at rows before they are written (the register does): it may refuse what must not be stored."""
    _screens[:] = [look]


def look(rows: Sequence[Any]) -> None:
    """Let rows (journal.bulk.Row) be looked at."""
    for one in _screens:
        one(rows)


def require(asks: Sequence[Ask]) -> None:
    """Refuse unless every ask is granted; asked in one go, so that a bulk act costs a constant number of queries."""
    granted = _answers[0](asks) if _answers else [False] * len(asks)
    for ask, yes in zip(asks, granted, strict=True):
        if not yes:
            log.warning("refused: %s by %s about %s", ask.verb, ask.by, ask.thing)  # references only
            said = _("Ông/bà chưa được phân quyền làm việc này (%(verb)s) đối với %(thing)s. Đề nghị liên hệ quản trị hệ thống.")
            raise Refusal(said % {"verb": ask.verb, "thing": ask.thing}, status=403)
