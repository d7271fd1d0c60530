"""What a rule asks: a tree of and, or, not over atoms; an atom asks one thing of one field. Pure functions over plain data.

A tree is True, False, the number of an atom, or a list whose head says how its parts are joined: ["&", …], ["|", …], ["!", part].
Plain lists, so that a compiled rule set can be kept in a file that holds data and never code.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

Tree = Any  # bool | int | list[Tree]


class Atom(msgspec.Struct, frozen=True, array_like=True):
    """One question to one field. `field` is None for keywords (any value of the event)."""

    field: str | None
    op: str  # eq has starts ends glob any re cidr null exists lt lte gt gte ref part
    value: str
    cased: bool = False
    extra: str = ""  # flags of a regular expression; how a field reference compares; which part of a time


class Atoms:
    """Gives every distinct atom one number."""

    def __init__(self, known: Iterable[Atom] = ()) -> None:
        self.list: list[Atom] = list(known)
        self._number = {atom: number for number, atom in enumerate(self.list)}

    def number(self, atom: Atom) -> int:
        found = self._number.get(atom)
        if found is None:
            found = self._number[atom] = len(self.list)
            self.list.append(atom)
        return found


def both(parts: Iterable[Tree]) -> Tree:
    """All of the parts; constants are folded away, nested ands are flattened."""
    return _join("&", parts, unit=True)


def either(parts: Iterable[Tree]) -> Tree:
    """Any of the parts; constants are folded away, nested ors are flattened."""
    return _join("|", parts, unit=False)


def _join(head: str, parts: Iterable[Tree], *, unit: bool) -> Tree:
    kept: list[Tree] = []
    for part in parts:
        if part is unit:
            continue
        if part is (not unit):
            return not unit
        if isinstance(part, list) and part[0] == head:
            kept.extend(part[1:])
        else:
            kept.append(part)
    if not kept:
        return unit
    return kept[0] if len(kept) == 1 else [head, *kept]


def negate(part: Tree) -> Tree:
    if isinstance(part, bool):
        return not part
    if isinstance(part, list) and part[0] == "!":
        return part[1]
    return ["!", part]


def simplify(tree: Tree, known: Callable[[int], bool | None]) -> Tree:
    """The tree once some atoms are known (True or False); None means not known."""
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int):
        answer = known(tree)
        return tree if answer is None else answer
    if tree[0] == "!":
        return negate(simplify(tree[1], known))
    stop = tree[0] == "|"  # an or is settled by the first true part, an and by the first false one
    parts: list[Tree] = []
    for part in tree[1:]:
        settled = simplify(part, known)
        if settled is stop:
            return stop
        parts.append(settled)
    return either(parts) if stop else both(parts)


def atoms_of(tree: Tree, into: set[int] | None = None) -> set[int]:
    """Numbers of all atoms a tree names."""
    into = set() if into is None else into
    if isinstance(tree, bool):
        return into
    if isinstance(tree, int):
        into.add(tree)
        return into
    for part in tree[1:]:
        atoms_of(part, into)
    return into


def need(tree: Tree, weight: Callable[[int], float]) -> frozenset[int] | None:
    """A set of atoms one of which must be true whenever the tree is; None when there is no such set.

    `weight` says how often an atom is likely true. Of an and the cheapest part is enough.
    """
    found = _need(tree, weight)
    return None if found is None else found[1]


def _need(tree: Tree, weight: Callable[[int], float]) -> tuple[float, frozenset[int]] | None:
    if isinstance(tree, bool):
        return (0.0, frozenset()) if tree is False else None
    if isinstance(tree, int):
        return weight(tree), frozenset((tree,))
    if tree[0] == "!":
        return None
    found = [_need(part, weight) for part in tree[1:]]
    if tree[0] == "&":
        return min((f for f in found if f is not None), key=lambda f: f[0], default=None)
    total, union = 0.0, frozenset[int]()
    for one in found:
        if one is None:
            return None
        total, union = total + one[0], union | one[1]
    return total, union


def holds(tree: Tree, true: frozenset[int]) -> bool:
    """Is the tree true when exactly these atoms are?"""
    if isinstance(tree, int):  # bool is an int: True and False answer for themselves
        return tree if isinstance(tree, bool) else tree in true
    head = tree[0]
    if head == "!":
        return not holds(tree[1], true)
    if head == "&":
        return all(holds(part, true) for part in tree[1:])
    return any(holds(part, true) for part in tree[1:])


class Tight:
    """A tree made ready to be asked often: the bare atoms of an and, or an or, are one set."""

    __slots__ = ("atoms", "every", "good", "parts")

    def __init__(self, tree: Tree, good: bool = True) -> None:
        if isinstance(tree, list) and tree[0] == "!":
            tree, good = tree[1], not good
        self.good = good  # False: the opposite is meant
        self.every = not (isinstance(tree, list) and tree[0] == "|")
        parts = tree[1:] if isinstance(tree, list) and tree[0] != "!" else [tree]
        self.atoms = frozenset(part for part in parts if isinstance(part, int) and not isinstance(part, bool))
        self.parts = tuple(Tight(part) for part in parts if isinstance(part, list))

    def holds(self, true: frozenset[int]) -> bool:
        """As `holds`, of a tree without constants."""
        if self.every:
            if not self.atoms <= true:
                return not self.good
            for part in self.parts:
                if not part.holds(true):
                    return not self.good
            return self.good
        if not self.atoms.isdisjoint(true):
            return self.good
        for part in self.parts:
            if part.holds(true):
                return self.good
        return not self.good


def hopeful(tree: Tree, true: frozenset[int], unsure: frozenset[int], good: bool = True) -> bool:
    """May the tree still be true, whatever the unsure atoms turn out to be? False is certain, True is not.

    Inside a `not` (good=False) the unsure atoms are taken as false, so that the whole stays an upper bound.
    """
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int):
        return good if tree in unsure else tree in true
    head = tree[0]
    if head == "!":
        return not hopeful(tree[1], true, unsure, not good)
    if head == "&":
        return all(hopeful(part, true, unsure, good) for part in tree[1:])
    return any(hopeful(part, true, unsure, good) for part in tree[1:])


def asked_of(tree: Tree, known: Callable[[int], bool | None]) -> set[int]:
    """The atoms on which it depends whether the tree is true, and by what `reasons`, once some are known (None: not known)."""
    if isinstance(tree, bool) or simplify(tree, known) is False:
        return set()
    if isinstance(tree, int):
        return {tree} if known(tree) is None else set()
    if tree[0] == "!":
        return atoms_of(simplify(tree, known))
    return {number for part in tree[1:] for number in asked_of(part, known)}


def reasons(tree: Tree, true: frozenset[int]) -> list[int]:
    """The true atoms that make a true tree true, in the order of the rule; what stands under a `not` gives none."""
    if isinstance(tree, bool):
        return []
    if isinstance(tree, int):
        return [tree] if tree in true else []
    if tree[0] == "!":
        return []
    parts = tree[1:] if tree[0] == "&" else [part for part in tree[1:] if holds(part, true)]
    return list(dict.fromkeys(number for part in parts for number in reasons(part, true)))
