"""Roll-up: what the systems of a body add up to at their owner, and counts with denominators. Arrays in, arrays out.

Statuses are numbers here: the position in `STATUSES` (the order of display); `NOTHING` (−1) where there is no line.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from luytre.core.duty.cell import WORST_FIRST
from luytre.core.duty.coverage import WORSE_THAN_UNKNOWN
from luytre.core.duty.model import STATUSES

Grid = npt.NDArray[Any]

CODE = {status: position for position, status in enumerate(STATUSES)}
NOT_APPLICABLE = CODE["not_applicable"]

_RANK = np.array([WORST_FIRST.index(status) for status in STATUSES] + [len(WORST_FIRST) - 1], dtype=np.int8)  # [-1]: nothing
_FROM_RANK = np.array([CODE[status] for status in WORST_FIRST], dtype=np.int8)
_STAYS = tuple(CODE[status] for status in WORSE_THAN_UNKNOWN)
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
    duty needs that word. Without it nothing is green: all is `unknown` but what is worse (the same reading as
    `Judge.owner_standing`: a missing list does not hide work).
    """
    owners, duties = len(confirmed), grid.shape[1]
    grid = np.where(is_owed(grid), grid, NOT_APPLICABLE)
    worst = np.full((owners, duties), len(WORST_FIRST) - 1, dtype=np.int8)
    done, owed = np.zeros((owners, duties), dtype=np.int32), np.zeros((owners, duties), dtype=np.int32)
    order = np.argsort(owner, kind="stable")
    order = order[owner[order] >= 0]
    if len(order):
        sorted_owner = owner[order]
        starts = np.flatnonzero(np.r_[True, sorted_owner[1:] != sorted_owner[:-1]])
        which, rows = sorted_owner[starts], grid[order]
        worst[which] = np.minimum.reduceat(rank(rows), starts, axis=0)
        owed[which] = np.add.reduceat(is_owed(rows).astype(np.int32), starts, axis=0)
        done[which] = np.add.reduceat(is_done(rows).astype(np.int32), starts, axis=0)
    status = _FROM_RANK[worst]
    in_doubt = (asked & ~confirmed)[:, None] & covered & ~np.isin(status, _STAYS)
    status[in_doubt] = CODE["unknown"]
    return Rolled(status, done, owed)


def is_owed(grid: Grid) -> Grid:
    """Where a system has a matter under a duty, done or not. Same shape, bool."""
    return np.asarray((grid >= 0) & (grid != NOT_APPLICABLE) & (grid != CODE["not_open"]))


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
