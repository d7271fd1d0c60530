"""What can be known of rules before any record is seen: computed once when rules are compiled, kept with them.

A rule for Windows is mostly an `and` that names its channel and event id plainly at the top. What is left of such a rule once these are
known is the same for every group, so its atoms and its triggers are the same too.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from luytre.core.hunt.logic import Atom, Tree, atoms_of, both, need, simplify
from luytre.core.hunt.patterns import literal_of, literals_of_glob
from luytre.core.hunt.ruleset import Rule, RuleSet
from luytre.core.hunt.values import is_true

ROUTE = frozenset(("Channel", "EventID", "Provider_Name"))  # known before a group of Windows records is chosen


def gate(atom: Atom) -> str | None:
    """A lower-case literal any text must contain for the atom to be true; None where there is none."""
    if atom.op in ("has", "starts", "ends"):
        return atom.value.lower() or None
    if atom.op == "glob":
        runs = [run.lower() for run in literals_of_glob(atom.value)]
        return max(runs, key=len, default=None)
    if atom.op == "re":
        return literal_of(atom.value, atom.extra)
    return None


def is_costly(atom: Atom, literal: str | None) -> bool:
    """An expression without a literal to look for first: asked only when all else of its rule agrees."""
    return literal is None and atom.op in ("re", "glob") and atom.field is not None


def weight(atom: Atom, literal: str | None) -> float:
    """How often the atom is likely true: a long literal more rarely than a short one. Costly ones trigger only where nothing else can."""
    if is_costly(atom, literal):
        return 1_000.0
    if atom.op in ("null", "any", "exists"):
        return 50.0
    if atom.op == "ref":
        return 5.0
    return 1.0 + 8.0 / (1 + len(atom.value if atom.op == "eq" else (literal or "")))


class Left(NamedTuple):
    """What is left of a rule for one group. `need`: atoms one of which must be true; None where none is certain."""

    number: int
    tree: Tree
    atoms: Iterable[int]
    need: Iterable[int] | None
    plain: bool = False  # the same for every group


def made_ready(found: RuleSet) -> RuleSet:
    """The rule set with what Left needs, written beside each rule that is plain."""
    found.gates = [gate(atom) for atom in found.atoms]
    found.rules = [_ready(rule, found) if rule.product == "windows" else rule for rule in found.rules]
    return found


def _ready(rule: Rule, of: RuleSet) -> Rule:
    if not isinstance(rule.tree, list) or rule.tree[0] != "&":
        return rule
    rest = both(part for part in rule.tree[1:] if not _tells_route(part, of.atoms))
    atoms = atoms_of(rest)
    if isinstance(rest, bool) or any(of.atoms[number].field in ROUTE for number in atoms):
        return rule
    needed = need(rest, lambda number: weight(of.atoms[number], of.gates[number]))
    return msgspec.structs.replace(rule, plain=True, atoms=tuple(sorted(atoms)), need=None if needed is None else tuple(sorted(needed)))


def _tells_route(part: Tree, atoms: Sequence[Atom]) -> bool:
    """A bare atom over channel, event id or provider (a list is told by `_ready`: its rule is not plain)."""
    return isinstance(part, int) and not isinstance(part, bool) and atoms[part].field in ROUTE and atoms[part].op != "ref"


def left_of(of: RuleSet, numbers: Iterable[int], route: dict[str, Any]) -> list[Left]:
    """What is left of these rules once the fields in `route` are known; rules that can't fire any more are left out."""
    atoms, gates = of.atoms, of.gates
    settled: dict[int, bool | None] = {}

    def known(number: int) -> bool | None:
        if number not in settled:
            atom = atoms[number]
            within = atom.field is not None and atom.field in route and atom.op != "ref"
            settled[number] = is_true(atom, route[atom.field or ""]) if within else None
        return settled[number]

    def weighed(number: int) -> float:
        return weight(atoms[number], gates[number])

    found = []
    for number in numbers:
        rule = of.rules[number]
        if rule.plain and route.keys() >= ROUTE:
            tree = _rest(rule.tree, known)
            if tree is not False:
                found.append(Left(number, tree, rule.atoms, rule.need, True))
            continue
        tree = simplify(rule.tree, known)
        if tree is not False:
            needed = need(tree, weighed)
            found.append(Left(number, tree, atoms_of(tree), needed))
    return found


def _rest(tree: Tree, known: Any) -> Tree:
    """A plain rule's `and` without what is known of its bare atoms; False where one of them is false."""
    parts = []
    for part in tree[1:]:
        answer = known(part) if isinstance(part, int) else None
        if answer is False:
            return False
        if answer is None:
            parts.append(part)
    return both(parts)


def fingerprint(left: Iterable[Left]) -> tuple[Any, ...]:
    """Equal for groups that would be the same: most channels share the few rules that name none."""
    return tuple([one.number if one.plain else (one.number, msgspec.msgpack.encode(one.tree)) for one in left])
