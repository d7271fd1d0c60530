"""The projection: what the judge says of every slot, laid up so that boards answer at once. It may be dropped and rebuilt any night.

projection.rebuild(on=today)                 # judge everything anew; writes the table and the column files
projection.catch_up(on=today)                # take in what the journal has learnt since: only the slots it may change
projection.matrix(refs, duties, on, known)   # cells of a heat map
projection.totals(on, known)                 # counts with denominators
projection.standings(ref, on, known)         # the standing of one body or system, duty by duty, judged exactly
projection.why(duty, ref, on, known)         # one cell explained
projection.worst(on, known, n) · projection.trend(days)
"""

from luytre.rooms.duties.projection.book import book_for, moments
from luytre.rooms.duties.projection.memory import follow, forget, standings_of_all, turn
from luytre.rooms.duties.projection.one import Line, Why, lines, standings, why
from luytre.rooms.duties.projection.province import Matrix, Rank, Tally, Totals, matrix, totals, trend, worst
from luytre.rooms.duties.projection.store import Report, catch_up, check, ensure, rebuild

__all__ = [
    "Line",
    "Matrix",
    "Rank",
    "Report",
    "Tally",
    "Totals",
    "Why",
    "book_for",
    "catch_up",
    "check",
    "ensure",
    "follow",
    "forget",
    "lines",
    "matrix",
    "moments",
    "rebuild",
    "standings",
    "standings_of_all",
    "totals",
    "trend",
    "turn",
    "why",
    "worst",
]
