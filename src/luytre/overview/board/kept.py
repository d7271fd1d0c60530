"""What need not be worked out again while nothing new is known: points of the trend and drawn pages, by scope, day and journal head.

Kept in the memory of one process, bounded; a key holds everything the content depends on, so nothing is ever invalidated by hand.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

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
PAGES: Kept[bytes] = Kept(64_000_000, len)
HERE = "<!-- content -->"  # where the frame of a page leaves room for what is kept


def version() -> Version:
    """What everything on a board depends on besides what was asked: how far the projection has followed the journal (ask for it
    first: sources.settle), and the installation."""
    return (settings.DATA_DIR, settings.LUYTRE_MARK, projection.turn())


def framed(request: HttpRequest, context: Mapping[str, Any], content: bytes) -> HttpResponse:
    """What is kept, within the frame of this reader: name, menu and tokens are drawn each time, the content is passed on as it lies."""
    frame = render_to_string("board/board.html", {**context, "content": SafeString(HERE)}, request)
    before, _here, after = frame.partition(HERE)
    return HttpResponse([before.encode(), content, after.encode()])
