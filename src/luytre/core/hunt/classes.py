"""One field of one group: which atoms are true of a value, answered once per distinct value.

Values that make the same atoms true are of one class; the matcher remembers its answers by classes, not by values, so that an
unrepeated command line costs one pass over its text and no rule.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from luytre.core.hunt.logic import Atom
from luytre.core.hunt.values import Test, compare, is_true, tester, text_of, texts_of

MEMO = 4_000  # values remembered a field; more is no faster (measured) and costs memory
BUSY = 2_000_000  # letters scanned in one field before it gets the quicker automaton
LONG = 1_000  # longer texts are remembered by their digest
GUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\Z").match

PLACES = {"has": 0, "starts": 1, "ends": 2}

Truth = frozenset[int]
_Kinds = tuple[list[int], list[int], list[int], list[int]]  # atoms of a literal: anywhere, at the start, at the end, to be asked


class PairClasses(dict[tuple[Any, Any], int]):
    """Two fields of one group: which atoms that compare the one with the other are true of a pair of values."""

    def __init__(self, atoms: dict[int, Atom], *, braces: bool = False) -> None:
        super().__init__()
        self.truths: list[Truth] = []
        self._numbers: dict[Truth, int] = {}
        self._atoms, self._braces = atoms, braces

    def __missing__(self, pair: tuple[Any, Any]) -> int:
        found = self.of_list(pair)
        if len(self) >= MEMO:
            self.clear()
        super().__setitem__(pair, found)
        return found

    def of_list(self, pair: Any) -> int:
        """As by key, for values that can be none (lists, tables)."""
        lefts, rights = ([self._text(text) for text in texts_of(value)] for value in pair)
        truth = frozenset(number for number, atom in self._atoms.items() if any(compare(atom.extra, a, b) for a in lefts for b in rights))
        found = self._numbers.get(truth)
        if found is None:
            found = self._numbers[truth] = len(self.truths)
            self.truths.append(truth)
        return found

    def _text(self, text: str) -> str:
        return "{" + text + "}" if self._braces and len(text) == 36 and GUID(text) else text

    def forget(self) -> None:
        """Starts afresh; every number given so far is void."""
        self.clear()
        self.truths.clear()
        self._numbers.clear()


def _automaton(patterns: list[str], how: Implementation) -> Any:
    return AhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=how).find_matches_as_indexes


class FieldClasses(dict[Any, int]):
    """value → number of its class; `truths[number]` = the atoms true of such a value."""

    def __init__(self, atoms: dict[int, Atom], gates: Sequence[str | None], *, braces: bool = False) -> None:
        """`gates[number]`: a literal (lower case) any text must contain for the atom to be true; None where there is none."""
        super().__init__()
        self.truths: list[Truth] = []
        self._numbers: dict[Truth, int] = {}
        self._braces = braces  # the EVTX reader prints GUIDs without the braces Windows shows
        self._equal: dict[str, list[int]] = {}
        self._equal_cased: dict[str, list[int]] = {}
        self._atoms = atoms
        self._tests: dict[int, Test] = {}
        self._each: list[int] = []  # asked of every new value
        self._present: list[int] = []  # true of any value at all
        self._odd = {number: atom for number, atom in atoms.items() if atom.op in ("null", "exists")}
        self._gates: Sequence[str | None] | None = gates  # until the first text comes: many fields of many groups never do
        self._patterns: list[str] = []
        self.none = self._number(frozenset(number for number, atom in self._odd.items() if is_true(atom, None)))
        self._empty = frozenset(number for number, atom in self._odd.items() if is_true(atom, ""))
        self._filled = frozenset(number for number, atom in self._odd.items() if is_true(atom, "x"))
        super().__setitem__(None, self.none)

    def _index(self, gates: Sequence[str | None]) -> None:
        self._gates = None
        literals: dict[str, _Kinds] = {}
        for number, atom in self._atoms.items():
            if atom.op == "eq":
                table = self._equal_cased if atom.cased else self._equal
                table.setdefault(atom.value if atom.cased else atom.value.lower(), []).append(number)
            elif atom.op == "any":
                self._present.append(number)
            elif number not in self._odd:
                literal = gates[number]
                if literal is None:
                    self._each.append(number)
                    continue
                kinds = literals.get(literal)
                if kinds is None:
                    kinds = literals[literal] = ([], [], [], [])
                kinds[3 if atom.cased else PLACES.get(atom.op, 3)].append(number)
        self._kinds = list(literals.values())
        self._patterns = list(literals)
        self._longest_start = max((len(literal) for literal, kinds in literals.items() if kinds[1]), default=0)
        self._any_ends = any(kinds[2] for kinds in self._kinds)
        self._scanned = 0
        self._scan: Any = None

    def __missing__(self, value: Any) -> int:
        if value.__class__ is not str:
            return self._other(value)
        key: str | bytes = value
        if len(value) >= LONG:
            key = sha256(value.encode("utf-8", "surrogatepass")).digest()
            known = self.get(key)
            if known is not None:
                return known
        found = self._number(self.truth(value))
        if len(self) >= MEMO:
            self.clear()
            super().__setitem__(None, self.none)
        super().__setitem__(key, found)
        return found

    def forget(self) -> None:
        """Starts afresh; every number given so far is void."""
        self.clear()
        self.truths.clear()
        self._numbers.clear()
        self.none = self._number(frozenset(number for number, atom in self._odd.items() if is_true(atom, None)))
        super().__setitem__(None, self.none)

    def _other(self, value: Any) -> int:
        """Numbers and booleans count as their text (and are not kept: 1 and True are one key); a list is true where any element is."""
        if isinstance(value, (list, tuple, dict)):
            return self.of_list(value)
        return self[text_of(value)]

    def of_list(self, value: Any) -> int:
        parts = list(value.values()) if isinstance(value, dict) else list(value)
        if not parts:
            return self._number(frozenset(number for number, atom in self._odd.items() if is_true(atom, parts)))
        truths = [self.truths[self._of(part)] for part in parts]
        together = frozenset().union(*truths)
        odd = frozenset(number for number, atom in self._odd.items() if is_true(atom, parts))
        return self._number(together.difference(self._odd) | odd)

    def _of(self, value: Any) -> int:
        return self.of_list(value) if isinstance(value, (list, tuple, dict)) else self[value]

    def _number(self, truth: Truth) -> int:
        found = self._numbers.get(truth)
        if found is None:
            found = self._numbers[truth] = len(self.truths)
            self.truths.append(truth)
        return found

    def truth(self, value: str) -> Truth:
        """The atoms true of one text."""
        if self._braces and len(value) == 36 and GUID(value):
            value = "{" + value + "}"
        if self._gates is not None:
            self._index(self._gates)
        low = value.lower()
        found: list[int] = [*self._present]
        if self._patterns and value:
            self._literals_in(value, low, found)
        if low in self._equal:
            found += self._equal[low]
        if value in self._equal_cased:
            found += self._equal_cased[value]
        found += [number for number in self._each if self._holds(number, value)]
        return frozenset(found) | (self._filled if value else self._empty)

    def _holds(self, number: int, value: str) -> bool:
        test = self._tests.get(number)
        if test is None:
            test = self._tests[number] = tester(self._atoms[number])
        return test(value)

    def _literals_in(self, value: str, low: str, found: list[int]) -> None:
        size, kinds = len(low), self._kinds
        self._scanned += size
        if self._scanned > BUSY:  # worth a larger automaton, half as quick again
            self._scanned = -(1 << 62)
            self._scan = _automaton(self._patterns, Implementation.DFA)
        elif self._scan is None:
            self._scan = _automaton(self._patterns, Implementation.NoncontiguousNFA)
        hits = self._scan(low, overlapping=True)  # in the order of their ends
        for literal in {hit[0] for hit in hits}:
            has, _, _, ask = kinds[literal]
            found += has
            if ask:
                found += [number for number in ask if self._holds(number, value)]
        for literal, start, end in hits:
            if end > self._longest_start:
                break
            if start == 0:
                found += kinds[literal][1]
        if self._any_ends:
            for literal, _, end in reversed(hits):
                if end != size:
                    break
                found += kinds[literal][2]
