"""What a person at a terminal sees while a hunt runs. (The clock is only looked at here, for rate and remaining time.)"""

import heapq
import sys
import time
from typing import Any

import orjson

from luytre.core.hunt.finding import LEVELS, TOP

EVERY = 0.3  # seconds between two drawings


class Progress:
    """A bar on stderr, where that is a terminal: share done, events a second, time left."""

    def __init__(self) -> None:
        self.on = sys.stderr.isatty()
        self._start = self._last = time.monotonic()

    def __call__(self, done: int, total: int, events: int) -> None:
        now = time.monotonic()
        if not self.on or now - self._last < EVERY:
            return
        self._last = now
        share = min(done / total, 1.0) if total else 1.0
        spent = now - self._start
        left = f"còn {int(spent / share - spent)} s" if share > 0.01 else "…"
        bar = "█" * int(share * 24)
        sys.stderr.write(f"\r{bar:<24} {share:4.0%}  {events / max(spent, 0.001):,.0f} sự kiện/s  {left}   ")
        sys.stderr.flush()

    def end(self) -> None:
        if self.on:
            sys.stderr.write("\r" + " " * 78 + "\r")


class Gravest:
    """The gravest findings, for the report; as many as it shows."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, bytes]] = []
        self._count = 0

    def put(self, line: bytes) -> None:
        self._count += 1
        start = line.find(b'"level":"') + 9
        level = line[start : line.index(b'"', start)].decode() if start > 8 else ""
        rank = -LEVELS.index(level) if level in LEVELS else -len(LEVELS)
        item = (rank, -self._count, line)
        if len(self._heap) < TOP:
            heapq.heappush(self._heap, item)
        elif item > self._heap[0]:
            heapq.heapreplace(self._heap, item)

    def rows(self) -> list[dict[str, Any]]:
        return [orjson.loads(line) for _, _, line in sorted(self._heap, reverse=True)]
