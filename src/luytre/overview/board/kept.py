"""What need not be worked out again while nothing new is known: points of the trend and drawn pages, by scope, day and journal head.

Kept in the memory of one process, bounded; a key holds everything the content depends on, so nothing is ever invalidated by hand.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.conf import settings

from luytre import journal
from luytre.rooms.duties import projection
from luytre.ui.charts import Point

T = TypeVar("T")


class Kept(Generic[T]):
    """The last few values by key; the one asked for longest ago goes first. `weigh`: how much one counts against `most`."""

    def __init__(self, most: int, weigh: Callable[[T], int] = lambda value: 1) -> None:
        self.most, self.weigh, self.weight = most, weigh, 0
        self.held: OrderedDict[Hashable, T] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self.lock:
            if key in self.held:
                self.held.move_to_end(key)
                return self.held[key]
        value = make()
        with self.lock:
            if key not in self.held:
                self.held[key] = value
                self.weight += self.weigh(value)
                while self.weight > self.most and len(self.held) > 1:
                    self.weight -= self.weigh(self.held.popitem(last=False)[1])
        return value


Version = tuple[Hashable, ...]
POINTS: Kept[Point] = Kept(5000)
PAGES: Kept[str] = Kept(48_000_000, len)  # letters


def version() -> Version:
    """What everything on a board depends on besides what was asked: how far journal and projection have come, and the installation."""
    return (settings.DATA_DIR, settings.LUYTRE_MARK, journal.queries.last_seq(), projection.turn())
