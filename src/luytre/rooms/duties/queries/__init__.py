"""Questions of the duties room: what the judge reads (bench), evidence and its fate (evidence), who may file for whom (delegations)."""

from luytre.rooms.duties.queries.bench import (
    Thing,
    all_things,
    facts_about,
    facts_by_id,
    judge,
    law,
    may_change_register,
    things_near,
    things_read_by,
    verbs_of,
)

__all__ = [
    "Thing",
    "all_things",
    "facts_about",
    "facts_by_id",
    "judge",
    "law",
    "may_change_register",
    "things_near",
    "things_read_by",
    "verbs_of",
]
