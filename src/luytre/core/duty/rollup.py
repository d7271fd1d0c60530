"""Roll-up: what the systems of a body add up to at their owner, and counts with denominators. Arrays in, arrays out.

Statuses are numbers here: the position in `STATUSES` (the order of display); `NOTHING` (−1) where there is no line.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from luytre.core.duty.model import STATUSES

Grid = npt.NDArray[Any]

CODE = {status: position for position, status in enumerate(STATUSES)}
NOT_APPLICABLE = CODE["not_applicable"]

# The worst first: what is owed, then what nobody could determine (never hidden by something done), then what is done or needs nothing.
WORST_FIRST = (
    "overdue", "missed", "due_soon", "open", "unknown", "undated", "not_open",
    "met_late", "met", "waived", "recommended", "not_applicable",
)  # fmt: skip
_RANK = np.array([WORST_FIRST.index(status) for status in STATUSES] + [len(WORST_FIRST) - 1], dtype=np.int8)  # [-1]: nothing
_FROM_RANK = np.array([CODE[status] for status in WORST_FIRST], dtype=np.int8)
_TOO_GOOD = tuple(CODE[status] for status in ("met", "met_late", "waived", "recommended", "not_open", "not_applicable"))
DONE = (CODE["met"], CODE["met_late"], CODE["waived"])


def rank(grid: Grid) -> Grid:
    """How bad each status is: 0 = worst. Same shape."""
    return np.asarray(_RANK[grid])


@dataclass(frozen=True)
class Rolled:
    """Per owner and duty: `status` (worst of its systems), `done` of `owed` systems. All of shape (owners, duties)."""

    status: Grid
    done: Grid
    owed: Grid


def roll_up(grid: Grid, owner: Grid, confirmed: Grid, asked: Grid, covered: Grid) -> Rolled:
    """The standing of each owner for duties owed per system.

    `grid` (systems, duties) statuses; `owner` (systems,) row of the owner or −1; `confirmed` (owners,) whether the body's word that
    these are all its systems is fresh; `asked` (owners,) whether it is a body that owes such duties; `covered` (duties,) whether the
    duty needs that word. Without it nothing is green: what would read as done or not owed is `unknown`; what is red, due or open stays
    (a reading of this house: a missing list does not hide work).
    """
    owners, duties = len(confirmed), grid.shape[1]
    worst = np.full((owners, duties), len(WORST_FIRST) - 1, dtype=np.int8)
    done, owed = np.zeros((owners, duties), dtype=np.int32), np.zeros((owners, duties), dtype=np.int32)
    order = np.argsort(owner, kind="stable")
    order = order[owner[order] >= 0]
    if len(order):
        sorted_owner = owner[order]
        starts = np.flatnonzero(np.r_[True, sorted_owner[1:] != sorted_owner[:-1]])
        which, rows = sorted_owner[starts], grid[order]
        worst[which] = np.minimum.reduceat(rank(rows), starts, axis=0)
        owed[which] = np.add.reduceat(((rows != NOT_APPLICABLE) & (rows >= 0)).astype(np.int32), starts, axis=0)
        done[which] = np.add.reduceat(is_done(rows).astype(np.int32), starts, axis=0)
    status = _FROM_RANK[worst]
    in_doubt = (asked & ~confirmed)[:, None] & covered & np.isin(status, _TOO_GOOD)
    status[in_doubt] = CODE["unknown"]
    return Rolled(status, done, owed)


def is_done(grid: Grid) -> Grid:
    """Where a duty is met, met late or waived. Same shape, bool."""
    return np.asarray((grid == DONE[0]) | (grid == DONE[1]) | (grid == DONE[2]))


def counts(grid: Grid, groups: Grid, group_count: int) -> Grid:
    """How many lines of each status per group of bodies and duty: shape (groups, duties, statuses).

    `grid` (bodies, duties); `groups` (bodies,) a group number, −1 to leave a body out. Cells with NOTHING are not counted.
    """
    duties = grid.shape[1]
    width = len(STATUSES)
    key = (groups.astype(np.int64)[:, None] * duties + np.arange(duties)) * width + grid
    kept = key[(groups >= 0)[:, None] & (grid >= 0)]
    return np.bincount(kept, minlength=group_count * duties * width).reshape(group_count, duties, width)
