"""How often one may do something in a stretch of time: counted for all servers together in the shared cache."""

import time

from django.core.cache import cache


def count(what: str, who: int | str, seconds: int) -> int:
    """Counts one more and says how many there were in this stretch; 1 where it began just now."""
    key = f"limit:{what}:{who}:{int(time.time()) // seconds}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ended just now
        return 1


def left(seconds: int) -> int:
    """Seconds until the next stretch begins."""
    return seconds - int(time.time()) % seconds
