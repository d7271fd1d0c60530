"""Playbooks as data: what is done in each of the six stages, for every incident and for each type; our own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[1] / "data" / "playbooks"
STAGES = ("prepare", "identify", "analyse", "handle", "recover", "after")


@dataclass(frozen=True)
class Step:
    """One step: `key` names it for ever ("encryption.handle.2")."""

    key: str
    stage: str
    says: Mapping[str, str]


@lru_cache(maxsize=16)
def _book(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def _of(name: str) -> list[Step]:
    """The steps of one book. A place in the list is a name: steps are added at the end of their stage, never moved."""
    book = _book(name)
    return [
        Step(f"{name}.{stage}.{number}", stage, {"vi": said["vi"], "en": said["en"]})
        for stage in STAGES
        for number, said in enumerate(book.get(stage) or (), 1)
    ]


def steps(type_: str, *, serious: bool = False) -> list[Step]:
    """The steps for a type, stage by stage: those of every incident first, then those of the type, then of the serious process."""
    found = [*_of("every"), *_of(type_), *(_of("serious") if serious else ())]
    return sorted(found, key=lambda step: STAGES.index(step.stage))
