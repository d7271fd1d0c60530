"""Who may do what."""

from collections.abc import Sequence

from luytre.journal.gatehouse import Ask


def may_all(asks: Sequence[Ask]) -> list[bool]:
    return [ask.by in ("console", "clock") for ask in asks]
