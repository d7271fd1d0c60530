"""The processes of the law as data: the steps of ordinary and of serious incidents, who leads each, with whom; which comes next. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[1] / "data" / "process.yaml"
Words = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One step: its name for ever, who leads, with whom, what it comes to."""

    step: str
    leads: Words
    partners: Words
    does: Words

    @property
    def number(self) -> int:
        return int(self.step.partition(".")[2])


@dataclass(frozen=True)
class Process:
    name: str
    instrument: str
    clause: str
    steps: tuple[Step, ...]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


def process(serious: bool) -> Process:
    """The process an incident goes by; upgraded to serious, it goes by the longer one from then on."""
    name = "serious" if serious else "ordinary"
    held = _table()[name]
    steps = tuple(Step(one["step"], one["leads"], one["with"], one["does"]) for one in held["steps"])
    return Process(name, held["instrument"], held["clause"], steps)


def next_step(serious: bool, done: Collection[str]) -> str:
    """The first step that is not done; empty: all are."""
    return next((one.step for one in process(serious).steps if one.step not in done), "")


def fault(step: str, serious: bool, done: Collection[str]) -> str:
    """Why a step cannot be marked done now: "unknown" (not of this process), "done" or "early"; empty: it can."""
    names = [one.step for one in process(serious).steps]
    if step not in names:
        return "unknown"
    if step in done:
        return "done"
    return "early" if step != next_step(serious, done) else ""
