"""Seeded chance: one stream a purpose, the same on every machine and Python (only random() of a string-seeded generator is used)."""

import math
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")
SEED = "luy-tre-88"


class Chance:
    """A stream of draws. Keys are places in lists and purposes, never names of bodies."""

    def __init__(self, *key: object) -> None:
        self._next = random.Random("|".join([SEED, *map(str, key)])).random  # noqa: S311  not for secrets

    def yes(self, probability: float) -> bool:
        return self._next() < probability

    def share(self) -> float:
        """A number from 0 (included) to 1 (excluded)."""
        return self._next()

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._next() * len(options))]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        mark = self._next() * sum(weight for _, weight in options)
        for option, weight in options:
            mark -= weight
            if mark < 0:
                return option
        return options[-1][0]

    def delay(self, mean: float) -> int:
        """Days of a wait: many short, few long (exponential)."""
        return int(-mean * math.log(1.0 - self._next()))

    def day(self, first: date, last: date) -> date:
        """A day from first to last, both included; first when last lies before it."""
        return first + timedelta(days=self.whole(0, max(0, (last - first).days)))
