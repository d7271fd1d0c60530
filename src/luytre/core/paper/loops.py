"""Runs what opens an event loop of its own where one may already be running: under an ASGI server, or beside a browser's driver."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """What `work` gives; in a thread of its own if a loop runs in this one (pyHanko signs and validates inside asyncio.run)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(work).result()
