"""A compiled rule set: plain data that can be kept in a file, and the questions asked of it."""

from functools import cached_property
from typing import Any

import msgspec

from luytre.core.hunt.logic import Atom, Tree, atoms_of

FORMAT = "luytre-hunt-3"  # changes whenever the meaning of the compiled form does


class Rule(msgspec.Struct, frozen=True, omit_defaults=True):
    """One Sigma rule, compiled."""

    id: str
    title: str
    level: str
    tree: Tree
    attack: tuple[str, ...] = ()
    authors: str = ""
    file: str = ""
    name: str = ""
    product: str | None = None
    category: str | None = None
    service: str | None = None
    says: dict[str, str] = {}  # title in Vietnamese and what to do, where the rule gives them
    quiet: bool = False  # only feeds correlations; gives no finding of its own
    plain: bool = False  # names its channel and event id at the top only: then `atoms` and `need` are of what is left (ready.py)
    atoms: tuple[int, ...] = ()
    need: tuple[int, ...] | None = None


class Correlation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rule over findings of other rules within a span of time."""

    id: str
    title: str
    level: str
    kind: str  # event_count value_count temporal temporal_ordered
    rules: tuple[str, ...]  # ids or names
    seconds: int
    group_by: tuple[str, ...] = ()
    op: str = "gte"
    count: int = 1
    fields: tuple[str, ...] = ()  # what is counted by value_count
    condition: Any = None  # boolean expression over rules, for temporal kinds
    aliases: dict[str, dict[str, str]] = {}  # alias → rule → field
    attack: tuple[str, ...] = ()
    authors: str = ""
    file: str = ""
    name: str = ""
    says: dict[str, str] = {}


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rule, or a rule file, that does not run. `code`: broken | site | unsupported | duplicate | runaway."""

    code: str
    file: str
    why: str
    rule_id: str | None = None
    title: str | None = None


class RuleSet(msgspec.Struct, dict=True):
    """Everything compiled from one source with one choice of pipelines."""

    digest: str
    source: str
    rules: list[Rule]
    atoms: list[Atom]
    gates: list[str | None] = []  # of each atom: a literal its text must contain (ready.py)
    correlations: list[Correlation] = []
    problems: list[Problem] = []
    files: int = 0
    newest: float = 0.0  # when the newest rule file was written: the age of the set
    pipelines: tuple[str, ...] = ()

    @cached_property
    def index(self) -> dict[tuple[str | None, str | None], list[int]]:
        """(channel, event id) in lower case, or None where a rule names none → rules that may fire there."""
        found: dict[tuple[str | None, str | None], list[int]] = {}
        for number, rule in enumerate(self.rules):
            for channel in self._needed(rule.tree, "Channel"):
                for event_id in self._needed(rule.tree, "EventID"):
                    found.setdefault((channel, event_id), []).append(number)
        return found

    def candidates(self, channel: str | None, event_id: str | None) -> list[int]:
        """Rules that may fire on a record of this channel and event id (both lower case)."""
        keys = {(c, e) for c in (channel, None) for e in (event_id, None)}
        return sorted(number for key in keys for number in self.index.get(key, ()))

    def _needed(self, tree: Tree, field: str) -> list[str | None]:
        """The values one of which the field must have, as far as the top of the tree says; [None] where it says nothing."""
        parts = tree[1:] if isinstance(tree, list) and tree[0] == "&" else [tree]
        for part in parts:
            options = part[1:] if isinstance(part, list) and part[0] == "|" else [part]
            if options and all(self._is_plain(option, field) for option in options):
                return [self.atoms[option].value.lower() for option in options]
        return [None]

    def _is_plain(self, part: Tree, field: str) -> bool:
        return isinstance(part, int) and not isinstance(part, bool) and self.atoms[part].field == field and self.atoms[part].op == "eq"

    def fields_of(self, number: int) -> set[str]:
        return {field for atom in atoms_of(self.rules[number].tree) if (field := self.atoms[atom].field) is not None}
